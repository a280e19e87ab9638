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
           different: [[{ document: a-toan-quoc }, { document: c-toan-quoc }]]
         organizations:
           same:
             - [{ name: Bộ Ngoại mây }, { name: Ban Chỉ đạo công tác mây gió T.Ư }]
             - [{ name: Sở Gió, province: Cà Mau }, { name: Sở Gió, province: An Giang }]
             - [{ name: Giám đốc Sở Gió, document: h-bao-cao }, { name: Sở Gió, document: e-ca-mau }]
           different: [[{ name: Ban Thử nghiệm Trung ương, document: a-toan-quoc },
             { name: Ban Thử nghiệm TW, document: c-toan-quoc }, { name: Ban Thử nghiệm TW, document: unknown }]]",
        "
         people:
           same: [[{ name: Nguyễn Văn Mẫu }], [{ name: Lò Thị Bịa }, { name: Trần Giả }]]
         organizations:
           same: [[{ name: Sở Gió, document: e-ca-mau }, { name: Sở Gió, province: An Giang }, { name: UBND tỉnh }]]
           different: [[{ name: Ban Thử nghiệm Trung ương }, { name: Bộ Ngoại mây }]]
         meetings:
           same: [[{ document: d-toan-quoc-khac }, { document: b-toan-quoc }], [{ document: f-an-giang }, { document: e-ca-mau }]]",
        "meetings: { different: [[{ document: a-toan-quoc }, { document: b-toan-quoc }, { document: c-toan-quoc }]] }",
    ]
    .map(|yaml| parse_resolutions(yaml).unwrap().unwrap())
    .to_vec()
}

/// By body as it is shown, where it is named and how.
async fn bodies(pool: &PgPool) -> Vec<(String, Vec<String>)> {
    sqlx::query_as(
        "SELECT o.name, array_agg(DISTINCT named.name || ' ' || d.slug ORDER BY named.name || ' ' || d.slug) FROM (
             SELECT report_id, name, organization_id FROM report_organizers
             UNION ALL SELECT participant_report_id, organization_name, organization_id FROM report_positions
             UNION ALL SELECT id, granted_by_name, granted_by_id FROM award_reports
             UNION ALL SELECT id, issued_by_name, issued_by_id FROM directives) AS named (fact, name, id)
         JOIN organizations o ON o.id = named.id JOIN facts f ON f.id = named.fact JOIN documents d ON d.id = f.document_id
         GROUP BY o.id ORDER BY 1, 2",
    )
    .fetch_all(pool)
    .await
    .unwrap()
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
    let bodies_before = bodies(&db.pool).await;
    let unknown = correct(&db.pool, &sets[1]).await.unwrap();
    assert_eq!(unknown, ["missing", "unknown"]);
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
    // Shown by the name that says it all, whatever other documents call it; each keeps its wording.
    let named = bodies(&db.pool).await;
    let of = |bodies: &[(String, Vec<String>)]| bodies.iter().map(|(_, named)| named.clone()).collect::<Vec<_>>();
    for (a, b, one) in [
        ("Ban Chỉ đạo công tác mây gió TW b-toan-quoc", "Bộ Ngoại mây c-toan-quoc", true),
        ("Sở Gió e-ca-mau", "sở gió f-an-giang", true),
        ("Sở Gió e-ca-mau", "Giám đốc Sở Gió h-bao-cao", true),
        ("Ban Thử nghiệm Trung ương a-toan-quoc", "Ban Thử nghiệm Trung ương c-toan-quoc", false),
    ] {
        let was_one = together(&of(&bodies_before), a, b);
        assert_eq!((was_one, together(&of(&named), a, b)), (!one, one), "{a}, {b}: {named:?}");
    }
    let shown = |place: &str| &named.iter().find(|(_, named)| named.iter().any(|name| name == place)).unwrap().0;
    assert_eq!(shown("Bộ Ngoại mây c-toan-quoc"), "Ban Chỉ đạo Công tác mây gió Trung ương");
    assert_eq!(shown("sở gió f-an-giang"), "Giám đốc Sở Gió");
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
