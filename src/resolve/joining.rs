//! Whom further mentions of a name mean, without reading the ones there are: a name that thousands bear is mentioned in
//! every other document.

use std::collections::{BTreeMap, BTreeSet};

use super::people::{Bearers, Scope, person, scopes};
use crate::domain::{Mention, NameScope, Person, ProvinceId};

impl Scope {
    fn number(self) -> i16 {
        match self {
            Self::Local(id) => id.get(),
            Self::Central => NameScope::CENTRAL,
            Self::Unknown => NameScope::UNTOLD,
        }
    }

    fn of(number: i16) -> Option<Self> {
        match number {
            NameScope::CENTRAL => Some(Self::Central),
            NameScope::UNTOLD => Some(Self::Unknown),
            id => ProvinceId::from_number(id).map(Self::Local),
        }
    }
}

/// How often names are mentioned in `mentions`; of each name, all mentions in a document must be there.
pub fn name_scopes(mentions: &[Mention]) -> Vec<NameScope> {
    let mut blocks: BTreeMap<&str, Vec<&Mention>> = BTreeMap::new();
    for mention in mentions {
        blocks.entry(&mention.key).or_default().push(mention);
    }
    let mut counts: BTreeMap<(&str, i16, &str), i64> = BTreeMap::new();
    for (key, block) in blocks {
        let scopes = scopes(&block);
        for mention in block {
            let scope = scopes.get(&mention.id).map_or(NameScope::UNTOLD, |scope| scope.number());
            *counts.entry((key, scope, &mention.name)).or_default() += 1;
        }
    }
    let counted = |((key, scope, name), count): ((&str, i16, &str), i64)| NameScope {
        key: key.to_owned(),
        scope,
        name: name.to_owned(),
        count,
    };
    counts.into_iter().map(counted).collect()
}

/// Whom the mentions `new` of one name mean, each with these mentions only and with the name that most of all mentions
/// have, where that can be told by what is known of the others (`known`) and none of those means anybody else by it.
/// `None` if all have to be put together anew. The new ones are of documents that no known one is of.
pub fn joining(known: &[NameScope], new: &[&Mention]) -> Option<Vec<Person>> {
    let key = &new.first()?.key;
    let before: Vec<(Scope, &NameScope)> =
        known.iter().map(|k| Some((Scope::of(k.scope)?, k))).collect::<Option<_>>()?;
    let scopes = scopes(new);
    let told: BTreeSet<Scope> = before.iter().map(|(scope, _)| *scope).collect();
    let was = Bearers::of(told.iter().copied());
    let now = Bearers::of(told.iter().chain(scopes.values()).copied());
    // Of the known ones the document makes no difference here: it tells people apart before and after, or never.
    if told.iter().any(|scope| was.known_by(key, *scope, "") != now.known_by(key, *scope, "")) {
        return None;
    }
    let mut groups: BTreeMap<Vec<String>, Vec<&Mention>> = BTreeMap::new();
    for mention in new {
        let scope = scopes.get(&mention.id).copied().unwrap_or(Scope::Unknown);
        groups.entry(now.known_by(key, scope, &mention.slug)).or_default().push(mention);
    }
    let joined = |(parts, mentions): (Vec<String>, Vec<&Mention>)| {
        let mut spelled: BTreeMap<&str, i64> = BTreeMap::new();
        for (scope, known) in &before {
            if now.known_by(key, *scope, "") == parts {
                *spelled.entry(&known.name).or_default() += known.count;
            }
        }
        if spelled.is_empty() {
            return Some(person((parts, mentions)));
        }
        for mention in &mentions {
            *spelled.entry(&mention.name).or_default() += 1;
        }
        let most = spelled.values().copied().max()?;
        let mut best = spelled.iter().filter(|(_, count)| **count == most);
        // Of equally frequent spellings the first is shown, and which that is, is not known here.
        let (name, None) = (best.next()?.0, best.next()) else { return None };
        let name = (*name).to_owned();
        Some(Person { name, ..person((parts, mentions)) })
    };
    groups.into_iter().map(joined).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use uuid::Uuid;

    use super::{joining, name_scopes};
    use crate::domain::{Mention, Position, Relations, province_named, resolved_id};
    use crate::resolve::people;

    fn mention(slug: &str, name: &str, title: &str, province: &str) -> Mention {
        Mention {
            id: resolved_id(&[slug, name, title]),
            slug: slug.to_owned(),
            ordinal: 1,
            participant: true,
            name: name.to_owned(),
            key: crate::domain::name_key(name),
            positions: vec![Position { title: title.to_owned(), organization: None }],
            site_province: None,
            meeting_province: province_named(province, None),
            person: None,
            meeting_report: None,
            date: None,
        }
    }

    fn by_id(people: Vec<crate::domain::Person>) -> BTreeMap<Uuid, (String, Vec<Uuid>)> {
        people.into_iter().map(|person| (person.id, (person.name, person.reports))).collect()
    }

    #[test]
    fn one_more_mention_means_whom_it_means_among_all() {
        // Invented. Every sequence of three of these, the last joining the others.
        let all = [
            mention("a", "Lò Văn Hoà", "Giám đốc Sở Gió", "Cà Mau"),
            mention("b", "Lò Văn Hòa", "Giám đốc Sở Gió", "Cà Mau"),
            mention("c", "Lò Văn Hòa", "Giám đốc Sở Gió", "Bạc Liêu"),
            mention("d", "Lò Văn Hòa", "Bộ trưởng Bộ Gió", "Hà Nội"),
            mention("e", "Lò Văn Hoà", "Nông dân", ""),
            mention("f", "Lò Văn Hòa", "Nông dân", ""),
        ];
        let (mut joined, mut anew) = (0, 0);
        for (i, a) in all.iter().enumerate() {
            for (j, b) in all.iter().enumerate() {
                for (k, c) in all.iter().enumerate() {
                    if i == j || j == k || i == k {
                        continue;
                    }
                    let known = [a.clone(), b.clone()];
                    let Some(told) = joining(&name_scopes(&known), &[c]) else {
                        anew += 1;
                        continue;
                    };
                    joined += 1;
                    let before = by_id(people(&known, &Relations::default()));
                    let mut now = by_id(people(&[a.clone(), b.clone(), c.clone()], &Relations::default()));
                    for (id, (name, reports)) in by_id(told) {
                        let expected = now.get_mut(&id).unwrap();
                        assert_eq!((&expected.0, reports), (&name, vec![c.id]), "{i} {j} {k}");
                        expected.1.retain(|report| *report != c.id);
                    }
                    now.retain(|_, (_, reports)| !reports.is_empty());
                    let reports = |all: BTreeMap<Uuid, (String, Vec<Uuid>)>| {
                        all.into_iter().map(|(id, (_, reports))| (id, reports)).collect::<Vec<_>>()
                    };
                    assert_eq!(reports(before), reports(now), "{i} {j} {k}: the others stay who they are");
                }
            }
        }
        assert!(joined > 40 && anew > 20, "{joined} {anew}");
    }
}
