//! A saved web page: the article in it as text, and what the page states about it.
//!
//! Browsers' reader views find an article by where the words are dense and the links few; `dom_smoothie` is the same
//! method. What stands around the article (menus, related headlines, comments) is left out here.

mod charset;
mod guard;
mod meta;
mod walk;

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::{ReadError, one_line};
use crate::domain::SourceMeta;

/// Shorter than this, in characters, an article may be part of one, and it is looked for with fewer assumptions. News
/// items on meetings can be very short.
const SHORT: usize = 250;

/// What the page states about its article, and the article's text.
pub fn read(bytes: &[u8]) -> Result<(SourceMeta, String), ReadError> {
    let html = charset::decode(bytes)?;
    guard::check(&html)?;
    super::isolated(move || read_page(&html)).unwrap_or(Err(ReadError::Page))
}

fn read_page(html: &str) -> Result<(SourceMeta, String), ReadError> {
    let page = Document::from(html);
    guard::check_tree(&page)?;
    let mut meta = meta::read(&page);
    walk::keep_line_ends(&page);
    let config = Config { char_threshold: SHORT, disable_json_ld: true, ..Config::default() };
    let article = Readability::with_document(page, None, Some(config)).and_then(|mut page| page.parse());
    let text = match &article {
        Ok(article) => {
            let title = one_line(&article.title);
            meta.title = meta.title.or_else(|| (!title.is_empty()).then_some(title));
            walk::text(&Document::from(&*article.content))
        }
        // There is no article to be told from the rest: all of it, then.
        Err(_) => walk::text(&Document::from(html)),
    };
    // Reader views show the headline above the article; here it is the text's first line, to be quoted like any other.
    let text = match &meta.title {
        Some(title) if !text.is_empty() && !says(&text, title) => format!("{title}\n\n{text}"),
        _ => text,
    };
    Ok((meta, text))
}

/// Whether one of the first paragraphs is the title.
fn says(text: &str, title: &str) -> bool {
    let key = |words: &str| one_line(words).to_lowercase();
    text.split("\n\n").take(4).any(|paragraph| key(paragraph) == key(title))
}
