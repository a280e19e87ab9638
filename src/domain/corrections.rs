//! What people know about who is who that documents do not tell: these are one, these are not.

use serde::{Deserialize, Serialize};

/// Everything that has been told. In [`normal`](Self::normal) form, equal ones say the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrections {
    /// About people.
    pub people: Relations<NameRef>,
    /// About meetings.
    pub meetings: Relations<ReportRef>,
    /// About bodies. Nothing in what was stored before bodies could be told of.
    #[serde(default)]
    pub organizations: Relations<BodyRef>,
}

/// Lists of what is one and of what is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relations<T> {
    /// Everything that any entry of such a list means is one.
    pub same: Vec<Vec<T>>,
    /// Nothing that an entry of such a list means is what another entry of it means.
    pub different: Vec<Vec<T>>,
}

impl<T> Default for Relations<T> {
    fn default() -> Self {
        Self { same: Vec::new(), different: Vec::new() }
    }
}

/// A name, wherever it stands or in one document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NameRef {
    /// `name_key` of the name.
    pub key: String,
    /// The document's slug; `None` for all documents.
    pub document: Option<String>,
}

/// A body's name, wherever it stands, or in one province or one document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BodyRef {
    /// `written_out_key` of the name.
    pub key: String,
    /// `name_key` of the province whose body a name without one means (`UBND tỉnh`); `None` for all.
    pub province: Option<String>,
    /// The document's slug; `None` for all documents.
    pub document: Option<String>,
}

/// A document's account of a meeting.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReportRef {
    /// The document's slug.
    pub document: String,
    /// Which of the document's meetings, from 1.
    pub ordinal: i32,
}

impl NameRef {
    /// Whether both may mean the same place.
    pub fn overlaps(&self, other: &Self) -> bool {
        let anywhere = self.document.is_none() || other.document.is_none();
        self.key == other.key && (anywhere || self.document == other.document)
    }
}

impl BodyRef {
    /// Whether both may mean the same place.
    pub fn overlaps(&self, other: &Self) -> bool {
        let meets = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
        self.key == other.key && meets(&self.document, &other.document) && meets(&self.province, &other.province)
    }
}

impl<T: Ord + Clone> Relations<T> {
    fn normal(mut self) -> Self {
        for lists in [&mut self.same, &mut self.different] {
            for list in lists.iter_mut() {
                list.sort();
                list.dedup();
            }
            lists.sort();
            lists.dedup();
        }
        self
    }

    /// The entries of all lists that only one of the two has.
    pub fn changed<'a>(&'a self, other: &'a Self) -> Vec<&'a T> {
        let only = |a: &'a [Vec<T>], b: &'a [Vec<T>]| a.iter().filter(|list| !b.contains(list)).flatten();
        let same = only(&self.same, &other.same).chain(only(&other.same, &self.same));
        let different = only(&self.different, &other.different).chain(only(&other.different, &self.different));
        same.chain(different).collect()
    }

    /// The lists of what is one, those that share an entry made one list; `overlaps` tells which entries may mean the
    /// same.
    pub fn joined(&self, overlaps: impl Fn(&T, &T) -> bool) -> Vec<Vec<&T>> {
        let mut joined: Vec<Vec<&T>> = Vec::new();
        for list in &self.same {
            let mut whole: Vec<&T> = list.iter().collect();
            let touches = |known: &Vec<&T>| known.iter().any(|a| list.iter().any(|b| overlaps(a, b)));
            let (hit, rest): (Vec<_>, Vec<_>) = joined.into_iter().partition(touches);
            whole.extend(hit.into_iter().flatten());
            joined = rest;
            joined.push(whole);
        }
        joined
    }

    /// A list of what is one and a list of what is not that cannot both be so; `overlaps` tells which entries may mean
    /// the same.
    pub fn contradiction(&self, overlaps: impl Fn(&T, &T) -> bool) -> Option<&[T]> {
        let joined = self.joined(&overlaps);
        let one = |a: &T, b: &T| {
            let in_list = |list: &Vec<&T>, x: &T| list.iter().any(|y| overlaps(x, y));
            overlaps(a, b) || joined.iter().any(|list| in_list(list, a) && in_list(list, b))
        };
        let broken =
            |list: &&Vec<T>| list.iter().enumerate().any(|(at, a)| list.iter().skip(at + 1).any(|b| one(a, b)));
        self.different.iter().find(broken).map(Vec::as_slice)
    }
}

impl Corrections {
    /// The same, in one order, nothing twice.
    #[must_use]
    pub fn normal(self) -> Self {
        Self {
            people: self.people.normal(),
            meetings: self.meetings.normal(),
            organizations: self.organizations.normal(),
        }
    }

    /// Adds to `keys` every name that is told to be somebody of these names.
    pub fn link_names(&self, keys: &mut Vec<String>) {
        loop {
            let linked = |list: &&Vec<NameRef>| list.iter().any(|name| keys.contains(&name.key));
            let all = self.people.same.iter().filter(linked).flatten().map(|name| name.key.clone());
            let new: Vec<String> = all.filter(|key| !keys.contains(key)).collect();
            if new.is_empty() {
                break;
            }
            keys.extend(new);
        }
        keys.sort_unstable();
        keys.dedup();
    }
}
