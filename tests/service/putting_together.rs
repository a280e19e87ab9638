//! Which reports are one meeting, which names one person; and that the order they come in makes no difference.

use std::collections::BTreeSet;

use hoinghi::domain::{
    MeetingLevel, MeetingMode, MeetingReport, Mention, PartOfDay, ParticipantKind, ParticipantRole, Relations,
    ReportedMeeting, local_province, province_named,
};
use hoinghi::ingest::identify;
use hoinghi::resolve::{self, Bodies};

use crate::invented::{Dice, Document, document, documents, meeting, person};

fn reports(documents: &[Document]) -> Vec<ReportedMeeting> {
    documents
        .iter()
        .flat_map(|(source, extraction)| identify(source, extraction, &Bodies::default()).meetings)
        .collect()
}

fn mentions(reports: &[ReportedMeeting]) -> Vec<Mention> {
    let of = |m: &ReportedMeeting| {
        let named = m.participants.iter().filter(|p| p.report.kind == ParticipantKind::Person);
        let mention = |p: &hoinghi::domain::ReportedParticipant| Mention {
            id: p.id,
            slug: m.slug.clone(),
            ordinal: p.ordinal,
            participant: true,
            name: p.report.name.clone(),
            key: p.key.clone(),
            positions: p.report.positions.clone(),
            site_province: p.report.site.as_ref().and_then(|site| site.province),
            meeting_province: local_province(m.report.level, m.report.province),
            person: None,
            meeting_report: Some(m.id),
            date: m.report.date,
        };
        named.map(mention).collect::<Vec<_>>()
    };
    reports.iter().flat_map(of).collect()
}

/// Which documents share a meeting.
fn groups(documents: &[Document]) -> BTreeSet<Vec<String>> {
    let reports = reports(documents);
    let slugs = |ids: &[uuid::Uuid]| {
        let mut slugs: Vec<_> =
            ids.iter().map(|id| reports.iter().find(|r| r.id == *id).unwrap().slug.clone()).collect();
        slugs.sort();
        slugs
    };
    resolve::meetings(&reports, &Relations::default()).iter().map(|m| slugs(&m.reports)).collect()
}

#[test]
fn one_event_told_three_ways_is_one_and_its_day_has_others() {
    let joined: Vec<_> = groups(&documents()).into_iter().filter(|group| group.len() > 1).collect();
    assert_eq!(joined, [["a-toan-quoc", "b-toan-quoc", "c-toan-quoc"]]);
}

/// Chaired by these.
fn with(names: &[&str], report: MeetingReport) -> MeetingReport {
    let participants = names.iter().map(|name| person(name, ParticipantRole::Chair, &[], None)).collect();
    MeetingReport { participants, ..report }
}

#[test]
fn a_meeting_may_be_told_as_a_ministrys_or_as_the_countrys() {
    use MeetingLevel::{Institutional, National, Provincial};
    let title = "Hội nghị tổng kết công tác mây gió năm 2030, triển khai nhiệm vụ năm 2031";
    let course = "Hội nghị tập huấn đo gió, đếm mây vùng cao năm 2030";
    let at = |venue: &str, place: Option<&str>, level| MeetingReport {
        venue: Some(venue.to_owned()),
        province: place.and_then(|name| province_named(name, None)),
        ..meeting(course, level)
    };
    let chaired = |report| with(&["Lò Thị Bịa", "Trần Giả"], report);
    check(vec![
        (
            "one of the two a ministry's",
            chaired(meeting(title, National)),
            chaired(meeting(title, Institutional)),
            true,
        ),
        (
            "a ministry's, and a namesake",
            with(&["Lò Thị Bịa"], meeting(title, National)),
            with(&["Lò Thị Bịa"], meeting(title, Institutional)),
            false,
        ),
        (
            "one name, one place, nobody known who held it",
            at("Thành phố Gió", Some("Cà Mau"), National),
            at("thành phố Gió", Some("Cà Mau"), Institutional),
            false,
        ),
        (
            "one name, a hall that every province has",
            at("Hội trường UBND tỉnh", None, Provincial),
            at("Hội trường UBND tỉnh", None, Provincial),
            false,
        ),
        (
            "one name, a hall of one province and a hall of another",
            at("Hội trường UBND tỉnh", Some("Cà Mau"), Institutional),
            at("Hội trường UBND tỉnh", Some("Lào Cai"), Institutional),
            false,
        ),
        (
            "one name, one place, two bodies",
            MeetingReport {
                organizers: vec!["Sở Sương mù".to_owned()],
                ..at("Thành phố Gió", Some("Cà Mau"), Institutional)
            },
            MeetingReport {
                organizers: vec!["Sở Mây gió".to_owned()],
                ..at("Thành phố Gió", Some("Cà Mau"), Institutional)
            },
            false,
        ),
        (
            "a ministry's, and its branch's own behind it",
            MeetingReport { organizers: vec!["Bộ Ngoại mây".to_owned()], ..chaired(meeting(title, National)) },
            MeetingReport { organizers: vec!["Sở Mây gió".to_owned()], ..chaired(meeting(title, Institutional)) },
            false,
        ),
    ]);
}

#[test]
fn what_contradicts_or_says_too_little_stays_apart() {
    use MeetingLevel::{National, Provincial};
    let title = "Hội nghị tổng kết công tác mây gió năm 2030, triển khai nhiệm vụ năm 2031";
    let province = |name| province_named(name, None);
    let chaired = |report| with(&["Lò Thị Bịa", "Trần Giả"], report);
    let review = |topic: &str, level| meeting(&format!("Hội nghị tổng kết công tác {topic} năm 2030"), level);
    let cases: Vec<(&str, MeetingReport, MeetingReport, bool)> = vec![
        ("national, same years", meeting(title, National), meeting(title, National), true),
        ("same people", chaired(meeting(title, Provincial)), chaired(meeting(title, Provincial)), true),
        (
            "a namesake",
            with(&["Lò Thị Bịa"], meeting(title, Provincial)),
            with(&["Lò Thị Bịa"], meeting(title, Provincial)),
            false,
        ),
        (
            "held by a body of which every province has one",
            MeetingReport { organizers: vec!["Ban Chỉ đạo mây gió".to_owned()], ..meeting(title, Provincial) },
            MeetingReport { organizers: vec!["Ban Chỉ đạo mây gió".to_owned()], ..meeting(title, Provincial) },
            false,
        ),
        (
            "provinces that became one later",
            MeetingReport { province: province("Kiên Giang"), ..meeting(title, Provincial) },
            MeetingReport { province: province("An Giang"), ..meeting(title, Provincial) },
            false,
        ),
        ("a topic and a part of it", review("thông tin mây gió", National), review("mây gió", National), false),
        (
            "a topic, told at more length",
            review("mây gió, sông hồ và phong trào thi đua đếm lá khắp nơi", National),
            review("mây gió, sông hồ", National),
            true,
        ),
        ("provincial, nothing else known", meeting(title, Provincial), meeting(title, Provincial), false),
        (
            "same people, other topic",
            chaired(meeting(title, Provincial)),
            chaired(meeting("Hội nghị tổng kết công tác thi đua năm 2030", Provincial)),
            false,
        ),
        (
            "other province",
            chaired(MeetingReport { province: province("Cà Mau"), ..meeting(title, Provincial) }),
            chaired(MeetingReport { province: province("An Giang"), ..meeting(title, Provincial) }),
            false,
        ),
        ("other level", chaired(meeting(title, National)), chaired(meeting(title, Provincial)), false),
        (
            "other year under review",
            meeting(title, National),
            MeetingReport { review_year: Some(2029), ..meeting(title, National) },
            false,
        ),
        (
            "own meetings of one province",
            MeetingReport { province: province("Cà Mau"), ..meeting(title, Provincial) },
            MeetingReport { province: province("Cà Mau"), ..meeting(title, Provincial) },
            true,
        ),
        (
            "one body's trainings in two regions",
            MeetingReport {
                organizers: vec!["Bộ Ngoại mây".to_owned()],
                ..meeting("Tập huấn đo gió khu vực phía Bắc", National)
            },
            MeetingReport {
                organizers: vec!["Bộ Ngoại mây".to_owned()],
                ..meeting("Tập huấn đo gió khu vực phía Nam", National)
            },
            false,
        ),
        (
            "one body's meetings in two places",
            MeetingReport {
                organizers: vec!["Bộ Ngoại mây".to_owned()],
                venue: Some("Huyện Gió".to_owned()),
                ..meeting(title, MeetingLevel::District)
            },
            MeetingReport {
                organizers: vec!["Bộ Ngoại mây".to_owned()],
                venue: Some("Trạm Mây".to_owned()),
                ..meeting(title, MeetingLevel::District)
            },
            false,
        ),
        ("other day", meeting(title, National), MeetingReport { date: None, ..meeting(title, National) }, false),
    ];
    check(cases);
    // Nor do two meetings of one document ever become one.
    let twice = document("a", vec![meeting(title, National), meeting(title, National)]);
    assert_eq!(resolve::meetings(&reports(&[twice]), &Relations::default()).len(), 2);
}

fn check(cases: Vec<(&str, MeetingReport, MeetingReport, bool)>) {
    for (name, a, b, same) in cases {
        let documents = [document("a", vec![a]), document("b", vec![b])];
        let joined = groups(&documents).len() == 1;
        assert_eq!(joined, same, "{name}");
        // what is joined has to be found among what is there, by less than is known of it
        let reports = reports(&documents);
        let (new, there) = reports.split_at(1);
        let found = resolve::related(&[&new[0]], there) == [there[0].id];
        assert!(found || !joined, "{name}");
    }
}

#[test]
fn meetings_about_nothing_in_particular_are_one_where_one_body_calls_them_alike() {
    let plain = "Hội nghị tổng kết công tác năm 2030, triển khai nhiệm vụ năm 2031";
    let of_body = |title: &str, body: &str| MeetingReport {
        organizers: vec![body.to_owned()],
        province: province_named("Cà Mau", None),
        ..meeting(title, MeetingLevel::Provincial)
    };
    let chaired = |report| with(&["Lò Thị Bịa"], report);
    check(vec![
        (
            "about nothing, of one body",
            of_body(plain, "Sở Mây gió tỉnh Cà Mau"),
            of_body(plain, "Sở Mây gió tỉnh Cà Mau"),
            true,
        ),
        (
            "about nothing, of two bodies",
            of_body(plain, "Sở Mây gió tỉnh Cà Mau"),
            of_body(plain, "Sở Sương mù tỉnh Cà Mau"),
            false,
        ),
        (
            "about nothing, in other words",
            of_body(plain, "Sở Mây gió tỉnh Cà Mau"),
            of_body("Hội nghị sơ kết", "Sở Mây gió tỉnh Cà Mau"),
            false,
        ),
        (
            "about nothing, in other words, with one of the people",
            chaired(of_body(plain, "Sở Mây gió tỉnh Cà Mau")),
            chaired(of_body("Hội nghị đánh giá kết quả năm 2030", "Sở Mây gió tỉnh Cà Mau")),
            true,
        ),
        (
            "the same of another year",
            chaired(of_body(plain, "Sở Mây gió tỉnh Cà Mau")),
            chaired(MeetingReport {
                review_year: None,
                plan_year: Some(2032),
                ..of_body("Hội nghị đánh giá kết quả năm 2030", "Sở Mây gió tỉnh Cà Mau")
            }),
            false,
        ),
    ]);
}

#[test]
fn a_report_that_fits_two_that_contradict_joins_only_one() {
    let title = "Hội nghị tổng kết công tác mây gió năm 2030";
    let at = |slug: &str, province: Option<&str>| {
        let report = MeetingReport {
            province: province.and_then(|name| province_named(name, None)),
            participants: ["Lò Thị Bịa", "Trần Giả"].map(|name| person(name, ParticipantRole::Chair, &[], None)).into(),
            ..meeting(title, MeetingLevel::Provincial)
        };
        document(slug, vec![report])
    };
    let found = groups(&[at("a", Some("Cà Mau")), at("b", None), at("c", Some("An Giang"))]);
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn a_name_is_one_person_unless_offices_contradict() {
    let reports = reports(&documents());
    let people = resolve::people(&mentions(&reports), &Relations::default());
    let count = |name: &str| people.iter().filter(|p| p.name == name).count();
    assert_eq!([count("Lò Thị Bịa"), count("Trần Giả"), count("Nguyễn Văn Mẫu")], [1, 1, 2]);
    // The one of Cà Mau: at its own review, and from its site at the national one.
    let slugs = |ids: &[uuid::Uuid]| -> Vec<&str> {
        let named = |id: &uuid::Uuid| reports.iter().find(|r| r.participants.iter().any(|p| p.id == *id)).unwrap();
        ids.iter().map(|id| named(id).slug.as_str()).collect()
    };
    let mut of: Vec<_> = people.iter().filter(|p| p.name == "Nguyễn Văn Mẫu").map(|p| slugs(&p.reports)).collect();
    of.sort();
    assert_eq!(of, [["a-toan-quoc", "e-ca-mau"], ["b-toan-quoc", "f-an-giang"]]);
}

#[test]
fn offices_go_on_in_the_province_that_another_became_part_of() {
    let office = |site, day: &str| {
        let mut report = meeting("Hội nghị mây gió", MeetingLevel::National);
        report.date = Some(day.parse().unwrap());
        report.participants = vec![person("Lò Thị Bịa", ParticipantRole::Chair, &["Bí thư|Tỉnh ủy"], Some(site))];
        report.participants[0].site.as_mut().unwrap().province = province_named(site, report.date);
        report
    };
    let (before, after) = ("2024-01-02", "2026-01-02");
    for (reports_of, expected) in [
        (vec![office("Kiên Giang", before), office("An Giang", after)], 1),
        (vec![office("Kiên Giang", before), office("An Giang", before)], 2),
        // Which of the two it is after that, nobody can say.
        (vec![office("Kiên Giang", before), office("An Giang", before), office("An Giang", after)], 3),
        (vec![office("Cà Mau", before), office("An Giang", after)], 2),
    ] {
        let documents: Vec<_> =
            reports_of.into_iter().enumerate().map(|(i, report)| document(&i.to_string(), vec![report])).collect();
        assert_eq!(resolve::people(&mentions(&reports(&documents)), &Relations::default()).len(), expected);
    }
}

#[test]
fn values_are_the_best_supported_and_people_stand_once() {
    let mut reports = reports(&documents());
    let people = resolve::people(&mentions(&reports), &Relations::default());
    for participant in reports.iter_mut().flat_map(|r| &mut r.participants) {
        participant.person = people.iter().find(|p| p.reports.contains(&participant.id)).map(|p| p.id);
    }
    let meeting =
        resolve::meetings(&reports, &Relations::default()).into_iter().find(|m| m.reports.len() == 3).unwrap();
    let summary = &meeting.summary;
    assert_eq!(summary.mode.map(MeetingMode::as_str), Some("ONLINE"));
    assert_eq!(summary.part_of_day.map(PartOfDay::as_str), Some("MORNING"));
    assert_eq!(summary.site_count.map(|c| c.value), Some(912), "an exact count says more");
    assert!(summary.title.contains("trực tuyến toàn quốc"), "{}", summary.title);
    assert_eq!(meeting.organizers.len(), 3);
    assert_eq!(meeting.sites.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["An Giang", "tỉnh Cà Mau"]);

    let participants = resolve::participants(&meeting, &reports);
    let told: Vec<String> = participants
        .iter()
        .map(|p| {
            let roles: Vec<_> = p.roles.iter().map(|r| r.as_str()).collect();
            let positions: Vec<_> = p.positions.iter().map(|(title, _)| title.as_str()).collect();
            format!("{} [{}] {}", p.name, roles.join(" "), positions.join("; "))
        })
        .collect();
    assert_eq!(
        told,
        [
            "Lò Thị Bịa [CHAIR DIRECTING SPEAKER] Bí thư Trung ương Đảng; Trưởng Ban Ban Thử nghiệm T.Ư",
            "Trần Giả [CO_CHAIR SPEAKER] Thứ trưởng Bộ Ngoại mây; Chủ nhiệm Ủy ban Đồi núi",
            "Nguyễn Văn Mẫu [CHAIR] Trưởng ban Ban Tuyên giáo Tỉnh ủy",
            "Nguyễn Văn Mẫu [ATTENDEE] Phó Chủ tịch UBND tỉnh",
            "lãnh đạo các bộ, ngành [ATTENDEE] ",
        ]
    );
}

#[test]
fn the_order_of_reports_makes_no_difference() {
    let mut reports = reports(&documents());
    let mut mentions = mentions(&reports);
    let sorted = |mut people: Vec<hoinghi::domain::Person>| {
        people.sort_by_key(|p| p.id);
        people
    };
    let (meetings, people) =
        (resolve::meetings(&reports, &Relations::default()), sorted(resolve::people(&mentions, &Relations::default())));
    let mut dice = Dice(7);
    for _ in 0..50 {
        dice.shuffle(&mut reports);
        dice.shuffle(&mut mentions);
        for report in &mut reports {
            dice.shuffle(&mut report.participants);
        }
        let again = resolve::meetings(&reports, &Relations::default());
        assert!(meetings.iter().all(|m| again.contains(m)) && again.len() == meetings.len());
        assert_eq!(people, sorted(resolve::people(&mentions, &Relations::default())));
    }
}
