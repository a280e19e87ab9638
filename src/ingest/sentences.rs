//! A document's sentences as search finds them: where each stands, and its words.

use crate::domain::{ReportedSentence, Span, words};

/// The sentences at `spans`, which stand in the text's order, with their words.
pub fn with_words(text: &str, spans: &[Span]) -> Vec<ReportedSentence> {
    let folded = |sentence: &str| words(sentence).into_iter().map(|word| word.folded).collect::<Vec<_>>().join(" ");
    slices(text, spans).map(|(span, sentence)| ReportedSentence { span, words: folded(sentence) }).collect()
}

/// The words at each of these places, which stand in the text's order; the text is walked once.
fn slices<'t>(text: &'t str, spans: &[Span]) -> impl Iterator<Item = (Span, &'t str)> {
    let (mut rest, mut at) = (text, 0);
    spans.iter().filter_map(move |span| {
        let ahead = span.start.checked_sub(at)?;
        let skipped = rest.get(bytes(rest, ahead)..)?;
        let (words, behind) = skipped.split_at_checked(bytes(skipped, span.len()))?;
        (rest, at) = (behind, span.end);
        (!words.is_empty()).then_some((*span, words))
    })
}

/// How many bytes the first so many code points have.
fn bytes(text: &str, points: u32) -> usize {
    let points = usize::try_from(points).unwrap_or(usize::MAX);
    text.char_indices().nth(points).map_or(text.len(), |(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::{Span, slices};

    #[test]
    fn are_cut_out_of_the_text_by_code_points() {
        let spans = [Span::new(0, 6), Span::new(7, 9), Span::new(7, 9), Span::new(20, 30)];
        let cut: Vec<&str> = slices("Ở đâu. Đó?", &spans).map(|(_, words)| words).collect();
        assert_eq!(cut, ["Ở đâu.", "Đó"], "what lies outside, or back, is left out");
    }
}
