//! Prints the schema: `cargo run --bin schema > schema.graphql`.

fn main() {
    print!("{}", hoinghi::graphql::sdl());
}
