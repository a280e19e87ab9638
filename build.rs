//! Builds again when a file is added to a folder that is embedded, because Cargo does not look into those; and tells the
//! version of the rules, because what was loaded by others has to be loaded again; and
//! of the program, because what clients keep of its answers is then to be asked for again.

#[path = "build/rules.rs"]
mod rules;

fn main() -> std::io::Result<()> {
    for path in ["migrations", "playground/dist", "playground/examples", "build"].iter().chain(rules::SOURCES) {
        println!("cargo:rerun-if-changed={path}");
    }
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rustc-env=HOINGHI_BUILD={}", rules::version(".".as_ref(), &["migrations", "src"])?);
    println!("cargo:rustc-env=HOINGHI_RULES={}", rules::version(".".as_ref(), rules::SOURCES)?);
    Ok(())
}
