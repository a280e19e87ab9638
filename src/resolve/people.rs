//! Which mentions of one name mean one person.
//!
//! A name is one person, unless offices contradict: whoever holds office in one province is not who holds office in
//! another. Central offices, and mentions that tell no province, belong to the only person of that name there is; where
//! there are several, the central ones are one more, and each document's others are one of their own.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::bodies::{Reach, phrases, province_ending, reach};
use super::told::{joined, split};
use crate::domain::{
    Mention, NameRef, Person, Position, ProvinceId, Relations, province, resolved_id, written_out_key,
};

/// What a mention says about where the person holds office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// In this province.
    Local(ProvinceId),
    /// In a body of the whole country.
    Central,
    /// Nothing.
    Unknown,
}

/// The people that `mentions` mean. Mentions may be of any names; each name's must all be there.
///
/// A person's id is derived from the name and from where they hold office: the one province, else the country, else
/// nowhere that is known. It does not tell whether anybody else has the name, so that a namesake of another province
/// leaves it as it is.
///
/// What is told comes before what offices say: who is told apart is split off, each under the document that the telling
/// names, and who is told to be one is joined, under the id of the first.
pub fn people(mentions: &[Mention], told: &Relations<NameRef>) -> Vec<Person> {
    let mut blocks: BTreeMap<&str, Vec<&Mention>> = BTreeMap::new();
    for mention in mentions {
        blocks.entry(&mention.key).or_default().push(mention);
    }
    let groups = blocks.into_iter().flat_map(|(key, block)| namesakes(key, block));
    let groups = groups.flat_map(|(parts, group)| {
        let apart = |(label, group): (Vec<String>, _)| {
            let told = label.into_iter().flat_map(|slug| ["apart".to_owned(), slug]);
            (parts.iter().cloned().chain(told).collect::<Vec<_>>(), group)
        };
        split(group, told).into_iter().map(apart).collect::<Vec<_>>()
    });
    let mut groups: Vec<(Vec<String>, Vec<&Mention>)> = groups.collect();
    groups.sort_by(|(a, _), (b, _)| a.cmp(b));
    joined(groups, told).into_iter().map(person).collect()
}

pub(super) fn person((parts, mut mentions): (Vec<String>, Vec<&Mention>)) -> Person {
    sort(&mut mentions);
    let parts = ["person"].into_iter().chain(parts.iter().map(String::as_str)).collect::<Vec<_>>();
    Person {
        id: resolved_id(&parts),
        name: most_frequent(mentions.iter().map(|m| m.name.as_str())).to_owned(),
        reports: mentions.iter().map(|m| m.id).collect(),
    }
}

fn sort(mentions: &mut [&Mention]) {
    mentions.sort_by_key(|m| (&m.slug, Reverse(m.participant), m.ordinal, m.id));
}

/// The mentions of one name by the person they mean, each with what the person is known by: the name and the scope.
fn namesakes<'a>(key: &str, mut block: Vec<&'a Mention>) -> Vec<(Vec<String>, Vec<&'a Mention>)> {
    sort(&mut block);
    let scopes = scopes(&block);
    let bearers = Bearers::of(scopes.values().copied());
    let mut groups: BTreeMap<Vec<String>, Vec<&Mention>> = BTreeMap::new();
    for mention in block {
        let scope = scopes.get(&mention.id).copied().unwrap_or(Scope::Unknown);
        groups.entry(bearers.known_by(key, scope, &mention.slug)).or_default().push(mention);
    }
    groups.into_iter().collect()
}

/// Each mention's scope. One that tells none takes the only one that its document's other mentions of the name tell:
/// whoever sets a task is the participant of that name.
pub(super) fn scopes(block: &[&Mention]) -> BTreeMap<uuid::Uuid, Scope> {
    let mut scopes: BTreeMap<uuid::Uuid, Scope> = block.iter().map(|mention| (mention.id, scope(mention))).collect();
    let mut told: BTreeMap<&str, BTreeSet<Scope>> = BTreeMap::new();
    for mention in block {
        if let Some(scope) = scopes.get(&mention.id).filter(|scope| **scope != Scope::Unknown) {
            told.entry(&mention.slug).or_default().insert(*scope);
        }
    }
    for mention in block {
        let only = told.get(mention.slug.as_str()).filter(|told| told.len() == 1).and_then(BTreeSet::first);
        if let (Some(only), Some(scope @ Scope::Unknown)) = (only, scopes.get_mut(&mention.id)) {
            *scope = *only;
        }
    }
    scopes
}

/// The people of one name, as the scopes of all mentions of it tell them apart.
pub(super) struct Bearers {
    /// Whoever holds office in a province made in July 2025 is who held it in one that became part of it, if there was
    /// only one of the name.
    continued: BTreeMap<ProvinceId, ProvinceId>,
    /// What the only person of the name is known by; `None` where there are several.
    only: Option<Scope>,
}

impl Bearers {
    pub(super) fn of(scopes: impl Iterator<Item = Scope>) -> Self {
        let scopes: BTreeSet<Scope> = scopes.collect();
        let mut before: BTreeMap<ProvinceId, BTreeSet<ProvinceId>> = BTreeMap::new();
        for scope in &scopes {
            if let Scope::Local(id) = scope
                && let Some(successor) = province(*id).and_then(|p| p.successor)
            {
                before.entry(successor).or_default().insert(*id);
            }
        }
        let one = |(successor, old): (ProvinceId, BTreeSet<ProvinceId>)| {
            Some((successor, old.first().copied().filter(|_| old.len() == 1)?))
        };
        let continued = before.into_iter().filter_map(one).collect();
        let mut bearers = Self { continued, only: None };
        let scopes: BTreeSet<Scope> = scopes.into_iter().map(|scope| bearers.held(scope)).collect();
        let locals: Vec<Scope> = scopes.iter().copied().filter(|s| matches!(s, Scope::Local(_))).collect();
        let central = || scopes.iter().copied().find(|scope| *scope == Scope::Central);
        bearers.only = (locals.len() <= 1).then(|| locals.first().copied().or_else(central).unwrap_or(Scope::Unknown));
        bearers
    }

    fn held(&self, scope: Scope) -> Scope {
        match scope {
            Scope::Local(id) => Scope::Local(self.continued.get(&id).copied().unwrap_or(id)),
            other => other,
        }
    }

    /// What the person is known by whom a mention of this scope in this document means.
    pub(super) fn known_by(&self, key: &str, scope: Scope, slug: &str) -> Vec<String> {
        let parts = match self.only.unwrap_or_else(|| self.held(scope)) {
            Scope::Unknown if self.only.is_some() => vec![],
            Scope::Local(id) => vec!["province".to_owned(), id.get().to_string()],
            Scope::Central => vec!["central".to_owned()],
            Scope::Unknown => vec!["document".to_owned(), slug.to_owned()],
        };
        [key.to_owned()].into_iter().chain(parts).collect()
    }
}

fn scope(mention: &Mention) -> Scope {
    let keys: Vec<String> = mention.positions.iter().map(position_key).collect();
    // A position that names its province says so most plainly (Trưởng đoàn đại biểu Quốc hội tỉnh Hoà Bình).
    if let Some(named) = keys.iter().filter(|key| is_office_of_place(key)).find_map(|key| province_ending(key)) {
        return Scope::Local(named);
    }
    if keys.iter().any(|key| is_local_office(key)) {
        let read_in = mention.site_province.or(mention.meeting_province);
        return read_in.map_or(Scope::Unknown, Scope::Local);
    }
    if keys.iter().any(|key| is_central_office(key)) { Scope::Central } else { Scope::Unknown }
}

/// The title's key; where the title leaves out the body, the body's follows.
fn position_key(position: &Position) -> String {
    let title = written_out_key(&position.title);
    match position.organization.as_deref().map(written_out_key) {
        Some(body) if !title.contains(&body) => format!("{title} {body}"),
        _ => title,
    }
}

/// An office of a province, or of something in one. An ambassador in a city of the same name would be none.
fn is_office_of_place(key: &str) -> bool {
    static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
        phrases(&["tỉnh", "tỉnh ủy", "thành phố", "thành ủy", "sở", "huyện", "huyện ủy", "tỉnh đoàn"])
    });
    has_any(key, &WORDS)
}

/// A local body without saying whose (Phó Chủ tịch UBND tỉnh, Giám đốc Sở Ngoại vụ, Tỉnh ủy viên).
fn is_local_office(key: &str) -> bool {
    static WORDS: LazyLock<Vec<String>> =
        LazyLock::new(|| phrases(&["tỉnh ủy viên", "thành ủy viên", "huyện ủy viên", "tỉnh ủy", "huyện ủy"]));
    matches!(reach(key), Reach::Province | Reach::District | Reach::Local) || has_any(key, &WORDS)
}

fn is_central_office(key: &str) -> bool {
    static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
        phrases(&["trung ương", "bộ trưởng", "thứ trưởng", "chính phủ", "thủ tướng", "quốc hội", "chủ tịch nước"])
    });
    has_any(key, &WORDS)
}

fn has_any(key: &str, phrases: &[String]) -> bool {
    let padded = format!(" {key} ");
    phrases.iter().any(|phrase| padded.contains(phrase.as_str()))
}

/// The most frequent of `names`; of equally frequent ones the first.
pub fn most_frequent<'a>(names: impl Iterator<Item = &'a str>) -> &'a str {
    super::best::most(names.enumerate().map(|(at, name)| (name, Reverse(at)))).unwrap_or_default()
}
