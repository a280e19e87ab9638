//! The schema: migrating is repeatable and safe to do twice at once; everything in it has a name of its own.

use std::time::{Duration, Instant};

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
async fn nothing_is_compiled_for_a_statement_whoever_sends_it() {
    let db = support::database().await;
    for pool in [
        store::connect(&db.url, 1).await,
        store::connect_to_read(&db.url, 1).await,
        store::connect_loader(&db.url, 1).await,
    ] {
        let jit: String = sqlx::query_scalar("SHOW jit").fetch_one(&pool.unwrap()).await.unwrap();
        assert_eq!(jit, "off");
    }
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
async fn what_columns_are_generated_by_works_without_a_search_path() {
    // As in a restore of a backup.
    let db = support::database().await;
    let mut connection = db.pool.acquire().await.unwrap();
    sqlx::query("SET search_path = ''").execute(&mut *connection).await.unwrap();
    for insert in [
        "INSERT INTO public.people (id, name, name_key) VALUES (gen_random_uuid(), 'Đỗ Giả', 'do gia')",
        "INSERT INTO public.meetings (id, title, kind) VALUES (gen_random_uuid(), 'Hội nghị giả', 'OTHER')",
        "INSERT INTO public.awards (id, name) VALUES (gen_random_uuid(), 'Bằng khen giả')",
    ] {
        // Triggers come last in a restore.
        let sql = format!("SET session_replication_role = replica; {insert}");
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *connection).await.unwrap();
    }
    let words: String =
        sqlx::query_scalar("SELECT words::text FROM public.people").fetch_one(&mut *connection).await.unwrap();
    assert_eq!(words, "'do':1 'gia':2");
}

#[tokio::test]
async fn a_server_without_pg_trgm_does_without_its_indexes() {
    let url = support::empty_database().await;
    let admin = store::connect(&url, 1).await.unwrap();
    let name: String = sqlx::query_scalar("SELECT current_database()").fetch_one(&admin).await.unwrap();
    // Whoever may not create extensions is as badly off as who has none to create.
    for statement in [
        format!("CREATE ROLE poor_{name} LOGIN"),
        format!("GRANT ALL ON SCHEMA public TO poor_{name}"),
        format!("GRANT TEMPORARY ON DATABASE {name} TO poor_{name}"),
    ] {
        sqlx::query(AssertSqlSafe(statement)).execute(&admin).await.unwrap();
    }
    let poor = store::connect(&url.replace("hoinghi@", &format!("poor_{name}@")), 1).await.unwrap();
    store::migrate(&poor).await.unwrap();
    let found: (i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'),
             (SELECT count(*) FROM pg_class WHERE relname IN ('meetings_title_trgm_idx', 'people_name_folded_idx'))",
    )
    .fetch_one(&poor)
    .await
    .unwrap();
    assert_eq!(found, (0, 1));
}

#[tokio::test]
async fn text_is_folded_alike_whatever_it_is_written_with() {
    let db = support::database().await;
    for (text, folded) in [
        ("Hội nghị “Hoà Bình” – năm\u{a0}2021", "hoi nghi \"hoa binh\" - nam 2021"),
        ("ĐẢNG ỦY ‘xã’", "dang uy 'xa'"),
        ("Ho\u{300}a hòa hoà HOÀ", "hoa hoa hoa hoa"),
        ("ăâđêôơư ẵẫễỗỡữ ỵỷỳýỹ", "aadeoou aaeoou yyyyy"),
        ("Sở\u{200b} Gió\u{feff}\u{ad}", "so gio"),
        ("100% a_b \\ 🙂 Ψ", "100% a_b \\ 🙂 Ψ"),
        ("", ""),
    ] {
        let found: String = sqlx::query_scalar("SELECT fold($1)").bind(text).fetch_one(&db.pool).await.unwrap();
        assert_eq!(found, folded, "{text}");
    }
    // Nothing becomes a wildcard by it, so a pattern may be folded.
    let wild: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM generate_series(1, 65535) n WHERE n NOT BETWEEN 55296 AND 57343 AND n NOT IN (37, 92, 95)
             AND fold(chr(n)) ~ '[%_\\\\]'",
    )
    .fetch_one(&db.pool)
    .await
    .unwrap();
    assert_eq!(wild, 0);
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

#[tokio::test]
async fn a_change_is_looked_up_by_key_however_young_the_table() {
    let db = support::database().await;
    for batch in 1..=3 {
        // What a connection has done is counted when it ends.
        let own = store::connect(&db.url, 1).await.unwrap();
        let people = "INSERT INTO people (id, name, name_key) SELECT gen_random_uuid(), name, name
            FROM generate_series(1, 800) AS n, format('Lò Bịa %s %s', $1::int, n) AS name";
        sqlx::query(people).bind(batch).execute(&own).await.unwrap();
        own.close().await;
    }
    let others = "SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'node_changes_kind_number_key'";
    let looked_up = "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'node_changes_pkey'";
    let deadline = Instant::now() + Duration::from_secs(10);
    while sqlx::query_scalar::<_, i64>(looked_up).fetch_one(&db.pool).await.unwrap() < 2400 {
        assert!(Instant::now() < deadline, "not by key");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(sqlx::query_scalar::<_, i64>(others).fetch_one(&db.pool).await.unwrap(), 0);
}
