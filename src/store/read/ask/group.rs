//! What lists are counted by.

use std::hash::{Hash, Hasher};

use super::Vocabulary;

/// Something that rows can be counted by.
#[derive(Debug)]
pub struct GroupKey {
    /// Its name, as in `review_year`.
    pub name: &'static str,
    /// What it is, in words, with the Vietnamese term.
    pub doc: &'static str,
    /// What its values are.
    pub kind: GroupKind,
    /// The value.
    pub(in super::super) sql: &'static str,
    /// What stands behind FROM for it, besides the table.
    pub(in super::super) join: &'static str,
    /// Whether a row can have several of them, and so stand in several groups.
    pub(in super::super) many: bool,
}

/// What the values of a key are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// A whole number.
    Number,
    /// Text.
    Text,
    /// A word of a closed vocabulary.
    Word(Vocabulary),
    /// A participant's role.
    Role,
    /// A province, by its number.
    Province,
    /// A body, by its id.
    Organization,
    /// A person, by their id.
    Person,
}

impl GroupKey {
    /// Counted by this value.
    pub(in super::super) const fn new(
        name: &'static str,
        kind: GroupKind,
        sql: &'static str,
        doc: &'static str,
    ) -> Self {
        Self { name, doc, kind, sql, join: "", many: false }
    }

    /// With more behind FROM, which gives each row one other.
    pub(in super::super) const fn join(self, join: &'static str) -> Self {
        Self { join, ..self }
    }

    /// With a left join behind FROM, which gives each row any number of others and ends with its condition.
    pub(in super::super) const fn each(self, join: &'static str) -> Self {
        Self { join, many: true, ..self }
    }

    /// What puts its values in order, where `value` is one.
    pub(in super::super) fn order(&self, value: &str) -> String {
        match self.kind {
            GroupKind::Organization => format!("(SELECT x.name_folded FROM organizations x WHERE x.id = {value})"),
            GroupKind::Person => format!("(SELECT x.name_folded FROM people x WHERE x.id = {value})"),
            GroupKind::Text | GroupKind::Word(_) | GroupKind::Role => format!("{value} COLLATE \"C\""),
            GroupKind::Number | GroupKind::Province => value.to_owned(),
        }
    }
}

/// A number of rows that is added up in their groups.
#[derive(Debug)]
pub struct Sum {
    /// Its name, as in `collectives`.
    pub name: &'static str,
    /// What it is, in words, with the Vietnamese term.
    pub doc: &'static str,
    /// The number.
    pub(in super::super) sql: &'static str,
}

impl PartialEq for GroupKey {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for GroupKey {}

impl Hash for GroupKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::hash(self, state);
    }
}
