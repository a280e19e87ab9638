//! A document's sentences, for search: where each stands, and its words.

use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::super::Error;
use crate::domain::Span;

/// Writes them in place of those that are there; what is there already is left alone, so that nothing has changed.
pub(super) async fn write(
    transaction: &mut Transaction<'_, Postgres>,
    document: Uuid,
    text: &str,
    sentences: &[Span],
) -> Result<(), Error> {
    let (spans, texts): (Vec<Span>, Vec<&str>) = slices(text, sentences).unzip();
    sqlx::query("DELETE FROM sentences WHERE document_id = $1 AND ordinal > $2")
        .bind(document)
        .bind(i32::try_from(spans.len()).unwrap_or(i32::MAX))
        .execute(&mut **transaction)
        .await?;
    if spans.is_empty() {
        return Ok(());
    }
    let offsets =
        |at: fn(&Span) -> u32| spans.iter().map(|s| i32::try_from(at(s)).unwrap_or(i32::MAX)).collect::<Vec<_>>();
    sqlx::query(
        "INSERT INTO sentences AS there (document_id, ordinal, start_at, end_at, words)
         SELECT $1, ordinal, start_at, end_at, search_words(sentence)
         FROM UNNEST($2::int[], $3::int[], $4::text[]) WITH ORDINALITY AS new (start_at, end_at, sentence, ordinal)
         ON CONFLICT (document_id, ordinal) DO UPDATE
             SET start_at = excluded.start_at, end_at = excluded.end_at, words = excluded.words
             WHERE (there.start_at, there.end_at, there.words) <> (excluded.start_at, excluded.end_at, excluded.words)",
    )
    .bind(document)
    .bind(offsets(|s| s.start))
    .bind(offsets(|s| s.end))
    .bind(texts)
    .execute(&mut **transaction)
    .await?;
    Ok(())
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
