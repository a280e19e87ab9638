//! Suggestions while somebody types: names and titles that hold the words, those that begin with them first.

use sqlx::{Error, Postgres, QueryBuilder, Row};
use uuid::Uuid;

use super::{SearchKind, Snapshot, Terms};

/// A name or title that goes on from what was typed.
#[derive(Clone, Debug)]
pub struct Suggested {
    /// What has it: a meeting, a person or an organization.
    pub kind: SearchKind,
    /// Its id.
    pub id: Uuid,
    /// The name or title.
    pub text: String,
}

/// How a kind's names are looked up, those first that begin with what was typed; none for kinds without names.
/// `words @@` and `name LIKE` each have an index; ordered by name, so that the answer is always the same.
fn tables(kind: SearchKind) -> Option<(&'static str, &'static str, &'static str)> {
    match kind {
        SearchKind::Person => Some(("name", "people", "name_folded")),
        SearchKind::Organization => Some(("name", "organizations", "name_folded")),
        SearchKind::Meeting => Some(("title", "meetings", "title_folded")),
        SearchKind::Task | SearchKind::Award | SearchKind::Document => None,
    }
}

/// As many names of these kinds as asked for at most, the best first.
pub async fn suggest(
    snapshot: &Snapshot,
    terms: &Terms,
    kinds: &[SearchKind],
    size: u16,
) -> Result<Vec<Suggested>, Error> {
    let begins = format!("{}%", terms.folded());
    let named: Vec<_> = kinds.iter().filter_map(|kind| Some((*kind, tables(*kind)?))).collect();
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql: QueryBuilder<Postgres> = QueryBuilder::new("SELECT number, id, name FROM (");
    for (i, (_, (name, table, folded))) in named.iter().enumerate() {
        for (far, test) in [" LIKE ", " NOT LIKE "].into_iter().enumerate() {
            sql.push(if i + far == 0 { "(SELECT " } else { " UNION ALL (SELECT " });
            sql.push(i).push(" AS number, id, ").push(*name).push(" AS name, ").push(*folded).push(" AS folded, ");
            sql.push(far).push(" AS far FROM ").push(*table).push(" WHERE ").push(*folded).push(test);
            sql.push_bind(begins.clone());
            if far == 1 {
                sql.push(" AND words @@ (SELECT to_tsquery('pg_catalog.simple', ")
                    .push_bind(terms.tsquery())
                    .push("))");
            }
            sql.push(" ORDER BY ").push(*folded).push(", id LIMIT ").push_bind(i64::from(size)).push(")");
        }
    }
    sql.push(") AS names ORDER BY far, length(folded), folded, id LIMIT ").push_bind(i64::from(size));
    let rows = snapshot.rows(sql.build()).await?;
    let suggested = |row: &sqlx::postgres::PgRow| {
        let number: i32 = row.try_get("number")?;
        let kind = usize::try_from(number).ok().and_then(|i| named.get(i)).ok_or(Error::RowNotFound)?.0;
        Ok(Suggested { kind, id: row.try_get("id")?, text: row.try_get("name")? })
    };
    rows.iter().map(suggested).collect()
}
