//! A list or a thing together with what is below it, level by level, in a single statement.
//!
//! Each level is the very statement that [`pages`](super::pages), [`by_ids`](super::by_ids) or
//! [`rows_of`](super::rows_of) would send, but for where its keys come from: they are taken from the level above, which
//! is a `WITH` query. What the levels find comes in one result, one level behind the other; its columns are shared by all
//! that have some of their type (`columns.rs`). Ahead of them stands the version of the data that they are of.
//!
//! PostgreSQL takes the parts of a UNION ALL one behind the other, each in its own order, and none of them in parallel,
//! because they read WITH queries; a query below LATERAL is joined by a nested loop, which keeps its order.
//!
//! This saves round trips, nothing else. Whoever does not ask ahead gets the same rows by the same statements later.

use std::collections::HashMap;

use sqlx::{Error, Postgres, QueryBuilder, Row};
use uuid::Uuid;

use super::{
    Condition, DataVersion, Entity, Fields, FromFields, Group, List, Page, PageArgs, Snapshot,
    columns::{Columns, type_of},
    list::{Parents, cursor},
    row,
};

/// More levels than this are not read at once: planning them would take longer than it saves.
const MOST_LEVELS: usize = 40;

/// Where the columns stand that every row has: of which level it is, below what, and of which version; behind them, a
/// level's own.
const LEVEL: usize = 0;
const PARENT: usize = 1;
const VERSION: usize = 2;
const OWN: usize = 3;

/// A level of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level(usize);

/// What to read. Every level hands what it finds to whoever asked for it, who makes an `O` of it.
pub struct Tree<O> {
    levels: Vec<Box<dyn Part<O>>>,
}

impl<O> Default for Tree<O> {
    fn default() -> Self {
        Self { levels: Vec::new() }
    }
}

/// A level, whatever its rows are.
trait Part<O>: Send {
    /// The level whose rows this is below.
    fn above(&self) -> Option<Level>;
    /// Its columns, besides the parent's id.
    fn columns(&self) -> Columns<'_>;
    /// Its statement; `parents` selects the ids of the level above.
    fn push(&self, sql: &mut QueryBuilder<Postgres>, parents: &str);
    /// Which of its rows others are below.
    fn limit(&self) -> Option<u16>;
    /// A row of it.
    fn take(&mut self, parent: Option<Uuid>, row: &Fields<'_>) -> Result<(), Error>;
    /// All were taken; of these parents.
    fn give(self: Box<Self>, parents: &[Uuid]) -> O;
}

impl<O: 'static> Tree<O> {
    /// How many levels there are.
    #[expect(clippy::len_without_is_empty, reason = "nobody asks")]
    pub fn len(&self) -> usize {
        self.levels.len()
    }

    fn add(&mut self, part: impl Part<O> + 'static) -> Option<Level> {
        (self.levels.len() < MOST_LEVELS).then(|| {
            self.levels.push(Box::new(part));
            Level(self.levels.len() - 1)
        })
    }

    /// A page of a list: below each row of `above`, or of all. `None` if there are too many levels already.
    pub fn page<E: Entity>(
        &mut self,
        above: Option<Level>,
        list: List<E>,
        filter: std::sync::Arc<Condition>,
        args: PageArgs,
        give: impl FnOnce(Vec<(Option<Uuid>, Page<E>)>) -> O + Send + 'static,
    ) -> Option<Level> {
        self.add(PageOf { above, list, filter, args, found: HashMap::new(), give })
    }

    /// The things with these ids.
    pub fn things<E: Entity>(
        &mut self,
        ids: Vec<Uuid>,
        give: impl FnOnce(Vec<E>) -> O + Send + 'static,
    ) -> Option<Level> {
        self.add(Things { above: None, keys: Keys::Given(ids), found: Vec::new(), give })
    }

    /// The things that this column of the rows of `above` has the ids of.
    pub fn referenced<E: Entity>(
        &mut self,
        above: Level,
        column: &'static str,
        give: impl FnOnce(Vec<E>) -> O + Send + 'static,
    ) -> Option<Level> {
        self.add(Things { above: Some(above), keys: Keys::Column(column), found: Vec::new(), give })
    }

    /// The short list below each row of `above`. `None` too if its columns are not known.
    pub fn rows<T>(
        &mut self,
        above: Level,
        group: Group<T>,
        give: impl FnOnce(Vec<(Uuid, Vec<T>)>) -> O + Send + 'static,
    ) -> Option<Level>
    where
        T: FromFields + Send + 'static,
    {
        group.columns()?;
        self.add(Rows { above, group, found: HashMap::new(), give })
    }

    /// Reads all of it, and what became of each level.
    pub async fn read(mut self, snapshot: &Snapshot) -> Result<Vec<O>, Error> {
        let (mut sql, slots) = self.statement();
        // Of the levels that others are below; what only refers to something has no id, and lends none.
        let mut ids: Vec<Option<Vec<Uuid>>> = self.levels.iter().map(|_| None).collect();
        for Level(above) in self.levels.iter().filter_map(|part| part.above()) {
            let has_id = slots.get(above).is_some_and(|own| own.iter().any(|(column, _)| column == "id"));
            if let (Some(ids), true) = (ids.get_mut(above), has_id) {
                *ids = Some(Vec::new());
            }
        }
        for row in snapshot.rows(sql.build()).await? {
            let parent: Option<Uuid> = row.try_get(PARENT)?;
            // The first row is of no level.
            let Ok(at) = usize::try_from(row.try_get::<i32, _>(LEVEL)?) else {
                let database = parent.ok_or(Error::RowNotFound)?;
                snapshot.saw(DataVersion { database, number: row.try_get(VERSION)? });
                continue;
            };
            if let (Some(part), Some(slots)) = (self.levels.get_mut(at), slots.get(at)) {
                let fields = Fields::at(&row, slots);
                if let Some(Some(ids)) = ids.get_mut(at) {
                    ids.extend(fields.try_get::<Option<Uuid>>("id")?);
                }
                part.take(parent, &fields)?;
            }
        }
        for ids in ids.iter_mut().flatten() {
            // Another row may refer to the same thing.
            ids.sort_unstable();
            ids.dedup();
        }
        let given = self.levels.into_iter().map(|part| {
            let parents = part.above().and_then(|above| ids.get(above.0)?.as_deref());
            part.give(parents.unwrap_or_default())
        });
        Ok(given.collect())
    }

    /// The statement, and where each level's columns stand in its rows.
    fn statement(&self) -> (QueryBuilder<Postgres>, Vec<Vec<row::Slot>>) {
        let (types, slots) = self.shared();
        let mut sql: QueryBuilder<Postgres> = QueryBuilder::default();
        for (at, part) in self.levels.iter().enumerate() {
            sql.push(if at == 0 { "WITH l" } else { "), l" }).push(at).push(" AS MATERIALIZED (");
            let parents = part.above().map(|above| {
                let limit = self.levels.get(above.0).and_then(|above| above.limit());
                match limit {
                    Some(limit) => format!("FROM (SELECT * FROM l{0} LIMIT {limit}) AS l{0}", above.0),
                    None => format!("FROM l{}", above.0),
                }
            });
            part.push(&mut sql, parents.as_deref().unwrap_or_default());
        }
        // Put together apart, because the builder formats whatever it is given.
        let mut levels = String::with_capacity(64 + self.levels.len() * (64 + types.len() * 16));
        levels += ") SELECT -1 AS level, database AS parent, number AS version";
        for of_type in &types {
            levels += ", NULL::";
            levels += of_type;
        }
        levels += " FROM data_version";
        for (at, (part, slots)) in self.levels.iter().zip(&slots).enumerate() {
            let number = at.to_string();
            levels += " UNION ALL SELECT ";
            levels += &number;
            levels += if part.above().is_some() { ", parent, NULL" } else { ", NULL, NULL" };
            for column in OWN..OWN + types.len() {
                match slots.iter().find(|(_, at)| *at == column) {
                    Some((own, _)) => {
                        levels += ", ";
                        levels += own;
                    }
                    None => levels += ", NULL",
                }
            }
            levels += " FROM l";
            levels += &number;
        }
        sql.push(levels);
        (sql, slots)
    }

    /// The types of the columns that the levels share, and where each level's own stand: one column is a level's first
    /// text, whatever its name, and so on. Else most of what PostgreSQL sends would be NULL.
    fn shared(&self) -> (Vec<&'static str>, Vec<Vec<row::Slot>>) {
        let mut types: Vec<&'static str> = Vec::new();
        let slots = self.levels.iter().map(|part| {
            let mut own: Vec<row::Slot> = Vec::new();
            for column in part.columns() {
                let of_type = type_of(column);
                let is_free = |at: usize| own.iter().all(|(_, taken)| *taken != OWN + at);
                let free = types.iter().enumerate().position(|(at, other)| *other == of_type && is_free(at));
                let at = free.unwrap_or_else(|| {
                    types.push(of_type);
                    types.len() - 1
                });
                own.push((column.to_owned(), OWN + at));
            }
            own
        });
        let slots = slots.collect();
        (types, slots)
    }
}

struct PageOf<E: Entity, F> {
    above: Option<Level>,
    list: List<E>,
    filter: std::sync::Arc<Condition>,
    args: PageArgs,
    found: HashMap<Option<Uuid>, Vec<(super::Bound, E)>>,
    give: F,
}

impl<O, E: Entity, F: FnOnce(Vec<(Option<Uuid>, Page<E>)>) -> O + Send> Part<O> for PageOf<E, F> {
    fn above(&self) -> Option<Level> {
        self.above
    }

    fn columns(&self) -> Columns<'_> {
        Columns::of(E::COLUMNS).and("cursor")
    }

    fn push(&self, sql: &mut QueryBuilder<Postgres>, parents: &str) {
        self.list.push_page(sql, &self.filter, &self.args, &Parents::Selected(parents));
    }

    fn limit(&self) -> Option<u16> {
        // One row more than asked for is read, to tell whether there are more.
        Some(self.args.size()).filter(|_| self.above.is_none())
    }

    fn take(&mut self, parent: Option<Uuid>, row: &Fields<'_>) -> Result<(), Error> {
        self.found.entry(parent).or_default().push((cursor(row)?, E::from_fields(row)?));
        Ok(())
    }

    fn give(mut self: Box<Self>, parents: &[Uuid]) -> O {
        let parents: Vec<Option<Uuid>> = match self.above {
            None => vec![None],
            Some(_) => parents.iter().copied().map(Some).collect(),
        };
        let pages = parents.into_iter().map(|parent| {
            let rows = self.found.remove(&parent).unwrap_or_default();
            (parent, self.args.page(rows))
        });
        let pages = pages.collect();
        (self.give)(pages)
    }
}

enum Keys {
    Given(Vec<Uuid>),
    Column(&'static str),
}

struct Things<E, F> {
    above: Option<Level>,
    keys: Keys,
    found: Vec<E>,
    give: F,
}

impl<O, E: Entity, F: FnOnce(Vec<E>) -> O + Send> Part<O> for Things<E, F> {
    fn above(&self) -> Option<Level> {
        self.above
    }

    fn columns(&self) -> Columns<'_> {
        Columns::of(E::COLUMNS)
    }

    fn push(&self, sql: &mut QueryBuilder<Postgres>, parents: &str) {
        sql.push(super::entity::select::<E>(if self.above.is_some() { ", NULL::uuid AS parent" } else { "" }));
        match &self.keys {
            Keys::Given(ids) => sql.push("(").push_bind(ids.clone()).push(")"),
            Keys::Column(column) => sql.push(format_args!("(ARRAY(SELECT {column} {parents}))")),
        };
    }

    fn limit(&self) -> Option<u16> {
        None
    }

    fn take(&mut self, _: Option<Uuid>, row: &Fields<'_>) -> Result<(), Error> {
        self.found.push(E::from_fields(row)?);
        Ok(())
    }

    fn give(self: Box<Self>, _: &[Uuid]) -> O {
        (self.give)(self.found)
    }
}

struct Rows<T, F> {
    above: Level,
    group: Group<T>,
    found: HashMap<Uuid, Vec<T>>,
    give: F,
}

impl<O, T, F> Part<O> for Rows<T, F>
where
    T: FromFields + Send,
    F: FnOnce(Vec<(Uuid, Vec<T>)>) -> O + Send,
{
    fn above(&self) -> Option<Level> {
        Some(self.above)
    }

    fn columns(&self) -> Columns<'_> {
        self.group.columns().unwrap_or_default()
    }

    fn push(&self, sql: &mut QueryBuilder<Postgres>, parents: &str) {
        sql.push(self.group.below(&format!("ARRAY(SELECT id {parents})")));
    }

    fn limit(&self) -> Option<u16> {
        None
    }

    fn take(&mut self, parent: Option<Uuid>, row: &Fields<'_>) -> Result<(), Error> {
        if let Some(parent) = parent {
            self.found.entry(parent).or_default().push(T::from_fields(row)?);
        }
        Ok(())
    }

    fn give(mut self: Box<Self>, parents: &[Uuid]) -> O {
        let lists = parents.iter().map(|parent| (*parent, self.found.remove(parent).unwrap_or_default()));
        let lists = lists.collect();
        (self.give)(lists)
    }
}
