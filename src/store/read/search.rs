//! Search: whatever holds the words that are looked for, of several kinds at once, the best first; and suggestions
//! while somebody types.

use std::sync::Arc;

use sqlx::{Error, Postgres, QueryBuilder, Row, postgres::PgRow};
use uuid::Uuid;

use super::{Condition, Snapshot, Terms, ask::Aliases};

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchKind {
    /// By title and venue.
    Meeting,
    /// By name, also by one that is spelled a little otherwise.
    Person,
    /// By name, also by one that is spelled a little otherwise.
    Organization,
    /// By its text.
    Task,
    /// By its name and its recipients'.
    Award,
    /// By its title, and by each of its sentences.
    Document,
}

/// How a kind is searched. All of it is SQL of ours; `$q` stands for the words as a tsquery, `$n` for them as a name.
struct Searched {
    word: &'static str,
    /// Rows with `id`, `ordinal`, `start_at`, `end_at`, `alike`, `rank`, from tables whose rows meet `found`.
    columns: &'static str,
    from: &'static str,
    found: &'static str,
    /// A condition on `m`, a meeting that what is found belongs to; with its tables.
    meeting: &'static str,
}

impl SearchKind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Meeting, Self::Person, Self::Organization, Self::Task, Self::Award, Self::Document];

    // Names come before titles, these before what is said in passing; within a kind, by how close together the words
    // stand and how short the text is (33: divided by 1 + log(length), and scaled into [0, 1)).
    fn searched(self) -> &'static [Searched] {
        match self {
            Self::Meeting => &[Searched {
                word: "MEETING",
                columns: "x.id, 0, NULL::int, NULL::int, false, 2 + ts_rank_cd(x.words, $q, 33)",
                from: "meetings x",
                found: "x.words @@ $q",
                meeting: "meetings m WHERE m.id = x.id",
            }],
            Self::Person => &[Searched {
                word: "PERSON",
                columns: "x.id, 0, NULL::int, NULL::int, NOT x.words @@ $q, \
                          CASE WHEN x.words @@ $q THEN 3 + ts_rank_cd(x.words, $q, 33) \
                          + CASE WHEN strpos(x.name_key, $k) > 0 THEN 1 ELSE 0 END \
                          ELSE 1 + alikeness($n, x.name_folded) END",
                from: "people x",
                found: "(x.words @@ $q OR is_alike($n, x.name_folded))",
                meeting: "meetings m JOIN participants p ON p.meeting_id = m.id WHERE p.person_id = x.id",
            }],
            Self::Organization => &[Searched {
                word: "ORGANIZATION",
                columns: "x.id, 0, NULL::int, NULL::int, NOT x.words @@ $q, \
                          CASE WHEN x.words @@ $q THEN 3 + ts_rank_cd(x.words, $q, 33) \
                          + CASE WHEN strpos(x.name_key, $k) > 0 THEN 1 ELSE 0 END \
                          ELSE 1 + alikeness($n, x.name_folded) END",
                from: "organizations x",
                found: "(x.words @@ $q OR is_alike($n, x.name_folded))",
                meeting: "meetings m JOIN meeting_organizers mo ON mo.meeting_id = m.id WHERE mo.organization_id = x.id",
            }],
            Self::Task => &[Searched {
                word: "TASK",
                columns: "x.id, 0, NULL::int, NULL::int, false, 1 + ts_rank_cd(x.words, $q, 33)",
                from: "tasks x",
                found: "x.words @@ $q",
                meeting: "meetings m JOIN meeting_reports r ON r.meeting_id = m.id WHERE r.id = x.report_id",
            }],
            Self::Award => &[Searched {
                word: "AWARD",
                columns: "x.id, 0, NULL::int, NULL::int, false, 1 + ts_rank_cd(x.words, $q, 33)",
                from: "awards x",
                found: "x.id IN (SELECT id FROM awards WHERE words @@ $q \
                        UNION SELECT award_id FROM award_recipients WHERE words @@ $q)",
                meeting: "meetings m WHERE m.id = x.meeting_id",
            }],
            Self::Document => &[
                Searched {
                    word: "DOCUMENT",
                    columns: "x.id, 0, NULL::int, NULL::int, false, 2 + ts_rank_cd(x.words, $q, 33)",
                    from: "documents x",
                    found: "x.words @@ $q",
                    meeting: "meetings m JOIN meeting_reports r ON r.meeting_id = m.id JOIN facts f ON f.id = r.id \
                              WHERE f.document_id = x.id",
                },
                Searched {
                    word: "DOCUMENT",
                    columns: "x.document_id, x.ordinal, x.start_at, x.end_at, false, ts_rank_cd(x.words, $q, 33)",
                    from: "sentences x",
                    found: "x.words @@ $q",
                    meeting: "meetings m JOIN meeting_reports r ON r.meeting_id = m.id JOIN facts f ON f.id = r.id \
                              WHERE f.document_id = x.document_id",
                },
            ],
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.searched().iter().any(|searched| searched.word == word))
    }
}

/// What is looked for, among what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Search {
    /// The words.
    pub terms: Terms,
    /// Kinds to look among, each once.
    pub kinds: Vec<SearchKind>,
    /// Only what belongs to such a meeting, if given.
    pub meeting: Option<Arc<Condition>>,
}

/// Something that holds what is looked for.
#[derive(Clone, Debug)]
pub struct FoundRow {
    /// What it is.
    pub kind: SearchKind,
    /// Its id; of a sentence, the document's.
    pub id: Uuid,
    /// Where a sentence stands in its document, in code points.
    pub place: Option<(i32, i32)>,
    /// Whether it is a name that is only spelled alike.
    pub alike: bool,
    /// How well it answers; more is better.
    pub rank: f64,
    /// Its texts that are searched, the foremost first.
    pub texts: Vec<String>,
}

/// Puts a piece of SQL of ours in, and for each `$q`, `$k` and `$n` the words as a parameter.
fn push(sql: &mut QueryBuilder<Postgres>, piece: &'static str, terms: &Terms) {
    let mut pieces = piece.split('$');
    sql.push(pieces.next().unwrap_or_default());
    for piece in pieces {
        let mut rest = piece.chars();
        match rest.next() {
            // As a query of its own, or it would be worked out again for every row.
            Some('q') => sql.push("(SELECT to_tsquery('pg_catalog.simple', ").push_bind(terms.tsquery()).push("))"),
            Some('k') => sql.push_bind(terms.key().to_owned()),
            _ => sql.push_bind(terms.folded()),
        };
        sql.push(piece.get(1..).unwrap_or_default());
    }
}

impl Search {
    /// `SELECT ... UNION ALL SELECT ...`: everything that is found.
    fn push(&self, sql: &mut QueryBuilder<Postgres>) {
        let all = self.kinds.iter().flat_map(|kind| kind.searched());
        for (i, searched) in all.enumerate() {
            sql.push(if i == 0 { "SELECT '" } else { " UNION ALL SELECT '" }).push(searched.word).push("', ");
            push(sql, searched.columns, &self.terms);
            sql.push(" FROM ").push(searched.from).push(" WHERE ");
            push(sql, searched.found, &self.terms);
            if let Some(meeting) = &self.meeting {
                sql.push(" AND EXISTS (SELECT FROM ").push(searched.meeting);
                sql.push(" AND ");
                meeting.push(sql, "m", &mut Aliases::default());
                sql.push(")");
            }
        }
    }
}

const HITS: &str = ") AS hits (kind, id, ordinal, start_at, end_at, alike, rank)";
const ORDER: &str = " ORDER BY rank DESC, kind DESC, id DESC, ordinal DESC";

/// A row's place in the order: rank, kind, id and, of a sentence, its number.
pub type FoundAt = (f64, String, Uuid, i32);

/// So many of what is found, the best first, behind `after` if that is given.
pub async fn search(
    snapshot: &Snapshot,
    search: &Search,
    after: Option<&FoundAt>,
    size: u16,
) -> Result<Vec<(FoundAt, FoundRow)>, Error> {
    let mut sql: QueryBuilder<Postgres> = QueryBuilder::new(
        "SELECT page.*, CASE page.kind
             WHEN 'MEETING' THEN (SELECT ARRAY[title, venue] FROM meetings WHERE id = page.id)
             WHEN 'PERSON' THEN (SELECT ARRAY[name] FROM people WHERE id = page.id)
             WHEN 'ORGANIZATION' THEN (SELECT ARRAY[name] FROM organizations WHERE id = page.id)
             WHEN 'TASK' THEN (SELECT ARRAY[text] FROM tasks WHERE id = page.id)
             WHEN 'AWARD' THEN (SELECT ARRAY[name] FROM awards WHERE id = page.id)
                 || ARRAY(SELECT name FROM award_recipients WHERE award_id = page.id ORDER BY ordinal)
             ELSE (SELECT ARRAY[CASE WHEN page.ordinal = 0 THEN title
                 ELSE substr(text, page.start_at + 1, page.end_at - page.start_at) END] FROM documents WHERE id = page.id)
         END AS texts
         FROM (SELECT kind, id, ordinal, start_at, end_at, alike, rank::float8 AS rank FROM (",
    );
    search.push(&mut sql);
    sql.push(HITS);
    if let Some((rank, kind, id, ordinal)) = after {
        sql.push(" WHERE (rank::float8, kind, id, ordinal) < (").push_bind(*rank).push(", ").push_bind(kind.clone());
        sql.push(", ").push_bind(*id).push(", ").push_bind(*ordinal).push(")");
    }
    sql.push(ORDER).push(" LIMIT ").push_bind(i64::from(size)).push(") AS page").push(ORDER);
    snapshot.rows(sql.build()).await?.iter().map(row).collect()
}

fn row(row: &PgRow) -> Result<(FoundAt, FoundRow), Error> {
    let word: String = row.try_get("kind")?;
    let kind = SearchKind::of_word(&word).ok_or(Error::RowNotFound)?;
    let (id, rank): (Uuid, f64) = (row.try_get("id")?, row.try_get("rank")?);
    let place: (Option<i32>, Option<i32>) = (row.try_get("start_at")?, row.try_get("end_at")?);
    let texts: Vec<Option<String>> = row.try_get("texts")?;
    let found = FoundRow {
        kind,
        id,
        place: place.0.zip(place.1),
        alike: row.try_get("alike")?,
        rank,
        texts: texts.into_iter().flatten().collect(),
    };
    Ok(((rank, word, id, row.try_get("ordinal")?), found))
}

/// How much is found.
pub async fn search_count(snapshot: &Snapshot, search: &Search) -> Result<i64, Error> {
    let mut sql: QueryBuilder<Postgres> = QueryBuilder::new("SELECT count(*) FROM (");
    search.push(&mut sql);
    sql.push(HITS);
    snapshot.rows(sql.build()).await?.first().map_or(Ok(0), |row| row.try_get(0))
}
