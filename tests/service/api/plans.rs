//! That lists, orders and filters read through indexes: asked of PostgreSQL's own counters, over some thousand rows.

use std::time::{Duration, Instant};

use hoinghi::{
    http::{Settings, router},
    store,
};
use serde_json::json;
use sqlx::PgPool;

use super::ask::Server;

const ROWS: &[&str] = &[
    "INSERT INTO people (id, name, name_key) SELECT md5('p' || n)::uuid, 'Lê ' || md5(n::text), 'lê ' || md5(n::text)
     FROM generate_series(1, 4000) n",
    "INSERT INTO organizations (id, name, name_key, scope) SELECT md5('o' || n)::uuid, 'Sở ' || md5(n::text), 'sở ' || md5(n::text), ''
     FROM generate_series(1, 2000) n",
    "INSERT INTO meetings (id, title, kind, date, level, province_id, review_year)
     SELECT md5('m' || n)::uuid, 'Hội nghị ' || md5(n::text), 'CONFERENCE', '2015-01-01'::date + n % 3000,
         CASE n % 50 WHEN 0 THEN 'COMMUNE' ELSE 'PROVINCIAL' END, (ARRAY[1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 96])[1 + n % 20],
         2010 + n % 15
     FROM generate_series(1, 6000) n",
    "INSERT INTO participants (id, meeting_id, kind, name, ordinal, person_id, roles)
     SELECT md5('x' || m || '-' || p)::uuid, md5('m' || m)::uuid, 'PERSON', 'Lê', p, md5('p' || 1 + (m * 7 + p) % 4000)::uuid,
         CASE p WHEN 1 THEN '{CHAIR}' ELSE '{ATTENDEE}' END::text[]
     FROM generate_series(1, 6000) m, generate_series(1, 4) p",
    "INSERT INTO awards (id, meeting_id, name, granted_by_id, collective_count)
     SELECT md5('a' || n)::uuid, md5('m' || n)::uuid, 'Bằng khen', md5('o' || 1 + n % 2000)::uuid, n % 40
     FROM generate_series(1, 6000) n",
    "VACUUM ANALYZE",
];

/// What is asked, the index it is read by, and the table that must not be read whole.
const CASES: &[(&str, &str, &str)] = &[
    ("meetings { nodes { title } }", "meetings_date_id_idx", "meetings"),
    ("meetings(after: CURSOR) { nodes { title } }", "meetings_date_id_idx", "meetings"),
    ("meetings(last: 5) { nodes { title } }", "meetings_date_id_idx", "meetings"),
    ("meetings(orderBy: [{ field: DATE, direction: DESC }]) { nodes { title } }", "meetings_date_id_idx", "meetings"),
    ("meetings(orderBy: [{ field: DATE, nulls: FIRST }]) { nodes { title } }", "meetings_date_id_idx", "meetings"),
    ("meetings(orderBy: [{ field: DATE }]) { nodes { title } }", "meetings_earliest_idx", "meetings"),
    (
        "meetings(filter: { date: { gte: \"2016-03-01\", lt: \"2016-04-01\" } }) { nodes { title } }",
        "meetings_date_id_idx",
        "meetings",
    ),
    ("meetings(filter: { level: { eq: COMMUNE } }) { nodes { title } }", "meetings_level_idx", "meetings"),
    (
        "meetings(filter: { title: { contains: \"c4ca4238\" } }) { nodes { title } }",
        "meetings_title_trgm_idx",
        "meetings",
    ),
    (
        "meetings(filter: { province: { code: { eq: \"96\" } }, date: { gte: \"2016-01-01\", lte: \"2016-12-31\" } }) { nodes { title } }",
        "meetings_province_idx",
        "meetings",
    ),
    (
        "meetings(filter: { participants: { some: { person: { id: { eq: \"PERSON\" } }, roles: { eq: CHAIR } } } }) { nodes { title } }",
        "participants_person_idx",
        "participants",
    ),
    ("people { nodes { name } }", "people_name_key_id_idx", "people"),
    ("people(orderBy: [{ field: NAME }]) { nodes { name } }", "people_name_folded_idx", "people"),
    (
        "people(filter: { name: { eq: \"LE c4ca4238a0b923820dcc509a6f75849b\" } }) { nodes { name } }",
        "people_name_folded_idx",
        "people",
    ),
    ("people(filter: { name: { contains: \"c4ca4238\" } }) { nodes { name } }", "people_name_trgm_idx", "people"),
    ("people(filter: { name: { startsWith: \"le c4ca4238\" } }) { nodes { name } }", "people_name_", "people"),
    ("people(first: 1) { nodes { participations { nodes { id } } } }", "participants_person_idx", "participants"),
    (
        "organizations(filter: { name: { eq: \"so c4ca4238a0b923820dcc509a6f75849b\" } }) { nodes { name } }",
        "organizations_name_folded_idx",
        "organizations",
    ),
    (
        "awards(filter: { grantedBy: { id: { eq: \"ORGANIZATION\" } }, collectiveCount: { gt: 10 } }) { nodes { name } }",
        "awards_granted_by_idx",
        "awards",
    ),
    (
        "meetings(first: 3) { nodes { participants { totalCount groups(by: [ROLE]) { nodes { count } } } } }",
        "participants_meeting_ordinal_key",
        "participants",
    ),
];

/// How often this table was read whole, and this index (or one of this name) used.
async fn counted(pool: &PgPool, table: &str, index: &str) -> (i64, i64) {
    let whole = sqlx::query_scalar("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = $1").bind(table);
    let used = sqlx::query_scalar(
        "SELECT sum(idx_scan)::bigint FROM pg_stat_user_indexes WHERE starts_with(indexrelname::text, $1)",
    )
    .bind(index);
    (whole.fetch_one(pool).await.unwrap(), used.fetch_one(pool).await.unwrap())
}

#[tokio::test]
async fn lists_orders_and_filters_are_read_by_indexes() {
    let mut server = Server::empty().await;
    let pool = server.database.pool.clone();
    let mut filling = pool.acquire().await.unwrap();
    // Rows nobody follows: without what notes their changes, which is slow for so many at once.
    let unnoted = ["SET session_replication_role = replica"];
    for rows in unnoted.iter().chain(ROWS) {
        sqlx::query(*rows).execute(&mut *filling).await.unwrap_or_else(|error| panic!("{error}\n{rows}"));
    }
    filling.close().await.unwrap();
    let first = |list: &str, what: &str| format!("{{ {list}(first: 1) {{ {what} }} }}");
    let cursor = server.data(&first("meetings", "pageInfo { endCursor }")).await["meetings"]["pageInfo"]["endCursor"]
        .to_string();
    let person =
        server.data(&first("people", "nodes { id }")).await["people"]["nodes"][0]["id"].as_str().unwrap().to_owned();
    let body = server.data(&first("organizations", "nodes { id }")).await["organizations"]["nodes"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for (query, index, table) in CASES {
        // What a connection has done is counted when it ends.
        let own = store::connect(&server.database.url, 1).await.unwrap();
        server.router = router(own.clone(), Settings::default());
        let (whole, used) = counted(&pool, table, index).await;
        let query = query.replace("CURSOR", &cursor).replace("PERSON", &person).replace("ORGANIZATION", &body);
        server.data(&format!("{{ {query} }}")).await;
        own.close().await;
        let deadline = Instant::now() + Duration::from_secs(5);
        let (whole_now, used_now) = loop {
            let now = counted(&pool, table, index).await;
            if now != (whole, used) || Instant::now() > deadline {
                break now;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        };
        assert!(used_now > used, "{index} is not used: {query}");
        assert_eq!(whole_now, whole, "{table} is read whole: {query}");
    }
}

/// What planning takes grows with the fourth power of the relations that are joined: with 40 of them, seconds.
#[tokio::test]
async fn a_filter_through_many_relations_is_planned_as_joins_of_few() {
    let mut server = Server::empty().await;
    let own = store::connect(&server.database.url, 1).await.unwrap();
    server.router = router(own.clone(), Settings::default());
    let chaired = json!({ "participants": { "some": { "roles": { "eq": "CHAIR" } } } });
    let awarded = json!({ "awards": { "none": {} } });
    let all = [vec![chaired; 10], vec![awarded; 10]].concat();
    let filter = json!({ "and": all });
    let query = "query ($filter: MeetingFilter) { meetings(filter: $filter) { nodes { id } } }";
    let reply = server.post(&json!({ "query": query, "variables": { "filter": filter } })).await.json();
    assert_eq!(reply, json!({ "data": { "meetings": { "nodes": [] } } }));
    // The one connection still has the statement that it was sent.
    let mut connection = own.acquire().await.unwrap();
    let (name, parameters): (String, i32) = sqlx::query_as(
        "SELECT name, cardinality(parameter_types) FROM pg_prepared_statements WHERE statement LIKE '%EXISTS%participants%awards%'
         AND statement NOT LIKE '%pg_prepared_statements%'",
    )
    .fetch_one(&mut *connection)
    .await
    .unwrap();
    let values = vec!["NULL"; usize::try_from(parameters).unwrap()].join(", ");
    let explain = format!("SET plan_cache_mode = force_generic_plan; EXPLAIN EXECUTE {name} ({values})");
    let plan = sqlx::raw_sql(sqlx::AssertSqlSafe(explain)).fetch_all(&mut *connection).await.unwrap();
    let plan: Vec<String> = plan.iter().map(|line| sqlx::Row::get(line, 0)).collect();
    let of = |node: &str| {
        plan.iter().filter(|line| line.trim_start().trim_start_matches("->").trim_start().starts_with(node)).count()
    };
    assert_eq!([of("SubPlan"), of("Nested Loop") + of("Hash Semi") + of("Merge Semi")], [14, 6], "{plan:#?}");
}
