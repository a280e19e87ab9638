//! What keeps a page from taking endless time or an endless stack.
//!
//! Parsing looks up the open elements at every tag, so deep nesting makes it quadratic, and an element's attributes are
//! compared with one another. So tags are counted before anything is parsed. The count errs upwards where a page leaves
//! elements open that have to be closed, which hardly happens a thousand times.

use std::collections::HashMap;

use dom_query::Document;

use crate::document::ReadError;

/// Browsers stop at 512.
const MAX_DEPTH: usize = 1000;
const MAX_ELEMENTS: usize = 100_000;
/// All elements' depths together, which is what parsing costs; a page of ten thousand elements has some 300,000.
const MAX_WORK: usize = 5_000_000;
const MAX_ATTRIBUTES: usize = 300;
/// Tags, entities, and all that looks like one: each becomes a piece of its own first.
const MAX_PIECES: usize = 500_000;

/// Elements that have no end, or whose end the next one of them implies: they do not pile up.
const CLOSED: [&str; 28] = [
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li",
    "link", "meta", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
];
/// Elements whose content is no markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Refuses a page that is nested too deeply or has too many elements or attributes.
pub fn check(html: &str) -> Result<(), ReadError> {
    if html.bytes().filter(|byte| matches!(byte, b'<' | b'&')).nth(MAX_PIECES).is_some() {
        return Err(ReadError::PageSize(format!("it has more than {MAX_PIECES} tags and entities")));
    }
    let mut rest = html;
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut elements, mut work) = (0_usize, 0_usize, 0_usize);
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let (is_end, tag) = rest.strip_prefix('/').map_or((false, rest), |tag| (true, tag));
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let length = tag.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(tag.len());
        let name = tag.get(..length).unwrap_or_default().to_ascii_lowercase();
        let (attributes, after) = rest_of_tag(tag.get(length..).unwrap_or_default());
        if attributes > MAX_ATTRIBUTES {
            return Err(ReadError::PageSize(format!("an element has more than {MAX_ATTRIBUTES} attributes")));
        }
        rest = after;
        if is_end {
            if let Some(count) = open.get_mut(&name).filter(|count| **count > 0) {
                *count -= 1;
                depth -= 1;
            }
            continue;
        }
        elements += 1;
        work += depth;
        if work > MAX_WORK {
            return Err(too_deep());
        }
        if elements > MAX_ELEMENTS {
            return Err(ReadError::PageSize(format!("it has more than {MAX_ELEMENTS} elements")));
        }
        if RAW.contains(&name.as_str()) {
            rest = behind_end(rest, &name);
        } else if !CLOSED.contains(&name.as_str()) {
            *open.entry(name).or_default() += 1;
            depth += 1;
            if depth > MAX_DEPTH {
                return Err(too_deep());
            }
        }
    }
    Ok(())
}

fn too_deep() -> ReadError {
    ReadError::PageSize("its elements are nested too deeply".to_owned())
}

/// How many attributes a tag can have at most, and what follows it.
fn rest_of_tag(tag: &str) -> (usize, &str) {
    let mut attributes = 0;
    let mut quote: Option<u8> = None;
    let mut last = b' ';
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => {
                quote = None;
                attributes += 1;
            }
            (None, b'>') => return (attributes, tag.get(at + 1..).unwrap_or_default()),
            // A quote opens a value only behind the =.
            (None, b'"' | b'\'') if last == b'=' => quote = Some(byte),
            (None, byte) if byte == b'/' || byte.is_ascii_whitespace() => attributes += 1,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
    }
    (attributes, "")
}

/// What follows the end of a raw element.
fn behind_end<'a>(html: &'a str, name: &str) -> &'a str {
    let mut rest = html;
    while let Some(at) = rest.find("</") {
        rest = rest.get(at + 2..).unwrap_or_default();
        if rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return rest;
        }
    }
    ""
}

/// The same of what was parsed, whatever the count overlooked.
pub fn check_tree(page: &Document) -> Result<(), ReadError> {
    let (mut depth, mut elements) = (0_usize, 0_usize);
    let mut result = Ok(());
    super::walk::visit(&page.root(), &mut |event, _| {
        match event {
            super::walk::Event::Enter => (depth, elements) = (depth + 1, elements + 1),
            super::walk::Event::Leave => depth = depth.saturating_sub(1),
        }
        if depth > MAX_DEPTH {
            result = Err(too_deep());
        }
        // Texts and comments count too, so there may be more of them than of elements.
        depth <= MAX_DEPTH && elements <= MAX_ELEMENTS * 4
    });
    result
}
