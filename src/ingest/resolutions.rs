//! `resolutions.yaml`: people's word on who is who, read, checked and put to use.

use std::path::Path;

use serde::Deserialize;
use sqlx::PgPool;

use super::{Error, put_together};
use crate::domain::{
    BodyRef, Corrections, NameRef, Relations, ReportRef, name_key, province, province_named, written_out_key,
};
use crate::store;

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    people: Option<Lists<Named>>,
    meetings: Option<Lists<Reported>>,
    organizations: Option<Lists<Body>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists<T> {
    same: Option<Vec<Vec<T>>>,
    different: Option<Vec<Vec<T>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    document: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reported {
    document: String,
    meeting: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    name: String,
    province: Option<String>,
    document: Option<String>,
}

/// Where corrections are looked for if no file is named.
const USUAL: &str = "seeds/resolutions.yaml";

/// What the file `named` says, or the usual one if none is named and it is there; or what is wrong with it.
pub fn read_resolutions(named: Option<&Path>) -> Result<Option<Corrections>, String> {
    let path = named.unwrap_or(Path::new(USUAL));
    if named.is_none() && !path.is_file() {
        return Ok(None);
    }
    let told = std::fs::read_to_string(path).map_err(|error| format!("it cannot be read: {error}"));
    let read = told.and_then(|told| parse_resolutions(&told));
    read.map_err(|wrong| format!("{}: {wrong}", path.display()))
}

/// What the text of such a file says, or what is wrong with it. A text of nothing but comments says nothing, not even
/// that what was said before no longer holds.
pub fn parse_resolutions(yaml: &str) -> Result<Option<Corrections>, String> {
    let file: Option<File> = serde_saphyr::from_str(yaml).map_err(|error| error.to_string())?;
    let Some(file) = file else { return Ok(None) };
    let people = lists("people", file.people, 1, |named: Named| {
        let key = name_key(&named.name);
        if key.is_empty() {
            return Err("a `name` is empty".to_owned());
        }
        Ok(NameRef { key, document: named.document })
    })?;
    let meetings = lists("meetings", file.meetings, 2, |reported: Reported| match reported.meeting.unwrap_or(1) {
        ordinal if ordinal >= 1 => Ok(ReportRef { document: reported.document, ordinal }),
        other => Err(format!("`meeting` is {other}; it counts a document's meetings from 1")),
    })?;
    let organizations = lists("organizations", file.organizations, 2, body)?;
    if let Some(list) = people.contradiction(NameRef::overlaps) {
        let names: Vec<&str> = list.iter().map(|name| name.key.as_str()).collect();
        return Err(format!("people: told to be different and, elsewhere, to be the same: {}", names.join(", ")));
    }
    if let Some(list) = meetings.contradiction(ReportRef::eq) {
        let slugs: Vec<&str> = list.iter().map(|report| report.document.as_str()).collect();
        return Err(format!("meetings: told to be different and, elsewhere, to be the same: {}", slugs.join(", ")));
    }
    if let Some(list) = organizations.contradiction(BodyRef::overlaps) {
        let names: Vec<&str> = list.iter().map(|body| body.key.as_str()).collect();
        return Err(format!(
            "organizations: told to be different and, elsewhere, to be the same: {}",
            names.join(", ")
        ));
    }
    Ok(Some(Corrections { people, meetings, organizations }.normal()))
}

/// An entry about bodies, or what is wrong with it.
fn body(body: Body) -> Result<BodyRef, String> {
    let key = written_out_key(&body.name);
    if key.is_empty() {
        return Err("a `name` is empty".to_owned());
    }
    let province = match &body.province {
        Some(name) => match province_named(name, None).and_then(province) {
            Some(province) => Some(name_key(province.name)),
            None => return Err(format!("no province is called {name}; write it without `tỉnh` or `thành phố`")),
        },
        None => None,
    };
    Ok(BodyRef { key, province, document: body.document })
}

/// One kind's lists; a list of what is one needs `least` entries, of what is not, two.
fn lists<T, U>(
    kind: &str,
    lists: Option<Lists<T>>,
    least: usize,
    read: impl Fn(T) -> Result<U, String>,
) -> Result<Relations<U>, String> {
    let Some(lists) = lists else { return Ok(Relations::default()) };
    let all = |what: &str, lists: Option<Vec<Vec<T>>>, least: usize| {
        let list = |(at, list): (usize, Vec<T>)| {
            let place = format!("{kind}, {what}, list {}", at + 1);
            if list.len() < least {
                return Err(format!("{place}: it has {} entries and needs {least} at least", list.len()));
            }
            list.into_iter().map(&read).collect::<Result<Vec<U>, _>>().map_err(|wrong| format!("{place}: {wrong}"))
        };
        lists.unwrap_or_default().into_iter().enumerate().map(list).collect::<Result<Vec<_>, String>>()
    };
    Ok(Relations { same: all("same", lists.same, least)?, different: all("different", lists.different, 2)? })
}

/// Puts corrections to use in place of those before: puts together anew what either speaks of and the other does not.
/// Returns the slugs it names that no document has (yet), when no server answers any more as if nothing had been told.
pub async fn correct(pool: &PgPool, told: &Corrections) -> Result<Vec<String>, Error> {
    let mut transaction = store::begin(pool).await?;
    let before = store::corrections(&mut transaction).await?;
    let is_new = before != *told;
    if is_new {
        store::write_corrections(&mut transaction, told).await?;
        put_together::corrected(&mut transaction, &before, told).await?;
    }
    let committed = transaction.commit().await.map_err(store::Error::from);
    if is_new {
        // also where the answer to the commit was lost: it may have been made
        super::settle().await;
    }
    committed?;
    if is_new {
        super::place_pending(pool).await;
    }
    let people = [&told.people.same, &told.people.different].into_iter().flatten().flatten();
    let meetings = [&told.meetings.same, &told.meetings.different].into_iter().flatten().flatten();
    let bodies = [&told.organizations.same, &told.organizations.different].into_iter().flatten().flatten();
    let named = people.filter_map(|name| name.document.clone()).chain(meetings.map(|report| report.document.clone()));
    let mut slugs: Vec<String> = named.chain(bodies.filter_map(|body| body.document.clone())).collect();
    slugs.sort_unstable();
    slugs.dedup();
    let known = store::slugs_among(pool, &slugs).await?;
    slugs.retain(|slug| !known.contains(slug));
    Ok(slugs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (yaml, says) in [
            ("people: [", "line"),
            ("persons: {}", "persons"),
            ("organizations: { same: [[{ name: a }]] }", "needs 2"),
            ("organizations: { same: [[{ name: UBND tỉnh, province: Atlantis }, { name: b }]] }", "Atlantis"),
            (
                "organizations: { same: [[{ name: UBND tỉnh }, { name: b }]],
                   different: [[{ name: Ủy ban nhân dân tỉnh, document: x }, { name: b }]] }",
                "elsewhere",
            ),
            ("people: { same: [[{ nam: a }]] }", "nam"),
            ("people: { same: [[]] }", "people, same, list 1: it has 0 entries"),
            ("people: { same: [[{ name: ' ' }]] }", "empty"),
            ("people: { different: [[{ name: a }]] }", "needs 2"),
            ("people: { different: [[{ name: a }, { name: A, document: x }]] }", "elsewhere"),
            (
                "people: { same: [[{ name: a }, { name: b }], [{ name: b }, { name: c }]],
                   different: [[{ name: a }, { name: c }]] }",
                "a, c",
            ),
            ("meetings: { same: [[{ document: a }, { document: b, meeting: 0 }]] }", "from 1"),
            ("meetings: { same: [[{ document: a }]] }", "needs 2"),
            (
                "meetings: { same: [[{ document: a }, { document: b }]], different: [[{ document: b }, { document: a }]] }",
                "a, b",
            ),
        ] {
            let told = parse_resolutions(yaml).err().unwrap_or_default();
            let both = says == "a, b" && told.contains("b, a");
            assert!(told.contains(says) || both, "{yaml}: {told}");
        }
    }

    #[test]
    fn the_order_of_lists_and_entries_says_nothing() {
        let one = "people: { same: [[{ name: a }, { name: b, document: x }], [{ name: c }, { name: d }]] }";
        let other =
            "people: { same: [[{ name: D }, { name: c }], [{ name: B, document: x }, { name: a }, { name: a }]] }";
        assert_eq!(parse_resolutions(one), parse_resolutions(other));
        for (yaml, told) in [
            ("", None),
            ("# nothing yet\n", None),
            ("people: {}", Some(Corrections::default())),
            ("people:\nmeetings: { same: }\n", Some(Corrections::default())),
        ] {
            assert_eq!(parse_resolutions(yaml), Ok(told), "{yaml}");
        }
    }
}
