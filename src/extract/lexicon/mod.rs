//! The vocabulary, each word once, as data files beside this one; patterns are derived from it.

mod phrases;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

pub use phrases::Phrases;
use phrases::{lines, pairs};

use crate::domain::{ABBREVIATIONS, MeetingKind, ParticipantRole, provinces};

/// A set of roles, as bits in the enum's order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(u8);

impl Roles {
    /// Just this one.
    pub fn one(role: ParticipantRole) -> Self {
        Self(1 << role as u8)
    }

    /// Both sets together.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the role is in.
    pub fn has(self, role: ParticipantRole) -> bool {
        self.0 & Self::one(role).0 != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles in the enum's order; attendance only where there is nothing else.
    pub fn list(self) -> Vec<ParticipantRole> {
        let attendee = Self::one(ParticipantRole::Attendee).0;
        let bits = if self.0 & !attendee == 0 { self.0 } else { self.0 & !attendee };
        ParticipantRole::ALL.iter().copied().filter(|r| bits & Self::one(*r).0 != 0).collect()
    }
}

/// What a verb says of its subject.
#[derive(Clone, Copy, Debug)]
pub struct Cue {
    /// The roles it gives.
    pub roles: Roles,
    /// Whether what follows may be a task.
    pub assigns: bool,
}

/// What a word for an event names.
#[derive(Clone, Copy, Debug)]
pub struct EventHead {
    /// The kind of meeting.
    pub kind: MeetingKind,
    /// Whether the word alone, without a name, is no event's name.
    pub weak: bool,
}

/// What a line of the page around the article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Furniture {
    /// That line only.
    Line,
    /// Teasers follow.
    Related,
    /// Nothing of the article follows.
    End,
}

/// A named place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A province or centrally run city, by name.
    Province(&'static str),
    /// A district-level unit and the code of its province before July 2025.
    District(&'static str),
}

/// All of it.
#[derive(Debug)]
pub struct Lexicon {
    /// Heads of offices.
    pub offices: Phrases<()>,
    /// What may stand before an office and belong to it.
    pub prefixes: Phrases<()>,
    /// Heads of names of bodies.
    pub bodies: Phrases<()>,
    /// Bodies whose names hold commas or an "và".
    pub named_bodies: Phrases<()>,
    /// Ranks and callings.
    pub ranks: Phrases<()>,
    /// Forms of address.
    pub addresses: Phrases<()>,
    /// Verbs of taking part.
    pub cues: Phrases<Cue>,
    /// Words between subject and verb.
    pub light: Phrases<()>,
    /// Heads of names of meetings.
    pub events: Phrases<EventHead>,
    /// What begins like one and is none (`lễ hội`).
    pub not_events: Phrases<()>,
    /// What is held where no word for a meeting stands (`tổ chức tuyên dương ...`).
    pub doings: Phrases<EventHead>,
    /// Names of awards.
    pub awards: Phrases<()>,
    /// Counted nouns.
    pub units: Phrases<()>,
    /// Words before a place's name.
    pub place_heads: Phrases<()>,
    /// Provinces by name.
    pub provinces: Phrases<&'static str>,
    /// Districts by kind and name.
    pub districts: Phrases<&'static str>,
    /// Districts by name alone.
    pub district_names: Phrases<()>,
    /// Family names.
    pub surnames: Phrases<()>,
    /// Capitalised words that begin like names and are none.
    pub not_names: Phrases<()>,
    /// The most frequent ones.
    pub common_surnames: Phrases<()>,
    /// Words at which an office or a body's name ends.
    pub stops: Phrases<()>,
    /// Common abbreviations and what they stand for.
    pub abbreviations: Phrases<&'static str>,
    /// The page around the article.
    pub furniture: Phrases<Furniture>,
    /// Verbs that open a task; false for words that begin like one and are none (`vận động viên`).
    pub task_verbs: Phrases<bool>,
    /// Those who may be asked for something, and whether the word alone already means them.
    pub addressees: Phrases<bool>,
    /// Words whose full stop ends no sentence.
    pub dotted: HashSet<String>,
}

/// Abbreviations that are the everyday form of the name and stay as they are.
const KEPT: [&str; 6] = ["UBND", "HĐND", "MTTQ", "MTTQVN", "TP", "TX"];

fn set(data: &'static str) -> Phrases<()> {
    Phrases::new(lines(data).map(|line| (line, ())))
}

fn roles(cell: &str) -> Roles {
    cell.split('+').filter_map(|word| word.parse().ok()).fold(Roles::default(), |set, role| set.and(Roles::one(role)))
}

fn cue((phrase, cells): (&'static str, &'static str)) -> (&'static str, Cue) {
    let (words, flag) = cells.split_once('\t').unwrap_or((cells, ""));
    (phrase, Cue { roles: roles(words), assigns: flag == "assign" })
}

/// Whether an entry of the events is none of the heads.
fn flagged(cells: &str) -> bool {
    cells == "NONE" || cells.ends_with("doing")
}

fn event((phrase, cells): (&'static str, &'static str)) -> (&'static str, EventHead) {
    let (kind, flag) = cells.split_once('\t').unwrap_or((cells, ""));
    (phrase, EventHead { kind: kind.parse().unwrap_or(MeetingKind::Other), weak: flag == "weak" })
}

fn furniture(word: &str) -> Furniture {
    match word {
        "END" => Furniture::End,
        "RELATED" => Furniture::Related,
        _ => Furniture::Line,
    }
}

const DISTRICTS: &str = include_str!("districts.tsv");

/// Kind and name (`huyện Tri Tôn`, `TP. Quy Nhơn`) of each district, with its province's code; none where two provinces
/// have one so called.
fn districts(data: &'static str) -> Vec<(String, &'static str)> {
    // "kind\tname\tcode": the first tab separates words as a space does
    let all: Vec<(&str, &str)> = lines(data).filter_map(|line| line.rsplit_once('\t')).collect();
    let mut codes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (place, code) in &all {
        codes.entry(place).or_default().insert(code);
    }
    let is_one = |place: &str| codes.get(place).is_some_and(|codes| codes.len() == 1);
    let spelled = |place: &str| {
        let short: &[_] = match place.split_once('\t') {
            Some(("thành phố", name)) => &[format!("TP {name}"), format!("TP. {name}")],
            Some(("thị xã", name)) => &[format!("TX {name}"), format!("TX. {name}")],
            _ => &[],
        };
        [&[place.to_owned()], short].concat()
    };
    let meaning = |place: &str, code: &'static str| if is_one(place) { code } else { "" };
    all.iter().flat_map(|(place, code)| spelled(place).into_iter().map(|p| (p, meaning(place, code)))).collect()
}

/// The vocabulary, read once.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
        offices: set(include_str!("offices.txt")),
        prefixes: set(include_str!("prefixes.txt")),
        bodies: set(include_str!("bodies.txt")),
        named_bodies: set(include_str!("named_bodies.txt")),
        ranks: set(include_str!("ranks.txt")),
        addresses: set(include_str!("addresses.txt")),
        cues: Phrases::new(pairs(include_str!("cues.tsv")).map(cue)),
        light: set(include_str!("light.txt")),
        events: Phrases::new(pairs(include_str!("events.tsv")).filter(|(_, c)| !flagged(c)).map(event)),
        not_events: Phrases::new(
            pairs(include_str!("events.tsv")).filter(|(_, c)| *c == "NONE").map(|(phrase, _)| (phrase, ())),
        ),
        doings: Phrases::new(pairs(include_str!("events.tsv")).filter(|(_, c)| c.ends_with("doing")).map(event)),
        awards: set(include_str!("awards.txt")),
        units: set(include_str!("units.txt")),
        place_heads: set(include_str!("places.txt")),
        provinces: Phrases::new(provinces().iter().map(|p| (p.name, p.name)).chain([
            ("HCM", "Hồ Chí Minh"),
            ("TPHCM", "Hồ Chí Minh"),
            ("BR-VT", "Bà Rịa - Vũng Tàu"),
            ("TT-Huế", "Thừa Thiên Huế"),
            ("Bà Rịa Vũng Tàu", "Bà Rịa - Vũng Tàu"),
            ("Thừa Thiên - Huế", "Thừa Thiên Huế"),
        ])),
        districts: Phrases::new(districts(DISTRICTS).iter().map(|(place, code)| (place.as_str(), *code))),
        district_names: Phrases::new(lines(DISTRICTS).filter_map(|line| Some((line.split('\t').nth(1)?, ())))),
        surnames: set(include_str!("surnames.tsv")),
        not_names: set(include_str!("not_names.txt")),
        common_surnames: set(include_str!("surnames_common.txt")),
        stops: set(include_str!("stops.txt")),
        abbreviations: Phrases::new(ABBREVIATIONS.iter().copied().filter(|(short, _)| !KEPT.contains(short))),
        furniture: Phrases::new(pairs(include_str!("furniture.tsv")).map(|(phrase, kind)| (phrase, furniture(kind)))),
        task_verbs: Phrases::new(pairs(include_str!("task_verbs.tsv")).map(|(verb, flag)| (verb, flag != "none"))),
        addressees: Phrases::new(pairs(include_str!("addressees.tsv")).map(|(who, flag)| (who, flag != "many"))),
        dotted: lines(include_str!("dotted.txt")).map(str::to_owned).collect(),
    });
    &LEXICON
}
