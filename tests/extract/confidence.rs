//! How often each rule is right on the gold documents: counts it, and holds `src/extract/confidence.tsv` to that.
//!
//! Written anew by `CONFIDENCE=write cargo test --test extract confidence`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use hoinghi::domain::{Evidence, Extraction, MeetingReport, ParticipantKind, name_key};
use hoinghi::extract::{Tally, confidence, extract, tallies};

use serde_json::Value;

use crate::documents;
use crate::gold;

/// How far the table's confidence in a rule may be from what is counted now, so that not every change to a rule is a
/// change to the table.
const TOLERANCE: f64 = 0.05;

#[test]
fn the_table_is_what_the_gold_says() {
    let counted = count();
    let path = documents::root().join("src/extract/confidence.tsv");
    if std::env::var("CONFIDENCE").is_ok_and(|wish| wish == "write") {
        let mut table = "rule\tright\tseen\n".to_owned();
        for (rule, tally) in &counted {
            writeln!(table, "{rule}\t{}\t{}", tally.right, tally.seen).unwrap();
        }
        std::fs::write(path, table).unwrap();
        return;
    }
    let known: BTreeSet<&str> = tallies().keys().copied().collect();
    let rules: BTreeSet<&str> = counted.keys().map(String::as_str).collect();
    let how = "write it anew: CONFIDENCE=write cargo test --test extract confidence";
    assert_eq!(known, rules, "{} does not have just the rules there are; {how}", path.display());
    for (rule, tally) in &counted {
        let (now, told) = (tally.confidence(), confidence(rule).unwrap());
        assert!((now - told).abs() <= TOLERANCE, "{rule} is right in {now:.3}, the table says {told:.3}; {how}");
    }
}

/// Every value of every fact counts once for each rule that gives it: a role for the rule of that role, a total for
/// the one that found the total, everything else for all rules in the fact's evidence.
fn count() -> BTreeMap<String, Tally> {
    let mut counted: BTreeMap<String, Tally> =
        named_in_the_code().into_iter().map(|rule| (rule, Tally { right: 0, seen: 0 })).collect();
    for source in documents::all() {
        let gold = gold::read(&source.slug);
        let gold: BTreeSet<String> = gold::of_gold(&gold).into_iter().chain(unscored(&gold)).collect();
        for (value, rules) in values(&extract(&source)) {
            for rule in rules {
                let tally = counted.get_mut(rule).unwrap_or_else(|| panic!("{rule} stands nowhere in src/extract"));
                tally.seen += 1;
                tally.right += u32::from(gold.contains(&value));
            }
        }
    }
    counted
}

/// The names of rules in the code of the extraction: `"task.asked_for"`.
fn named_in_the_code() -> BTreeSet<String> {
    let name = regex::Regex::new(r#""((?:meeting|role|group|task|award|directive|figure)\.[a-z_]+)""#).unwrap();
    let files = std::fs::read_dir(documents::root().join("src/extract/rules")).unwrap();
    let text = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect::<String>();
    name.captures_iter(&text).map(|found| found[1].to_owned()).collect()
}

/// Each value of the extraction with the rules that gave it. Facts are told one at a time, in the gold's own words.
fn values(all: &Extraction) -> Vec<(String, Vec<&'static str>)> {
    let mut told = Vec::new();
    let rules = |evidence: &[Evidence]| evidence.iter().map(|place| place.rule).collect::<BTreeSet<_>>();
    let tell = |told: &mut Vec<_>, fact: Extraction, evidence: &[Evidence], begins: &str| {
        for value in gold::of_extraction(&fact).into_iter().filter(|value| value.starts_with(begins)) {
            let own = rules(evidence).into_iter().filter(|rule| gives(rule, &value)).collect();
            told.push((value, own));
        }
    };
    for (n, meeting) in all.meetings.iter().enumerate() {
        // The others hold its place: a value says which meeting it is of.
        let alone = |meeting: MeetingReport| {
            let meetings = std::iter::repeat_n(all.meetings[n].clone(), n).chain([meeting]).collect();
            Extraction { meetings, ..empty(all) }
        };
        let begins = format!("meeting {n} ");
        tell(
            &mut told,
            alone(MeetingReport { participants: Vec::new(), ..meeting.clone() }),
            &meeting.evidence,
            &begins,
        );
        if let Some(name) = &meeting.venue {
            let rules = rules(&meeting.evidence);
            let own = if rules.contains("meeting.venue") { "meeting.venue" } else { "meeting.named" };
            told.push((venue(n, name), vec![own]));
        }
        for participant in meeting.participants.iter().filter(|p| p.kind == ParticipantKind::Group) {
            told.push((group(n, &participant.name), rules(&participant.evidence).into_iter().collect()));
        }
        for participant in meeting.participants.iter().filter(|p| p.kind == ParticipantKind::Person) {
            let participants = vec![participant.clone()];
            for what in ["person", "role", "position", "site:"] {
                let begins = format!("meeting {n} {what}");
                let fact = alone(MeetingReport { participants: participants.clone(), ..meeting.clone() });
                tell(&mut told, fact, &participant.evidence, &begins);
            }
        }
    }
    for task in &all.tasks {
        tell(&mut told, Extraction { tasks: vec![task.clone()], ..empty(all) }, &task.evidence, "task");
    }
    for award in &all.awards {
        tell(&mut told, Extraction { awards: vec![award.clone()], ..empty(all) }, &award.evidence, "award");
    }
    for directive in &all.directives {
        tell(
            &mut told,
            Extraction { directives: vec![directive.clone()], ..empty(all) },
            &directive.evidence,
            "directive",
        );
    }
    for figure in &all.figures {
        tell(&mut told, Extraction { figures: vec![figure.clone()], ..empty(all) }, &figure.evidence, "figure");
    }
    told
}

fn empty(all: &Extraction) -> Extraction {
    let (meetings, tasks, awards) = (Vec::new(), Vec::new(), Vec::new());
    Extraction {
        kind: all.kind,
        meetings,
        tasks,
        awards,
        directives: Vec::new(),
        figures: Vec::new(),
        sentences: Vec::new(),
    }
}

/// What the gold states of delegations and venues, which the scores leave out.
fn unscored(gold: &Value) -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    for (n, meeting) in gold["meetings"].as_array().into_iter().flatten().enumerate() {
        let groups = meeting["groups"].as_array().into_iter().flatten().filter_map(Value::as_str);
        values.extend(groups.map(|name| group(n, name)));
        values.extend(meeting["venue"].as_str().map(|name| venue(n, name)));
    }
    values
}

fn group(meeting: usize, name: &str) -> String {
    format!("meeting {meeting} group: {}", name_key(name))
}

fn venue(meeting: usize, name: &str) -> String {
    format!("meeting {meeting} venue: {}", gold::place(name))
}

/// Whether a rule in a fact's evidence is the one that gives this value.
fn gives(rule: &str, value: &str) -> bool {
    let words: Vec<&str> = value.split(' ').collect();
    match words[..] {
        ["meeting", _, "role:", .., named] => rule == format!("role.{}", named.to_lowercase()),
        ["meeting", _, "siteCount:", ..] => rule == "meeting.site_count",
        ["meeting", _, "attendeeCount:", ..] => rule == "meeting.attendee_count",
        ["meeting", ..] => !["meeting.site_count", "meeting.attendee_count", "meeting.venue"].contains(&rule),
        _ => true,
    }
}
