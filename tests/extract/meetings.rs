//! Wordings of meetings, counts, tasks and awards, a table each in `wordings/`. A line of
//! text, and under it what must come of it, one a line behind `=> `; `=> -` is a near miss, of which nothing may come. All
//! invented.

use hoinghi::domain::{AwardReport, MeetingReport, Task, province};
use hoinghi::extract::extract;

use crate::documents;
use crate::wordings::{after_opening, check};

/// The texts of a table, each with the lines expected of it.
fn rows(table: &'static str) -> Vec<(&'static str, Vec<String>)> {
    let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix("=> ") {
            Some("-") => {}
            Some(expected) => rows.last_mut().expect("a text stands first").1.push(expected.to_owned()),
            None => rows.push((line, Vec::new())),
        }
    }
    rows
}

#[test]
fn what_is_asked_for() {
    check(&rows(include_str!("wordings/tasks.txt")), |text| {
        let line = |t: Task| {
            let year = t.year.map_or(String::new(), |year| format!(" [{year}]"));
            let by = t.assigned_by.map_or(String::new(), |by| format!(" <{by}>"));
            format!("{}{year}{by}", t.text)
        };
        after_opening(&text.replace("\\n", "\n")).tasks.into_iter().map(line).collect()
    });
}

#[test]
fn what_is_awarded() {
    check(&rows(include_str!("wordings/awards.txt")), |text| {
        let number = |n: Option<i32>| n.map_or("-".to_owned(), |n| n.to_string());
        let awards = after_opening(text).awards;
        let line = |a: &AwardReport| {
            let counts = [a.collective_count, a.individual_count, a.work_count].map(number).join(" ");
            let by = a.granted_by.as_deref().unwrap_or("-");
            let year = a.year.map_or("-".to_owned(), |year| year.to_string());
            let line = format!("{} | {by} | {counts} | {year} | {}", a.name, a.recipients.join("; "));
            line.trim_end().to_owned()
        };
        awards.iter().map(line).collect()
    });
}

#[test]
fn how_many_were_there() {
    check(&rows(include_str!("wordings/counts.txt")), |text| {
        let counts = after_opening(text).meetings.into_iter().filter_map(|m| m.attendee_count);
        counts.map(|count| format!("{} {}", count.value, count.qualifier.as_str())).collect()
    });
}

#[test]
fn what_is_held() {
    check(&rows(include_str!("wordings/meetings.txt")), |text| {
        let text = text.replace("\\n", "\n");
        let said = extract(&documents::of(&format!("Tin địa phương\n\n{text}\n")));
        let line = |m: &MeetingReport| {
            let level = m.level.map_or("-", |level| level.as_str());
            let (venue, held_by) = (m.venue.as_deref().unwrap_or("-"), m.organizers.join("; "));
            let province = m.province.and_then(province).map_or("-", |province| province.name);
            let line = format!(
                "{} | {} | {level} | {venue} | {province} | {held_by} | {}",
                m.title,
                m.kind.as_str(),
                m.co_organizers.join("; ")
            );
            line.trim_end().to_owned()
        };
        said.meetings.iter().map(line).collect()
    });
}
