//! Rows as our types: the columns of one, under whatever names a statement gives them, and those whose type is ours: words
//! of closed vocabularies, counts, provinces.

use std::{cell::Cell, str::FromStr};

use sqlx::{Decode, Error, Postgres, Row, Type, postgres::PgRow};

use crate::domain::{Count, ProvinceId, UnknownWord};

/// What is made of a row.
pub trait FromFields: Sized {
    /// From these columns.
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error>;
}

/// The columns of a row.
pub struct Fields<'r> {
    row: &'r PgRow,
    /// Where each stands; without it, under its own name.
    slots: Option<&'r Slots>,
    /// Which of them is likely to be asked for next: they are read in the order in which they were selected.
    next: Cell<usize>,
}

/// The names of columns, each with where it stands in a row.
pub(super) type Slots = [Slot];
/// A name of a column, and where that stands.
pub(super) type Slot = (String, usize);

impl<'r> Fields<'r> {
    /// Of a row whose columns stand under their own names.
    pub(super) fn of(row: &'r PgRow) -> Self {
        Self { row, slots: None, next: Cell::new(0) }
    }

    /// Of a row whose columns stand in these slots.
    pub(super) fn at(row: &'r PgRow, slots: &'r Slots) -> Self {
        Self { row, slots: Some(slots), next: Cell::new(0) }
    }

    /// The value in a column.
    pub fn try_get<T: Decode<'r, Postgres> + Type<Postgres>>(&self, column: &str) -> Result<T, Error> {
        let Some(slots) = self.slots else { return self.row.try_get(column) };
        let is_it = |(name, _): &Slot| name == column;
        let (at, slot) = match slots.get(self.next.get()) {
            Some(next) if is_it(next) => (self.next.get(), next),
            _ => {
                let found = slots.iter().enumerate().find(|(_, slot)| is_it(slot));
                found.ok_or_else(|| Error::ColumnNotFound(column.to_owned()))?
            }
        };
        self.next.set(at + 1);
        self.row.try_get(slot.1)
    }
}

/// All rows of a statement.
pub(super) fn all<T: FromFields>(rows: &[PgRow]) -> Result<Vec<T>, Error> {
    rows.iter().map(|row| T::from_fields(&Fields::of(row))).collect()
}

/// The value that a word in this column stands for.
pub(super) fn word<T: FromStr<Err = UnknownWord>>(row: &Fields<'_>, column: &str) -> Result<T, Error> {
    parse(row.try_get(column)?, column)
}

/// As [`word`], where the column may be NULL.
pub(super) fn word_or_null<T: FromStr<Err = UnknownWord>>(row: &Fields<'_>, column: &str) -> Result<Option<T>, Error> {
    row.try_get::<Option<&str>>(column)?.map(|word| parse(word, column)).transpose()
}

/// As [`word`], for a column that holds several.
pub(super) fn words<T: FromStr<Err = UnknownWord>>(row: &Fields<'_>, column: &str) -> Result<Vec<T>, Error> {
    row.try_get::<Vec<String>>(column)?.iter().map(|word| parse(word, column)).collect()
}

/// A number and, in the column next to it, how exactly it is known.
pub(super) fn count(row: &Fields<'_>, column: &str, qualifier: &str) -> Result<Option<Count>, Error> {
    let value: Option<i64> = row.try_get(column)?;
    Ok(value.zip(word_or_null(row, qualifier)?).map(|(value, qualifier)| Count { value, qualifier }))
}

/// A province by its number.
pub(super) fn province(row: &Fields<'_>, column: &str) -> Result<Option<ProvinceId>, Error> {
    Ok(row.try_get::<Option<i16>>(column)?.and_then(ProvinceId::from_number))
}

fn parse<T: FromStr<Err = UnknownWord>>(word: &str, column: &str) -> Result<T, Error> {
    word.parse()
        .map_err(|unknown: UnknownWord| Error::ColumnDecode { index: column.to_owned(), source: unknown.into() })
}
