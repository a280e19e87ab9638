//! Builds again when a file is added to a folder that is embedded: Cargo does not look into those.

fn main() {
    for folder in ["migrations", "playground/dist", "playground/examples"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
