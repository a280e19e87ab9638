//! Any bytes, as a file of any format: they are read or refused, what is read gives facts, and every fact's place lies
//! in the text. The first byte chooses the format, the rest is the file.
#![no_main]

// The rooms under test and nothing else of the package; fuzz/Cargo.toml says why.
#[path = "../../src/document/mod.rs"]
#[allow(dead_code)]
mod document;
#[path = "../../src/domain/mod.rs"]
#[allow(dead_code, unused_imports)]
mod domain;
#[path = "../../src/extract/mod.rs"]
mod extract;

use domain::{Evidence, Extraction};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((format, content)) = bytes.split_first() else { return };
    let formats = document::EXTENSIONS;
    let name = format!("tài-liệu.{}", formats[usize::from(*format) % formats.len()]);
    let Ok(source) = document::read(&name, content) else { return };
    assert!(!source.title.is_empty() && !source.text.trim().is_empty(), "{source:?}");
    let extraction = extract::extract(&source);
    let length = source.text.chars().count();
    for Evidence { span, .. } in places(&extraction) {
        assert!(span.start < span.end && span.end as usize <= length, "{span:?} of {length}");
    }
});

fn places(extraction: &Extraction) -> impl Iterator<Item = &Evidence> {
    let participants = extraction.meetings.iter().flat_map(|meeting| &meeting.participants);
    (extraction.meetings.iter().flat_map(|fact| &fact.evidence))
        .chain(participants.flat_map(|fact| &fact.evidence))
        .chain(extraction.tasks.iter().flat_map(|fact| &fact.evidence))
        .chain(extraction.awards.iter().flat_map(|fact| &fact.evidence))
        .chain(extraction.directives.iter().flat_map(|fact| &fact.evidence))
        .chain(extraction.figures.iter().flat_map(|fact| &fact.evidence))
}
