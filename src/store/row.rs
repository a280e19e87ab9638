//! Small conversions between what columns hold and the domain's types.

use sqlx::Postgres;
use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use uuid::Uuid;

use crate::domain::{
    Count, CountQualifier, MeetingKind, MeetingLevel, MeetingMode, MeetingReport, PartOfDay, ParticipantRole,
    ProvinceId, Site, UnknownWord,
};

/// Binds the columns that reports of meetings and meetings have in common, from `title` on, in the order of the tables.
pub fn bind_meetings<'q>(
    query: Query<'q, Postgres, PgArguments>,
    all: &[(Uuid, &'q MeetingReport)],
) -> Query<'q, Postgres, PgArguments> {
    let column = || all.iter().map(|(_, meeting)| *meeting);
    query
        .bind(column().map(|m| m.title.as_str()).collect::<Vec<_>>())
        .bind(column().map(|m| MeetingKind::as_str(m.kind)).collect::<Vec<_>>())
        .bind(column().map(|m| m.date).collect::<Vec<_>>())
        .bind(column().map(|m| m.part_of_day.map(PartOfDay::as_str)).collect::<Vec<_>>())
        .bind(column().map(|m| m.mode.map(MeetingMode::as_str)).collect::<Vec<_>>())
        .bind(column().map(|m| m.level.map(MeetingLevel::as_str)).collect::<Vec<_>>())
        .bind(column().map(|m| m.venue.as_deref()).collect::<Vec<_>>())
        .bind(column().map(|m| m.province.map(ProvinceId::get)).collect::<Vec<_>>())
        .bind(column().map(|m| m.review_year).collect::<Vec<_>>())
        .bind(column().map(|m| m.plan_year).collect::<Vec<_>>())
        .bind(column().map(|m| m.site_count.map(|c| c.value)).collect::<Vec<_>>())
        .bind(column().map(|m| m.site_count.map(|c| c.qualifier.as_str())).collect::<Vec<_>>())
        .bind(column().map(|m| m.attendee_count.map(|c| c.value)).collect::<Vec<_>>())
        .bind(column().map(|m| m.attendee_count.map(|c| c.qualifier.as_str())).collect::<Vec<_>>())
}

/// Roles as one parameter: an array of arrays would lose its inner bounds.
pub fn joined(roles: &[ParticipantRole]) -> String {
    roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(",")
}

/// A word of a closed vocabulary that may be absent.
pub fn word<T: std::str::FromStr<Err = UnknownWord>>(word: Option<&str>) -> Result<Option<T>, UnknownWord> {
    word.map(str::parse).transpose()
}

/// Words of a closed vocabulary.
pub fn words<T: std::str::FromStr<Err = UnknownWord>>(words: &[String]) -> Result<Vec<T>, UnknownWord> {
    words.iter().map(|word| word.parse()).collect()
}

/// A count, which has a qualifier exactly if it is there.
pub fn count(value: Option<i64>, qualifier: Option<&str>) -> Result<Option<Count>, UnknownWord> {
    let qualifier: Option<CountQualifier> = word(qualifier)?;
    Ok(value.zip(qualifier).map(|(value, qualifier)| Count { value, qualifier }))
}

/// A site, which has a province only if it is there.
pub fn site(name: Option<String>, province: Option<i16>) -> Option<Site> {
    name.map(|name| Site { name, province: province.and_then(ProvinceId::from_number) })
}
