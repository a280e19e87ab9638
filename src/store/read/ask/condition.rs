//! A filter: conditions on a row and on what it is related to, compiled to one boolean expression.
//!
//! A condition on a value that is absent does not hold, so `not` of it does: there are two truths, not SQL's three.
//! Every value is a bound parameter.

use std::fmt::Arguments;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::{Column, Kind, Relation, at};

/// A condition on a row of a table, whose columns and relations it names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    /// All of these hold; of none, all do.
    All(Vec<Condition>),
    /// At least one of these holds; of none, none does.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// A column passes a test.
    Test(&'static Column, Operator),
    /// So many of the related rows meet a condition.
    Related(&'static Relation, Quantifier, Box<Condition>),
}

/// How large a condition is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Tests, relations, each `not`, and parts that ask for nothing; each hundred values of a test count as one more.
    pub conditions: usize,
    /// Relations in all.
    pub relations: usize,
    /// Relations one behind the other.
    pub depth: usize,
}

/// How many of the related rows have to meet a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// At least one.
    Some,
    /// None at all.
    None,
    /// All there are, also if there are none.
    Every,
}

/// A value to compare with, of the type of the column.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A word of a closed vocabulary.
    Word(&'static str),
    /// A whole number.
    Number(i64),
    /// A day.
    Day(NaiveDate),
    /// A point in time.
    Time(DateTime<Utc>),
    /// An id.
    Id(Uuid),
}

/// A test of a column. A NULL passes none but [`Operator::IsNull`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Is absent, or is not.
    IsNull(bool),
    /// Compares so with this.
    Is(Comparison, Value),
    /// Is one of these.
    In(Vec<Value>),
    /// Of text: compares so with this.
    Text(Match, String),
    /// Of text: is one of these.
    TextIn(Vec<String>),
    /// Of a set: holds all of these.
    HasAll(Vec<&'static str>),
    /// Of a set: holds at least one of these.
    HasAny(Vec<&'static str>),
    /// Of a set: does not hold this.
    HasNot(&'static str),
    /// Of [`Kind::Rules`]: one of these is among them.
    SomeRule(Vec<&'static str>),
    /// Of [`Kind::Rules`]: none of these is among them.
    NoRule(Vec<&'static str>),
}

/// How two values of one type compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// Is this.
    Eq,
    /// Is there and is another.
    Ne,
    /// More, or later.
    Gt,
    /// This or more.
    Gte,
    /// Less, or earlier.
    Lt,
    /// This or less.
    Lte,
}

/// How two texts compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Match {
    /// Is this, whole.
    Eq,
    /// Is there and is another.
    Ne,
    /// Holds this.
    Contains,
    /// Begins with this.
    StartsWith,
}

impl Default for Condition {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// Names for the rows of one statement, each once.
#[derive(Default)]
pub(in super::super) struct Aliases(usize);

/// Relations that the planner may join in the order it likes, and so begin at the one that leaves the fewest rows. What
/// it takes to plan grows with the fourth power of their number: those behind are looked up row by row.
const JOINED: usize = 6;

impl Aliases {
    fn next(&mut self, of: &str) -> String {
        self.0 += 1;
        format!("{of}{}", self.0)
    }
}

impl Condition {
    /// Whether it holds of every row, because nothing is asked.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::All(all) if all.iter().all(Self::is_empty))
    }

    /// How large it is.
    pub fn size(&self) -> Size {
        let one = Size { conditions: 1, ..Size::default() };
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().map(Self::size).fold(Size::default(), |all, part| Size {
                    // One of which nothing is asked is work, too.
                    conditions: all.conditions + part.conditions.max(1),
                    relations: all.relations + part.relations,
                    depth: all.depth.max(part.depth),
                })
            }
            Self::Not(part) => {
                let size = part.size();
                Size { conditions: size.conditions + 1, ..size }
            }
            Self::Test(_, Operator::In(values)) => Size { conditions: 1 + values.len() / 100, ..one },
            Self::Test(_, Operator::TextIn(values)) => Size { conditions: 1 + values.len() / 100, ..one },
            Self::Test(..) => one,
            Self::Related(_, _, part) => {
                let Size { conditions, relations, depth } = part.size();
                Size { conditions: conditions + 1, relations: relations + 1, depth: depth + 1 }
            }
        }
    }

    /// Adds the expression, for the row called `row`. It may be NULL where it does not hold.
    pub(in super::super) fn push(&self, sql: &mut QueryBuilder<Postgres>, row: &str, aliases: &mut Aliases) {
        match self {
            Self::All(parts) => push_joined(parts, " AND ", "true", sql, row, aliases),
            Self::Any(parts) => push_joined(parts, " OR ", "false", sql, row, aliases),
            Self::Not(part) => {
                sql.push("(");
                part.push(sql, row, aliases);
                sql.push(") IS NOT TRUE");
            }
            Self::Test(column, operator) => push_test(column, operator, sql, row),
            Self::Related(relation, quantifier, part) => {
                let inner = aliases.next(relation.to.alias);
                let is_joined = aliases.0 <= JOINED;
                let from = at(relation.from.unwrap_or(relation.to.from), &inner, row);
                let on = at(relation.on, &inner, row);
                let not = if *quantifier == Quantifier::Some { "" } else { "NOT " };
                sql.push(format_args!("{not}EXISTS (SELECT FROM {from} WHERE {on}"));
                if *quantifier == Quantifier::Every {
                    sql.push(" AND (");
                    part.push(sql, &inner, aliases);
                    sql.push(") IS NOT TRUE");
                } else if !part.is_empty() {
                    sql.push(" AND ");
                    part.push(sql, &inner, aliases);
                }
                sql.push(if is_joined { ")" } else { " OFFSET 0)" });
            }
        }
    }
}

fn push_joined(
    parts: &[Condition],
    between: &str,
    of_none: &str,
    sql: &mut QueryBuilder<Postgres>,
    row: &str,
    aliases: &mut Aliases,
) {
    match parts {
        [] => {
            sql.push(of_none);
        }
        [only] => only.push(sql, row, aliases),
        parts => {
            for (i, part) in parts.iter().enumerate() {
                sql.push(if i == 0 { "(" } else { between });
                part.push(sql, row, aliases);
            }
            sql.push(")");
        }
    }
}

fn push_test(column: &Column, operator: &Operator, sql: &mut QueryBuilder<Postgres>, row: &str) {
    let value = at(column.sql, row, "");
    match operator {
        Operator::IsNull(true) => push_sql(sql, format_args!("{value} IS NULL")),
        Operator::IsNull(false) => push_sql(sql, format_args!("{value} IS NOT NULL")),
        Operator::Is(comparison, with) => push_comparison(column.kind, &value, *comparison, with, sql),
        Operator::In(values) => {
            push_sql(sql, format_args!("{value} = ANY("));
            push_array(values, sql);
            push_sql(sql, format_args!(")"));
        }
        Operator::Text(how, with) => push_text(column, *how, with, sql, row),
        Operator::TextIn(texts) => push_text_in(column, texts, sql, row),
        Operator::HasAll(words) => push_words(sql, format_args!("{value} @> "), words, ""),
        Operator::HasAny(words) => push_words(sql, format_args!("{value} && "), words, ""),
        Operator::HasNot(word) => push_words(sql, format_args!("NOT {value} @> "), &[word], ""),
        Operator::SomeRule(rules) => push_words(sql, format_args!("EXISTS ({value} AND e.rule = ANY("), rules, "))"),
        Operator::NoRule(rules) => push_words(sql, format_args!("NOT EXISTS ({value} AND e.rule = ANY("), rules, "))"),
    }
}

fn push_sql(sql: &mut QueryBuilder<Postgres>, piece: Arguments<'_>) {
    sql.push(piece);
}

/// Words between two pieces of ours.
fn push_words(sql: &mut QueryBuilder<Postgres>, ahead: Arguments<'_>, words: &[&'static str], behind: &str) {
    sql.push(ahead).push_bind(words.to_vec()).push(behind);
}

fn push_comparison(kind: Kind, value: &str, comparison: Comparison, with: &Value, sql: &mut QueryBuilder<Postgres>) {
    let (sign, is_range) = match comparison {
        Comparison::Eq => ("=", false),
        Comparison::Ne => ("<>", false),
        Comparison::Gt => (">", true),
        Comparison::Gte => (">=", true),
        Comparison::Lt => ("<", true),
        Comparison::Lte => ("<=", true),
    };
    // Lists are in order of, and so have indexes on, days with a place for those that are absent: a range is asked of
    // these.
    if kind == Kind::Day && is_range {
        sql.push(format_args!("(coalesce({value}, '-infinity'::date) {sign} "));
        push_value(with, sql);
        sql.push(format_args!(" AND {value} IS NOT NULL)"));
    } else {
        sql.push(format_args!("{value} {sign} "));
        push_value(with, sql);
    }
}

/// Text is compared as folded, by the same function on both sides; a code as it is. Returns the function's name and the
/// column's side.
fn folded(column: &Column, row: &str) -> (&'static str, String) {
    let fold = if column.kind == Kind::Code { "" } else { "fold" };
    let text = match column.folded {
        Some(stored) => at(stored, row, ""),
        None => format!("{fold}({})", at(column.sql, row, "")),
    };
    (fold, text)
}

/// What is looked for, not yet folded; `None` if no text has it, because all of it is punctuation that names are without
/// or marks that `fold` takes away. A name's key has no space at its ends; what is looked for in it may.
fn sought(kind: Kind, how: Match, given: &str) -> Option<String> {
    let is_part = matches!(how, Match::Contains | Match::StartsWith);
    let is_key = matches!(kind, Kind::Name | Kind::BodyName);
    let key = kind.spelled(given);
    if kind == Kind::Code || given.is_empty() || !is_key && !key.chars().all(vanishes) {
        return Some(key);
    }
    if how == Match::Contains && given.trim().is_empty() {
        return Some(" ".to_owned());
    }
    if key.chars().all(vanishes) {
        return None;
    }
    let space = |is_there: bool| if is_there { " " } else { "" };
    let ahead = space(how == Match::Contains && given.starts_with(char::is_whitespace));
    let behind = space(is_part && given.ends_with(char::is_whitespace));
    Some(format!("{ahead}{key}{behind}"))
}

/// What `fold` leaves nothing of.
fn vanishes(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn push_text(column: &Column, how: Match, with: &str, sql: &mut QueryBuilder<Postgres>, row: &str) {
    let (fold, text) = folded(column, row);
    let Some(with) = sought(column.kind, how, with) else {
        // Nothing of it is part of any text: it is in none, where nothing at all is in every one.
        sql.push(if how == Match::Ne { format!("{text} IS NOT NULL") } else { "false".to_owned() });
        return;
    };
    let (sign, with) = match how {
        Match::Eq => ("=", with),
        Match::Ne => ("<>", with),
        Match::Contains => ("LIKE", format!("%{}%", escaped(&with))),
        Match::StartsWith => ("LIKE", format!("{}%", escaped(&with))),
    };
    // A query of its own is worked out once; anything else that is planned for whatever values, again for every row.
    sql.push(format_args!("{text} {sign} (SELECT {fold}(")).push_bind(with).push("))");
}

fn push_text_in(column: &Column, texts: &[String], sql: &mut QueryBuilder<Postgres>, row: &str) {
    let (fold, text) = folded(column, row);
    let texts: Vec<String> = texts.iter().filter_map(|text| sought(column.kind, Match::Eq, text)).collect();
    sql.push(format_args!("{text} = ANY(ARRAY(SELECT {fold}(given) FROM unnest("))
        .push_bind(texts)
        .push(") AS given))");
}

/// As a pattern that only this text fits. `fold` leaves these three as they are, and makes none of anything else.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if ['\\', '%', '_'].contains(&c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

fn push_value(value: &Value, sql: &mut QueryBuilder<Postgres>) {
    match value {
        Value::Word(word) => sql.push_bind(*word),
        Value::Number(number) => sql.push_bind(*number),
        Value::Day(day) => sql.push_bind(*day),
        Value::Time(time) => sql.push_bind(*time),
        Value::Id(id) => sql.push_bind(*id),
    };
}

/// An array of values, which are all of the type of one column.
fn push_array(values: &[Value], sql: &mut QueryBuilder<Postgres>) {
    macro_rules! all {
        ($kind:ident) => {
            values
                .iter()
                .filter_map(|value| if let Value::$kind(it) = value { Some(*it) } else { None })
                .collect::<Vec<_>>()
        };
    }
    match values.first() {
        None => sql.push("'{}'"),
        Some(Value::Word(_)) => sql.push_bind(all!(Word)),
        Some(Value::Number(_)) => sql.push_bind(all!(Number)),
        Some(Value::Day(_)) => sql.push_bind(all!(Day)),
        Some(Value::Time(_)) => sql.push_bind(all!(Time)),
        Some(Value::Id(_)) => sql.push_bind(all!(Id)),
    };
}
