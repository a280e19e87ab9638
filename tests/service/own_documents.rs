//! The project's own documents, with all that is extracted from them: more people, bodies and days than anybody would
//! invent, in any order and more than once.

use std::path::{Path, PathBuf};

use hoinghi::document;
use hoinghi::extract::extract;
use hoinghi::ingest::{Options, find, load_extraction, load_paths};

use crate::invented::{Dice, Document};
use crate::loading::{difference, fresh};
use crate::support;

/// The documents in these folders, with what is extracted from them.
fn read(folders: &[PathBuf]) -> Vec<Document> {
    let mut all: Vec<Document> = Vec::new();
    for item in find(folders).items {
        let name = item.file_name().unwrap().to_owned();
        let source = document::read(&name, &item.bytes().unwrap()).unwrap();
        let extraction = extract(&source);
        all.push((source, extraction));
    }
    all
}

#[tokio::test]
async fn no_order_of_loading_them_makes_a_difference() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [top.join("seeds"), top.join("tests/extract/documents")];
    let all = read(&folders);
    assert!(all.len() >= 45, "{}", all.len());
    let expected = fresh(&all).await;
    let mut dice = Dice(17);
    for _ in 0..2 {
        let mut order: Vec<Document> = all.iter().flat_map(|one| vec![one.clone(); 1 + dice.roll(2)]).collect();
        dice.shuffle(&mut order);
        let found = fresh(&order).await;
        assert!(expected == found, "{}", difference(&expected, &found));
    }
}

#[tokio::test]
async fn nothing_that_was_loaded_waits_for_its_place_in_an_index() {
    let db = support::database().await;
    // How many pages of entries have waited until now, in all indexes.
    let waiting =
        "SELECT coalesce(sum(gin_clean_pending_list(c.oid)), 0)::bigint FROM pg_class c JOIN pg_am a ON a.oid = c.relam
        WHERE a.amname = 'gin' AND c.relkind = 'i'";
    let waiting = || sqlx::query_scalar::<_, i64>(waiting).fetch_one(&db.pool);
    let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extract/documents");
    for (source, extraction) in read(std::slice::from_ref(&documents)).into_iter().take(3) {
        load_extraction(&db.pool, &source, &extraction).await.unwrap();
    }
    assert!(waiting().await.unwrap() > 0, "each by itself leaves it to autovacuum");
    load_paths(&db.pool, &[documents], Options::default(), &mut |_| {}).await.unwrap();
    assert_eq!(waiting().await.unwrap(), 0);
}
