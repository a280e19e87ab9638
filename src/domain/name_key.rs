//! One key for every spelling of a name: case, composition and the place of the tone mark make no difference.
//!
//! `Hoà` and `Hòa`, `Uỷ` and `Ủy` are the same word in two orthographies; `Hoa` and `Hòa` are different words, so
//! the marks themselves stay.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The longest key; PostgreSQL's B-trees hold entries of up to 2,700 bytes.
const MAX_BYTES: usize = 1000;

/// Lower case, NFC, the tone of a syllable moved behind its last letter, one space between words, no punctuation.
///
/// Two names with the same key are the same words. A key has at most [`MAX_BYTES`] bytes, because an index has to hold
/// it; of a longer one, the end is replaced by a digest of the whole.
pub fn name_key(name: &str) -> String {
    bounded(quick_key(name).unwrap_or_else(|| thorough_key(name)))
}

/// For any text.
fn thorough_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut tone = None;
    let end_word = |key: &mut String, tone: &mut Option<char>| {
        if let Some(mark) = tone.take() {
            key.push(mark);
        }
        if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    };
    for c in name.nfd().flat_map(char::to_lowercase) {
        match c {
            // grave, acute, tilde, hook above, dot below: the five tones
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tone = Some(c),
            _ if c.is_alphanumeric() || ('\u{300}'..'\u{370}').contains(&c) => key.push(c),
            _ => end_word(&mut key, &mut tone),
        }
    }
    end_word(&mut key, &mut tone);
    key.trim_end().nfc().collect()
}

/// The same for text in which each letter is one character, as nearly all text has it: nothing has to be taken apart.
fn quick_key(name: &str) -> Option<String> {
    let mut key = String::with_capacity(name.len() + 4);
    let mut tone = None;
    for c in name.chars() {
        let letter = letter(c)?;
        if let Some(plain) = letter.plain {
            key.push(plain);
            tone = letter.tone.or(tone);
        } else {
            end_syllable(&mut key, &mut tone);
            if !key.is_empty() && !key.ends_with(' ') {
                key.push(' ');
            }
        }
    }
    end_syllable(&mut key, &mut tone);
    key.truncate(key.trim_end().len());
    Some(key)
}

/// Sets the tone behind the last letter, and both as one character where there is one.
fn end_syllable(key: &mut String, tone: &mut Option<char>) {
    if let Some(mark) = tone.take() {
        let last = key.pop();
        key.extend(last.into_iter().chain([mark]).nfc());
    }
}

/// What a character is in a key.
#[derive(Clone, Copy)]
struct Letter {
    /// In lower case, without its tone; `None` for what only separates.
    plain: Option<char>,
    tone: Option<char>,
}

/// The characters below this one are looked up: Latin letters and those of Vietnamese with their marks.
const LOOKED_UP: u32 = 0x1f00;

/// `None` if it takes more than a look to tell.
fn letter(c: char) -> Option<Letter> {
    static LETTERS: LazyLock<Vec<Option<Letter>>> =
        LazyLock::new(|| (0..LOOKED_UP).map(|c| char::from_u32(c).and_then(taken_apart)).collect());
    *LETTERS.get(usize::try_from(u32::from(c)).ok()?)?
}

/// As [`thorough_key`] takes it apart, if one letter comes of it, with at most one tone.
fn taken_apart(c: char) -> Option<Letter> {
    let (mut tone, mut rest) = (None, String::new());
    for c in std::iter::once(c).nfd().flat_map(char::to_lowercase) {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => {
                if tone.replace(c).is_some() {
                    return None;
                }
            }
            _ => rest.push(c),
        }
    }
    // Letters of other scripts may become one with the letter behind them.
    if !matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') {
        return None;
    }
    // Marks of other scripts separate.
    if rest.chars().any(|c| canonical_combining_class(c) != 0 && !('\u{300}'..'\u{370}').contains(&c)) {
        return None;
    }
    let composed: String = rest.nfc().collect();
    let mut letters = composed.chars();
    let (plain, None) = (letters.next()?, letters.next()) else { return None };
    // What sits on the letter before it may change places with its tone.
    let is_mark = |c: char| ('\u{300}'..'\u{370}').contains(&c) || canonical_combining_class(c) != 0;
    match plain {
        _ if is_mark(plain) => None,
        _ if plain.is_alphanumeric() => Some(Letter { plain: Some(plain), tone }),
        _ => tone.is_none().then_some(Letter { plain: None, tone: None }),
    }
}

fn bounded(mut key: String) -> String {
    if key.len() > MAX_BYTES {
        let digest = super::resolved_id(&["name", &key]).simple().to_string();
        let cut = key.floor_char_boundary(MAX_BYTES - digest.len() - 1);
        key.truncate(cut);
        key.push(' ');
        key.push_str(&digest);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::name_key;

    #[test]
    fn spellings_of_one_word_share_a_key() {
        for (a, b) in [
            ("Hoà", "Hòa"),
            ("Uỷ ban", "Ủy ban"),
            ("UỶ BAN", "ủy  ban"),
            ("Thuý", "Thúy"),
            ("Ho\u{300}a", "Hòa"),
            ("kinh tế-xã hội", "kinh tế - xã hội"),
        ] {
            assert_eq!(name_key(a), name_key(b), "{a} {b}");
        }
    }

    #[test]
    fn different_words_do_not() {
        for (a, b) in [("Hoa", "Hòa"), ("Hoá", "Hoà"), ("Đạt", "Dạt"), ("Thu Hà", "Thuhà"), ("", "a")] {
            assert_ne!(name_key(a), name_key(b), "{a} {b}");
        }
    }

    #[test]
    fn the_quick_way_is_the_thorough_one() {
        // Every character that is looked up, alone, between letters, and twice.
        let all = (0..super::LOOKED_UP).filter_map(char::from_u32);
        let texts =
            all.flat_map(|c| [format!("{c}"), format!("Hoà{c}ng Thuý"), format!("{c}{c}a ấ{c}"), format!("ngh{c}")]);
        let mut quick = 0;
        for text in texts {
            if let Some(key) = super::quick_key(&text) {
                quick += 1;
                assert_eq!(key, super::thorough_key(&text), "{text:?}");
            }
        }
        assert!(quick > 4 * 800, "{quick}");
        for pair in ["\u{1100}\u{1161}", "\u{9c7}\u{9be}", "a\u{300}"] {
            assert_eq!(super::quick_key(pair), None, "{pair}");
        }
    }

    #[test]
    fn endless_names_have_bounded_keys_that_still_differ() {
        let (a, b) = (name_key(&"dài ".repeat(1000)), name_key(&"dài ".repeat(1001)));
        assert!(a.len() <= super::MAX_BYTES && b.len() <= super::MAX_BYTES);
        assert_ne!(a, b);
    }
}
