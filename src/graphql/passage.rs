//! The words around a quote: the sentence or line it stands in, found in a text that is walked once, not once a quote.

use std::sync::{Arc, OnceLock};

/// How many code points of a passage stand ahead of its quote at most, and how many behind it.
const AROUND: usize = 200;
/// A code point's place is looked up from the nearest mark ahead of it, and every so many have one.
const STEP: usize = 256;
/// How far back from its end a sentence's end is recognised: a short word, a bracket or two.
const BACK: usize = 16;
/// What may stand between the last word's full stop and the next sentence.
const CLOSING: &str = "\"”’»)]";
/// Letters of abbreviations that end in a full stop, such as `TP.` or `ThS.`: words have a vowel.
const CONSONANTS: &str = "bcdđfghjklmnpqrstvwxz";

/// A document's text, in which passages are looked up.
pub struct Passages {
    text: Arc<str>,
    /// Where in it, in bytes, every [`STEP`]th code point begins; found when first needed.
    marks: OnceLock<Vec<usize>>,
}

/// A slice of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Passage<'t> {
    /// Exactly the text's words.
    pub words: &'t str,
    /// How many code points of the text stand ahead of them.
    pub start: usize,
}

impl Passages {
    /// Of this text.
    pub fn of(text: String) -> Self {
        Self { text: text.into(), marks: OnceLock::new() }
    }

    /// The whole text.
    pub fn text(&self) -> Arc<str> {
        self.text.clone()
    }

    /// Where in bytes this code point begins; the text's end if there is none.
    fn byte(&self, point: usize) -> usize {
        let marks = self.marks.get_or_init(|| self.text.char_indices().step_by(STEP).map(|(begin, _)| begin).collect());
        let Some(&mark) = marks.get(point / STEP) else { return self.text.len() };
        let behind = self.text.get(mark..).unwrap_or_default();
        behind.char_indices().nth(point % STEP).map_or(self.text.len(), |(begin, _)| mark + begin)
    }

    /// The sentences, or else the line, in which the quote from code point `start` to `end` stands; where they are long,
    /// as much of them as whole words make up [`AROUND`] code points on either side.
    pub fn around(&self, start: usize, end: usize) -> Passage<'_> {
        let first = start.saturating_sub(AROUND);
        let (from, quote, quoted, to) =
            (self.byte(first), self.byte(start), self.byte(end), self.byte(end.saturating_add(AROUND)));
        let slice = |from: usize, to: usize| self.text.get(from..to).unwrap_or_default();
        let (ahead, behind) = (slice(from, quote), slice(quoted, to));

        let places = |words: &'_ str| words.char_indices().map(|(place, _)| place).collect::<Vec<_>>();
        let ends = |place: &usize| self.sentence_ends(*place);
        let begin = places(ahead).into_iter().map(|place| from + place).chain([quote]).rev().find(ends);
        let begin = match begin {
            Some(begin) => begin,
            None if first == 0 => 0,
            None => ahead.find(char::is_whitespace).map_or(from, |space| from + space),
        };
        let finish = places(behind).into_iter().map(|place| quoted + place).chain([to]).find(ends);
        let finish = finish.unwrap_or_else(|| behind.rfind(char::is_whitespace).map_or(to, |space| quoted + space));

        // No further than to the quote, whatever that begins or ends with.
        let ahead = slice(begin, quote).trim_start();
        let finish = quoted + slice(quoted, finish).trim_end().len();
        let begin = quote - ahead.len();
        Passage { words: slice(begin, finish), start: start - ahead.chars().count() }
    }

    /// Whether a sentence or line ends right here: at a line break, or behind what closes a sentence.
    fn sentence_ends(&self, place: usize) -> bool {
        let Some((ahead, behind)) = self.text.split_at_checked(place) else { return false };
        let mut next = behind.chars();
        match next.next() {
            None | Some('\n' | '\r') => return true,
            _ if ahead.ends_with('\n') => return true,
            Some(space) if space.is_whitespace() => {}
            Some(_) => return false,
        }
        // `v.v. và` goes on.
        if next.take(BACK).find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase) {
            return false;
        }
        let mut back = ahead.chars().rev().take(BACK).skip_while(|c| CLOSING.contains(*c)).peekable();
        match back.next() {
            Some('!' | '?' | '…') => true,
            Some('.') => {
                let mut word = String::new();
                while let Some(letter) = back.next_if(|c| c.is_alphanumeric()) {
                    word.extend(letter.to_lowercase());
                }
                let abbreviation =
                    (1..=3).contains(&word.chars().count()) && word.chars().all(|c| CONSONANTS.contains(c));
                // `1.`, `a.` or `II.` with nothing ahead of it in its line numbers what follows.
                let ahead = back.find(|c| *c == '\n' || !c.is_whitespace());
                let label = word.chars().count() <= 4 && ahead.is_none_or(|c| ".!?…\n\r".contains(c));
                !abbreviation && !label
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AROUND, Passages};

    /// The passage around the first place where `quote` stands.
    fn around(text: &str, quote: &str) -> String {
        let start = text.split(quote).next().unwrap().chars().count();
        let end = start + quote.chars().count();
        let passages = Passages::of(text.to_owned());
        let passage = passages.around(start, end);
        let points: Vec<char> = text.chars().collect();
        let slice: String = points.iter().skip(passage.start).take(passage.words.chars().count()).collect();
        assert_eq!(slice, passage.words, "exactly the text's words, from there on");
        assert!(passage.words.contains(quote), "{quote:?} is in {passage:?}");
        passage.words.to_owned()
    }

    #[test]
    fn are_the_sentence_or_line() {
        let text = "Báo cáo năm 2021\n\n1. Kinh phí. Đã giải ngân 13.680 đồng, đạt 68,4% kế hoạch (TP. Cà Mau đạt 70%). \
                    Còn lại chuyển sang năm 2022. Đồng chí hỏi: “Vì sao chậm?” Không ai đáp.\r\n- Tuyên truyền 16 cuộc";
        for (quote, passage) in [
            ("Báo cáo", "Báo cáo năm 2021"),
            ("Kinh phí", "1. Kinh phí."),
            ("68,4%", "Đã giải ngân 13.680 đồng, đạt 68,4% kế hoạch (TP. Cà Mau đạt 70%)."),
            ("70%", "Đã giải ngân 13.680 đồng, đạt 68,4% kế hoạch (TP. Cà Mau đạt 70%)."),
            ("2022", "Còn lại chuyển sang năm 2022."),
            ("Còn lại chuyển sang năm 2022.", "Còn lại chuyển sang năm 2022."),
            ("chậm", "Đồng chí hỏi: “Vì sao chậm?”"),
            ("đáp", "Không ai đáp."),
            ("16 cuộc", "- Tuyên truyền 16 cuộc"),
            ("2022. Đồng chí", "Còn lại chuyển sang năm 2022. Đồng chí hỏi: “Vì sao chậm?”"),
            (" Còn", " Còn lại chuyển sang năm 2022."),
        ] {
            assert_eq!(around(text, quote), passage, "{quote}");
        }
    }

    #[test]
    fn are_whole_words_where_a_sentence_is_long() {
        for far in [0, 1, 300, 5_000] {
            let text = format!("{}đúng 𝟟 chỗ {}", "xã nọ ".repeat(far), "ấp kia ".repeat(far));
            let passage = around(&text, "đúng 𝟟 chỗ");
            assert!(passage.chars().count() <= 2 * AROUND + 10, "{passage}");
            assert!(far == 0 || passage.starts_with("xã") || passage.starts_with("nọ"), "{passage}");
            assert!(far == 0 || passage.ends_with("ấp") || passage.ends_with("kia"), "{passage}");
        }
        // Nothing to cut at.
        let text = format!("{}!{}", "x".repeat(900), "y".repeat(900));
        assert_eq!(around(&text, "!").len(), 2 * AROUND + 1);
    }

    #[test]
    fn of_places_that_are_not_in_the_text_are_no_panic() {
        let passages = Passages::of("Một hai.".to_owned());
        for (start, end) in [(0, 0), (8, 8), (3, 900), (900, 901), (5, 3)] {
            passages.around(start, end);
        }
        Passages::of(String::new()).around(0, 1);
    }
}
