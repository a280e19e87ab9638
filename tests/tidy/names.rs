//! Which of the rooms under `src` a file names, by `crate::room`, `crate::{room, ...}` or `super::room`.
//!
//! Words, not syntax: enough for code that rustfmt has been over, and it needs no parser.

/// The text without line comments. A `//` inside a string cuts that line short, which only makes us see less.
pub fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Those of `rooms` that the file at `path` names, each once, in the order of `rooms`.
pub fn rooms_named(path: &str, text: &str, rooms: &[&str]) -> Vec<String> {
    let code = without_comments(text);
    let mut named: Vec<&str> = after(&code, "crate::").flat_map(first_names).collect();
    // From a module this deep, so many `super::` lead to the crate's root.
    let to_root = "super::".repeat(depth(path));
    named.extend(after(&code, &to_root).filter(|rest| !rest.starts_with("super::")).flat_map(first_names));
    rooms.iter().filter(|room| named.contains(room)).map(|room| (*room).to_owned()).collect()
}

/// How many modules down from the crate's root: 1 for `src/store/mod.rs` and `src/config.rs`.
fn depth(path: &str) -> usize {
    let parts = path.trim_start_matches("src/").split('/').count();
    if path.ends_with("/mod.rs") { parts - 1 } else { parts }
}

/// What follows each place where `prefix` stands as a whole path's beginning.
fn after<'a>(code: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    code.match_indices(prefix).filter_map(move |(at, _)| {
        let inside = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '$');
        (!inside).then(|| &code[at + prefix.len()..])
    })
}

/// The first name of a path, or of each path of a `{...}` group.
fn first_names(rest: &str) -> Vec<&str> {
    let name = |text: &'_ str| text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let Some(group) = rest.strip_prefix('{') else { return vec![&rest[..name(rest)]] };
    let (mut names, mut open, mut fresh) = (Vec::new(), 0_usize, true);
    for (at, c) in group.char_indices() {
        match c {
            '}' if open == 0 => break,
            '{' => open += 1,
            '}' => open -= 1,
            ',' if open == 0 => fresh = true,
            c if fresh && c.is_alphanumeric() => {
                names.push(&group[at..at + name(&group[at..])]);
                fresh = false;
            }
            _ => {}
        }
    }
    names
}
