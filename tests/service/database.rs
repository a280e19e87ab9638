//! The schema: migrating is repeatable and safe to do twice at once; everything in it has a name of its own.

use hoinghi::{domain, store};
use sqlx::AssertSqlSafe;

use crate::support;

#[tokio::test]
async fn every_province_is_there_with_its_successor() {
    let db = support::database().await;
    let rows: Vec<(i16, String, String, Option<String>)> = sqlx::query_as(
        "SELECT p.id, p.code, p.name, s.name FROM provinces p LEFT JOIN provinces s ON s.id = p.successor_id ORDER BY p.id",
    )
    .fetch_all(&db.pool)
    .await
    .unwrap();
    assert_eq!(rows.len(), domain::provinces().len());
    let ca_mau = rows.iter().find(|row| row.2 == "Bạc Liêu").unwrap();
    assert_eq!((ca_mau.1.as_str(), ca_mau.3.as_deref()), ("95", Some("Cà Mau")));
}

#[tokio::test]
async fn several_may_migrate_at_once_and_again() {
    let url = support::empty_database().await;
    let pools = [store::connect(&url, 2).await.unwrap(), store::connect(&url, 2).await.unwrap()];
    let (a, b) = tokio::join!(store::migrate(&pools[0]), store::migrate(&pools[1]));
    a.unwrap();
    b.unwrap();
    store::migrate(&pools[0]).await.unwrap();
    let provinces: i64 = sqlx::query_scalar("SELECT count(*) FROM provinces").fetch_one(&pools[0]).await.unwrap();
    assert_eq!(provinces, 97);
}

#[tokio::test]
async fn constraints_carry_names_of_ours() {
    let db = support::database().await;
    // PostgreSQL's own choices end in _check, _fkey1, _key1...; ours say what they hold.
    let unnamed: Vec<String> = sqlx::query_scalar(
        "SELECT conname::text FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
         WHERE connamespace = 'public'::regnamespace AND relname <> '_sqlx_migrations'
           AND (conname ~ '(_check|[0-9])$' OR NOT starts_with(conname::text, relname::text))",
    )
    .fetch_all(&db.pool)
    .await
    .unwrap();
    assert_eq!(unnamed, Vec::<String>::new());
}

#[tokio::test]
async fn text_is_ordered_alike_in_every_database() {
    let db = support::database().await;
    // What an index holds orders lists and is their cursor; the rule decides which of two places in a text is told.
    let by_locale: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT format('%s.%s', c.relname, a.attname)
         FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
         WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> '_sqlx_migrations'
           AND a.attcollation NOT IN (0, 'pg_catalog.\"C\"'::regcollation)
           AND ((c.relname, a.attname) = ('evidence', 'rule')
               OR EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND a.attnum = ANY(i.indkey)))",
    )
    .fetch_all(&db.pool)
    .await
    .unwrap();
    assert_eq!(by_locale, Vec::<String>::new());
}

#[tokio::test]
async fn what_lists_are_narrowed_by_is_looked_up_in_the_order_of_the_list() {
    let db = support::database().await;
    for rows in [
        "INSERT INTO meetings (id, title, kind, date, level, review_year, plan_year)
         SELECT gen_random_uuid(), 'x', (ARRAY['BRIEFING', 'OTHER', 'SEMINAR'])[1 + n % 3], '2000-01-01'::date + n,
             (ARRAY['COMMUNE', 'NATIONAL', 'DISTRICT'])[1 + n % 3], 1900 + n % 20, 1901 + n % 20
         FROM generate_series(1, 3000) AS n",
        "INSERT INTO awards (id, name, year) SELECT gen_random_uuid(), 'x', 1900 + n % 20 FROM generate_series(1, 3000) AS n",
        "INSERT INTO documents (id, slug, title, kind, text, content_hash)
         SELECT gen_random_uuid(), n, 'x', (ARRAY['OTHER', 'MEETING_REPORT', 'ACTIVITY_REPORT'])[1 + n % 3], 'x',
             decode(repeat('00', 32), 'hex')
         FROM generate_series(1, 3000) AS n",
        "ANALYZE",
    ] {
        sqlx::query(rows).execute(&db.pool).await.unwrap();
    }
    let meetings = "meetings m WHERE m.# ORDER BY coalesce(m.date, '-infinity'::date) DESC, m.id DESC";
    for (list, condition) in [
        (meetings, "review_year = 1910"),
        (meetings, "plan_year = 1910"),
        (meetings, "kind = 'BRIEFING'"),
        (meetings, "level = 'COMMUNE'"),
        ("awards a WHERE a.# ORDER BY a.id", "year = 1910"),
        ("documents d WHERE d.# ORDER BY d.slug", "kind = 'OTHER'"),
    ] {
        let query = format!("EXPLAIN SELECT * FROM {} LIMIT 21", list.replace('#', condition));
        let plan: Vec<String> = sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(&db.pool).await.unwrap();
        let plan = plan.join("\n");
        assert!(plan.contains("Index Cond") && !plan.contains("Sort"), "{condition}\n{plan}");
    }
}

#[tokio::test]
async fn an_address_that_does_not_answer_is_named_without_its_password() {
    for url in
        ["postgres://somebody:s3cret@127.0.0.1:1/nothing", "postgres://somebody:s3cret@[", "mysql://x:s3cret@h/d"]
    {
        let error = store::connect(url, 1).await.unwrap_err();
        let told = format!("{:#}", anyhow::Error::from(error));
        assert!(!told.contains("s3cret"), "{told}");
        if url.contains("127.0.0.1") {
            assert!(told.contains("127.0.0.1") && told.contains("nothing"), "{told}");
        }
    }
}
