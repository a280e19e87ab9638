//! A Word file (.docx): the text of its body, without headers, footers, comments and what has been struck out.
//!
//! It is a zip of XML. Only the two parts that matter are unpacked, and only up to a limit; the XML is read event by
//! event, so nothing is expanded and nothing nests on the stack.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::ReadError;
use super::blocks::Blocks;
use crate::domain::SourceMeta;

/// The most that is unpacked of one part, in bytes. Word spends about ten bytes on one of text.
const MAX_UNPACKED: usize = 64 * 1024 * 1024;
/// How deep elements may stand in each other; Word's own files stay below a hundred.
const MAX_DEPTH: usize = 1000;
/// What old Word files begin with, and also the new ones that have a password.
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Elements whose words are no part of the text: struck out, moved elsewhere, or there again for older programs.
const LEFT_OUT: [&str; 6] = ["mc:Fallback", "w:del", "w:moveFrom", "w:pPrChange", "w:instrText", "w:delText"];

/// The title that the file's properties state, and the text.
pub fn read(bytes: &[u8]) -> Result<(SourceMeta, String), ReadError> {
    if bytes.starts_with(OLE) {
        return Err(ReadError::Docx("it is an old Word file (.doc) or has a password".to_owned()));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| ReadError::Docx(format!("it cannot be unpacked: {error}")))?;
    let main = archive
        .file_names_raw()
        .filter_map(|name| std::str::from_utf8(name).ok())
        // Some programs number the part.
        .find(|name| name.strip_suffix(".xml").is_some_and(|name| name.starts_with("word/document")))
        .map(str::to_owned)
        .ok_or_else(|| ReadError::Docx("there is no word/document.xml in it".to_owned()))?;
    let text = body(&part(&mut archive, &main)?)?;
    // Properties are no reason to refuse a text.
    let title = part(&mut archive, "docProps/core.xml").ok().and_then(|xml| title(&xml));
    Ok((SourceMeta { title, ..SourceMeta::default() }, text))
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, ReadError> {
    let broken = |error: String| ReadError::Docx(format!("{name} in it cannot be unpacked: {error}"));
    let file = archive.by_name(name).map_err(|error| broken(error.to_string()))?;
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_UNPACKED).unwrap_or(u64::MAX).saturating_add(1);
    file.take(limit).read_to_end(&mut bytes).map_err(|error| broken(error.to_string()))?;
    if bytes.len() > MAX_UNPACKED {
        return Err(broken(format!("it has more than {} MiB", MAX_UNPACKED / 1024 / 1024)));
    }
    String::from_utf8(bytes).map_err(|error| broken(format!("not UTF-8 at byte {}", error.utf8_error().valid_up_to())))
}

/// A paragraph that is open.
#[derive(Default)]
struct Paragraph {
    numbered: bool,
    heading: bool,
    // Whether any of its words has been written.
    begun: bool,
}

#[derive(Default)]
struct Body {
    blocks: Blocks,
    // A text box stands inside a paragraph and has its own.
    paragraphs: Vec<Paragraph>,
    in_properties: bool,
    in_text: bool,
}

fn body(xml: &str) -> Result<String, ReadError> {
    let mut reader = Reader::from_str(xml);
    let mut body = Body::default();
    let (mut depth, mut left_out) = (0_usize, None);
    loop {
        let event = reader.read_event();
        let broken =
            |error: String| ReadError::Docx(format!("its XML is broken at byte {}: {error}", reader.buffer_position()));
        match event.map_err(|error| broken(error.to_string()))? {
            Event::Start(tag) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(broken(format!("elements are nested more than {MAX_DEPTH} deep")));
                }
                if left_out.is_none() && LEFT_OUT.contains(&tag.name().as_ref()) {
                    left_out = Some(depth);
                }
                if left_out.is_none() {
                    body.start(&tag);
                }
            }
            Event::Empty(tag) if left_out.is_none() => {
                body.start(&tag);
                body.end(tag.name().as_ref());
            }
            Event::End(tag) => {
                match left_out {
                    None => body.end(tag.name().as_ref()),
                    Some(since) if since == depth => left_out = None,
                    Some(_) => {}
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(words) if body.in_text && left_out.is_none() => body.words(&words),
            Event::CData(words) if body.in_text && left_out.is_none() => body.words(&words),
            Event::GeneralRef(entity) if body.in_text && left_out.is_none() => {
                let named = || quick_xml::escape::resolve_xml_entity(&entity).map(str::to_owned);
                let character = entity.resolve_char_ref().ok().flatten().map(String::from);
                // Any other entity would have to be declared, which Word never does.
                body.words(&character.or_else(named).unwrap_or_default());
            }
            Event::Eof => return Ok(body.blocks.finish()),
            _ => {}
        }
    }
}

impl Body {
    fn start(&mut self, tag: &BytesStart) {
        match tag.name().as_ref() {
            "w:p" => self.paragraphs.push(Paragraph::default()),
            "w:pPr" => self.in_properties = true,
            "w:t" => self.in_text = true,
            "w:tbl" => self.blocks.list(),
            "w:tr" => self.blocks.row(),
            "w:tc" => self.blocks.cell(),
            "w:numId" => self.property(|paragraph| paragraph.numbered = value(tag).is_some_and(|id| id != "0")),
            "w:outlineLvl" => self.property(|paragraph| paragraph.heading = true),
            "w:pStyle" => {
                let style = value(tag).unwrap_or_default();
                let is = |names: &[&str]| names.iter().any(|name| style.starts_with(name));
                self.property(|paragraph| {
                    paragraph.numbered |= is(&["ListBullet", "ListNumber"]);
                    paragraph.heading |= is(&["Heading", "Title"]);
                });
            }
            "w:tab" if !self.in_properties => self.words("\t"),
            "w:noBreakHyphen" => self.words("\u{2011}"),
            "w:softHyphen" => self.words("\u{ad}"),
            "w:br" | "w:cr" => self.blocks.line(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "w:p" => match self.paragraphs.pop() {
                Some(Paragraph { numbered: true, heading: false, .. }) => self.blocks.end_item(),
                _ => self.blocks.block(),
            },
            "w:pPr" => self.in_properties = false,
            "w:t" => self.in_text = false,
            "w:tbl" => self.blocks.block(),
            "w:tr" => self.blocks.end_row(),
            "w:tc" => self.blocks.end_cell(),
            _ => {}
        }
    }

    fn property(&mut self, set: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraphs.last_mut().filter(|_| self.in_properties) {
            set(paragraph);
        }
    }

    fn words(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut().filter(|paragraph| !paragraph.begun) {
            paragraph.begun = true;
            // Word counts numbers only when it shows them; that there is one is all the file says.
            if paragraph.numbered && !paragraph.heading { self.blocks.item("- ") } else { self.blocks.list() }
        }
        self.blocks.verbatim(words);
    }
}

fn value(tag: &BytesStart) -> Option<String> {
    let attribute = tag.try_get_attribute("w:val").ok()??;
    Some(attribute.value.into_owned())
}

/// What stands in `dc:title`.
fn title(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut title = String::new();
    let mut inside = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => inside = tag.name().as_ref() == "dc:title",
            Event::End(_) => inside = false,
            Event::Text(words) if inside => title.push_str(&words),
            Event::GeneralRef(entity) if inside => {
                title.extend(entity.resolve_char_ref().ok().flatten());
                title.push_str(quick_xml::escape::resolve_xml_entity(&entity).unwrap_or_default());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Some(title)
}
