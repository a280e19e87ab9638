//! The description of a kind of thing: where it stands, its columns and its relations.

use std::hash::{Hash, Hasher};

use super::{GroupKey, Sum};
use crate::domain::{name_key, written_out_key};

/// A kind of thing that can be asked about.
#[derive(Debug)]
pub struct Table {
    /// Its name, as in `Meeting`.
    pub name: &'static str,
    /// What its rows are, in words, with the Vietnamese term.
    pub things: &'static str,
    /// What rows of it are called in a statement, followed by a number where there are several.
    pub(in super::super) alias: &'static str,
    /// What stands behind FROM.
    pub(in super::super) from: &'static str,
    /// What is known of a row.
    pub columns: &'static [Column],
    /// What a row is related to.
    pub relations: &'static [Relation],
    /// What lists of it are counted by.
    pub groups: &'static [GroupKey],
    /// What is added up when they are.
    pub sums: &'static [Sum],
}

/// Something that is known of a row.
#[derive(Debug)]
pub struct Column {
    /// Its name, as in `review_year`.
    pub name: &'static str,
    /// What it is, in words, with the Vietnamese term.
    pub doc: &'static str,
    /// What can be asked of it.
    pub kind: Kind,
    /// Whether lists can be narrowed by it.
    pub is_filter: bool,
    /// Whether lists can be put in order by it.
    pub is_order: bool,
    /// Whether rows can be without it.
    pub is_nullable: bool,
    /// The value.
    pub(super) sql: &'static str,
    /// For text: what `fold` makes of the value (or of its key), stored where it can be.
    pub(super) folded: Option<&'static str>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The row's id.
    Id,
    /// Text, compared as folded.
    Text,
    /// A name of people, of which [`name_key`] is stored, compared as folded.
    Name,
    /// A name of bodies, of which [`written_out_key`] is stored, compared as folded.
    BodyName,
    /// A slug or code, compared as it is.
    Code,
    /// A word of a closed vocabulary.
    Word(Vocabulary),
    /// A set of words of [`ParticipantRole`](crate::domain::ParticipantRole).
    Roles,
    /// A whole number.
    Number,
    /// A day.
    Day,
    /// A point in time.
    Time,
    /// The rules in the evidence, of which the confidence follows. The SQL is a statement that finds the evidence as
    /// `e`.
    Rules,
}

impl Kind {
    /// What a text that a client gives is compared as, before it is folded.
    pub(super) fn spelled(self, text: &str) -> String {
        match self {
            Self::Name => name_key(text),
            Self::BodyName => written_out_key(text),
            _ => text.to_owned(),
        }
    }
}

/// The closed vocabularies that columns hold words of, each as in [`domain`](crate::domain).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vocabulary {
    /// What a document is.
    DocumentKind,
    /// What a meeting is.
    MeetingKind,
    /// Whose meeting it is.
    MeetingLevel,
    /// How people took part.
    MeetingMode,
    /// When in the day it was held.
    PartOfDay,
    /// A named person or a delegation.
    ParticipantKind,
}

impl Column {
    /// A column that lists can be narrowed by.
    pub(in super::super) const fn new(name: &'static str, kind: Kind, sql: &'static str, doc: &'static str) -> Self {
        Self { name, doc, kind, is_filter: true, is_order: false, is_nullable: true, sql, folded: None }
    }

    /// The row's id.
    pub(in super::super) const fn id(sql: &'static str) -> Self {
        Self::new("id", Kind::Id, sql, "The thing itself, by its global id.").required()
    }

    /// How sure it is, by the rules in the evidence that this statement finds.
    pub(in super::super) const fn confidence(sql: &'static str) -> Self {
        Self::new("confidence", Kind::Rules, sql, "How sure that is (độ tin cậy), in [0, 1].")
    }

    /// The column that `fold` of it is stored in.
    pub(in super::super) const fn folded(self, sql: &'static str) -> Self {
        Self { folded: Some(sql), ..self }
    }

    /// Every row has it.
    pub(in super::super) const fn required(self) -> Self {
        Self { is_nullable: false, ..self }
    }

    /// Lists can be put in order by it, too.
    pub(in super::super) const fn order(self) -> Self {
        Self { is_order: true, ..self }
    }

    /// Lists can be put in order by it, but not narrowed: where a relation says it better.
    pub(in super::super) const fn order_only(self) -> Self {
        Self { is_order: true, is_filter: false, ..self }
    }
}

/// When a node of this kind last changed.
macro_rules! updated {
    ($kind:literal) => {
        $crate::store::read::Column::new(
            "updated_at",
            $crate::store::read::Kind::Time,
            concat!("(SELECT x.changed_at FROM node_changes x WHERE x.kind = '", $kind, "' AND x.id = #.id)"),
            "When it last changed (thời điểm cập nhật). Who wants all that changed follows `changes`.",
        )
        .order()
    };
}
pub(in super::super) use updated;

/// What rows of one table have to do with rows of another.
#[derive(Debug)]
pub struct Relation {
    /// Its name, as in `co_organizers`.
    pub name: &'static str,
    /// What it is, in words, with the Vietnamese term.
    pub doc: &'static str,
    /// Whether a row can have several.
    pub many: bool,
    /// What it leads to.
    pub to: &'static Table,
    /// What stands behind FROM, if it is not simply the table.
    pub(super) from: Option<&'static str>,
    /// When a row `#` is one that `^` has.
    pub(super) on: &'static str,
}

impl Relation {
    /// At most one.
    pub(in super::super) const fn one(
        name: &'static str,
        to: &'static Table,
        on: &'static str,
        doc: &'static str,
    ) -> Self {
        Self { name, doc, many: false, to, from: None, on }
    }

    /// Any number.
    pub(in super::super) const fn many(
        name: &'static str,
        to: &'static Table,
        on: &'static str,
        doc: &'static str,
    ) -> Self {
        Self { name, doc, many: true, to, from: None, on }
    }

    /// Through other tables, which stand behind FROM together with the one it leads to.
    pub(in super::super) const fn through(self, from: &'static str) -> Self {
        Self { from: Some(from), ..self }
    }
}

impl Table {
    /// The column of this name that lists can be narrowed by.
    pub fn filter(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.is_filter && column.name == name)
    }

    /// The relation of this name.
    pub fn relation(&self, name: &str) -> Option<&'static Relation> {
        self.relations.iter().find(|relation| relation.name == name)
    }

    /// The columns that lists can be put in order by.
    pub fn orders(&self) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().filter(|column| column.is_order)
    }
}

/// Descriptions are constants, so being the same one is being at the same place. What they lead to leads back, so it
/// could not be compared.
macro_rules! same_by_place {
    ($($of:ty),+) => {$(
        impl PartialEq for $of {
            fn eq(&self, other: &Self) -> bool {
                std::ptr::eq(self, other)
            }
        }
        impl Eq for $of {}
        impl Hash for $of {
            fn hash<H: Hasher>(&self, state: &mut H) {
                std::ptr::hash(self, state);
            }
        }
    )+};
}
same_by_place!(Column, Relation);
