//! Bytes of a file to a clean [`Source`]: formats, front matter, NFC, refusals.
//!
//! Cleaning changes as little as it can, because evidence quotes the text as it stands here: a byte order mark goes,
//! line ends become `\n`, composition becomes NFC. Non-breaking spaces, soft hyphens, wrapped lines and double spaces
//! stay; what they mean is the extraction's business.

mod blocks;
mod docx;
mod error;
mod format;
mod front_matter;
mod html;
mod pdf;
mod text;

pub use error::ReadError;
pub use format::{EXTENSIONS, Format};
pub use front_matter::KEYS;

use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use crate::domain::{Source, SourceMeta};

/// The longest slug, in bytes: no file system has longer names, and the slug is a key of the database.
const MAX_SLUG_BYTES: usize = 255;
/// The longest title taken from the text, in code points; a longer first line is cut between words.
const MAX_TITLE: usize = 300;
/// Room for what walks a page's elements by calling itself.
const STACK: usize = 64 * 1024 * 1024;

/// The document in `bytes`. Its slug is `file_name` without folder and extension, its format what the extension says.
///
/// Front matter of a text is YAML between two lines `---` at the very beginning. `title`, `publisher`, `url` and
/// `published_on` are read from it; other keys are allowed, for notes of one's own, and have no effect. A web page
/// states the same in its own ways, a Word file its title.
///
/// Takes as long as a file is large: call it where nobody waits.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Source, ReadError> {
    let format = Format::of(file_name)?;
    let slug = slug(file_name)?;
    format.check_size(bytes)?;
    let (meta, text) = match format {
        Format::Text => {
            let text = text::decode(bytes)?;
            let (meta, body) = front_matter::split(&text)?;
            (meta, body.nfc().collect())
        }
        Format::Html => clean(html::read(bytes)?)?,
        Format::Docx => clean(docx::read(bytes)?)?,
        Format::Pdf => clean(pdf::read(bytes)?)?,
    };
    let Some(first_line) = text.lines().map(str::trim).find(|line| !line.is_empty()) else {
        return Err(ReadError::Empty);
    };
    let title = meta.title.clone().unwrap_or_else(|| shorten(first_line.trim_start_matches('#').trim_start()));
    // A first line of nothing but # is no title.
    let title = if title.is_empty() { slug.clone() } else { title };
    Ok(Source { slug, title, meta, text })
}

/// Keys in the front matter of a text that nothing reads: notes of somebody's own, or mistyped.
pub fn ignored_keys(bytes: &[u8]) -> Vec<String> {
    text::decode(bytes).map(|text| front_matter::unknown_keys(&text)).unwrap_or_default()
}

/// Text out of a file that is no text itself: NFC, without the control characters that such files may hold and a
/// database does not take, and not endless.
fn clean((meta, text): (SourceMeta, String)) -> Result<(SourceMeta, String), ReadError> {
    let text: String = text.chars().filter(|&c| !c.is_control() || matches!(c, '\t' | '\n')).nfc().collect();
    if text.len() > format::MAX_TEXT {
        return Err(ReadError::TooLong(format::MAX_TEXT / 1024 / 1024));
    }
    let line = |text: Option<String>| text.map(|text| one_line(&text)).filter(|text| !text.is_empty());
    let meta = SourceMeta {
        title: line(meta.title).map(|title| shorten(&title)),
        publisher: line(meta.publisher).map(|name| shorten(&name)),
        url: line(meta.url),
        published_on: meta.published_on,
    };
    Ok((meta, text))
}

/// NFC on one line, with single spaces and without control characters, NUL among them, which a database does not take.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").nfc().collect()
}

/// Does `work` on a thread and a large stack of its own: `None` if it breaks down, which takes nobody else with it.
fn isolated<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok()?;
        thread.join().ok()
    })
}

/// The slug of a file of this name: the name without folder and extension, in NFC, because file systems differ in how
/// they compose names.
pub fn slug(file_name: &str) -> Result<String, ReadError> {
    let stem = Path::new(file_name).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let slug: String = stem.trim().nfc().collect();
    if slug.is_empty() || slug.len() > MAX_SLUG_BYTES || slug.chars().any(char::is_control) {
        return Err(ReadError::Slug);
    }
    Ok(slug)
}

fn shorten(line: &str) -> String {
    let Some((end, _)) = line.char_indices().nth(MAX_TITLE) else {
        return line.to_owned();
    };
    let head = line.get(..end).unwrap_or_default();
    let cut = head.rfind(char::is_whitespace).unwrap_or(end);
    format!("{}…", head.get(..cut).unwrap_or(head).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning_changes_line_ends_and_composition_only() {
        let bytes = "\u{feff}Ho\u{323}\u{302}i nghi\u{323}\r\n  hai\u{a0}khoảng\u{ad}\rba  \u{c}bốn";
        let source = read("folder/2024.a.txt", bytes.as_bytes()).unwrap();
        assert_eq!(source.slug, "2024.a");
        assert_eq!(source.title, "Hội nghị");
        assert_eq!(source.text, "Hội nghị\n  hai\u{a0}khoảng\u{ad}\nba  \nbốn");
    }

    #[test]
    fn front_matter_is_read_and_cut_off() {
        let text = "---\n# ghi chú\ntitle: 'Một: hai'\npublished_on: 2021-12-24\npublisher: 365\ninvented: true\nurl: \n---\n\nThân bài\n---\n";
        let source = read("a.md", text.as_bytes()).unwrap();
        assert_eq!(source.title, "Một: hai");
        assert_eq!(source.meta.publisher.as_deref(), Some("365"));
        assert_eq!(source.meta.url, None);
        assert_eq!(source.meta.published_on.map(|d| d.to_string()).as_deref(), Some("2021-12-24"));
        assert_eq!(source.text, "\nThân bài\n---\n");
        assert_eq!(read("a.md", "---\n---\nThân bài".as_bytes()).unwrap().title, "Thân bài");
        assert_eq!(ignored_keys(text.as_bytes()), ["invented"]);
        assert_eq!(ignored_keys(b"---\ntitle: a\npublised_on: 2021-12-24\n---\ntext"), ["publised_on"]);
        assert_eq!(ignored_keys("---\n---\nThân: bài".as_bytes()), [""; 0]);
    }

    #[test]
    fn titles_come_from_the_first_line_and_are_not_endless() {
        assert_eq!(read("a.md", b"\n\n## Ten\nmore").unwrap().title, "Ten");
        assert_eq!(read("a.md", b"##\nmore").unwrap().title, "a");
        let long = read("a.txt", "chữ ".repeat(400).as_bytes()).unwrap().title;
        assert!(long.chars().count() <= MAX_TITLE + 1 && long.ends_with("chữ…"), "{long}");
    }

    #[test]
    fn refusals_say_what_and_where() {
        let large = vec![b'a'; format::MAX_TEXT + 1];
        for (name, bytes, says) in [
            ("a.txt", &b""[..], "empty"),
            ("a.txt", b" \n\t\xc2\xa0\n", "empty"),
            ("a.txt", b"---\ntitle: a\n---\n \n", "empty"),
            ("a.txt", b"ab\xffcd", "byte 2"),
            ("a.txt", b"\xff\xfea\0b\0", "UTF-16"),
            ("a.txt", b"ab\0c", "NUL byte at byte 2"),
            ("a.txt", b"ab\x1bc", "byte 2"),
            ("a.txt", &large, "4 MiB"),
            ("a.txt", b"---\ntitle: a\nno end", "not closed"),
            ("a.txt", b"---\na: b\ntitle: [\n---\ntext", "line 3: `title`: it has to be one text; put it in quotes"),
            ("a.txt", b"---\ntitle: [unclosed\n---\ntext", "line 2: `title`: it has to be one text; put it in quotes"),
            ("a.txt", b"---\na: b\npublished_on: 24/12/2021\n---\ntext", "line 3: `published_on`: it has to be a day"),
            ("a.txt", b"---\npublished_on: 2021-02-31\n---\ntext", "written as YYYY-MM-DD"),
            ("a.txt", b"---\npublished_on: 24-1-2\n---\ntext", "written as YYYY-MM-DD"),
            ("a.txt", b"---\ntitle: a\ntitle: b\n---\ntext", "line 3: `title`: it is given twice; keep one"),
            ("a.txt", b"---\nurl: javascript:alert(1)\n---\ntext", "line 2: `url`: it has to begin with https://"),
            ("a.txt", b"---\ntitle: a: b\n---\ntext", "in quotes"),
            ("a.txt", b"---\ntitle: \"a\n---\ntext", "in quotes"),
            ("a.txt", b"---\njust words\n---\ntext", "line 2"),
            ("a.doc", b"text", ".doc"),
            ("a", b"text", ".txt"),
            (" .txt", b"text", "name"),
        ] {
            let told = read(name, bytes).unwrap_err().to_string();
            assert!(told.contains(says), "{name} {says}: {told}");
            // Not in the words of the library, which are meant for somebody else.
            assert!(!["Options", "scalar", "mapping"].iter().any(|word| told.contains(word)), "{told}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_the_bytes_they_are_read_or_refused(bytes: Vec<u8>, name in "\\PC{0,12}(\\.(txt|md|TXT|html|docx|pdf))?") {
            let _ = read(&name, &bytes);
        }

        #[test]
        fn what_is_read_is_clean(
            front in "(---\n(title: \\PC{0,9}\n)?---\n)?",
            body in "(\\PC|\r|\n|\t|\u{301}|\u{feff}){0,40}",
        ) {
            if let Ok(source) = read("a.md", format!("{front}{body}").as_bytes()) {
                proptest::prop_assert!(!source.text.contains(['\r', '\0']) && !source.title.is_empty());
                proptest::prop_assert_eq!(source.text.nfc().collect::<String>(), source.text);
            }
        }
    }
}
