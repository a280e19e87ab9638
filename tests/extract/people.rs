//! Who took part and when, in many wordings: the rows of `people.txt` and of tables in `wordings/`.

use hoinghi::domain::ParticipantKind;
use hoinghi::extract::extract;

use crate::documents;
use crate::wordings::{after_opening, check, people};

#[test]
fn people_in_many_wordings() {
    let rows = rows(include_str!("people.txt"));
    assert!(rows.len() > 150, "{} rows", rows.len());
    check(&borrowed(&rows), |text| {
        people(&after_opening(text)).iter().map(|line| line.trim_end().to_owned()).collect()
    });
}

#[test]
fn delegations_in_many_wordings() {
    check(&borrowed(&rows(include_str!("wordings/delegations.txt"))), |text| {
        let all = after_opening(text).meetings.into_iter().flat_map(|m| m.participants);
        all.filter(|p| p.kind == ParticipantKind::Group).map(|p| p.name).collect()
    });
}

/// Each text stands alone.
#[test]
fn days_in_many_wordings() {
    check(&borrowed(&rows(include_str!("wordings/dates.txt"))), |text| {
        let found = extract(&documents::of(text)).meetings;
        let day = |m: &hoinghi::domain::MeetingReport| m.date.map(|day| day.to_string());
        found.first().and_then(day).into_iter().collect()
    });
}

/// A sentence and the lines under it that begin with `=> `.
fn rows(data: &str) -> Vec<(String, Vec<String>)> {
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    for line in data.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix("=> ") {
            Some("-") => {}
            Some(person) => rows.last_mut().expect("a sentence stands first").1.push(person.to_owned()),
            None => rows.push((line.replace("\\n", "\n"), Vec::new())),
        }
    }
    rows
}

fn borrowed(rows: &[(String, Vec<String>)]) -> Vec<(&str, Vec<String>)> {
    rows.iter().map(|(text, expected)| (text.as_str(), expected.clone())).collect()
}

#[test]
fn years_under_review_and_planned() {
    check(&borrowed(&rows(include_str!("wordings/years.txt"))), |text| {
        let year = |year: Option<i16>| year.map_or("-".to_owned(), |year| year.to_string());
        let years = |m: &hoinghi::domain::MeetingReport| format!("{} {}", year(m.review_year), year(m.plan_year));
        extract(&documents::of(text)).meetings.first().map(years).into_iter().collect()
    });
}
