//! The names and types of the columns that reads give, for putting several reads into one result (`tree.rs`).

/// The names in a list of columns as it stands behind SELECT.
#[derive(Clone, Default)]
pub(super) struct Columns<'a> {
    /// What is left of the list.
    list: &'a str,
    /// One that comes behind it.
    and: Option<&'static str>,
}

impl<'a> Columns<'a> {
    /// Of this list.
    pub(super) const fn of(list: &'a str) -> Self {
        Self { list, and: None }
    }

    /// And one more.
    pub(super) const fn and(self, column: &'static str) -> Self {
        Self { and: Some(column), ..self }
    }
}

impl<'a> Iterator for Columns<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.list.is_empty() {
            return self.and.take();
        }
        let mut depth = 0;
        let end = self.list.bytes().position(|byte| {
            depth += match byte {
                b'(' | b'[' => 1,
                b')' | b']' => -1,
                _ => 0,
            };
            depth == 0 && byte == b','
        });
        let (column, rest) = end.and_then(|end| self.list.split_at_checked(end)).unwrap_or((self.list, ""));
        self.list = rest.get(1..).unwrap_or_default();
        // `x.name`, `name`, or `anything AS name`
        column.trim().rsplit([' ', '.']).next()
    }
}

/// The columns that a statement `SELECT x AS parent, ... FROM ...` gives besides the parent's id; `None` of another form.
pub(super) fn selected(sql: &str) -> Option<Columns<'_>> {
    let list = sql.strip_prefix("SELECT ")?.split_once(" FROM ")?.0;
    let (parent, list) = list.split_once(", ")?;
    (parent.ends_with(" AS parent") && !list.contains('*')).then_some(Columns::of(list))
}

/// Of which type a column is, wherever it has this name.
pub(super) fn type_of(column: &str) -> &'static str {
    match column {
        "id" | "meeting_id" | "document_id" | "person_id" | "participant_id" | "granted_by_id" | "assigned_by_id"
        | "issued_by_id" | "organization_id" | "participant" | "report_id" => "uuid",
        "date" | "published_on" | "issued_on" | "first_seen" | "last_seen" => "date",
        "roles" | "recipients" | "cursor" => "text[]",
        "documents" | "participations" => "uuid[]",
        "province_id" | "site_province_id" | "review_year" | "plan_year" | "year" => "smallint",
        "ordinal" | "start_at" | "end_at" | "collective_count" | "individual_count" | "work_count" => "integer",
        "site_count" | "attendee_count" | "count" => "bigint",
        "value" => "numeric",
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_columns() {
        let of = |list| Columns::of(list).collect::<Vec<_>>();
        assert_eq!(of("p.id, name, ARRAY(SELECT a.b, c FROM d) AS e, coalesce(f, 1) AS g"), ["id", "name", "e", "g"]);
        assert_eq!(Columns::of("p.id").and("cursor").collect::<Vec<_>>(), ["id", "cursor"]);
        let found = selected("SELECT x.m AS parent, o.id, o.name FROM y").map(Iterator::collect::<Vec<_>>);
        assert_eq!(found, Some(vec!["id", "name"]));
        assert!(selected("WITH a AS (SELECT 1) SELECT * FROM a").is_none());
    }
}
