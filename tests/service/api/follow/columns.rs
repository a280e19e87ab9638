//! No table and no column is forgotten: whatever is changed by hand, in any of them, is a change or is named here.

use hoinghi::store;
use sqlx::{AssertSqlSafe, PgPool};

use super::super::{ask::Server, world::Size};
use crate::support;

/// Columns that no answer shows, with why.
const UNSEEN: &[(&str, &str, &str)] = &[
    ("documents", "content_hash", "tells loaders what is stored already"),
    ("documents", "loaded_at", "when it was last written; `loadedAt` is when it last changed"),
    ("people", "name_key", "made of the name"),
    ("organizations", "name_key", "made of the name"),
    ("organizations", "scope", "what the id is made of"),
    ("tasks", "assigned_by_key", "made of the name"),
    ("participants", "day", "the meeting's date, which is told of with the meeting"),
];

/// Tables that no answer shows: bookkeeping, and what is made of other tables.
const UNSEEN_TABLES: &[&str] = &[
    "_sqlx_migrations",
    "provinces",
    "first_load",
    "corrections",
    "data_version",
    "node_changes",
    "touching",
    "name_scopes",
    "name_scopes_rules",
    "api_keys",
    "budgets",
];

async fn number(pool: &PgPool) -> i64 {
    sqlx::query_scalar("SELECT number FROM data_version").fetch_one(pool).await.unwrap()
}

/// Another value of the same type.
fn another(column: &str, data_type: &str) -> Option<String> {
    Some(match (column, data_type) {
        ("kind" | "level" | "mode" | "part_of_day" | "role", _) => return None, // words; told of with their row below
        (_, "text") => format!("coalesce({column}, '') || 'x'"),
        (_, "ARRAY") => "ARRAY['DIRECTING']".to_owned(),
        (_, "smallint" | "integer" | "bigint" | "numeric") if column.ends_with("province_id") => {
            format!("CASE {column} WHEN 1 THEN 79 ELSE 1 END")
        }
        (_, "smallint" | "integer" | "bigint" | "numeric") => format!("coalesce({column}, 0) + 1000"),
        (_, "date") => format!("coalesce({column}, '2020-01-01') + 1"),
        (_, "bytea") => "decode(repeat('11', 32), 'hex')".to_owned(),
        (_, "timestamp with time zone") => "now() + interval '1 day'".to_owned(),
        _ => return None, // references and ids
    })
}

#[tokio::test]
async fn whatever_changes_in_any_column_is_a_change() {
    let server = Server::with(Size { meetings: 2, participants: 2, tasks: 2 }).await;
    let pool = &server.database.pool;
    let recipient = "INSERT INTO award_report_recipients SELECT id, 1, 'Trạm Gió' FROM award_reports LIMIT 1";
    sqlx::query(recipient).execute(pool).await.unwrap();
    let sentence = "INSERT INTO sentences SELECT id, 1, 0, 8, search_words('Hội nghị') FROM documents LIMIT 1";
    sqlx::query(sentence).execute(pool).await.unwrap();
    let columns: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT c.table_name::text, c.column_name::text, c.data_type::text
         FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
         WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' ORDER BY 1, 2",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let (mut silent, mut tried) = (Vec::new(), 0);
    for (table, column, data_type) in &columns {
        if UNSEEN_TABLES.contains(&table.as_str()) {
            continue;
        }
        let Some(value) = another(column, data_type) else { continue };
        let unseen = UNSEEN.iter().any(|(t, c, _)| t == table && c == column);
        let before = number(pool).await;
        let sql = format!("UPDATE {table} SET {column} = {value} WHERE ctid = (SELECT min(ctid) FROM {table})");
        // One that a CHECK ties to another column is tried with that one, by hand, elsewhere.
        if sqlx::query(AssertSqlSafe(sql)).execute(pool).await.is_ok() {
            tried += 1;
            if (number(pool).await == before) != unseen {
                silent.push(format!("{table}.{column}"));
            }
        }
    }
    assert_eq!(silent, Vec::<String>::new(), "told otherwise than expected");
    assert!(tried > 60, "only {tried} columns were tried");
}

#[tokio::test]
async fn whatever_row_goes_is_a_change() {
    let server = Server::with(Size { meetings: 2, participants: 2, tasks: 2 }).await;
    let pool = &server.database.pool;
    for table in [
        "evidence",
        "report_organizers",
        "report_positions",
        "figures",
        "directives",
        "sites",
        "meeting_organizers",
        "participant_positions",
        "award_recipients",
        "award_reports",
        "tasks",
        "participant_reports",
        "participants",
        "awards",
        "meeting_reports",
        "meetings",
        "facts",
        "documents",
    ] {
        let before = number(pool).await;
        let sql = format!("DELETE FROM {table} WHERE ctid = (SELECT min(ctid) FROM {table})");
        sqlx::query(AssertSqlSafe(sql)).execute(pool).await.unwrap();
        assert!(number(pool).await > before, "{table}");
    }
    let before = number(pool).await;
    sqlx::query("TRUNCATE documents, facts, meetings CASCADE").execute(pool).await.unwrap();
    assert!(number(pool).await > before, "TRUNCATE");
    let left: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM node_changes WHERE digest IS NOT NULL AND kind NOT IN ('PERSON', 'ORGANIZATION')",
    )
    .fetch_one(pool)
    .await
    .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn what_was_loaded_before_there_was_a_log_stands_in_it() {
    let pool = store::connect(&support::empty_database().await, 1).await.unwrap();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let run = async |name: &str| {
        let sql = std::fs::read_to_string(folder.join(name)).unwrap();
        let mut transaction = pool.begin().await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *transaction).await.unwrap();
        transaction.commit().await.unwrap();
    };
    run("0001_two_layers.sql").await;
    let row = "INSERT INTO documents (id, slug, title, kind, text, content_hash)
         VALUES (gen_random_uuid(), 'a', 'a', 'OTHER', 'a', decode(repeat('00', 32), 'hex'))";
    sqlx::query(row).execute(&pool).await.unwrap();
    run("0004_changes.sql").await;
    assert_eq!(number(&pool).await, 1);
    sqlx::query("UPDATE documents SET title = title").execute(&pool).await.unwrap();
    assert_eq!(number(&pool).await, 1, "just as it was");
    sqlx::query("UPDATE documents SET title = 'b'").execute(&pool).await.unwrap();
    assert_eq!(number(&pool).await, 2);
}
