//! What is asked of a page, and the page itself.

use super::Sort;

/// The key of a row in its list's order, each part as text.
pub type Bound = Vec<String>;

/// Which end of a list (between the cursors) a page is taken from, and how many rows at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slice {
    /// The first so many.
    First(u16),
    /// The last so many.
    Last(u16),
}

/// A page of a list, by key: never by number, so that it stays where it is while the list grows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageArgs {
    /// How many, from which end.
    pub slice: Slice,
    /// Only rows behind this one. Must have passed [`super::List::accepts`].
    pub after: Option<Bound>,
    /// Only rows ahead of this one. Must have passed [`super::List::accepts`].
    pub before: Option<Bound>,
    /// The order of the list; empty for its own.
    pub order: Vec<Sort>,
    /// Whether the rows' keys are asked for; without, they are empty. They cost as much as the rows.
    pub keys: bool,
}

impl PageArgs {
    /// How many rows at most.
    pub(super) fn size(&self) -> u16 {
        match self.slice {
            Slice::First(n) | Slice::Last(n) => n,
        }
    }

    /// Whether the page is counted from the list's end.
    pub(super) fn backwards(&self) -> bool {
        matches!(self.slice, Slice::Last(_))
    }

    /// Puts together a page from the rows that were read for it: up to one more than asked for, and from the end on
    /// if it is counted from there.
    pub(super) fn page<E>(&self, mut rows: Vec<(Bound, E)>) -> Page<E> {
        let size = usize::from(self.size());
        let more = rows.len() > size;
        rows.truncate(size);
        if self.backwards() {
            rows.reverse();
        }
        let (has_previous, has_next) = match self.slice {
            Slice::First(_) => (self.after.is_some(), more || self.before.is_some()),
            Slice::Last(_) => (more || self.after.is_some(), self.before.is_some()),
        };
        Page { rows, has_previous, has_next }
    }
}

/// Consecutive rows of a list, in its order.
#[derive(Clone, Debug)]
pub struct Page<E> {
    /// Each row with its key, if keys were asked for.
    pub rows: Vec<(Bound, E)>,
    /// Whether the list has rows ahead of these.
    pub has_previous: bool,
    /// Whether the list has rows behind these.
    pub has_next: bool,
}
