//! Loading, replacing and removing documents: what is put together is a function of what is there, and nothing else.

use std::fmt::Write;

use hoinghi::domain::{MeetingLevel, MeetingReport, ParticipantRole, province_named};
use hoinghi::ingest::{load_extraction, remove};
use hoinghi::store;
use sqlx::{AssertSqlSafe, PgPool};

use crate::invented::{Dice, Document, document, documents, meeting, person};
use crate::support;

type AwardRow = (String, String, Option<i32>, Option<i32>, i64);

/// Every row of every table, without what tells of time.
pub async fn dump(pool: &PgPool) -> String {
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
             AND relname NOT IN ('_sqlx_migrations', 'provinces', 'data_version', 'name_scopes_rules') ORDER BY relname",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut dump = String::new();
    for table in tables {
        // Of what is followed, the digests: they are kept up to date change by change and must be what they would be if
        // worked out at once. A node that is gone has none.
        let there = if table == "node_changes" { "WHERE digest IS NOT NULL" } else { "" };
        let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!(
            "SELECT (to_jsonb(t) - '{{loaded_at,number,made_by,made_at,changed_at}}'::text[])::text FROM {table} t
             {there} ORDER BY 1"
        )))
        .fetch_all(pool)
        .await
        .unwrap();
        writeln!(dump, "== {table}\n{}", rows.join("\n")).unwrap();
    }
    dump
}

pub async fn load(pool: &PgPool, (source, extraction): &Document) {
    load_extraction(pool, source, extraction).await.unwrap();
}

/// The dump of a new database with these documents.
pub async fn fresh(documents: &[Document]) -> String {
    let db = support::database().await;
    for document in documents {
        load(&db.pool, document).await;
    }
    dump(&db.pool).await
}

#[tokio::test]
async fn any_order_gives_the_same_rows_and_ids() {
    let mut all = documents();
    let expected = fresh(&all).await;
    assert!(expected.contains("Lò Thị Bịa"));
    let mut dice = Dice(3);
    for _ in 0..6 {
        dice.shuffle(&mut all);
        let found = fresh(&all).await;
        assert!(expected == found, "{}", difference(&expected, &found));
    }
}

#[tokio::test]
async fn loading_again_changes_no_row_of_what_is_put_together() {
    let db = support::database().await;
    for document in &documents() {
        load(&db.pool, document).await;
    }
    let versions = || async {
        let mut versions = String::new();
        for table in [
            "meetings",
            "participants",
            "people",
            "organizations",
            "awards",
            "sites",
            "meeting_organizers",
            "participant_positions",
            "award_recipients",
        ] {
            let rows: Vec<String> =
                sqlx::query_scalar(AssertSqlSafe(format!("SELECT xmin::text || ctid::text FROM {table} ORDER BY 1")))
                    .fetch_all(&db.pool)
                    .await
                    .unwrap();
            assert!(!rows.is_empty(), "{table}");
            writeln!(versions, "{table} {}", rows.join(" ")).unwrap();
        }
        versions
    };
    let (before, rows) = (versions().await, dump(&db.pool).await);
    for document in &documents() {
        load(&db.pool, document).await;
    }
    assert_eq!(before, versions().await);
    assert!(rows == dump(&db.pool).await);
}

#[tokio::test]
async fn loading_again_does_not_even_lock_what_the_document_does_not_name() {
    let db = support::database().await;
    let all = documents();
    for document in &all {
        load(&db.pool, document).await;
    }
    // A lock leaves the transaction's number in the row. Whatever a new row refers to is locked, rightly so: the
    // document's own meetings, participants and awards.
    let locks = || async {
        let mut locks = String::new();
        for (table, reports, column) in [
            ("meetings", "meeting_reports", "meeting_id"),
            ("participants", "participant_reports", "participant_id"),
            ("awards", "award_reports", "award_id"),
            ("people", "", ""),
            ("sites", "", ""),
            ("meeting_organizers", "", ""),
            ("participant_positions", "", ""),
            ("award_recipients", "", ""),
        ] {
            let mut query = format!("SELECT xmax::text FROM {table} t");
            if !reports.is_empty() {
                write!(
                    query,
                    " WHERE NOT EXISTS (SELECT FROM {reports} r JOIN facts f ON f.id = r.id
                         JOIN documents d ON d.id = f.document_id WHERE r.{column} = t.id AND d.slug = 'b-toan-quoc')"
                )
                .unwrap();
            }
            let rows: Vec<String> =
                sqlx::query_scalar(AssertSqlSafe(query + " ORDER BY ctid")).fetch_all(&db.pool).await.unwrap();
            assert!(!rows.is_empty(), "{table}");
            writeln!(locks, "{table} {}", rows.join(" ")).unwrap();
        }
        locks
    };
    let before = locks().await;
    load(&db.pool, &all[1]).await;
    assert_eq!(before, locks().await);
}

#[tokio::test]
async fn replacing_and_removing_leave_what_a_new_database_would_have() {
    let all = documents();
    let changed = |document: &Document, dice: &mut Dice| {
        let (mut source, mut extraction) = document.clone();
        source.text += " Sửa.";
        match (dice.roll(5), extraction.meetings.first_mut()) {
            (0, Some(meeting)) => meeting.date = None,
            (1, Some(meeting)) => _ = meeting.participants.pop(),
            (2, Some(meeting)) => {
                let office = ["Giám đốc|Sở Gió", "Bí thư|Tỉnh ủy"][dice.roll(2)];
                let role = ParticipantRole::Presenter;
                meeting.participants.push(person(
                    "Nguyễn Văn Mẫu",
                    role,
                    &[office],
                    Some(["Cà Mau", "Huế"][dice.roll(2)]),
                ));
            }
            // A body that its name does not tell from those of other places.
            (3, Some(meeting)) => {
                meeting.level = Some(MeetingLevel::District);
                meeting.province = province_named(["Cà Mau", "Huế"][dice.roll(2)], None);
                meeting.organizers.push(["UBND huyện", "UBND xã Gió"][dice.roll(2)].to_owned());
            }
            _ => {
                extraction.tasks.pop();
                extraction.awards.clear();
            }
        }
        (source, extraction)
    };
    for seed in [11, 12, 13] {
        let mut dice = Dice(seed);
        let db = support::database().await;
        let mut there: Vec<Option<Document>> = vec![None; all.len()];
        for _ in 0..24 {
            let at = dice.roll(all.len());
            if there[at].is_some() && dice.roll(3) == 0 {
                assert!(remove(&db.pool, &all[at].0.slug).await.unwrap());
                there[at] = None;
            } else {
                let version = if dice.roll(2) == 0 { all[at].clone() } else { changed(&all[at], &mut dice) };
                load(&db.pool, &version).await;
                there[at] = Some(version);
            }
        }
        let (expected, found) =
            (fresh(&there.iter().flatten().cloned().collect::<Vec<_>>()).await, dump(&db.pool).await);
        assert!(expected == found, "seed {seed}: {}", difference(&expected, &found));
        for document in there.iter().flatten() {
            assert!(remove(&db.pool, &document.0.slug).await.unwrap());
        }
        let rows = dump(&db.pool).await;
        assert!(rows.lines().all(|line| line.is_empty() || line.starts_with("==")), "left behind: {rows}");
        assert!(!remove(&db.pool, "a-toan-quoc").await.unwrap());
    }
}

#[tokio::test]
async fn a_body_named_in_two_provinces_is_of_each() {
    let held_in = |province: &str| MeetingReport {
        organizers: vec!["UBND huyện".to_owned(), "UBND xã Gió".to_owned()],
        province: province_named(province, None),
        ..meeting(&format!("Hội nghị gió {province}"), MeetingLevel::District)
    };
    let provinces = |pool: PgPool| async move {
        let query =
            "SELECT o.name || ' ' || p.name FROM organizations o JOIN provinces p ON p.id = o.province_id ORDER BY 1";
        sqlx::query_scalar::<_, String>(query).fetch_all(&pool).await.unwrap()
    };
    let db = support::database().await;
    // What was there before, with the province it was of, leaves nothing behind.
    load(&db.pool, &document("a", vec![held_in("Huế")])).await;
    load(&db.pool, &document("a", vec![held_in("Cà Mau"), held_in("An Giang")])).await;
    assert_eq!(
        provinces(db.pool.clone()).await,
        ["UBND huyện An Giang", "UBND huyện Cà Mau", "UBND xã Gió An Giang", "UBND xã Gió Cà Mau"]
    );
}

#[tokio::test]
async fn a_namesake_elsewhere_leaves_a_person_as_they_are() {
    let bia_at = |slug: &str, office: &str, site: &str| {
        let mut report = MeetingReport { date: None, ..meeting("Hội nghị mây gió", MeetingLevel::National) };
        report.participants = vec![person("Lò Thị Bịa", ParticipantRole::Chair, &[office], Some(site))];
        document(slug, vec![report])
    };
    for (first, office) in [("by title", "Bí thư|Tỉnh ủy"), ("by body", "Giám đốc|Sở Gió")] {
        let db = support::database().await;
        let person = || async {
            let query = "SELECT p.person_id FROM participant_reports r JOIN participants p ON p.id = r.participant_id
                JOIN facts f ON f.id = r.id JOIN documents d ON d.id = f.document_id WHERE d.slug = 'm'";
            sqlx::query_scalar::<_, uuid::Uuid>(query).fetch_one(&db.pool).await.unwrap()
        };
        load(&db.pool, &bia_at("m", office, "Cà Mau")).await;
        let before = person().await;
        for (slug, office, site) in [("a", "Bí thư|Tỉnh ủy", "An Giang"), ("z", "Bộ trưởng|Bộ Gió", "Hà Nội")]
        {
            load(&db.pool, &bia_at(slug, office, site)).await;
            assert_eq!(before, person().await, "{first}, {slug}");
        }
        let people: i64 = sqlx::query_scalar("SELECT count(*) FROM people").fetch_one(&db.pool).await.unwrap();
        assert_eq!(people, 3, "{first}");
    }
}

#[tokio::test]
async fn ids_of_what_did_not_change_stay() {
    let db = support::database().await;
    let document = documents().remove(0);
    load(&db.pool, &document).await;
    let tasks = || async {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT text, id::text FROM tasks ORDER BY text").fetch_all(&db.pool).await.unwrap();
        rows
    };
    let before = tasks().await;
    let (mut source, mut extraction) = document;
    source.text.insert_str(0, "Thêm một câu. ");
    extraction.tasks.remove(0);
    load(&db.pool, &(source, extraction)).await;
    assert_eq!(before.into_iter().filter(|(text, _)| text.starts_with("Đo")).collect::<Vec<_>>(), tasks().await);
}

#[tokio::test]
async fn a_document_takes_as_many_statements_whatever_the_number_of_its_facts() {
    let db = support::database().await;
    // The first time, a connection is made too.
    load(&db.pool, &documents()[7]).await;
    // One of everything, and many of everything.
    let everything = |slug: &str, many: usize| {
        let all = documents();
        let (mut source, mut extraction) = all[1].clone();
        source.slug = slug.to_owned();
        for _ in 0..many {
            let own = all[1].1.meetings[0].participants.clone();
            extraction.meetings[0].participants.extend(own);
            extraction.tasks.extend(all[0].1.tasks.clone());
            extraction.awards.extend(all[1].1.awards.clone());
            extraction.directives.extend(all[7].1.directives.clone());
            extraction.figures.extend(all[7].1.figures.clone());
        }
        (source, extraction)
    };
    let mut counts = Vec::new();
    for many in [1, 40] {
        let (slug, document) = (format!("many-{many}"), everything(&format!("many-{many}"), many));
        let loaded = support::statements(load(&db.pool, &document)).await;
        let replaced = support::statements(load(&db.pool, &document)).await;
        let removed = support::statements(remove(&db.pool, &slug)).await;
        counts.push([loaded, replaced, removed]);
    }
    assert_eq!(counts[0], counts[1]);
    // A change of these numbers is a change of what loading costs: look at it before writing it down.
    assert_eq!(counts[0], [38, 43, 21]);
}

#[tokio::test]
async fn several_loaders_at_once_come_to_the_same() {
    let all = documents();
    let expected = fresh(&all).await;
    let db = support::database().await;
    let loaders = all.into_iter().map(|document| {
        let pool = db.pool.clone();
        tokio::spawn(async move { load(&pool, &document).await })
    });
    for loader in loaders.collect::<Vec<_>>() {
        loader.await.unwrap();
    }
    let found = dump(&db.pool).await;
    assert!(expected == found, "{}", difference(&expected, &found));
}

#[tokio::test]
async fn who_sets_a_task_is_the_participant_of_that_name() {
    let db = support::database().await;
    for document in &documents() {
        load(&db.pool, document).await;
    }
    let setters: Vec<(String, String, bool)> = sqlx::query_as(
        "SELECT t.text, p.name, EXISTS (SELECT FROM participants x JOIN participant_reports r ON r.participant_id = x.id
             WHERE x.person_id = p.id AND r.report_id = t.report_id)
         FROM tasks t JOIN people p ON p.id = t.assigned_by_id ORDER BY 1",
    )
    .fetch_all(&db.pool)
    .await
    .unwrap();
    let told: Vec<_> = setters.iter().map(|(text, name, present)| (text.as_str(), name.as_str(), *present)).collect();
    assert_eq!(
        told,
        [
            ("Trồng cây", "Phan Chỉ Giao", false),
            ("Vẽ lại bản đồ gió", "Nguyễn Văn Mẫu", false),
            ("Đo gió hằng ngày", "Nguyễn Văn Mẫu", true),
            ("Đếm mây đúng giờ", "Lò Thị Bịa", true),
        ]
    );
}

#[tokio::test]
async fn one_award_reported_twice_is_one_and_bodies_are_spelled_in_full() {
    let db = support::database().await;
    for document in &documents() {
        load(&db.pool, document).await;
    }
    let awards: Vec<AwardRow> = sqlx::query_as(
        "SELECT a.name, o.name, a.collective_count, a.individual_count,
             (SELECT count(*) FROM award_reports r WHERE r.award_id = a.id)
         FROM awards a JOIN organizations o ON o.id = a.granted_by_id ORDER BY 1",
    )
    .fetch_all(&db.pool)
    .await
    .unwrap();
    assert_eq!(
        awards,
        [
            ("Bằng khen".to_owned(), "Ban Thử nghiệm Trung ương".to_owned(), Some(3), Some(4), 2),
            ("Giấy khen".to_owned(), "Giám đốc Sở Gió".to_owned(), None, Some(2), 1),
        ]
    );
    let of_wind: Vec<(String, Option<i16>)> =
        sqlx::query_as("SELECT name, province_id FROM organizations WHERE lower(name) = 'sở gió' ORDER BY province_id")
            .fetch_all(&db.pool)
            .await
            .unwrap();
    assert_eq!(of_wind, [("sở gió".to_owned(), Some(89)), ("Sở Gió".to_owned(), Some(96))]);
    assert!(store::slugs(&db.pool).await.unwrap().is_sorted());
}

/// The first lines that two dumps do not share.
pub fn difference(expected: &str, found: &str) -> String {
    let only = |a: &str, b: &str| {
        a.lines().filter(|line| !b.lines().any(|l| l == *line)).take(8).collect::<Vec<_>>().join("\n")
    };
    format!("missing:\n{}\nextra:\n{}", only(expected, found), only(found, expected))
}
