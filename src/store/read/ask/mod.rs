//! Asking: what lists can be narrowed by, put in order by and counted by, all from one description per kind of thing.
//!
//! - [`Table`]: the description, one constant beside each entity: its columns, its relations, what it is grouped by.
//!   A field added there can be asked about everywhere, in filters, orders and groups, also through relations.
//! - [`Condition`]: a filter, a tree over a table's columns and relations, compiled to one boolean expression.
//! - [`GroupKey`]: what a list is counted by;
//! - [`Sort`]: a key of an order, of which come ORDER BY and cursors.
//!
//! In the SQL of a description `#` stands for the alias of the row itself and `^` for that of the row it is related to,
//! so that the same table can stand in a statement many times. All of it is ours; what a client sends becomes parameters.

mod condition;
mod group;
mod order;
mod table;

pub(super) use condition::Aliases;
pub use condition::{Comparison, Condition, Match, Operator, Quantifier, Size, Value};
pub use group::{GroupKey, GroupKind, Sum};
pub use order::Sort;
pub(super) use order::{KeyType, OrderKey, keys, keys_sql, order_sql, push_bound};
pub(super) use table::updated;
pub use table::{Column, Kind, Relation, Table, Vocabulary};

/// A piece of a description's SQL where the row is called `alias` and the one it is related to `outer`.
pub(super) fn at(template: &str, alias: &str, outer: &str) -> String {
    template.replace('#', alias).replace('^', outer)
}
