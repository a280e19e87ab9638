//! One golden file a document: every fact, the rule that took it and its place in the text, underlined.

use std::fmt::Write;

use hoinghi::domain::{Evidence, Extraction, Source};
use hoinghi::explain;
use hoinghi::extract::extract;

use crate::documents;

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

/// The rows that hold a part of the place, with that part underlined.
fn underline(out: &mut String, chars: &[char], place: &Evidence) {
    for row in explain::rows(chars).into_iter().filter(|row| explain::touches(row, place.span)) {
        let (text, marks) = (explain::text(chars, &row), explain::underline(&row, place.span));
        writeln!(out, "    | {text}\n    | {marks}").unwrap();
    }
}

/// What `seed --explain` prints, of one document.
#[test]
fn explained() {
    let source = documents::all().into_iter().find(|source| source.slug == "hop-bao-du-lich-phu-yen").unwrap();
    let told = explain::explain(&source, &extract(&source));
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("explained", told));
}
