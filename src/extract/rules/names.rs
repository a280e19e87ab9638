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
    // an unknown place behind its word: up to three capitalised words
    let run = run(after).min(3);
    (head > 0 && run > 0).then(|| {
        let own = (1..run).find(|&i| lexicon().common_surnames.len_at(after.get(i..).unwrap_or_default()).is_some());
        (head + own.unwrap_or(run), None)
    })
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
    let behind_place_head = at > 0 && lexicon.place_heads.len_at(doc.slice(at - 1..at)).is_some();
    if run < surname + 1 || behind_place_head || lexicon.offices.len_at(rest).is_some() || is_body_head(rest) {
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

/// Whether a body's name begins here, by a head of more words than one.
fn is_body_head(tokens: &[Token]) -> bool {
    lexicon().bodies.len_at(tokens).is_some_and(|len| len > 1)
}
