//! One golden file a document: every fact, the rule that took it and its place in the text, underlined.

use std::fmt::Write;

use hoinghi::domain::{Evidence, Extraction, Source};
use hoinghi::extract::extract;

use crate::documents;

/// Columns of text before a row is broken.
const WIDTH: usize = 100;

#[test]
fn golden() {
    for source in documents::all() {
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(source.slug.clone(), render(&source, &extract(&source))));
    }
}

fn render(source: &Source, extraction: &Extraction) -> String {
    let chars: Vec<char> = source.text.chars().collect();
    let mut out = format!("{}\n", extraction.kind.as_str());
    let mut fact = |what: String, evidence: &[Evidence]| {
        writeln!(out, "\n{what}").unwrap();
        for place in evidence {
            writeln!(out, "  {} {}..{}", place.rule, place.span.start, place.span.end).unwrap();
            underline(&mut out, &chars, place);
        }
    };
    for meeting in &extraction.meetings {
        let mut facts = serde_json::to_value(meeting).unwrap();
        let values = facts.as_object_mut().unwrap();
        values.retain(|key, value| {
            key != "participants" && key != "evidence" && !value.is_null() && *value != serde_json::json!([])
        });
        fact(format!("MEETING {}", serde_json::to_string_pretty(values).unwrap()), &meeting.evidence);
        for participant in &meeting.participants {
            let roles: Vec<&str> = participant.roles.iter().map(|role| role.as_str()).collect();
            let titles: Vec<&str> = participant.positions.iter().map(|position| position.title.as_str()).collect();
            let site = participant.site.as_ref().map_or(String::new(), |site| format!(" @ {}", site.name));
            let kind = participant.kind.as_str();
            fact(
                format!("{kind} {} [{}] {}{site}", participant.name, roles.join(", "), titles.join(" | ")),
                &participant.evidence,
            );
        }
    }
    for task in &extraction.tasks {
        let (year, by) = (task.year, task.assigned_by.as_deref());
        fact(format!("TASK year {year:?} by {by:?}"), &task.evidence);
    }
    for award in &extraction.awards {
        let counts = (award.collective_count, award.individual_count, award.work_count);
        fact(
            format!(
                "AWARD {} by {:?} {counts:?} year {:?} to {:?}",
                award.name, award.granted_by, award.year, award.recipients
            ),
            &award.evidence,
        );
    }
    for directive in &extraction.directives {
        fact(
            format!("DIRECTIVE {} by {:?} on {:?}", directive.code, directive.issued_by, directive.issued_on),
            &directive.evidence,
        );
    }
    for figure in &extraction.figures {
        fact(format!("FIGURE {} {} {}", figure.qualifier.as_str(), figure.value, figure.unit), &figure.evidence);
    }
    out
}

/// The rows of the line that hold a part of the span, with that part underlined.
fn underline(out: &mut String, chars: &[char], place: &Evidence) {
    let (start, end) = (place.span.start as usize, place.span.end as usize);
    let line_start = chars[..start].iter().rposition(|c| *c == '\n').map_or(0, |i| i + 1);
    let line_end = chars[end..].iter().position(|c| *c == '\n').map_or(chars.len(), |i| end + i);
    let mut row = line_start;
    while row < line_end {
        let line = chars[row..line_end].iter().position(|c| *c == '\n').map_or(line_end, |i| row + i);
        let blank = chars[row..line.min(row + WIDTH)].iter().rposition(|c| *c == ' ').map(|i| row + i + 1);
        let stop = if line <= row + WIDTH { line } else { blank.unwrap_or(row + WIDTH) };
        if row < end && start < stop {
            let text: String = chars[row..stop].iter().collect();
            let marks: String = (row..stop).map(|i| if (start..end).contains(&i) { '~' } else { ' ' }).collect();
            writeln!(out, "    | {text}\n    | {}", marks.trim_end()).unwrap();
        }
        row = if chars.get(stop) == Some(&'\n') { stop + 1 } else { stop };
    }
}
