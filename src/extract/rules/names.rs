//! Names of places and of people, by their form alone.

use crate::extract::lexicon::{Place, lexicon};
use crate::extract::structure::Doc;
use crate::extract::text::{Gap, Token, TokenKind};

/// A place at token `at`, its introducing word included: how many tokens, and which place if it is a known one.
pub fn place_at(doc: &Doc, at: usize) -> Option<(usize, Option<Place>)> {
    let rest = doc.slice(at..doc.tokens.len());
    if let Some((len, code)) = lexicon().districts.longest(rest) {
        return Some((len, Some(Place::District(code))));
    }
    let head = lexicon().place_heads.len_at(rest).unwrap_or(0);
    let after = rest.get(head..).unwrap_or_default();
    let capital = after.first().is_some_and(|t| t.capital);
    if let Some((len, name)) = lexicon().provinces.longest(after).filter(|_| capital) {
        return Some((head + len, Some(Place::Province(name))));
    }
    // an unknown place behind its word: up to three capitalised words. Provinces and districts are all known; behind
    // their words, and where three words begin with a family name, a person's name begins
    let run = run(after).min(3);
    let small = matches!(
        rest.get(head.saturating_sub(1)).map(|t| t.key.as_str()),
        Some("xã" | "phường" | "trấn" | "thôn" | "bản" | "khu")
    );
    let surname = |i: usize| lexicon().common_surnames.len_at(after.get(i..).unwrap_or_default()).is_some();
    if head == 0
        || run == 0
        || !small
        || rest.first().is_some_and(|t| t.key == "thị") && head == 2 && rest.get(1).is_some_and(|t| t.key == "xã")
        || surname(0) && run > 2
    {
        return None;
    }
    Some((head + (1..run).find(|&i| surname(i)).unwrap_or(run), None))
}

/// How many capitalised words follow one another.
fn run(tokens: &[Token]) -> usize {
    let fits = |i: usize, t: &Token| {
        t.kind == TokenKind::Word && t.capital && !t.upper && (i == 0 || t.gap == Gap::Space || t.gap == Gap::Line)
    };
    tokens.iter().enumerate().take_while(|(i, t)| fits(*i, t)).count()
}

/// A person's name at token `at`: how many tokens. It begins with a family name and has two to five more syllables;
/// it ends where an office begins.
pub fn name_at(doc: &Doc, at: usize) -> Option<usize> {
    let rest = doc.slice(at..doc.tokens.len());
    let lexicon = lexicon();
    let surname = lexicon.surnames.len_at(rest)?;
    let run = run(rest);
    // xã Trần Phú is a place; UBND tỉnh Trần Song Tùng is a person
    let behind_place_head = at > 0 && lexicon.place_heads.len_at(doc.slice(at - 1..at)).is_some();
    let place_name = behind_place_head
        && (run < 3 && !matches!(doc.before(at), "tỉnh" | "huyện" | "phố" | "quận")
            || lexicon.common_surnames.len_at(rest).is_none());
    if run < surname + 1
        || place_name
        || lexicon.offices.len_at(rest).is_some()
        || is_body_head(rest)
        || is_district(rest, run)
    {
        return None;
    }
    if let Some((len, _)) = place_at(doc, at) {
        // Hà Nội; and Hà Nội Trần Văn ...: the name begins behind the place
        if len >= run || lexicon.common_surnames.len_at(rest.get(len..).unwrap_or_default()).is_some() {
            return None;
        }
    }
    // a rare family name that is an ordinary word, before a frequent one: the name begins there
    if lexicon.common_surnames.len_at(rest).is_none() {
        let later = (1..run.saturating_sub(1))
            .any(|i| run - i >= 3 && lexicon.common_surnames.len_at(rest.get(i..).unwrap_or_default()).is_some());
        if later && run > 3 {
            return None;
        }
    }
    let stop = (surname + 1..run).find(|&i| {
        let tail = rest.get(i..).unwrap_or_default();
        lexicon.offices.len_at(tail).is_some_and(|len| len > 1) || lexicon.ranks.len_at(tail).is_some_and(|len| len > 1)
    });
    let len = stop.unwrap_or(run);
    let not_a_person = doc.reads(at, &["hồ", "chí", "minh"]) || doc.reads(at, &["việt", "nam"]);
    ((surname + 1..=surname + 5).contains(&len) && !not_a_person).then_some(len)
}

/// Whether a body's name begins here: by a head of several words, or of one that is no frequent family name.
fn is_body_head(tokens: &[Token]) -> bool {
    lexicon().bodies.len_at(tokens).is_some_and(|len| len > 1 || lexicon().common_surnames.len_at(tokens).is_none())
}

/// Whether all of the capitalised words here are a district's name.
fn is_district(tokens: &[Token], run: usize) -> bool {
    lexicon().district_names.len_at(tokens) == Some(run)
}
