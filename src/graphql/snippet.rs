//! As much of a text as shows why it was found, with the words that were looked for marked.

use async_graphql::SimpleObject;

/// Code points of a snippet, about, where a text is long.
const LENGTH: usize = 240;
/// How many of them stand ahead of the first word that was looked for, at most.
const AHEAD: usize = 80;

/// Some of a text (trích đoạn), with what was looked for marked in it.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct Snippet {
    /// The words (nguyên văn), exactly as in the text; `…` where a long text is cut.
    pub(super) text: String,
    /// Where in `text` the words stand that were looked for.
    pub(super) highlights: Vec<Highlight>,
    /// The same as HTML: escaped, the words that were looked for inside `<mark>`.
    pub(super) html: String,
}

/// Where in a snippet something stands that was looked for; counts Unicode code points of `Snippet.text`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, SimpleObject)]
pub struct Highlight {
    /// How many code points stand ahead of it.
    pub(super) start: usize,
    /// Where it ends, exclusive.
    pub(super) end: usize,
}

/// The snippet of `text` around these places, which are ranges of code points in order.
pub fn snippet(text: &str, places: &[(usize, usize)]) -> Snippet {
    let chars: Vec<char> = text.chars().collect();
    let first = places.first().map_or(0, |place| place.0);
    let from = if chars.len() <= LENGTH { 0 } else { word_begin(&chars, first.saturating_sub(AHEAD)) };
    let to = word_end(&chars, from.saturating_add(LENGTH));
    let (cut_ahead, cut_behind) = (from > 0, to < chars.len());

    let mut shown = Snippet { text: String::new(), highlights: Vec::new(), html: String::new() };
    let mut length = 0;
    let mut push = |shown: &mut Snippet, part: &[char]| {
        length += part.len();
        shown.text.extend(part);
        for c in part {
            escape(&mut shown.html, *c);
        }
        length
    };
    push(&mut shown, if cut_ahead { &['…'] } else { &[] });
    let mut at = from;
    for &(start, end) in places.iter().filter(|(start, end)| from <= *start && *end <= to) {
        let begins = push(&mut shown, chars.get(at..start).unwrap_or_default());
        shown.html.push_str("<mark>");
        let ends = push(&mut shown, chars.get(start..end).unwrap_or_default());
        shown.html.push_str("</mark>");
        shown.highlights.push(Highlight { start: begins, end: ends });
        at = end;
    }
    push(&mut shown, chars.get(at..to).unwrap_or_default());
    push(&mut shown, if cut_behind { &['…'] } else { &[] });
    shown
}

/// The beginning of the first word at `place` or behind it; `place`, where there is none near.
fn word_begin(chars: &[char], place: usize) -> usize {
    if place == 0 {
        return 0;
    }
    let near = chars.get(place..).unwrap_or_default().iter().take(AHEAD / 2);
    near.clone().position(|c| c.is_whitespace()).map_or(place, |space| place + space + 1)
}

/// The end of the last word that ends at `place` or ahead of it; `place`, where there is none near.
fn word_end(chars: &[char], place: usize) -> usize {
    if place >= chars.len() {
        return chars.len();
    }
    let near = chars.get(..place).unwrap_or_default().iter().rev().take(AHEAD / 2);
    near.clone().position(|c| c.is_whitespace()).map_or(place, |space| place - space - 1)
}

fn escape(html: &mut String, c: char) {
    match c {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&quot;"),
        '\'' => html.push_str("&#39;"),
        c => html.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::snippet;

    #[test]
    fn marks_what_was_looked_for() {
        let shown = snippet("Tặng <Bằng khen> & quà", &[(6, 10), (11, 15)]);
        assert_eq!(shown.text, "Tặng <Bằng khen> & quà");
        assert_eq!(shown.html, "Tặng &lt;<mark>Bằng</mark> <mark>khen</mark>&gt; &amp; quà");
        assert_eq!(shown.highlights.iter().map(|h| (h.start, h.end)).collect::<Vec<_>>(), [(6, 10), (11, 15)]);
    }

    #[test]
    fn is_short_where_the_text_is_long() {
        let text = format!("{}đích {}", "xã nọ ".repeat(500), "ấp kia ".repeat(500));
        let shown = snippet(&text, &[(3000, 3004)]);
        assert!(shown.text.chars().count() < 260 && shown.text.starts_with('…') && shown.text.ends_with('…'));
        let cut: Vec<String> =
            shown.highlights.iter().map(|h| shown.text.chars().skip(h.start).take(h.end - h.start).collect()).collect();
        assert_eq!(cut, ["đích"]);
        assert!(shown.html.contains("<mark>đích</mark>"));
        for places in [vec![], vec![(9000, 9001)], vec![(0, 9000)], vec![(3004, 3000)]] {
            snippet(&text, &places);
            snippet(&"x".repeat(5000), &places);
            snippet("", &places);
        }
    }
}
