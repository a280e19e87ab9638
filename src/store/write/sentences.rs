//! Documents' sentences, for search: where each stands, and its words.

use std::collections::HashMap;
use std::fmt::Write;

use sqlx::{Postgres, Transaction};

use super::super::Error;
use super::Written;

/// The longest word that a tsvector holds, in bytes.
const WORD: usize = 2046;
/// The last place of a word that a tsvector tells; what stands behind it is told to stand there.
const PLACE: usize = 16383;
/// Of so many places of one word the first are told.
const PLACES: usize = 255;
/// So many characters of a sentence are looked at: a tsvector holds a megabyte at most.
const CHARACTERS: usize = 200_000;

/// Writes them in place of those that are there; what is there already is left alone, so that nothing has changed.
pub(super) async fn write(transaction: &mut Transaction<'_, Postgres>, all: &[Written<'_>]) -> Result<(), Error> {
    let (mut ids, mut counts) = (Vec::new(), Vec::new());
    let (mut documents, mut ordinals) = (Vec::new(), Vec::new());
    let (mut starts, mut ends, mut words) = (Vec::new(), Vec::new(), Vec::new());
    let offset = |at: u32| i32::try_from(at).unwrap_or(i32::MAX);
    for document in all {
        let id = document.reported.id;
        let mut count = 0;
        for sentence in &document.reported.sentences {
            count += 1;
            documents.push(id);
            ordinals.push(count);
            starts.push(offset(sentence.span.start));
            ends.push(offset(sentence.span.end));
            words.push(vector(&sentence.words));
        }
        ids.push(id);
        counts.push(count);
    }
    sqlx::query(
        "DELETE FROM sentences s USING UNNEST($1::uuid[], $2::int[]) AS new (document_id, count)
         WHERE s.document_id = new.document_id AND s.ordinal > new.count",
    )
    .bind(ids)
    .bind(counts)
    .execute(&mut **transaction)
    .await?;
    if documents.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO sentences AS there (document_id, ordinal, start_at, end_at, words)
         SELECT document_id, ordinal, start_at, end_at, words::tsvector
         FROM UNNEST($1::uuid[], $2::int[], $3::int[], $4::int[], $5::text[])
             AS new (document_id, ordinal, start_at, end_at, words)
         ON CONFLICT (document_id, ordinal) DO UPDATE
             SET start_at = excluded.start_at, end_at = excluded.end_at, words = excluded.words
             WHERE (there.start_at, there.end_at, there.words) <> (excluded.start_at, excluded.end_at, excluded.words)",
    )
    .bind(documents)
    .bind(ordinals)
    .bind(starts)
    .bind(ends)
    .bind(words)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Words with their places as a tsvector is written: what `search_words` in the database makes of the sentence. To have it
/// do so would cost more than all else that is written of a document.
fn vector(words: &str) -> String {
    let end = words.char_indices().nth(CHARACTERS).map_or(words.len(), |(end, _)| end);
    let told = words.get(..end).unwrap_or_default().split(' ').filter(|word| !word.is_empty() && word.len() <= WORD);
    let mut vector = String::with_capacity(words.len() * 2);
    let mut told_of: HashMap<&str, usize> = HashMap::new();
    for (word, place) in told.zip(1..) {
        let places = told_of.entry(word).or_default();
        *places += 1;
        if *places > PLACES {
            continue;
        }
        // Letters and digits only: nothing in a word has to be escaped.
        let _ = write!(vector, "'{word}':{} ", place.min(PLACE));
    }
    vector
}
