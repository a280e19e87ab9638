//! Who holds a meeting, and with whom.

use std::ops::Range;

use super::dates::{DateMention, within};
use super::offices::bodies_in;
use super::titles::Candidate;
use crate::extract::structure::Doc;

/// Bodies, each as its tokens.
#[derive(Debug, Default)]
pub struct Holders {
    /// tổ chức
    pub organizers: Vec<Range<usize>>,
    /// phối hợp với
    pub partners: Vec<Range<usize>>,
}

/// Whoever the sentence that names the meeting, or one soon after it, says holds it.
pub fn holders(doc: &Doc, dates: &[DateMention], c: &Candidate) -> Holders {
    let own = before_verb(doc, dates, &c.sentence, c.title.start);
    if !own.organizers.is_empty() {
        return own;
    }
    let from = doc.sentences.iter().position(|s| s.start >= c.sentence.start).unwrap_or(0);
    for sentence in doc.sentences.iter().skip(from).take(8) {
        let passive = passive(doc, sentence);
        if !passive.organizers.is_empty() {
            return passive;
        }
        if *sentence == c.sentence {
            continue;
        }
        // X đã tổ chức (hội nghị) tổng kết ...
        for verb in sentence.clone().filter(|i| doc.reads(*i, &["tổ", "chức"])) {
            let object = verb + 2;
            let meeting = super::titles::head_at(doc, object, sentence.end).map(|(len, _)| len).is_some()
                || doc.reads(object, &["tổng", "kết"]);
            let near = (c.title.start..c.title.end)
                .skip(1)
                .take(8)
                .any(|i| doc.key(i) == doc.key(object + 1) || doc.key(i) == doc.key(object + 3));
            if meeting && near {
                let found = before_verb(doc, dates, sentence, object);
                if !found.organizers.is_empty() {
                    return found;
                }
            }
        }
    }
    Holders::default()
}

/// `A, B phối hợp với C tổ chức ...`: bodies between the time and place and the verb before `object`.
fn before_verb(doc: &Doc, dates: &[DateMention], sentence: &Range<usize>, object: usize) -> Holders {
    let start = sentence.start;
    let opens = |i: usize| doc.reads(i, &["khai", "mạc"]) && object - i <= 2 || doc.key(i) == "mở" && object - i == 1;
    let holds = |i: usize| (doc.reads(i, &["tổ", "chức"]) || opens(i)) && !doc.tokens.get(i).is_some_and(|t| t.capital);
    let Some(verb) = (start..object).rev().find(|&i| holds(i)).filter(|v| adverbial(doc, v + 2..object)) else {
        return Holders::default();
    };
    let from = within(dates, start..verb).iter().rfind(|d| doc.before(d.start) != "(").map(|d| d.end);
    split(doc, from.unwrap_or(start)..verb)
}

/// Whether a verb and its object are near, or only time and place lie between (`tổ chức tại Hà Nội, vào chiều 21/12,`).
fn adverbial(doc: &Doc, between: Range<usize>) -> bool {
    between.len() <= 4
        || between.len() <= 30
            && matches!(doc.key(between.start), "tại" | "vào" | "ở" | "trong")
            && !between.clone().any(|i| matches!(doc.key(i), ";" | "." | ":"))
}

/// `Hội nghị do A và B phối hợp tổ chức`, `Hội nghị ... được A tổ chức`.
fn passive(doc: &Doc, sentence: &Range<usize>) -> Holders {
    for at in sentence.clone().filter(|i| matches!(doc.key(*i), "do" | "được")) {
        let verb = (at..sentence.end.min(at + 60))
            .find(|&i| doc.reads(i, &["tổ", "chức"]) && !doc.tokens.get(i).is_some_and(|t| t.capital));
        let event = |i: usize| {
            super::titles::head_at(doc, i, at).is_some()
                || ["sự", "chương", "buổi", "hoạt"].contains(&doc.key(i)) && i == sentence.start
        };
        let about_meeting = (sentence.start..at).any(event);
        if let (Some(verb), true) = (verb, about_meeting) {
            let mut found = split(doc, at + 1..verb);
            // do A tổ chức, với sự phối hợp của B và C
            let with = (verb..sentence.end).find(|&i| doc.reads(i, &["phối", "hợp", "của"]));
            if let Some(with) = with.filter(|_| found.partners.is_empty()) {
                found.partners = bodies_in(doc, with + 3..sentence.end);
            }
            if !found.organizers.is_empty() {
                return found;
            }
        }
    }
    Holders::default()
}

fn split(doc: &Doc, zone: Range<usize>) -> Holders {
    let together = zone.clone().find(|&i| {
        doc.reads(i, &["phối", "hợp", "với"])
            || doc.reads(i, &["phối", "hợp", "cùng"])
            || doc.reads(i, &["cùng", "với"])
    });
    let zone_start = zone.start;
    let lead = together.unwrap_or(zone.end);
    let fresh = |range: Range<usize>| {
        // what stands behind `tại` is a place
        bodies_in(doc, range)
            .into_iter()
            .filter(|b| b.start == zone_start || doc.before(b.start) != "tại")
            .collect::<Vec<_>>()
    };
    let partners = together.map(|t| fresh(t + 3..zone.end)).unwrap_or_default();
    Holders { organizers: fresh(zone_start..lead), partners }
}
