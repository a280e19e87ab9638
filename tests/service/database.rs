//! The schema: migrating is repeatable and safe to do twice at once; everything in it has a name of its own.

use hoinghi::{domain, store};

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
