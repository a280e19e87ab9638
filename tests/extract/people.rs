//! Who took part, in many wordings: the rows of `people.txt`.

use crate::wordings::{after_opening, check, people};

#[test]
fn people_in_many_wordings() {
    let rows = rows(include_str!("people.txt"));
    assert!(rows.len() > 150, "{} rows", rows.len());
    let rows: Vec<(&str, Vec<String>)> = rows.iter().map(|(text, people)| (text.as_str(), people.clone())).collect();
    check(&rows, |text| people(&after_opening(text)).iter().map(|line| line.trim_end().to_owned()).collect());
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
