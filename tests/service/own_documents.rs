//! The project's own documents, with all that is extracted from them: more people, bodies and days than anybody would
//! invent, in any order and more than once.

use std::path::Path;

use hoinghi::document;
use hoinghi::extract::extract;
use hoinghi::ingest::find;

use crate::invented::{Dice, Document};
use crate::loading::{difference, fresh};

#[tokio::test]
async fn no_order_of_loading_them_makes_a_difference() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [top.join("seeds"), top.join("tests/extract/documents")];
    let mut all: Vec<Document> = Vec::new();
    for item in find(&folders).items {
        let name = item.file_name().unwrap().to_owned();
        let source = document::read(&name, &item.bytes().unwrap()).unwrap();
        let extraction = extract(&source);
        all.push((source, extraction));
    }
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
