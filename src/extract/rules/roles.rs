//! What people did: their roles, the site they took part from, and the sentences that say so.
//!
//! A role is given only where the sentence ties a verb to a person: the verb follows the subject (`A, Bí thư ...,
//! chủ trì hội nghị`), opens the sentence (`Phát biểu tại hội nghị, A ...`), or heads a list (`Dự hội nghị có A; B`).
//! Whoever is only mentioned gets none and is no participant.

use std::ops::Range;

use super::acts::{Act, Actor, actors, acts, list_verb, speaks, unnamed, verbs};
use super::dates::date_at;
use super::elected::new_offices;
use super::registry::{Part, Registry};
use super::sites::{SiteMention, connected, opening_site, sites};
use crate::domain::{Evidence, ParticipantRole};
use crate::extract::abbreviations::Glossary;
use crate::extract::lexicon::{Cue, Roles};
use crate::extract::structure::Doc;

/// What a sentence says: acts in order, and who spoke last.
#[derive(Clone, Debug, Default)]
pub struct SentenceActs {
    /// In the order of their verbs.
    pub acts: Vec<Act>,
    /// Who speaks in it, or still speaks.
    pub speaker: Option<usize>,
    /// Whether it names its speaker itself.
    pub names_speaker: bool,
}

/// Gives everyone their roles and sites; the acts, sentence by sentence.
pub fn assign(doc: &Doc, registry: &mut Registry, glossary: &Glossary) -> Vec<SentenceActs> {
    let mut all = Vec::with_capacity(doc.sentences.len());
    let mut speaker: Option<usize> = None;
    // Dự hội nghị có A. Đồng chí B, Bí thư Huyện ủy. Đồng chí C: the same in sentences of their own
    let mut running: Option<(Range<usize>, Cue)> = None;
    // whom a bare form of address means: whoever acted last, alone
    let mut topic: Option<usize> = None;
    let mut site_before: Vec<SiteMention> = Vec::new();
    // Dự hội nghị có các đồng chí: the list goes on in the paragraphs behind
    let mut list: Option<(Range<usize>, Cue)> = None;
    let connected = connected(doc);
    for sentence in doc.sentences.clone() {
        let actors = actors(doc, registry, &sentence, topic.or(speaker));
        let verbs = verbs(doc, &sentence, &actors);
        let mut acts = acts(doc, &sentence, &actors, &verbs);
        if another_day(doc, &sentence) || kept_away(doc, &sentence) {
            acts.clear();
        } else if acts.is_empty() {
            acts.extend(speaker.and_then(|who| unnamed(doc, &sentence, &verbs, who)));
        }
        let mut own = sites(doc, sentence.clone());
        if own.is_empty() && connected {
            own.extend(opening_site(doc, &sentence));
        }
        let first =
            actors.first().filter(|a| a.full && (a.tokens.start <= sentence.start + 1 || side(doc, &sentence, a)));
        let alone = || running.clone().filter(|_| verbs.is_empty() && only_names(doc, &sentence, &actors));
        let listed = list.clone().or_else(alone).filter(|_| first.is_some() && acts.is_empty());
        if let Some((verb, cue)) = &listed {
            acts = actors
                .iter()
                .filter(|a| a.full && !absent(doc, a.tokens.end, sentence.end))
                .map(|a| Act { people: vec![a.person], cue: *cue, verb: verb.clone() })
                .collect();
        } else if doc.key(sentence.end.saturating_sub(1)) == ":" {
            // Về phía nhà trường có: the list above it goes on
            let goes_on = verbs.is_empty() && actors.is_empty() && whose_side(doc, &sentence);
            list = list_verb(&verbs, &actors).or(list.filter(|_| goes_on));
        } else if list.is_some() && first.is_none() && !delegation(doc, &sentence) {
            list = None;
        }
        running = headed(&acts, &actors).or(listed.clone().filter(|_| verbs.is_empty()));
        let inherits = own.is_empty() && (listed.is_some() || continues(doc, &sentence));
        let here = if inherits { site_before.clone() } else { own };
        for act in &acts {
            for &person in &act.people {
                give(doc, registry, &sentence, &actors, act, person, &here);
            }
        }
        new_offices(doc, registry, glossary, &acts);
        let named = acts.iter().rev().find(|a| speaks(a.cue)).and_then(|a| a.people.last().copied());
        speaker = named.or(speaker);
        let mut acted = acts.iter().flat_map(|a| a.people.iter().copied());
        let one = acted.next().filter(|first| acted.all(|p| p == *first));
        topic = named.or(one).or(topic);
        site_before = here;
        all.push(SentenceActs { acts, speaker, names_speaker: named.is_some() });
    }
    all
}

/// Whether a sentence names people and says nothing of them; delegations may follow.
fn only_names(doc: &Doc, sentence: &Range<usize>, actors: &[Actor]) -> bool {
    let last = actors.last().map_or(sentence.start, |a| a.tokens.end);
    matches!(doc.key(last), "." | ";" | "," | "và" | "cùng") && !absent(doc, last, sentence.end)
}

/// Whether what follows a name says that its bearer was not there: `vắng mặt`, `không dự`.
fn absent(doc: &Doc, from: usize, limit: usize) -> bool {
    (from..limit.min(from + 10)).take_while(|&i| doc.key(i) != ";").any(|i| matches!(doc.key(i), "vắng" | "không"))
}

/// The verb of a list of guests that is all a sentence says of people.
fn headed(acts: &[Act], actors: &[Actor]) -> Option<(Range<usize>, Cue)> {
    let attends = |act: &&Act| act.cue.roles == Roles::one(ParticipantRole::Attendee);
    let last = acts.last().filter(attends).filter(|act| acts.iter().all(|other| other.verb == act.verb))?;
    let behind = actors.first().is_some_and(|a| last.verb.end <= a.tokens.start);
    (behind && last.people.len() == 1).then(|| (last.verb.clone(), last.cue))
}

/// An item of a list that begins with whose side the people are of: `Về phía xã: đồng chí A`.
fn side(doc: &Doc, sentence: &Range<usize>, first: &Actor) -> bool {
    whose_side(doc, sentence) && matches!(doc.before(first.tokens.start), ":" | "có")
}

/// `Về phía nhà trường`, `* Về phía lãnh đạo xã`, `Phía tỉnh ta`.
fn whose_side(doc: &Doc, sentence: &Range<usize>) -> bool {
    let at = sentence.start + usize::from(matches!(doc.key(sentence.start), "-" | "*" | "•" | "+"));
    doc.reads(at, &["về", "phía"]) || doc.key(at) == "phía"
}

/// `Chủ tịch UBND huyện A đang chỉ đạo khắc phục sạt lở nên không dự họp`: what somebody did instead.
pub fn kept_away(doc: &Doc, sentence: &Range<usize>) -> bool {
    let away = sentence.clone().any(|i| doc.reads(i, &["nên", "không", "dự"]) || doc.reads(i, &["nên", "vắng"]));
    away && !sentence.clone().any(|i| matches!(doc.key(i), ";" | ":"))
}

/// `Trước đó, chiều 25-12, ông A ...`: what a sentence tells of a day before the meeting's.
fn another_day(doc: &Doc, sentence: &Range<usize>) -> bool {
    let opening = sentence.start..sentence.end.min(sentence.start + 8);
    doc.reads(sentence.start, &["trước", "đó"]) && opening.clone().any(|i| date_at(doc, i).is_some())
}

/// An item of a list of attendance that names nobody.
fn delegation(doc: &Doc, sentence: &Range<usize>) -> bool {
    matches!(doc.key(sentence.start), "lãnh" | "đại" | "các" | "cùng")
}

/// `Cùng dự có ...` goes on where the sentence before stood.
fn continues(doc: &Doc, sentence: &Range<usize>) -> bool {
    let i = sentence.start;
    matches!(doc.key(i), "cùng" | "dự" | "tham" | "đồng" | "ngoài")
        && ["dự", "tham", "thời", "ra"].iter().any(|w| (i..i + 3).any(|j| doc.key(j) == *w))
}

fn give(
    doc: &Doc,
    registry: &mut Registry,
    sentence: &Range<usize>,
    actors: &[Actor],
    act: &Act,
    person: usize,
    here: &[SiteMention],
) {
    let actor = actors.iter().find(|a| a.person == person);
    let at = actor.map_or(sentence.start, |a| a.tokens.start);
    let nearest = own_site(doc, sentence, here, at);
    // a person's evidence holds the name: the sentence where it does, else the name's first mention
    let full = actors.iter().any(|a| a.person == person && a.full && registry.in_full(doc, a.tokens.start));
    let rule = rule_name(act.cue);
    let said = doc.evidence(sentence.clone(), rule);
    let evidence = if full { vec![said] } else { vec![name_place(doc, registry, person, rule), said] };
    let Some(p) = registry.people.get_mut(person) else { return };
    p.parts.push(Part {
        at: sentence.start,
        roles: act.cue.roles,
        site: nearest.and_then(|s| s.site.clone()),
        evidence,
    });
}

/// The site of a person at token `at`: the one its own clause names, before it or else behind it; else the last before it.
fn own_site<'s>(doc: &Doc, sentence: &Range<usize>, here: &'s [SiteMention], at: usize) -> Option<&'s SiteMention> {
    if here.len() > 1 {
        let from = (sentence.start..at.min(sentence.end)).rev().find(|&i| doc.key(i) == ";").unwrap_or(sentence.start);
        let to = (at..sentence.end).find(|&i| doc.key(i) == ";").unwrap_or(sentence.end);
        let inside = || here.iter().filter(|s| (from..to).contains(&s.tokens.start));
        let own = inside().rfind(|s| s.tokens.start <= at).or_else(|| inside().next());
        if own.is_some() {
            return own;
        }
    }
    here.iter().rev().find(|s| s.tokens.start <= at).or(here.first())
}

fn name_place(doc: &Doc, registry: &Registry, person: usize, rule: &'static str) -> Evidence {
    let mention = registry.people.get(person).map(|p| p.first.clone());
    doc.evidence(mention.unwrap_or(0..0), rule)
}

/// The rule a role was taken by.
fn rule_name(cue: Cue) -> &'static str {
    ParticipantRole::ALL.iter().find(|r| cue.roles.has(**r)).map_or("role", |role| match role {
        ParticipantRole::Chair => "role.chair",
        ParticipantRole::CoChair => "role.co_chair",
        ParticipantRole::Directing => "role.directing",
        ParticipantRole::Speaker => "role.speaker",
        ParticipantRole::Presenter => "role.presenter",
        ParticipantRole::AwardPresenter => "role.award_presenter",
        ParticipantRole::Attendee => "role.attendee",
    })
}
