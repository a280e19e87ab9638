//! Who did what in one sentence: people in it, verbs of taking part, and which verb belongs to whom.

use std::ops::Range;

use super::offices::verb_at;
use super::registry::{Reference, Registry};
use super::task_text::asks_plainly;
use crate::domain::ParticipantRole;
use crate::extract::lexicon::{Cue, Roles, lexicon};
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// A person in a sentence.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The words that name them.
    pub tokens: Range<usize>,
    /// Who, as an index into the registry.
    pub person: usize,
    /// Whether they are named in full.
    pub full: bool,
}

/// Something a sentence says of people.
#[derive(Clone, Debug)]
pub struct Act {
    /// Who, as indices into the registry.
    pub people: Vec<usize>,
    /// What they did.
    pub cue: Cue,
    /// The verb's tokens.
    pub verb: Range<usize>,
}

/// Whether a verb makes its subject a speaker.
pub fn speaks(cue: Cue) -> bool {
    cue.roles.has(ParticipantRole::Speaker) || cue.assigns
}

/// The people a sentence names, in order. `speaker` is whom a bare form of address means.
pub fn actors(doc: &Doc, registry: &Registry, sentence: &Range<usize>, speaker: Option<usize>) -> Vec<Actor> {
    let mut found: Vec<Actor> = Vec::new();
    let mut at = sentence.start;
    let first = registry.mentions.partition_point(|(m, _)| m.tokens.start < sentence.start);
    let mut mentions = registry.mentions.iter().skip(first).peekable();
    while at < sentence.end {
        while mentions.peek().is_some_and(|(m, _)| m.tokens.start < at) {
            mentions.next();
        }
        if let Some((mention, person)) = mentions.peek().filter(|(m, _)| m.tokens.start == at) {
            let tokens = mention.tokens.clone();
            at = tokens.end;
            found.push(Actor { tokens, person: *person, full: true });
            continue;
        }
        let last = found.last().map(|a| a.person).or(speaker);
        match registry.reference_at(doc, at, sentence.end, last) {
            Some(Reference { tokens, person }) => {
                at = tokens.end;
                found.push(Actor { tokens, person, full: false });
            }
            None => at += 1,
        }
    }
    found
}

/// Verbs of taking part outside of the people's own names and offices and of the names of meetings.
pub fn verbs(doc: &Doc, sentence: &Range<usize>, actors: &[Actor]) -> Vec<(Range<usize>, Cue)> {
    let lexicon = lexicon();
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        if let Some(actor) = actors.iter().find(|a| a.tokens.contains(&at)) {
            at = actor.tokens.end;
            continue;
        }
        let rest = doc.slice(at..sentence.end);
        if let Some((len, _)) = super::titles::head_at(doc, at, sentence.end).filter(|(len, _)| *len > 1) {
            at += len;
            continue;
        }
        match verb_at(doc, at, sentence.end) {
            Some((len, cue)) => {
                // Ban Chỉ đạo, Bộ Chỉ huy: a capital inside a sentence is a name's
                let name = rest.first().is_some_and(|t| t.capital)
                    && doc.slice(sentence.start..at).iter().any(|t| t.kind != TokenKind::Mark)
                    && !matches!(doc.before(at), "." | "\"" | ":" | "-");
                if !name {
                    found.push((at..at + len, cue));
                }
                at += len;
            }
            None if lexicon.cues.len_at(rest).is_some() => at += lexicon.cues.len_at(rest).unwrap_or(1),
            None => at += 1,
        }
    }
    found
}

/// The verb that heads a list of people in the paragraphs behind a sentence that ends in a colon and names nobody.
pub fn list_verb(verbs: &[(Range<usize>, Cue)], actors: &[Actor]) -> Option<(Range<usize>, Cue)> {
    let takes_part = |cue: &Cue| {
        !cue.assigns && !cue.roles.has(ParticipantRole::Speaker) && !cue.roles.has(ParticipantRole::AwardPresenter)
    };
    verbs.iter().find(|(_, cue)| takes_part(cue)).filter(|_| actors.is_empty()).cloned()
}

/// Whether only light words and parentheses lie between.
fn light(doc: &Doc, range: Range<usize>) -> bool {
    let mut at = range.start;
    while at < range.end {
        if doc.key(at) == "(" {
            let Some(close) = (at..range.end).find(|&i| doc.key(i) == ")") else { return false };
            at = close + 1;
            continue;
        }
        match lexicon().light.len_at(doc.slice(at..range.end)) {
            Some(len) => at += len,
            None => return false,
        }
    }
    true
}

/// Whether only a list's marks and forms of address lie between.
fn listed(doc: &Doc, range: Range<usize>) -> bool {
    range.clone().all(|i| {
        matches!(doc.key(i), "," | ";" | "và" | "cùng" | "với" | "các" | "đồng" | "chí" | "ông" | "bà" | "-" | "là")
    })
}

/// Every act of a sentence, in the order of its verbs.
pub fn acts(doc: &Doc, sentence: &Range<usize>, actors: &[Actor], verbs: &[(Range<usize>, Cue)]) -> Vec<Act> {
    let mut acts: Vec<Act> = Vec::new();
    let mut led: Vec<usize> = Vec::new(); // actors that a list's verb has taken
    let mut pending: Vec<&(Range<usize>, Cue)> = Vec::new();
    let mut heading: Option<(Range<usize>, Cue)> = None;
    let mut events: Vec<(usize, Event)> =
        actors.iter().enumerate().map(|(i, a)| (a.tokens.start, Event::Actor(i))).collect();
    events.extend(verbs.iter().enumerate().map(|(i, v)| (v.0.start, Event::Verb(i))));
    events.sort_by_key(|e| e.0);
    let mut before: Option<usize> = None; // the actor named last
    for (_, event) in events {
        match event {
            Event::Verb(i) => {
                let Some(verb) = verbs.get(i) else { continue };
                let subject = before.and_then(|b| actors.get(b).map(|a| (b, a)));
                if let Some((b, _)) = subject.filter(|(_, a)| follows(doc, a.tokens.end, verb)) {
                    let people = group(doc, actors, b, &led, verb.1);
                    acts.push(Act { people, cue: verb.1, verb: verb.0.clone() });
                    heading = None;
                    pending.clear();
                } else if let Some(people) = goes_on(doc, &acts, verb) {
                    acts.push(Act { people, cue: verb.1, verb: verb.0.clone() });
                } else {
                    heading = None;
                    pending.push(verb);
                }
            }
            Event::Actor(i) => {
                let Some(actor) = actors.get(i) else { continue };
                if heading.is_none() {
                    heading = heads_list(doc, sentence, &pending, actor).filter(|_| actor.full);
                }
                if let Some((verb, cue)) = &heading {
                    if actor.full {
                        acts.push(Act { people: vec![actor.person], cue: *cue, verb: verb.clone() });
                        led.push(i);
                    }
                } else if let Some(verb) = opens(doc, sentence, &pending, actor) {
                    let mut people = vec![actor.person];
                    people.extend(coordinated(doc, actors, i));
                    acts.push(Act { people, cue: verb.1, verb: verb.0.clone() });
                    pending.clear();
                } else if doc.before(actor.tokens.start) == "theo" && doc.key(actor.tokens.end) == "," {
                    // Theo ông A, ...
                    let cue = Cue { roles: Roles::one(ParticipantRole::Speaker), assigns: false };
                    acts.push(Act {
                        people: vec![actor.person],
                        cue,
                        verb: actor.tokens.start - 1..actor.tokens.start,
                    });
                } else if at_meeting(doc, sentence, actor) {
                    let cue = Cue { roles: Roles::one(ParticipantRole::Attendee), assigns: false };
                    acts.push(Act { people: vec![actor.person], cue, verb: actor.tokens.clone() });
                }
                before = Some(i);
            }
        }
    }
    acts
}

enum Event {
    Actor(usize),
    Verb(usize),
}

/// Whether a verb's subject ends at `end`: only light words between, or a delegation that comes along.
fn follows(doc: &Doc, end: usize, (verb, cue): &(Range<usize>, Cue)) -> bool {
    let attends = cue.roles == Roles::one(ParticipantRole::Attendee);
    light(doc, end..verb.start)
        || attends
            && matches!(doc.key(end), "cùng" | "và")
            && verb.start - end < 30
            && !(end..verb.start).any(|i| matches!(doc.key(i), ";" | "." | ":"))
}

/// The subject's whole group, back from the actor next to the verb.
fn group(doc: &Doc, actors: &[Actor], last: usize, led: &[usize], cue: Cue) -> Vec<usize> {
    let mut first = last;
    while first > 0 && !led.contains(&first) && !led.contains(&(first - 1)) {
        let (Some(a), Some(b)) = (actors.get(first - 1), actors.get(first)) else { break };
        if !listed(doc, a.tokens.end..b.tokens.start) || !a.full && cue.assigns {
            break;
        }
        first -= 1;
    }
    actors.get(first..=last).unwrap_or_default().iter().map(|a| a.person).collect()
}

/// Those coordinated with an actor by `và`.
fn coordinated(doc: &Doc, actors: &[Actor], from: usize) -> Vec<usize> {
    let mut people = Vec::new();
    let mut at = from;
    while let (Some(a), Some(b)) = (actors.get(at), actors.get(at + 1)) {
        if !listed(doc, a.tokens.end..b.tokens.start) || !b.full {
            break;
        }
        people.push(b.person);
        at += 1;
    }
    people
}

/// A further verb of the same subject: `A chủ trì hội nghị và phát biểu chỉ đạo`. Behind a verb of saying it would be
/// part of what is said.
fn goes_on(doc: &Doc, acts: &[Act], (verb, cue): &(Range<usize>, Cue)) -> Option<Vec<usize>> {
    let last = acts.last()?;
    let spoke = speaks(last.cue) && !last.cue.roles.has(ParticipantRole::Directing);
    let before = verb.start.checked_sub(1)?;
    let joined = matches!(doc.key(before), "và" | ",")
        || matches!(doc.key(before), "đã" | "có" | "cũng") && matches!(doc.before(before), "và" | ",")
        || doc.key(before) == "thời" && doc.before(before) == "đồng";
    let between = last.verb.end..verb.start;
    if cue.assigns && asks_plainly(doc, verb.start) {
        // A đánh giá cao ... và đề nghị ...: whoever speaks asks
        let same_clause = !between.clone().any(|i| matches!(doc.key(i), "." | ":"));
        return (joined && same_clause).then(|| last.people.clone());
    }
    let near = between.len() < 14 && !between.clone().any(|i| matches!(doc.key(i), ";" | ":" | "."));
    let taking_part = !cue.roles.has(ParticipantRole::Presenter) && !cue.assigns;
    (!spoke && joined && near && taking_part).then(|| last.people.clone())
}

/// Whoever spoke last and goes on without being named: `Đồng thời, đề nghị ...`, `Bên cạnh đó, yêu cầu ...`.
pub fn unnamed(doc: &Doc, sentence: &Range<usize>, verbs: &[(Range<usize>, Cue)], speaker: usize) -> Option<Act> {
    let (verb, cue) = verbs.first().filter(|(verb, cue)| cue.assigns && asks_plainly(doc, verb.start))?;
    let joiner = |i: usize| {
        matches!(
            doc.key(i),
            "đồng"
                | "thời"
                | "bên"
                | "cạnh"
                | "đó"
                | "ngoài"
                | "ra"
                | "cùng"
                | "với"
                | "vì"
                | "vậy"
                | "do"
                | "theo"
                | "từ"
                | ","
                | "cũng"
                | "đặc"
                | "biệt"
                | "trên"
                | "cơ"
                | "sở"
                | "tiếp"
        )
    };
    let only_joiners = (sentence.start..verb.start).all(joiner);
    only_joiners.then(|| Act { people: vec![speaker], cue: *cue, verb: verb.clone() })
}

/// The verb that heads a list which begins with this actor: `Dự hội nghị có các đồng chí: A; B`, `với sự tham dự của
/// A`, `vinh dự được đón A`, `trong đó có A`.
fn heads_list(
    doc: &Doc,
    sentence: &Range<usize>,
    pending: &[&(Range<usize>, Cue)],
    actor: &Actor,
) -> Option<(Range<usize>, Cue)> {
    let start = actor.tokens.start;
    // các Phó Chủ tịch: A, B
    let plural = (sentence.start..start)
        .rev()
        .take_while(|&i| matches!(doc.key(i), "các" | "hai" | "ba" | "số" | "một"))
        .count();
    let start = start - plural;
    let before = start.checked_sub(1).filter(|b| *b >= sentence.start)?;
    let attends = |cue: &Cue| cue.roles == Roles::one(ParticipantRole::Attendee);
    let takes_part = |cue: &Cue| {
        attends(cue)
            || [ParticipantRole::Chair, ParticipantRole::CoChair, ParticipantRole::Directing]
                .iter()
                .any(|r| cue.roles.has(*r))
    };
    match doc.key(before) {
        "có" | "gồm" | ":" | "là" | "còn" => {
            let chosen = pending.iter().rev().find(|(_, cue)| takes_part(cue)).or(pending.last());
            match chosen {
                // trao ... cho hai cá nhân: A, B receive
                Some((_, cue)) if cue.roles.has(ParticipantRole::AwardPresenter) => None,
                Some((verb, cue)) => {
                    // at most the meeting, its place and its date stand between
                    let near = start - verb.end < 40 && !(verb.end..start).any(|i| matches!(doc.key(i), ";" | "."));
                    near.then(|| (verb.clone(), *cue))
                }
                None if doc.key(before) == "có" && site_or_meeting(doc, sentence.start..before) => {
                    Some((before..start, Cue { roles: Roles::one(ParticipantRole::Attendee), assigns: false }))
                }
                None => None,
            }
        }
        "của" => {
            let (verb, cue) = pending.last()?;
            let noun = verb.end == before
                && verb.start.checked_sub(1).is_some_and(|b| matches!(doc.key(b), "sự" | "bài" | "phần"));
            noun.then(|| (verb.clone(), *cue))
        }
        _ => {
            let (verb, cue) = pending.last()?;
            let object = verb.end == start
                && attends(cue)
                && matches!(doc.before(verb.end), "đón" | "tiếp" | "với" | "cùng" | "mừng");
            object.then(|| (verb.clone(), *cue))
        }
    }
}

fn site_or_meeting(doc: &Doc, range: Range<usize>) -> bool {
    range.clone().any(|i| {
        doc.reads(i, &["điểm", "cầu"])
            || doc.reads(i, &["đầu", "cầu"])
            || doc.reads(i, &["hội", "nghị"])
            || doc.reads(i, &["buổi", "lễ"])
    }) && !range.clone().any(|i| doc.key(i) == ";")
}

/// The verb that opens the sentence and belongs to the actor behind the comma: `Phát biểu tại hội nghị, A ...`.
fn opens<'v>(
    doc: &Doc,
    sentence: &Range<usize>,
    pending: &[&'v (Range<usize>, Cue)],
    actor: &Actor,
) -> Option<&'v (Range<usize>, Cue)> {
    let start = actor.tokens.start;
    let comma = start.checked_sub(1).filter(|b| *b > sentence.start && doc.key(*b) == ",")?;
    let verb = pending.first()?;
    let first = doc.slice(sentence.start..verb.0.start).iter().filter(|t| t.kind != TokenKind::Mark).count();
    let clause_start = first <= 1
        || matches!(
            doc.key(sentence.start),
            "thay" | "tiếp" | "cũng" | "tại" | "sau" | "trước" | "kết" | "đại" | "mở" | "trong"
        ) && verb.0.start < sentence.start + 16;
    let commas = (verb.0.end..comma).filter(|i| doc.key(*i) == ",").count();
    let other = (verb.0.end..comma).any(|i| matches!(doc.key(i), ":" | ";"));
    (clause_start && commas <= 1 && comma - verb.0.end < 40 && !other).then_some(*verb)
}

/// `Tại hội nghị, A ...`: whoever acts there takes part.
fn at_meeting(doc: &Doc, sentence: &Range<usize>, actor: &Actor) -> bool {
    let i = sentence.start;
    let opening = (doc.key(i) == "tại" || doc.reads(i, &["cũng", "tại"])) && actor.full;
    let head = if doc.key(i) == "tại" { i + 1 } else { i + 2 };
    let meeting = super::titles::head_at(doc, head, sentence.end).map(|(len, _)| len);
    opening && meeting.is_some_and(|len| doc.key(head + len) == "," && head + len + 1 == actor.tokens.start)
}
