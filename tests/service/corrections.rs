//! Corrections: what they join and keep apart, and that neither their order nor that of loading makes a difference.

use hoinghi::domain::Corrections;
use hoinghi::ingest::{correct, parse_resolutions, remove};
use sqlx::PgPool;

use crate::invented::{Dice, Document, documents};
use crate::loading::{difference, dump, load};
use crate::support;

/// Several sets of them, over the invented documents; the first says nothing.
fn sets() -> Vec<Corrections> {
    [
        "people: {}",
        "
         people:
           same:
             - [{ name: Trần Giả }, { name: Phan Chỉ Giao, document: h-bao-cao }]
           different:
             - [{ name: Nguyễn Văn Mẫu, document: a-toan-quoc }, { name: nguyễn văn mẫu, document: e-ca-mau }]
         meetings:
           same: [[{ document: e-ca-mau }, { document: g-khong-ngay }, { document: missing, meeting: 3 }]]
           different: [[{ document: a-toan-quoc }, { document: c-toan-quoc }]]",
        "
         people:
           same: [[{ name: Nguyễn Văn Mẫu }], [{ name: Lò Thị Bịa }, { name: Trần Giả }]]
         meetings:
           same: [[{ document: d-toan-quoc-khac }, { document: b-toan-quoc }], [{ document: f-an-giang }, { document: e-ca-mau }]]",
        "meetings: { different: [[{ document: a-toan-quoc }, { document: b-toan-quoc }, { document: c-toan-quoc }]] }",
    ]
    .map(|yaml| parse_resolutions(yaml).unwrap().unwrap())
    .to_vec()
}

async fn fresh(documents: &[Document], told: &Corrections) -> String {
    let db = support::database().await;
    correct(&db.pool, told).await.unwrap();
    for document in documents {
        load(&db.pool, document).await;
    }
    dump(&db.pool).await
}

/// The meeting or person of each report, as (slug, name of the person or title's id).
async fn meetings(pool: &PgPool) -> Vec<Vec<String>> {
    sqlx::query_scalar(
        "SELECT array_agg(d.slug ORDER BY d.slug) FROM meeting_reports r JOIN facts f ON f.id = r.id
         JOIN documents d ON d.id = f.document_id GROUP BY r.meeting_id ORDER BY 1",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}

/// By person, the documents that name them and how.
async fn people(pool: &PgPool) -> Vec<Vec<String>> {
    sqlx::query_scalar(
        "SELECT array_agg(DISTINCT name || ' ' || slug ORDER BY name || ' ' || slug) FROM (
             SELECT p.person_id, r.name, d.slug FROM participants p JOIN participant_reports r ON r.participant_id = p.id
             JOIN facts f ON f.id = r.id JOIN documents d ON d.id = f.document_id WHERE r.kind = 'PERSON'
             UNION ALL SELECT t.assigned_by_id, t.assigned_by_name, d.slug FROM tasks t JOIN facts f ON f.id = t.id
             JOIN documents d ON d.id = f.document_id WHERE assigned_by_id IS NOT NULL) AS named (id, name, slug)
         GROUP BY id ORDER BY 1",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}

#[tokio::test]
async fn what_is_told_holds_and_can_be_taken_back() {
    let db = support::database().await;
    for document in &documents() {
        load(&db.pool, document).await;
    }
    let before = (dump(&db.pool).await, meetings(&db.pool).await, people(&db.pool).await);
    let together = |groups: &[Vec<String>], a: &str, b: &str| {
        groups.iter().any(|group| group.iter().any(|x| x == a) && group.iter().any(|x| x == b))
    };
    let sets = sets();
    let unknown = correct(&db.pool, &sets[1]).await.unwrap();
    assert_eq!(unknown, ["missing"]);
    let (now, who) = (meetings(&db.pool).await, people(&db.pool).await);
    for (a, b, one) in [("e-ca-mau", "g-khong-ngay", true), ("a-toan-quoc", "c-toan-quoc", false)] {
        assert_eq!((together(&before.1, a, b), together(&now, a, b)), (!one, one), "{now:?}");
    }
    for (a, b, one) in [
        ("Trần Giả b-toan-quoc", "Phan Chỉ Giao h-bao-cao", true),
        ("Nguyễn Văn Mẫu a-toan-quoc", "Nguyễn Văn Mẫu e-ca-mau", false),
    ] {
        assert_eq!((together(&before.2, a, b), together(&who, a, b)), (!one, one), "{who:?}");
    }
    correct(&db.pool, &sets[2]).await.unwrap();
    let (now, who) = (meetings(&db.pool).await, people(&db.pool).await);
    assert!(together(&now, "d-toan-quoc-khac", "c-toan-quoc") && together(&now, "e-ca-mau", "f-an-giang"), "{now:?}");
    assert!(together(&who, "Nguyễn Văn Mẫu e-ca-mau", "Nguyễn Văn Mẫu f-an-giang"), "{who:?}");
    // Told again, nothing is touched; taken back, all is as if it had never been told.
    let rows = dump(&db.pool).await;
    correct(&db.pool, &sets[2]).await.unwrap();
    assert!(rows == dump(&db.pool).await);
    correct(&db.pool, &sets[0]).await.unwrap();
    let found = dump(&db.pool).await;
    assert!(before.0 == found, "{}", difference(&before.0, &found));
}

#[tokio::test]
async fn no_order_of_loading_replacing_and_telling_makes_a_difference() {
    let (all, sets) = (documents(), sets());
    let mut dice = Dice(11);
    for round in 0..8 {
        let told = &sets[round % sets.len()];
        let expected = fresh(&all, told).await;
        let db = support::database().await;
        let mut order: Vec<&Document> = all.iter().chain(&all).collect();
        dice.shuffle(&mut order);
        let when = dice.roll(order.len());
        for (at, (source, extraction)) in order.into_iter().enumerate() {
            match dice.roll(4) {
                0 => correct(&db.pool, &sets[dice.roll(sets.len())]).await.map(|_| ()).unwrap(),
                1 => {
                    remove(&db.pool, &all[dice.roll(all.len())].0.slug).await.unwrap();
                }
                2 => {
                    // As it might have been before: of another day, with fewer people.
                    let mut other = (source.clone(), extraction.clone());
                    for meeting in &mut other.1.meetings {
                        meeting.date = meeting.date.and_then(|date| date.succ_opt());
                        meeting.participants.pop();
                    }
                    load(&db.pool, &other).await;
                }
                _ => {}
            }
            load(&db.pool, &(source.clone(), extraction.clone())).await;
            if at == when {
                correct(&db.pool, told).await.unwrap();
            }
        }
        for document in &all {
            load(&db.pool, document).await;
        }
        correct(&db.pool, told).await.unwrap();
        let found = dump(&db.pool).await;
        assert!(expected == found, "round {round}\n{}", difference(&expected, &found));
    }
}
