//! What a list can be narrowed by. Every value is a bound parameter.

use std::{fmt::Debug, hash::Hash};

use sqlx::{Encode, Postgres, QueryBuilder, Type, postgres::PgHasArrayType};

/// Conditions on the rows of a list.
pub trait Filter: Clone + Debug + Default + Eq + Hash + Send + Sync + 'static {
    /// Adds ` AND ...` for each condition.
    fn push(&self, sql: &mut QueryBuilder<Postgres>);
}

/// Conditions on one column; all that are set must hold. A NULL meets none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Test<T> {
    /// Equal to this.
    pub eq: Option<T>,
    /// Equal to one of these.
    pub one_of: Option<Vec<T>>,
    /// This or more.
    pub gte: Option<T>,
    /// This or less.
    pub lte: Option<T>,
}

impl<T> Default for Test<T> {
    fn default() -> Self {
        Self { eq: None, one_of: None, gte: None, lte: None }
    }
}

impl<T: Clone> Test<T> {
    /// The same conditions on what the database keeps for a `T`.
    pub(super) fn map<U>(&self, f: impl Fn(T) -> U) -> Test<U> {
        Test {
            eq: self.eq.clone().map(&f),
            one_of: self.one_of.clone().map(|values| values.into_iter().map(&f).collect()),
            gte: self.gte.clone().map(&f),
            lte: self.lte.clone().map(&f),
        }
    }
}

impl<T> Test<T>
where
    T: Clone + Send + 'static + Type<Postgres> + PgHasArrayType + for<'q> Encode<'q, Postgres>,
{
    /// Adds the conditions on `column`, which is SQL of ours.
    pub(super) fn push(&self, sql: &mut QueryBuilder<Postgres>, column: &'static str) {
        for (operator, value) in [("=", &self.eq), (">=", &self.gte), ("<=", &self.lte)] {
            if let Some(value) = value {
                sql.push(" AND ").push(column).push(" ").push(operator).push(" ").push_bind(value.clone());
            }
        }
        if let Some(values) = &self.one_of {
            sql.push(" AND ").push(column).push(" = ANY(").push_bind(values.clone()).push(")");
        }
    }
}

/// Conditions on the rules in something's evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct RuleTest {
    /// One of these is among them.
    pub some_of: Option<Vec<&'static str>>,
    /// None of these is among them.
    pub none_of: Option<Vec<&'static str>>,
}

impl RuleTest {
    /// Adds the conditions on the rules that `rules` selects, a statement of ours with `e` for the evidence.
    pub(super) fn push(&self, sql: &mut QueryBuilder<Postgres>, rules: &'static str) {
        for (test, names) in [(" AND EXISTS (", &self.some_of), (" AND NOT EXISTS (", &self.none_of)] {
            if let Some(names) = names {
                sql.push(test).push(rules).push(" AND e.rule = ANY(").push_bind(names.clone()).push("))");
            }
        }
    }
}
