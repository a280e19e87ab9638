//! Words as search sees them: without case and marks, each with its place in the text.
//!
//! The database has the same words: `fold` and `search_words` in migrations 0005 and 0006.

use unicode_normalization::char::decompose_canonical;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its letters and digits, folded: `Đảng` is `dang`.
    pub folded: String,
    /// How many code points of the text stand ahead of it.
    pub start: usize,
    /// Where it ends, in code points, exclusive.
    pub end: usize,
}

/// The words of a text, in order.
pub fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (place, c) in text.chars().enumerate() {
        let mut letters = String::new();
        decompose_canonical(c, |part| letters.extend(letter(part)));
        if letters.is_empty() && is_silent(c) {
            // A mark, or what has no width, ends no word.
            if let Some(word) = words.last_mut().filter(|_| open) {
                word.end = place + 1;
            }
            continue;
        }
        match words.last_mut().filter(|_| open && !letters.is_empty()) {
            Some(word) => {
                word.folded.push_str(&letters);
                word.end = place + 1;
            }
            None if letters.is_empty() => open = false,
            None => {
                words.push(Word { folded: letters, start: place, end: place + 1 });
                open = true;
            }
        }
    }
    words
}

/// What a part of a decomposed letter is folded to, if it is a letter or digit.
fn letter(part: char) -> Option<char> {
    match part.to_ascii_lowercase() {
        'đ' | 'Đ' => Some('d'),
        c @ ('a'..='z' | '0'..='9') => Some(c),
        // Of other scripts all but punctuation and symbols, roughly: the ranges of `search_words`.
        c @ ('\u{100}'..='\u{1fff}' | '\u{3040}'..='\u{ffff}') if !is_silent(c) => Some(c),
        _ => None,
    }
}

/// A mark, or an invisible character.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn are_without_case_and_marks() {
        for (text, folded) in [
            ("Đảng ủy", "dang uy"),
            ("HỘI NGHỊ, Hoà–Hòa", "hoi nghi hoa hoa"),
            ("Ho\u{300}a bi\u{300}nh", "hoa binh"),
            ("57-KL/TW", "57 kl tw"),
            ("1.234,5 tỷ", "1 234 5 ty"),
            ("thông\u{200b}tin “đối ngoại”", "thongtin doi ngoai"),
            ("… – “”", ""),
            ("", ""),
        ] {
            let found: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
            assert_eq!(found.join(" "), folded, "{text}");
        }
    }

    #[test]
    fn have_their_places() {
        let text = "Ở Ho\u{300}a, 57-KL";
        let points: Vec<char> = text.chars().collect();
        let cut: Vec<String> =
            words(text).iter().filter_map(|w| points.get(w.start..w.end)).map(String::from_iter).collect();
        assert_eq!(cut, ["Ở", "Ho\u{300}a", "57", "KL"]);
    }
}
