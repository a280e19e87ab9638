//! Corrections applied: groups that are told to be one are joined, what is told apart is kept apart.

use std::collections::BTreeMap;

use crate::domain::{Mention, NameRef, Relations, ReportRef, ReportedMeeting};

/// Something that corrections can speak of.
pub trait Told {
    /// How they do.
    type Ref;

    /// Whether `told` means this.
    fn is_meant(&self, told: &Self::Ref) -> bool;
}

impl Told for Mention {
    type Ref = NameRef;

    fn is_meant(&self, told: &NameRef) -> bool {
        self.key == told.key && told.document.as_ref().is_none_or(|slug| *slug == self.slug)
    }
}

impl Told for ReportedMeeting {
    type Ref = ReportRef;

    fn is_meant(&self, told: &ReportRef) -> bool {
        self.slug == told.document && self.ordinal == told.ordinal
    }
}

/// Whether a list says that the two are not one.
pub fn apart<T: Told>(told: &Relations<T::Ref>, a: &T, b: &T) -> bool {
    told.different.iter().any(|list| {
        let means = |x: &T| list.iter().position(|entry| x.is_meant(entry));
        means(a).zip(means(b)).is_some_and(|(a, b)| a != b)
    })
}

/// Joins the groups that are told to be one, the later to the earlier, but none whose members are told apart. Groups
/// stay in order; members are not sorted anew.
pub fn joined<'a, K, T: Told>(mut groups: Vec<(K, Vec<&'a T>)>, told: &Relations<T::Ref>) -> Vec<(K, Vec<&'a T>)> {
    for list in &told.same {
        let meant = |group: &[&T]| group.iter().any(|x| list.iter().any(|entry| x.is_meant(entry)));
        let mut kept: Vec<(K, Vec<&'a T>)> = Vec::with_capacity(groups.len());
        let mut of_list: Vec<usize> = Vec::new();
        for (key, members) in groups {
            if !meant(&members) {
                kept.push((key, members));
                continue;
            }
            let fits = |at: &&usize| {
                let known = kept.get(**at).map(|(_, known)| known.as_slice()).unwrap_or_default();
                !known.iter().any(|a| members.iter().any(|b| apart(told, *a, *b)))
            };
            let place = of_list.iter().find(fits).copied();
            if let Some((_, known)) = place.and_then(|at| kept.get_mut(at)) {
                known.extend(members);
            } else {
                of_list.push(kept.len());
                kept.push((key, members));
            }
        }
        groups = kept;
    }
    groups
}

/// Splits a group where its members are told apart: those that an entry means become a group of their own, under the
/// entry's place in their lists; the others stay.
pub fn split<'a>(group: Vec<&'a Mention>, told: &Relations<NameRef>) -> Vec<(Vec<String>, Vec<&'a Mention>)> {
    let entry = |list: &[NameRef], m: &Mention| list.iter().find(|entry| m.is_meant(entry)).cloned();
    let splits = |list: &&Vec<NameRef>| {
        let mut meant: Vec<NameRef> = group.iter().filter_map(|m| entry(list, m)).collect();
        meant.sort();
        meant.dedup();
        meant.len() > 1
    };
    let lists: Vec<&Vec<NameRef>> = told.different.iter().filter(splits).collect();
    let mut groups: BTreeMap<Vec<String>, Vec<&Mention>> = BTreeMap::new();
    for mention in group {
        let entries = lists.iter().filter_map(|list| entry(list, mention));
        let mut label: Vec<String> = entries.filter_map(|entry| entry.document).collect();
        label.sort();
        label.dedup();
        groups.entry(label).or_default().push(mention);
    }
    groups.into_iter().collect()
}
