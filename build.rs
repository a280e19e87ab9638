//! Builds again when a migration is added: `sqlx::migrate!` embeds the folder, and Cargo does not look into it.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
