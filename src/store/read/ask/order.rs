//! An order of a list: the keys of ORDER BY, which are also what a cursor is made of.
//!
//! A key is never NULL: where a value can be absent, something below or above all values stands for it, so that
//! comparing is simple and an index on the same expression serves. The last key is unique.

use chrono::{DateTime, Datelike, NaiveDate};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::{Column, Kind, Table, at};

/// A column to put a list in order by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    /// One of [`Table::orders`].
    pub column: &'static Column,
    /// From the greatest or latest on.
    pub descending: bool,
    /// Whether rows without a value come first, else last.
    pub nulls_first: bool,
}

impl Sort {
    /// The same words for the same order: part of its cursors.
    pub(in super::super) fn signature(&self) -> String {
        let direction = if self.descending { '-' } else { '+' };
        let nulls = if self.nulls_first { "^" } else { "" };
        format!("{direction}{}{nulls}", self.column.name)
    }
}

/// Of which type a key's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum KeyType {
    Text,
    Day,
    Int,
    Number,
    Time,
    Id,
}

impl KeyType {
    fn sql(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Day => "date",
            Self::Int => "int",
            Self::Number => "bigint",
            Self::Time => "timestamptz",
            Self::Id => "uuid",
        }
    }

    /// Whether `value` is one of this type as PostgreSQL writes it; chrono and uuid read forms that it does not.
    pub(in super::super) fn accepts(self, value: &str) -> bool {
        let written = |parsed: String| parsed == value;
        let endless = ["-infinity", "infinity"].contains(&value);
        let in_range = |year: i32| (1..=9999).contains(&year);
        match self {
            Self::Text => !value.contains('\0'),
            Self::Day => {
                endless || value.parse::<NaiveDate>().is_ok_and(|day| in_range(day.year()) && written(day.to_string()))
            }
            Self::Int => value.parse::<i32>().is_ok_and(|number| written(number.to_string())),
            Self::Number => value.parse::<i64>().is_ok_and(|number| written(number.to_string())),
            Self::Time => {
                let time = DateTime::parse_from_str(value, "%Y-%m-%d %H:%M:%S%.f%#z");
                endless || value.len() <= 32 && value.is_ascii() && time.is_ok_and(|time| in_range(time.year()))
            }
            Self::Id => value.parse::<Uuid>().is_ok_and(|id| written(id.to_string())),
        }
    }
}

/// A key of a list's order.
#[derive(Clone, Debug)]
pub(in super::super) struct OrderKey {
    pub(in super::super) sql: String,
    pub(in super::super) of: KeyType,
    pub(in super::super) descending: bool,
}

/// The keys for these sorts of rows called `row`, completed by the id.
pub(in super::super) fn keys(table: &Table, sorts: &[Sort], row: &str) -> Vec<OrderKey> {
    let mut keys: Vec<OrderKey> = sorts.iter().map(|sort| key(sort, row)).collect();
    let descending = sorts.last().is_some_and(|sort| sort.descending);
    let id = table.columns.iter().find(|column| column.kind == Kind::Id).map_or("#.id", |column| column.sql);
    keys.push(OrderKey { sql: at(id, row, ""), of: KeyType::Id, descending });
    keys
}

fn key(sort: &Sort, row: &str) -> OrderKey {
    let column = sort.column;
    let value = || at(column.sql, row, "");
    // What stands for an absent value, below and above all others.
    let (sql, of, [below, above]) = match column.kind {
        Kind::Day => (value(), KeyType::Day, ["'-infinity'::date", "'infinity'::date"]),
        Kind::Time => (value(), KeyType::Time, ["'-infinity'::timestamptz", "'infinity'::timestamptz"]),
        Kind::Number => {
            (format!("({})::bigint", value()), KeyType::Number, ["-9223372036854775808", "9223372036854775807"])
        }
        Kind::Id => (value(), KeyType::Id, ["NULL", "NULL"]),
        Kind::Text | Kind::Name | Kind::BodyName => {
            let folded = match column.folded {
                Some(stored) => at(stored, row, ""),
                None => format!("fold({}) COLLATE \"C\"", value()),
            };
            (folded, KeyType::Text, ["''", "chr(1114111)"])
        }
        _ => (value(), KeyType::Text, ["''", "chr(1114111)"]),
    };
    let absent = if sort.descending == sort.nulls_first { above } else { below };
    let sql = if column.is_nullable { format!("coalesce({sql}, {absent})") } else { sql };
    OrderKey { sql, of, descending: sort.descending }
}

/// The keys as `k0, k1`, to be selected.
pub(in super::super) fn keys_sql(keys: &[OrderKey]) -> String {
    let columns: Vec<String> = keys.iter().enumerate().map(|(i, key)| format!(", {} AS k{i}", key.sql)).collect();
    columns.concat()
}

/// ` ORDER BY k0, k1`, the one way or the other.
pub(in super::super) fn order_sql(keys: &[OrderKey], backwards: bool) -> String {
    let direction = |key: &OrderKey| if key.descending == backwards { "ASC" } else { "DESC" };
    let terms: Vec<String> = keys.iter().enumerate().map(|(i, key)| format!("k{i} {}", direction(key))).collect();
    format!(" ORDER BY {}", terms.join(", "))
}

/// Adds that a row comes behind, or ahead of, the one with these values of the keys. `value` adds a key's value.
pub(in super::super) fn push_bound(
    keys: &[OrderKey],
    behind: bool,
    sql: &mut QueryBuilder<Postgres>,
    value: impl Fn(usize, &mut QueryBuilder<Postgres>),
) {
    let sign = |key: &OrderKey| if key.descending == behind { "<" } else { ">" };
    let push_value = |i: usize, key: &OrderKey, sql: &mut QueryBuilder<Postgres>| {
        value(i, sql);
        sql.push("::").push(key.of.sql());
    };
    let Some(first) = keys.first() else { return };
    if keys.iter().all(|key| key.descending == first.descending) {
        // One comparison of rows, which an index in this order begins at.
        let columns: Vec<&str> = keys.iter().map(|key| key.sql.as_str()).collect();
        sql.push(format_args!(" AND ({}) {} (", columns.join(", "), sign(first)));
        for (i, key) in keys.iter().enumerate() {
            sql.push(if i == 0 { "" } else { ", " });
            push_value(i, key, sql);
        }
        sql.push(")");
        return;
    }
    // The first key alone is said once more, because an index can begin at that.
    sql.push(format_args!(" AND {} {}= ", first.sql, sign(first)));
    push_value(0, first, sql);
    sql.push(" AND (");
    for (i, key) in keys.iter().enumerate() {
        if i > 0 {
            sql.push(" OR (");
            for (j, equal) in keys.iter().enumerate().take(i) {
                sql.push(format_args!("{} = ", equal.sql));
                push_value(j, equal, sql);
                sql.push(" AND ");
            }
        }
        sql.push(format_args!("{} {} ", key.sql, sign(key)));
        push_value(i, key, sql);
        sql.push(if i > 0 { ")" } else { "" });
    }
    sql.push(")");
}
