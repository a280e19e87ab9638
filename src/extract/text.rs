//! Text as tokens that know their way back: every rule matches keys and answers with spans of the original.
//!
//! A token's key is its word in lower case with the tone in its current place; soft hyphens and zero-width characters
//! do not exist. White space of any kind only separates.

use std::ops::Range;

use crate::domain::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters.
    Word,
    /// Digits, with the separators inside them (`1.234,5`).
    Number,
    /// One character of anything else.
    Mark,
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing.
    None,
    /// White space within a line.
    Space,
    /// One line break.
    Line,
    /// An empty line, or the text's beginning.
    Blank,
}

/// One word, number or mark.
#[derive(Clone, Debug)]
pub struct Token {
    /// Byte range in the text.
    pub bytes: Range<usize>,
    /// Code point range in the text.
    pub span: Span,
    /// Folded form that rules compare.
    pub key: String,
    /// Of the key (FNV-1a); equal keys have equal ones.
    pub hash: u64,
    /// What it is made of.
    pub kind: TokenKind,
    /// What stands before it.
    pub gap: Gap,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it has two letters or more, all of them capitals.
    pub upper: bool,
}

/// Characters that show nothing and may stand inside a word.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Markdown's emphasis and headings; a `*` before a blank is a bullet.
fn markup(c: char, ahead: Option<char>) -> bool {
    match c {
        '#' => true,
        '*' | '_' => ahead.is_some_and(|next| !next.is_whitespace()),
        _ => false,
    }
}

/// Letters with the tone marks of Vietnamese, in pairs of capital and small; the standard library looks each of them up in
/// tables, and they are most of what is asked about.
fn toned(c: char) -> bool {
    matches!(c, '\u{1ea0}'..='\u{1ef9}')
}

fn alphabetic(c: char) -> bool {
    toned(c) || c.is_alphabetic()
}

fn uppercase(c: char) -> bool {
    if toned(c) { u32::from(c) & 1 == 0 } else { c.is_uppercase() }
}

/// In lower case, at the end of a key.
fn push_lowercase(key: &mut String, c: char) {
    match c {
        _ if toned(c) => key.extend(char::from_u32(u32::from(c) | 1)),
        _ if c.is_ascii() => key.push(c.to_ascii_lowercase()),
        _ => key.extend(c.to_lowercase()),
    }
}

/// Combining marks that NFC leaves alone belong to the word they stand in.
fn in_word(c: char) -> bool {
    alphabetic(c) || ('\u{300}'..'\u{370}').contains(&c) || invisible(c)
}

/// Splits NFC text into tokens. Linear in the text's length.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().zip(0u32..).peekable();
    let mut gap = Gap::Blank;
    while let Some(((at, c), point)) = chars.next() {
        let ahead = chars.peek().map(|((_, next), _)| *next);
        let closing = matches!(c, '*' | '_') && gap == Gap::None && !tokens.is_empty();
        if invisible(c) || markup(c, ahead) || closing {
            continue;
        }
        if c.is_whitespace() {
            gap = match (gap, c) {
                (Gap::Line | Gap::Blank, '\n') => Gap::Blank,
                (_, '\n') => Gap::Line,
                (Gap::None, _) => Gap::Space,
                (gap, _) => gap,
            };
            continue;
        }
        let (mut end, mut points) = (at + c.len_utf8(), point + 1);
        let kind = if alphabetic(c) {
            let mut length = 1;
            while let Some(&((i, n), p)) = chars.peek() {
                // H'Hen, K’Dinh: an apostrophe after one letter and before another is part of a name
                let apostrophe = length == 1
                    && matches!(n, '\'' | '’')
                    && text.get(i + n.len_utf8()..).and_then(|rest| rest.chars().next()).is_some_and(alphabetic);
                if !in_word(n) && !apostrophe {
                    break;
                }
                (end, points, length) = (i + n.len_utf8(), p + 1, length + 1);
                chars.next();
            }
            TokenKind::Word
        } else if c.is_ascii_digit() {
            while let Some(&((i, n), p)) = chars.peek() {
                let inside = matches!(n, '.' | ',')
                    && text.get(i + 1..).and_then(|rest| rest.chars().next()).is_some_and(|d| d.is_ascii_digit());
                if !n.is_ascii_digit() && !inside {
                    break;
                }
                (end, points) = (i + n.len_utf8(), p + 1);
                chars.next();
            }
            TokenKind::Number
        } else {
            TokenKind::Mark
        };
        let raw = text.get(at..end).unwrap_or_default();
        let letters = raw.chars().filter(|c| alphabetic(*c));
        let capital = uppercase(c);
        let upper = capital && letters.clone().all(uppercase) && letters.count() > 1;
        let key = match kind {
            TokenKind::Word => word_key(raw),
            TokenKind::Number => raw.to_owned(),
            TokenKind::Mark => mark_key(c).to_string(),
        };
        let span = Span::new(point, points);
        tokens.push(Token { bytes: at..end, span, hash: fnv(&key), key, kind, gap, capital, upper });
        gap = Gap::None;
    }
    tokens
}

/// FNV-1a. Words are short, and are looked up in fixed lists only, so nobody can fill one with words that collide, against
/// which the standard library's slower hashing is a guard.
fn fnv(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A word in lower case, without invisible characters, the tone where current orthography puts it (`hoà` → `hòa`,
/// `uỷ` → `ủy`): data files and rules spell words that way.
fn word_key(raw: &str) -> String {
    let mut key = String::with_capacity(raw.len());
    for c in raw.chars().filter(|c| !invisible(*c)) {
        push_lowercase(&mut key, if c == '’' { '\'' } else { c });
    }
    let mut back = key.chars().rev();
    let may_move = back.next().is_some_and(|c| !c.is_ascii()) && matches!(back.next(), Some('o' | 'u'));
    if !may_move {
        return key;
    }
    if let Some((from, to)) = TONES.iter().find(|(from, _)| key.ends_with(from)) {
        let stem = key.len() - from.len();
        // quý, quỳ: the u belongs to the consonant
        if !(from.starts_with('u') && key.get(..stem).is_some_and(|s| s.ends_with('q'))) {
            key.truncate(stem);
            key.push_str(to);
        }
    }
    key
}

/// Open syllables whose tone stands on the second vowel in the older orthography, and the current one's.
const TONES: [(&str, &str); 15] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];

/// Dashes, bullets and quotes of all shapes as one of each.
fn mark_key(c: char) -> char {
    match c {
        '–' | '—' | '‐' | '‑' | '−' | '_' => '-',
        '“' | '”' | '„' | '«' | '»' | '″' => '"',
        '‘' | '’' => '\'',
        '•' | '·' | '▪' | '◦' | '●' | '■' | '❖' | '➢' | '✓' | '*' => '•',
        '…' => '.',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_slice_the_text_and_count_code_points() {
        let text = "Uỷ ban\u{a0}“mới”:\n1.234,5 tỷ; H’Hen Niê, TP.HCM tu\u{ad}yên";
        let tokens = tokenize(text);
        for t in &tokens {
            let (start, length) = (t.span.start as usize, t.span.len() as usize);
            let by_points: String = text.chars().skip(start).take(length).collect();
            assert_eq!(Some(by_points.as_str()), text.get(t.bytes.clone()));
        }
        let keys: Vec<&str> = tokens.iter().map(|t| t.key.as_str()).collect();
        let expected =
            ["ủy", "ban", "\"", "mới", "\"", ":", "1.234,5", "tỷ", ";", "h'hen", "niê", ",", "tp", ".", "hcm", "tuyên"];
        assert_eq!(keys, expected);
        let is = |key: &str, test: &dyn Fn(&Token) -> bool| tokens.iter().any(|t| t.key == key && test(t));
        assert!(is("1.234,5", &|t| t.gap == Gap::Line));
        assert!(is("hcm", &|t| t.upper) && is("ủy", &|t| t.capital && !t.upper));
    }
}
