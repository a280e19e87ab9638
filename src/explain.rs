//! What the rules see in a text, for a person to read: every place they took something from, underlined, and the
//! sentences they passed over.

use std::collections::{BTreeMap, HashSet, btree_map};
use std::fmt::Write;
use std::iter::Peekable;
use std::ops::Range;

use crate::domain::{Evidence, Extraction, Source, Span};
use crate::extract;

/// Columns of text before a row is broken.
const WIDTH: usize = 100;

/// The text in rows, below each the places that rules took something from, each with its rules and what they took; then
/// the sentences that no rule touched.
pub fn explain(source: &Source, extraction: &Extraction) -> String {
    let chars: Vec<char> = source.text.chars().collect();
    let places = places(extraction);
    let mut out = format!("{}\n{}: {}\n\n", source.title, source.slug, extraction.kind.as_str());
    let rows = rows(&chars);
    let mut sweep = Sweep::over(&places);
    for row in &rows {
        line(&mut out, &text(&chars, row));
        for (span, told) in sweep.touching(row) {
            // A place that goes on in the next row is named where it ends.
            let ends = range(*span).end <= row.end;
            let told: Vec<&str> = told.iter().map(String::as_str).filter(|_| ends).collect();
            line(&mut out, &format!("{}  {}", underline(row, *span), told.join("; ")));
        }
    }
    let mut sweep = Sweep::over(&places);
    let passed_over: Vec<Span> =
        extract::sentences(source).into_iter().filter(|s| sweep.touching(&range(*s)).next().is_none()).collect();
    line(&mut out, &format!("\nSentences that no rule touched: {}", passed_over.len()));
    for sentence in passed_over {
        let words = text(&chars, &range(sentence));
        let words: Vec<&str> = words.split_whitespace().collect();
        line(&mut out, &format!("  {}..{} {}", sentence.start, sentence.end, words.join(" ")));
    }
    out
}

type Place<'a> = (&'a Span, &'a Vec<String>);

/// Places along a text that is walked once: each is looked at only where it is near.
struct Sweep<'a> {
    ahead: Peekable<btree_map::Iter<'a, Span, Vec<String>>>,
    // Begun, and not known to have ended.
    open: Vec<Place<'a>>,
}

impl<'a> Sweep<'a> {
    fn over(places: &'a BTreeMap<Span, Vec<String>>) -> Self {
        Self { ahead: places.iter().peekable(), open: Vec::new() }
    }

    /// The places that have a part in `stretch`, in order; stretches have to come in the text's order.
    fn touching(&mut self, stretch: &Range<usize>) -> impl Iterator<Item = Place<'a>> {
        while let Some(place) = self.ahead.next_if(|(span, _)| range(**span).start < stretch.end) {
            self.open.push(place);
        }
        self.open.retain(|(span, _)| stretch.start < range(**span).end);
        self.open.iter().filter(|(span, _)| touches(stretch, **span)).copied()
    }
}

fn line(out: &mut String, text: &str) {
    // Into a string, which takes whatever comes.
    let _ = writeln!(out, "{}", text.trim_end());
}

/// Every place, in the text's order, with the rules that took something from there and, in a few words, what.
fn places(extraction: &Extraction) -> BTreeMap<Span, Vec<String>> {
    let mut all: BTreeMap<Span, Vec<String>> = BTreeMap::new();
    let mut known: HashSet<(Span, String)> = HashSet::new();
    let mut add = |evidence: &[Evidence], what: &str| {
        for place in evidence {
            let new = format!("{}: {what}", place.rule);
            if known.insert((place.span, new.clone())) {
                all.entry(place.span).or_default().push(new);
            }
        }
    };
    for meeting in &extraction.meetings {
        let date = meeting.date.map_or_else(|| "without a date".to_owned(), |date| date.to_string());
        add(&meeting.evidence, &format!("{} {date}, {}", meeting.kind.as_str(), meeting.title));
        for participant in &meeting.participants {
            let roles: Vec<&str> = participant.roles.iter().map(|role| role.as_str()).collect();
            let site = participant.site.as_ref().map(|site| format!(" at {}", site.name)).unwrap_or_default();
            add(&participant.evidence, &format!("{} {}{site}", participant.name, roles.join(" ")));
        }
    }
    for task in &extraction.tasks {
        let year = task.year.map(|year| format!(" for {year}")).unwrap_or_default();
        let by = task.assigned_by.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
        add(&task.evidence, &format!("task{year}{by}"));
    }
    for award in &extraction.awards {
        let counts = [
            (award.collective_count, "collectives"),
            (award.individual_count, "individuals"),
            (award.work_count, "works"),
        ];
        let counts = counts.iter().filter_map(|(n, what)| Some(format!(" {} {what}", (*n)?))).collect::<String>();
        let by = award.granted_by.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
        add(&award.evidence, &format!("{}{by}{counts}", award.name));
    }
    for directive in &extraction.directives {
        let by = directive.issued_by.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
        let on = directive.issued_on.map(|day| format!(" on {day}")).unwrap_or_default();
        add(&directive.evidence, &format!("{}{by}{on}", directive.code));
    }
    for figure in &extraction.figures {
        add(&figure.evidence, &format!("{} {} {}", figure.qualifier.as_str(), figure.value.normalize(), figure.unit));
    }
    all
}

/// The rows of a text: its lines, longer ones broken behind a blank.
pub fn rows(chars: &[char]) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for line in chars.split(|c| *c == '\n') {
        let end = start + line.len();
        while end - start > WIDTH {
            let blank = chars.get(start..start + WIDTH).and_then(|row| row.iter().rposition(|c| *c == ' '));
            let stop = blank.map_or(start + WIDTH, |at| start + at + 1);
            rows.push(start..stop);
            start = stop;
        }
        rows.push(start..end);
        start = end + 1;
    }
    rows
}

/// The characters of a row.
pub fn text(chars: &[char], row: &Range<usize>) -> String {
    chars.get(row.clone()).unwrap_or_default().iter().collect()
}

/// Whether a place has a part in a row.
pub fn touches(row: &Range<usize>, span: Span) -> bool {
    let place = range(span);
    row.start < place.end && place.start < row.end
}

/// What stands below a row to mark the part of a place that is in it.
pub fn underline(row: &Range<usize>, span: Span) -> String {
    let place = range(span);
    let marks: String = row.clone().map(|at| if place.contains(&at) { '~' } else { ' ' }).collect();
    marks.trim_end().to_owned()
}

fn range(span: Span) -> Range<usize> {
    let at = |point: u32| usize::try_from(point).unwrap_or(usize::MAX);
    at(span.start)..at(span.end)
}
