//! The facts of each document against its gold: how many are right, made up, missed.
//!
//! A compact form of what the evaluation scores over a server; enough to see at once what a change to a rule does.

use std::collections::BTreeSet;

use hoinghi::domain::{Extraction, ParticipantKind, name_key, written_out_key};
use hoinghi::extract::extract;
use serde_json::Value;

use crate::documents;

/// The share of facts that are right, both of those found and of those there are, in all documents together: the best
/// figure reached over these forty-five. Raised when rules get better; set anew only when documents are added, which
/// are written without sight of the rules (the first twenty-one alone reached 0.97).
const FLOOR: f64 = 0.95;

#[test]
fn facts_are_those_of_the_gold() {
    let (mut right, mut extra, mut missed) = (0u32, 0u32, 0u32);
    let mut report = String::new();
    for source in documents::all() {
        let expected = of_gold(&read(&source.slug));
        let found = of_extraction(&extract(&source));
        right += count(found.intersection(&expected).count());
        extra += count(found.difference(&expected).count());
        missed += count(expected.difference(&found).count());
        let lines = found
            .difference(&expected)
            .map(|f| format!("  + {f}\n"))
            .chain(expected.difference(&found).map(|f| format!("  - {f}\n")));
        report.extend([source.slug.as_str(), "\n"]);
        report.extend(lines);
    }
    let f1 = 2.0 * f64::from(right) / f64::from(2 * right + extra + missed);
    println!("{report}right {right}, made up {extra}, missed {missed}: F1 {f1:.4}");
    assert!(f1 >= FLOOR, "F1 {f1:.4} is below {FLOOR}\n{report}");
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap()
}

/// The gold of the document with this slug.
pub fn read(slug: &str) -> Value {
    let path = documents::root().join(format!("tests/extract/gold/{slug}.json"));
    serde_json::from_str(&std::fs::read_to_string(&path).expect("every document has its gold")).unwrap()
}

/// Facts as lines: what they are of and their value.
pub fn of_extraction(e: &Extraction) -> BTreeSet<String> {
    let mut facts = BTreeSet::from([format!("document {}", e.kind.as_str())]);
    for (n, m) in e.meetings.iter().enumerate() {
        let mut add =
            |what: &str, value: Option<String>| facts.extend(value.map(|v| format!("meeting {n} {what}: {v}")));
        add("kind", Some(m.kind.as_str().to_owned()));
        add("title", Some(words(&m.title)));
        add("date", m.date.map(|d| d.to_string()));
        add("partOfDay", m.part_of_day.map(|v| v.as_str().to_owned()));
        add("mode", m.mode.map(|v| v.as_str().to_owned()));
        add("level", m.level.map(|v| v.as_str().to_owned()));
        add("reviewYear", m.review_year.map(|v| v.to_string()));
        add("planYear", m.plan_year.map(|v| v.to_string()));
        add("siteCount", m.site_count.map(|c| format!("{} {}", c.value, c.qualifier.as_str())));
        add("attendeeCount", m.attendee_count.map(|c| format!("{} {}", c.value, c.qualifier.as_str())));
        for name in &m.organizers {
            add("organizer", Some(words(name)));
        }
        for name in &m.co_organizers {
            add("coOrganizer", Some(words(name)));
        }
        for p in m.participants.iter().filter(|p| p.kind == ParticipantKind::Person) {
            let who = name_key(&p.name);
            add("person", Some(who.clone()));
            for role in &p.roles {
                add("role", Some(format!("{who} {}", role.as_str())));
            }
            for position in &p.positions {
                add("position", Some(format!("{who} {}", words(&position.title))));
            }
            if let Some(site) = &p.site {
                add("site", Some(format!("{who} {}", place(&site.name))));
            }
        }
    }
    for t in &e.tasks {
        facts.insert(format!("task: {}", words(&t.text)));
        facts.extend(t.year.map(|y| format!("task year {y}: {}", words(&t.text))));
        facts.extend(t.assigned_by.as_ref().map(|by| format!("task by {}: {}", name_key(by), words(&t.text))));
    }
    for a in &e.awards {
        let name = words(&a.name);
        let counts = [("tập thể", a.collective_count), ("cá nhân", a.individual_count), ("tác phẩm", a.work_count)];
        facts.insert(format!("award: {name} by {:?}", a.granted_by.as_deref().map(words)));
        facts.extend(counts.iter().filter_map(|(what, n)| n.map(|n| format!("award {name}: {n} {what}"))));
        facts.extend(a.recipients.iter().map(|r| format!("award {name} to {}", words(r))));
    }
    facts.extend(e.directives.iter().map(|d| {
        format!(
            "directive {} by {:?} on {:?}",
            d.code,
            d.issued_by.as_deref().map(words),
            d.issued_on.map(|d| d.to_string())
        )
    }));
    facts.extend(e.figures.iter().map(|f| format!("figure {}", f.value.normalize())));
    facts
}

/// What the gold states, as such lines.
pub fn of_gold(gold: &Value) -> BTreeSet<String> {
    let text = |v: &Value| v.as_str().map(str::to_owned);
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
    let mut facts = BTreeSet::from([format!("document {}", text(&gold["kind"]).unwrap())]);
    for (n, m) in list(&gold["meetings"]).iter().enumerate() {
        let mut add =
            |what: &str, value: Option<String>| facts.extend(value.map(|v| format!("meeting {n} {what}: {v}")));
        add("title", text(&m["title"]).map(|t| words(&t)));
        for what in ["kind", "date", "partOfDay", "mode", "level"] {
            add(what, text(&m[what]));
        }
        for what in ["reviewYear", "planYear"] {
            add(what, m[what].as_i64().map(|y| y.to_string()));
        }
        for what in ["siteCount", "attendeeCount"] {
            add(what, m[what].as_array().map(|pair| format!("{} {}", pair[0], pair[1].as_str().unwrap())));
        }
        for (list_name, what) in [("organizers", "organizer"), ("coOrganizers", "coOrganizer")] {
            for name in list(&m[list_name]) {
                add(what, text(&name).map(|n| words(&n)));
            }
        }
        for p in list(&m["participants"]) {
            let who = name_key(p["name"].as_str().unwrap());
            add("person", Some(who.clone()));
            for role in list(&p["roles"]) {
                add("role", Some(format!("{who} {}", role.as_str().unwrap())));
            }
            for title in list(&p["positions"]) {
                add("position", Some(format!("{who} {}", words(title.as_str().unwrap()))));
            }
            add("site", text(&p["site"]).map(|s| format!("{who} {}", place(&s))));
        }
    }
    for t in list(&gold["tasks"]) {
        let task = words(t["text"].as_str().unwrap());
        facts.insert(format!("task: {task}"));
        facts.extend(t["year"].as_i64().map(|y| format!("task year {y}: {task}")));
        facts.extend(text(&t["assignedBy"]).map(|by| format!("task by {}: {task}", name_key(&by))));
    }
    for a in list(&gold["awards"]) {
        let name = words(a["name"].as_str().unwrap());
        facts.insert(format!("award: {name} by {:?}", text(&a["grantedBy"]).map(|g| words(&g))));
        for (field, what) in [("collectiveCount", "tập thể"), ("individualCount", "cá nhân"), ("workCount", "tác phẩm")]
        {
            facts.extend(a[field].as_i64().map(|n| format!("award {name}: {n} {what}")));
        }
        facts.extend(list(&a["recipients"]).iter().map(|r| format!("award {name} to {}", words(r.as_str().unwrap()))));
    }
    for d in list(&gold["directives"]) {
        let (code, by, on) =
            (d["code"].as_str().unwrap(), text(&d["issuedBy"]).map(|b| words(&b)), text(&d["issuedOn"]));
        facts.insert(format!("directive {code} by {by:?} on {on:?}"));
    }
    for f in list(&gold["figures"]) {
        let value: rust_decimal::Decimal = f[0].to_string().parse().unwrap();
        facts.insert(format!("figure {}", value.normalize()));
    }
    facts
}

fn words(text: &str) -> String {
    written_out_key(text)
}

/// A place's name without the word for what it is.
pub fn place(name: &str) -> String {
    let key = name_key(name);
    let heads = ["tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường"].map(name_key);
    heads.iter().find_map(|head| key.strip_prefix(&format!("{head} "))).unwrap_or(&key).to_owned()
}
