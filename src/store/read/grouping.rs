//! Lists counted by what their rows have in common, below many parents in one statement.

use std::collections::HashMap;

use sqlx::{Error, Postgres, QueryBuilder, Row, postgres::PgRow};
use uuid::Uuid;

use super::{
    Condition, Entity, Fields, List, Snapshot,
    ask::{GroupKey, GroupKind, at},
    row::province,
};
use crate::domain::ProvinceId;

/// How a list is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Grouping {
    /// By what; by nothing, all rows are one group.
    pub by: Vec<&'static GroupKey>,
    /// The groups in order of their keys; else the largest first.
    pub by_key: bool,
    /// How many groups at most.
    pub limit: u16,
}

/// What the rows of a group have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupValue {
    /// A whole number.
    Number(i64),
    /// Text, or a word of a closed vocabulary.
    Text(String),
    /// A province.
    Province(ProvinceId),
    /// The id of a body or a person.
    Id(Uuid),
}

/// Rows that have the same values of all keys.
#[derive(Clone, Debug)]
pub struct GroupRow {
    /// The value of each key, in their order; `None` of rows without one.
    pub values: Vec<Option<GroupValue>>,
    /// How many rows.
    pub count: i64,
    /// Of each of the table's sums: the sum, if there is any, and of how many rows.
    pub sums: Vec<(Option<i64>, i64)>,
}

/// The groups of a list.
#[derive(Clone, Debug, Default)]
pub struct GroupRows {
    /// As many as were asked for, in order.
    pub rows: Vec<GroupRow>,
    /// How many there are.
    pub total: i64,
}

/// The groups of the list below each of `parents`; for a list of all, `None` is the one parent.
pub async fn groups<E: Entity>(
    snapshot: &Snapshot,
    list: List<E>,
    filter: &Condition,
    grouping: &Grouping,
    parents: &[Option<Uuid>],
) -> Result<HashMap<Option<Uuid>, GroupRows>, Error> {
    let mut sql = statement(list, filter, grouping, parents);
    let mut found: HashMap<Option<Uuid>, GroupRows> =
        parents.iter().map(|parent| (*parent, GroupRows::default())).collect();
    for row in snapshot.rows(sql.build()).await? {
        let groups = found.entry(row.try_get("parent")?).or_default();
        groups.total = row.try_get("total")?;
        groups.rows.push(GroupRow {
            values: grouping.by.iter().enumerate().map(|(i, key)| value(&row, key, i)).collect::<Result<_, _>>()?,
            count: row.try_get("count")?,
            sums: (0..E::TABLE.sums.len())
                .map(|i| Ok((row.try_get(&*format!("s{i}"))?, row.try_get(&*format!("n{i}"))?)))
                .collect::<Result<_, Error>>()?,
        });
    }
    Ok(found)
}

fn statement<E: Entity>(
    list: List<E>,
    filter: &Condition,
    grouping: &Grouping,
    parents: &[Option<Uuid>],
) -> QueryBuilder<Postgres> {
    let (alias, sums) = (E::TABLE.alias, E::TABLE.sums);
    let keys: Vec<String> = (0..grouping.by.len()).map(|i| format!(", k{i}")).collect();
    let keys = keys.concat();
    let mut sql: QueryBuilder<Postgres> = QueryBuilder::default();
    // A row that has a value twice stands in its group once.
    let distinct = if grouping.by.iter().any(|key| key.many) { "DISTINCT " } else { "" };
    sql.push(format_args!(
        "WITH listed AS (SELECT {distinct}{} AS parent, {}",
        list.parent.unwrap_or("NULL::uuid"),
        E::ID
    ));
    for (i, key) in grouping.by.iter().enumerate() {
        sql.push(format_args!(", {} AS k{i}", at(key.sql, alias, "")));
    }
    for (i, sum) in sums.iter().enumerate() {
        sql.push(format_args!(", {} AS s{i}", at(sum.sql, alias, "")));
    }
    sql.push(" FROM ").push(list.rows_sql());
    let mut joined: Vec<&str> = Vec::new();
    for key in &grouping.by {
        if !joined.contains(&key.join) {
            joined.push(key.join);
            sql.push(at(key.join, alias, ""));
            if key.many {
                sql.push(format_args!(" AND ({})", has_value(&grouping.by, key.join, alias)));
            }
        }
    }
    list.push_where(&mut sql, filter, Some(parents));
    sql.push(format_args!("), grouped AS (SELECT parent{keys}, count(*) AS count"));
    for i in 0..sums.len() {
        sql.push(format_args!(", sum(s{i})::bigint AS s{i}, count(s{i}) AS n{i}"));
    }
    let by_key: Vec<String> =
        grouping.by.iter().enumerate().map(|(i, key)| format!("{} NULLS LAST", key.order(&format!("k{i}")))).collect();
    let mut order = if grouping.by_key { Vec::new() } else { vec!["count DESC".to_owned()] };
    order.extend(by_key);
    // What names put in order is told apart by the ids at last.
    order.extend((0..grouping.by.len()).map(|i| format!("k{i}")));
    order.push("count".to_owned());
    sql.push(format_args!(
        " FROM listed GROUP BY parent{keys}), placed AS (SELECT *, count(*) OVER (PARTITION BY parent) AS total, \
         row_number() OVER (PARTITION BY parent ORDER BY {}) AS place FROM grouped) \
         SELECT * FROM placed WHERE place <= ",
        order.join(", ")
    ));
    // The first group is read in any case, because it tells how many there are.
    sql.push_bind(i64::from(grouping.limit.max(1))).push(" ORDER BY parent, place");
    sql
}

/// That what is joined so has a value of some key: without one are rows that have none at all, not those that have
/// something without beside.
fn has_value(keys: &[&GroupKey], join: &str, alias: &str) -> String {
    let of_join = keys.iter().filter(|key| key.join == join);
    of_join.map(|key| format!("{} IS NOT NULL", at(key.sql, alias, ""))).collect::<Vec<_>>().join(" OR ")
}

fn value(row: &PgRow, key: &GroupKey, i: usize) -> Result<Option<GroupValue>, Error> {
    let column = format!("k{i}");
    let column = column.as_str();
    Ok(match key.kind {
        GroupKind::Number => row.try_get::<Option<i64>, _>(column)?.map(GroupValue::Number),
        GroupKind::Text | GroupKind::Word(_) | GroupKind::Role => {
            row.try_get::<Option<String>, _>(column)?.map(GroupValue::Text)
        }
        GroupKind::Province => province(&Fields::of(row), column)?.map(GroupValue::Province),
        GroupKind::Organization | GroupKind::Person => row.try_get::<Option<Uuid>, _>(column)?.map(GroupValue::Id),
    })
}
