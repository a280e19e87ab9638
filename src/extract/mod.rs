//! Clean text to facts: pure and deterministic, no I/O, no clock, no async.
//!
//! Text becomes tokens that keep their offsets ([`text`]), tokens become paragraphs and sentences of the article's
//! body ([`structure`], [`body`]); rules ([`rules`]) match the vocabulary ([`lexicon`]) in them and answer with token
//! ranges, which become spans. Nothing is matched in a changed copy of the text, so no offset is ever mapped back.

mod abbreviations;
mod body;
mod confidence;
mod lexicon;
mod rules;
mod structure;
mod text;

use std::ops::Range;

use chrono::Datelike;

pub use confidence::{Tally, confidence, tallies};

use abbreviations::Glossary;
use lexicon::Roles;
use rules::meetings::Found;
use rules::registry::{Part, Person, Registry};
use rules::tasks::Years;
use rules::{awards, dates, directives, figures, groups, meetings, roles, tasks, years};
use structure::Doc;

use crate::domain::{
    DocumentKind, Evidence, Extraction, ParticipantKind, ParticipantReport, Position, Site, Source, Span, name_key,
};

/// Everything `source` states.
pub fn extract(source: &Source) -> Extraction {
    let doc = Doc::new(&source.text);
    let glossary = Glossary::new(&doc);
    let mut registry = Registry::new(&doc, &glossary);
    let acts = roles::assign(&doc, &mut registry, &glossary);
    let cited = directives::directives(&doc, &glossary);
    let acted: Vec<usize> =
        doc.sentences.iter().zip(&acts).filter(|(_, said)| !said.acts.is_empty()).map(|(s, _)| s.start).collect();
    let found = meetings::meetings(&doc, &glossary, &cited, source.meta.published_on, &acted);
    let kind = kind(&doc, &found);
    let meeting = (!found.is_empty()).then_some(0);
    let plan = match found.first() {
        Some(f) => Years {
            review: f.report.review_year,
            plan: f.report.plan_year,
            held: f.report.date.and_then(|day| i16::try_from(day.year()).ok()),
        },
        None => period(&doc),
    };
    let mut tasks = tasks::tasks(&doc, &registry, &acts, plan, meeting);
    let context = awards::Context {
        review: found.first().and_then(|f| reviewed_year(&doc, f)),
        prize: found.first().and_then(|f| {
            if gives_prizes(&doc, &f.title) { prize_year(&doc, &f.title) } else { reviewed_year(&doc, f) }
        }),
        merit: found.first().filter(|f| commends(&doc, &f.title)).and_then(|f| prize_year(&doc, &f.title)),
        held: found.first().and_then(|f| f.report.date).map(|day| day.year()),
        prizes: found.iter().any(|f| gives_prizes(&doc, &f.title)),
    };
    let mut given = if found.is_empty() { Vec::new() } else { awards::awards(&doc, &glossary, context) };
    let figures = figures::figures(&doc, &dates::dates(&doc));
    let starts: Vec<usize> = found.iter().map(|f| f.sentence.start).collect();
    let at = |token: u32| {
        starts.iter().rposition(|s| doc.tokens.get(*s).is_some_and(|t| t.span.start <= token)).unwrap_or(0)
    };
    for task in &mut tasks {
        task.meeting = meeting.map(|_| task.evidence.first().map_or(0, |e| at(e.span.start)));
    }
    for award in &mut given {
        award.meeting = meeting.map(|_| award.evidence.first().map_or(0, |e| at(e.span.start)));
    }
    let meetings = with_participants(&doc, found, &registry);
    let sentences = spans_of_sentences(&doc);
    Extraction { kind, meetings, tasks, awards: given, directives: cited, figures, sentences }
}

/// The sentences of the article's body, in order: where rules look. The page around it is left out.
pub fn sentences(source: &Source) -> Vec<Span> {
    spans_of_sentences(&Doc::new(&source.text))
}

fn spans_of_sentences(doc: &Doc) -> Vec<Span> {
    doc.sentences.iter().map(|tokens| doc.span(tokens.clone())).collect()
}

/// Puts people and delegations under the meeting whose account they stand in.
fn with_participants(doc: &Doc, found: Vec<Found>, registry: &Registry) -> Vec<crate::domain::MeetingReport> {
    let starts: Vec<usize> = found.iter().map(|f| f.sentence.start).collect();
    let of = |token: usize| starts.iter().rposition(|s| *s <= token).unwrap_or(0);
    let mut reports: Vec<_> = found.into_iter().map(|f| f.report).collect();
    for person in &registry.people {
        // whoever took part in two meetings is one of each
        for (n, report) in reports.iter_mut().enumerate() {
            let parts: Vec<&Part> = person.parts.iter().filter(|part| of(part.at) == n).collect();
            if !parts.is_empty() {
                let participant = participant(person, &parts, report.venue.as_deref());
                report.participants.push(participant);
            }
        }
    }
    for (token, group) in groups::groups(doc) {
        if let Some(report) = reports.get_mut(of(token)) {
            report.participants.push(group);
        }
    }
    reports
}

fn participant(person: &Person, parts: &[&Part], venue: Option<&str>) -> ParticipantReport {
    // a site at the meeting's own place is the main site
    let elsewhere = |site: &Site| venue.is_none_or(|venue| name_key(venue) != name_key(&site.name));
    let roles = parts.iter().fold(Roles::default(), |all, part| all.and(part.roles));
    let mut evidence: Vec<Evidence> = Vec::new();
    for place in parts.iter().flat_map(|part| &part.evidence) {
        add_evidence(&mut evidence, *place);
    }
    ParticipantReport {
        kind: ParticipantKind::Person,
        name: person.name.clone(),
        roles: roles.list(),
        positions: person.positions.iter().map(|title| position(title)).collect(),
        site: parts.first().and_then(|part| part.site.clone()).filter(elsewhere),
        evidence,
    }
}

/// One place once: a sentence that says more than that somebody was there goes by what it says.
fn add_evidence(held: &mut Vec<Evidence>, place: Evidence) {
    // the same sentence comes again at once, the first mention at the beginning
    let places = (0..held.len().min(2)).chain(held.len().saturating_sub(3)..held.len());
    let known = places.into_iter().find(|i| held.get(*i).is_some_and(|e| e.span == place.span));
    match known.and_then(|i| held.get_mut(i)) {
        Some(known) if known.rule == "role.attendee" => known.rule = place.rule,
        Some(_) => {}
        None => held.push(place),
    }
}

/// A title with the body it names: the first body's name behind the office's own word.
fn position(title: &str) -> Position {
    let doc = Doc::new(title);
    let body = (1..doc.tokens.len()).find_map(|at| rules::offices::body_at(&doc, at, doc.tokens.len()));
    Position { title: title.to_owned(), organization: body.map(|b| doc.clean(b)) }
}

fn kind(doc: &Doc, found: &[Found]) -> DocumentKind {
    if !found.is_empty() {
        return DocumentKind::MeetingReport;
    }
    let head: Vec<Range<usize>> =
        doc.paragraphs.iter().take(8).filter(|p| p.tokens.len() < 60).map(|p| p.tokens.clone()).collect();
    let says = |words: &[&str]| head.iter().any(|range| range.clone().any(|i| doc.reads(i, words)));
    let period = says(&["năm"]) || says(&["tháng"]) || says(&["quý"]) || says(&["nhiệm", "kỳ"]);
    let work = says(&["kết", "quả"])
        || says(&["báo", "cáo"])
        || says(&["tổng", "kết"])
        || says(&["tình", "hình"])
        || says(&["công", "tác"])
        || says(&["chỉ", "tiêu"])
        || says(&["kinh", "tế", "-", "xã", "hội"]);
    if period && work { DocumentKind::ActivityReport } else { DocumentKind::Other }
}

/// The period that a report without a meeting speaks of: the first year of its title, or of its text.
fn period(doc: &Doc) -> Years {
    let year = doc.paragraphs.iter().take(3).find_map(|p| p.tokens.clone().find_map(|i| years::year_at(doc, i)));
    Years { review: year, plan: None, held: None }
}

/// The year that a meeting's name reviews as a whole: what is awarded there is for its merits.
fn reviewed_year(doc: &Doc, found: &Found) -> Option<i16> {
    let whole = found.title.clone().any(|i| doc.reads(i, &["tổng", "kết"]) || doc.reads(i, &["đánh", "giá"]));
    let half = found.title.clone().any(|i| doc.reads(i, &["6", "tháng"]) || doc.key(i) == "quý");
    let named = years::review_and_plan(doc, found.title.clone()).0;
    found.report.review_year.filter(|_| whole && !half && named.is_some())
}

/// Whether a meeting's name says that prizes are given away.
fn gives_prizes(doc: &Doc, title: &Range<usize>) -> bool {
    title.clone().any(|i| matches!(doc.key(i), "giải" | "thi" | "thưởng") || doc.reads(i, &["tuyên", "dương"]))
}

/// Whether a meeting's name says that people are commended.
fn commends(doc: &Doc, title: &Range<usize>) -> bool {
    let words: [&[&str]; 4] = [&["tuyên", "dương"], &["biểu", "dương"], &["tôn", "vinh"], &["vinh", "danh"]];
    title.clone().take(4).any(|i| words.iter().any(|w| doc.reads(i, w)))
}

/// The year of the prize that a ceremony's name holds: its last.
fn prize_year(doc: &Doc, title: &Range<usize>) -> Option<i16> {
    title.clone().rev().find_map(|i| years::year_at(doc, i))
}
