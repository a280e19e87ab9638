//! Columns whose type is ours: words of closed vocabularies, counts, provinces.

use std::str::FromStr;

use sqlx::{Error, Row, postgres::PgRow};

use crate::domain::{Count, ProvinceId, UnknownWord};

/// The value that a word in this column stands for.
pub(super) fn word<T: FromStr<Err = UnknownWord>>(row: &PgRow, column: &str) -> Result<T, Error> {
    parse(row.try_get(column)?, column)
}

/// As [`word`], where the column may be NULL.
pub(super) fn word_or_null<T: FromStr<Err = UnknownWord>>(row: &PgRow, column: &str) -> Result<Option<T>, Error> {
    row.try_get::<Option<&str>, _>(column)?.map(|word| parse(word, column)).transpose()
}

/// As [`word`], for a column that holds several.
pub(super) fn words<T: FromStr<Err = UnknownWord>>(row: &PgRow, column: &str) -> Result<Vec<T>, Error> {
    row.try_get::<Vec<String>, _>(column)?.iter().map(|word| parse(word, column)).collect()
}

/// A number and, in the column next to it, how exactly it is known.
pub(super) fn count(row: &PgRow, column: &str, qualifier: &str) -> Result<Option<Count>, Error> {
    let value: Option<i64> = row.try_get(column)?;
    Ok(value.zip(word_or_null(row, qualifier)?).map(|(value, qualifier)| Count { value, qualifier }))
}

/// A province by its number.
pub(super) fn province(row: &PgRow, column: &str) -> Result<Option<ProvinceId>, Error> {
    Ok(row.try_get::<Option<i16>, _>(column)?.and_then(ProvinceId::from_number))
}

fn parse<T: FromStr<Err = UnknownWord>>(word: &str, column: &str) -> Result<T, Error> {
    word.parse()
        .map_err(|unknown: UnknownWord| Error::ColumnDecode { index: column.to_owned(), source: unknown.into() })
}
