//! A PDF with a text layer: its text, in the order in which one reads it.
//!
//! A PDF says where on a page each letter stands, and nothing of words, lines, columns or paragraphs: these are put
//! together here from the places alone (`letters` → `lines` → `columns` → `paragraphs`). The order in which letters are
//! drawn is no help; producers draw all letters of one font first, and Vietnamese letters often come from a second one.

mod columns;
mod furniture;
mod letters;
mod lines;
mod paragraphs;

use std::ops::Range;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use self::lines::Line;
use super::{ReadError, one_line};
use crate::domain::SourceMeta;

/// The most letters that are taken from one file: more make too long a text.
const MAX_LETTERS: usize = super::format::MAX_TEXT;
/// A title that the file states has to stand among so many of the text's first characters: many are the name of
/// another file, which this one was made from.
const OPENING: usize = 1000;

/// A page, read line by line.
struct Page {
    lines: Vec<Line>,
    /// Where lines may stand, from top to bottom.
    height: Range<f64>,
}

/// The title that the file states, and the text.
pub fn read(bytes: &[u8]) -> Result<(SourceMeta, String), ReadError> {
    let bytes = bytes.to_vec();
    super::isolated(move || read_pages(bytes, MAX_LETTERS))
        .unwrap_or_else(|| Err(broken("its reader broke down on it")))
}

fn broken(reason: &str) -> ReadError {
    ReadError::Pdf(reason.to_owned())
}

fn read_pages(bytes: Vec<u8>, most: usize) -> Result<(SourceMeta, String), ReadError> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => broken("it has a password"),
        LoadPdfError::Decryption(_) => broken("it is encrypted in a way that is not known"),
        LoadPdfError::Invalid => broken("it is broken, or no PDF at all"),
    })?;
    let mut letters = letters::of(&pdf, most)?;
    if letters.nameless > letters.named / 4 {
        return Err(broken("its fonts do not tell which letters they show"));
    }
    if letters.pages.iter().any(|page| page.letters.iter().any(|letter| !letter.artifact)) {
        letters.pages.iter_mut().for_each(|page| page.letters.retain(|letter| !letter.artifact));
    }
    let mut pages: Vec<Page> = Vec::new();
    for page in letters.pages {
        pages.push(Page { height: page.height, lines: lines::of(page.letters) });
    }
    furniture::remove(&mut pages);
    let text = paragraphs::text(columns::in_order(pages.into_iter().map(|page| page.lines).collect()));
    if text.trim().is_empty() {
        return Err(ReadError::PdfWithoutText);
    }
    let title = pdf.metadata().title.as_deref().map(letters::decode);
    let opening: String = text.chars().take(OPENING).collect();
    let key = |words: &str| one_line(words).to_lowercase();
    let title = title.filter(|title| !title.trim().is_empty() && key(&opening).contains(&key(title)));
    Ok((SourceMeta { title, ..SourceMeta::default() }, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_draws_its_parts_over_and_over_is_left() {
        let content = "/X Do ".repeat(100);
        let pdf = format!(
            "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
             2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
             3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R \
             /Resources << /XObject << /X 5 0 R >> >> >>\nendobj\n\
             4 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n\
             5 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Length 53 /Resources << /Font << /F << \
             /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\n\
             stream\nBT /F 10 Tf 100 100 Td (letters, a few of them) Tj ET\nendstream\nendobj\n\
             trailer\n<< /Root 1 0 R >>\n",
            content.len()
        );
        let read = |most| read_pages(pdf.clone().into_bytes(), most);
        assert_eq!(read(1000), Err(ReadError::TooLong(4)));
        let (_, text) = read(10_000).unwrap_or_default();
        assert_eq!(text, "letters, a few of them");
    }
}
