//! Where the article's body is: the page around it (menus, teasers, share bars, counters, mastheads) says nothing.

use std::ops::Range;

use super::lexicon::{Furniture, lexicon};
use super::text::Token;

/// A paragraph of this many code points or more is the article's own, not a teaser.
const LONG: u32 = 320;
/// From the first paragraph of this length on, the article has begun.
const PROSE: u32 = 140;

fn length(tokens: &[Token], range: &Range<usize>) -> u32 {
    match tokens.get(range.clone()) {
        Some([first, .., last]) => last.span.end - first.span.start,
        _ => 0,
    }
}

/// What page furniture a paragraph is, if it is: known words at its beginning, or a line of nothing but such.
fn furniture(tokens: &[Token], range: &Range<usize>) -> Option<Furniture> {
    let tokens = tokens.get(range.clone())?;
    let start = tokens.iter().position(|t| t.kind != super::text::TokenKind::Mark)?;
    let (len, kind) = lexicon().furniture.longest(tokens.get(start..)?)?;
    // a sentence that happens to begin with such words is none
    let after = tokens.get(start + len);
    let bounded =
        tokens.len() <= start + len + 6 || after.is_some_and(|t| matches!(t.key.as_str(), ":" | "(" | "|" | "-" | ">"));
    bounded.then_some(kind)
}

/// The body's paragraphs, of all of them. Furniture inside is left out; the first end marker after the article has
/// begun ends it, unless long paragraphs follow (then it was a teaser box in between).
pub fn body(tokens: &[Token], paragraphs: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut kept: Vec<Range<usize>> = Vec::new();
    let begun = paragraphs.iter().position(|p| length(tokens, p) >= PROSE).unwrap_or(0);
    let mut skipping = false;
    for (i, range) in paragraphs.iter().enumerate() {
        let long = length(tokens, range) >= LONG;
        // > 3 tập thể được tặng Bằng khen: a teaser; what is long is something quoted
        if !long && tokens.get(range.start).is_some_and(|t| t.key == ">") {
            continue;
        }
        match furniture(tokens, range) {
            Some(Furniture::End) if i > begun => break,
            Some(Furniture::Related) if i > begun => {
                skipping = true;
                continue;
            }
            Some(_) => continue,
            None => {}
        }
        if skipping && !long {
            continue;
        }
        skipping = false;
        kept.push(range.clone());
    }
    kept
}
