//! One key for every spelling of a name: case, composition and the place of the tone mark make no difference.
//!
//! `Hoà` and `Hòa`, `Uỷ` and `Ủy` are the same word in two orthographies; `Hoa` and `Hòa` are different words, so
//! the marks themselves stay.

use unicode_normalization::UnicodeNormalization;

/// The longest key; PostgreSQL's B-trees hold entries of up to 2,700 bytes.
const MAX_BYTES: usize = 1000;

/// Lower case, NFC, the tone of a syllable moved behind its last letter, one space between words, no punctuation.
///
/// Two names with the same key are the same words. A key has at most [`MAX_BYTES`] bytes, because an index has to hold
/// it; of a longer one, the end is replaced by a digest of the whole.
pub fn name_key(name: &str) -> String {
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
    bounded(key.trim_end().nfc().collect())
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
    fn endless_names_have_bounded_keys_that_still_differ() {
        let (a, b) = (name_key(&"dài ".repeat(1000)), name_key(&"dài ".repeat(1001)));
        assert!(a.len() <= super::MAX_BYTES && b.len() <= super::MAX_BYTES);
        assert_ne!(a, b);
    }
}
