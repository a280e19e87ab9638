//! `groups`: the rows of a list counted by what they have in common.
//!
//! The types are made from the store's descriptions, as those of filters are (`ask`): a key that a description gains is a
//! value of the enum and a field of the group at once.

mod key;
mod row;

use std::{borrow::Cow, sync::Arc};

use async_graphql::{Context, Enum, Object, Result, SimpleObject, TypeName};

pub use key::GroupBy;
pub use row::GroupOf;

use super::{
    error::bad_input,
    limits::{GROUPS_DEFAULT, GROUPS_MAX, MAX_GROUP_KEYS},
    loaders::{self, PageOf},
};
use crate::store::read::{Entity, GroupRows, Grouping, List};

/// In which order groups stand (thứ tự các nhóm).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum GroupOrder {
    /// The largest first (nhóm lớn nhất trước), equal ones by their keys.
    Count,
    /// By their keys (theo khóa): numbers from the smallest on, words, text and names by the alphabet, provinces by
    /// their codes, those without a value last.
    Key,
}

/// A number added up over the rows of a group (tổng).
#[derive(Clone, SimpleObject)]
pub struct GroupSum {
    /// The sum (tổng số); null if no row states the number. A row that does not state it adds nothing, which is not 0.
    sum: Option<i64>,
    /// How many rows state the number (số mục có nêu).
    stated: i64,
}

/// The groups of a list of `E`.
pub struct GroupsOf<E> {
    by: Arc<Grouping>,
    found: Arc<GroupRows>,
    of: std::marker::PhantomData<fn() -> E>,
}

impl<E: Entity> GroupsOf<E> {
    /// Those that are asked for of the list that a page is of, whatever the page.
    pub async fn read(
        ctx: &Context<'_>,
        of: &PageOf<List<E>>,
        by: Vec<GroupBy<E>>,
        first: Option<i32>,
        order: Option<GroupOrder>,
    ) -> Result<Self> {
        let mut keys = Vec::new();
        for by in by {
            if !keys.contains(&by.key) {
                keys.push(by.key);
            }
        }
        if keys.len() > MAX_GROUP_KEYS {
            return Err(bad_input(ctx, "by", format!("`by` has {} keys; {MAX_GROUP_KEYS} are allowed", keys.len())));
        }
        let limit = match first {
            None => GROUPS_DEFAULT,
            Some(asked) => match u16::try_from(asked) {
                Ok(limit) if limit <= GROUPS_MAX => limit,
                _ => {
                    return Err(bad_input(
                        ctx,
                        "first",
                        format!("`first` must be from 0 to {GROUPS_MAX}, not {asked}"),
                    ));
                }
            },
        };
        let by = Arc::new(Grouping { by: keys, by_key: order == Some(GroupOrder::Key), limit });
        let found = loaders::groups(ctx, of, by.clone()).await?;
        Ok(Self { by, found, of: std::marker::PhantomData })
    }
}

impl<E: Entity> TypeName for GroupsOf<E> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Groups", E::TABLE.name).into()
    }
}

/// The groups of a list (các nhóm): its rows counted by what they have in common, on all pages, under the same filter.
#[Object(name_type)]
impl<E: Entity> GroupsOf<E> {
    /// The groups, as many as were asked for.
    async fn nodes(&self) -> Vec<GroupOf<E>> {
        let rows = self.found.rows.iter().take(self.by.limit.into());
        rows.map(|row| GroupOf::new(self.by.clone(), row.clone())).collect()
    }

    /// How many groups there are (số nhóm), also beyond those given here.
    async fn total_count(&self) -> i64 {
        self.found.total
    }

    /// Whether there are more groups than are given here.
    async fn has_more(&self) -> bool {
        self.found.total > self.by.limit.into()
    }
}
