//! Invented documents with their facts: names, bodies and events alike. What they have in common is made to be
//! confusing: one event told three ways, others on its day, namesakes in two provinces.

use chrono::NaiveDate;
use hoinghi::domain::{
    AwardReport, Count, CountQualifier, Directive, DocumentKind, Evidence, Extraction, Figure, MeetingKind,
    MeetingLevel, MeetingMode, MeetingReport, PartOfDay, ParticipantKind, ParticipantReport, ParticipantRole, Position,
    Site, Source, SourceMeta, Span, Task, province_named,
};

/// A document and what it states.
pub type Document = (Source, Extraction);

/// The day of the great review.
pub fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2030, 12, 10).unwrap()
}

fn evidence(rule: &'static str) -> Vec<Evidence> {
    vec![Evidence { span: Span::new(0, 6), rule }]
}

/// A meeting of that day, with nothing known of it but this.
pub fn meeting(title: &str, level: MeetingLevel) -> MeetingReport {
    MeetingReport {
        title: title.to_owned(),
        kind: MeetingKind::Conference,
        date: Some(day()),
        part_of_day: None,
        mode: None,
        level: Some(level),
        venue: None,
        province: None,
        review_year: Some(2030),
        plan_year: Some(2031),
        site_count: None,
        attendee_count: None,
        organizers: vec![],
        co_organizers: vec![],
        participants: vec![],
        evidence: evidence("meeting"),
    }
}

/// Somebody with positions; where a position has a `|`, the body follows it.
pub fn person(name: &str, role: ParticipantRole, positions: &[&str], site: Option<&str>) -> ParticipantReport {
    let position = |text: &&str| match text.split_once('|') {
        Some((office, body)) => Position { title: format!("{office} {body}"), organization: Some(body.to_owned()) },
        None => Position { title: (*text).to_owned(), organization: None },
    };
    let province = |name: &str| province_named(name.trim_start_matches("tỉnh "), None);
    ParticipantReport {
        kind: ParticipantKind::Person,
        name: name.to_owned(),
        roles: vec![role],
        positions: positions.iter().map(position).collect(),
        site: site.map(|name| Site { name: name.to_owned(), province: province(name) }),
        evidence: evidence("person"),
    }
}

fn group(name: &str) -> ParticipantReport {
    ParticipantReport { kind: ParticipantKind::Group, ..person(name, ParticipantRole::Attendee, &[], None) }
}

/// A document of these meetings.
pub fn document(slug: &str, meetings: Vec<MeetingReport>) -> Document {
    let source = Source {
        slug: slug.to_owned(),
        title: format!("Tài liệu bịa {slug}"),
        meta: SourceMeta { publisher: Some("bịa".to_owned()), ..SourceMeta::default() },
        text: format!("Tài liệu bịa {slug}: người, cơ quan và sự việc đều không có thật."),
    };
    let kind = if meetings.is_empty() { DocumentKind::ActivityReport } else { DocumentKind::MeetingReport };
    let (tasks, awards, directives, figures) = (vec![], vec![], vec![], vec![]);
    (source, Extraction { kind, meetings, tasks, awards, directives, figures, sentences: Vec::new() })
}

/// A task for the year after that.
pub fn task(text: &str, by: Option<&str>, meeting: Option<usize>) -> Task {
    let assigned_by = by.map(str::to_owned);
    Task { text: text.to_owned(), year: Some(2031), assigned_by, meeting, evidence: evidence("task") }
}

/// An award for that year.
pub fn award(
    name: &str,
    by: &str,
    collective: Option<i32>,
    individual: Option<i32>,
    meeting: Option<usize>,
) -> AwardReport {
    AwardReport {
        name: name.to_owned(),
        granted_by: Some(by.to_owned()),
        collective_count: collective,
        individual_count: individual,
        work_count: None,
        year: Some(2030),
        recipients: vec![],
        meeting,
        evidence: evidence("award"),
    }
}

/// All of them.
pub fn documents() -> Vec<Document> {
    [one_event(), others()].concat()
}

/// One event told three ways.
fn one_event() -> Vec<Document> {
    use MeetingLevel::National;
    use ParticipantRole::{Attendee, Chair, CoChair, Directing, Speaker};

    let mut a = document(
        "a-toan-quoc",
        vec![MeetingReport {
            mode: Some(MeetingMode::Online),
            part_of_day: Some(PartOfDay::Morning),
            venue: Some("Hà Nội".to_owned()),
            province: province_named("Hà Nội", None),
            site_count: Some(Count { value: 900, qualifier: CountQualifier::MoreThan }),
            organizers: vec![
                "Ban Thử nghiệm Trung ương".to_owned(),
                "Ban Chỉ đạo Công tác mây gió Trung ương".to_owned(),
            ],
            participants: vec![
                person("Lò Thị Bịa", Chair, &["Trưởng ban|Ban Thử nghiệm Trung ương"], None),
                person("Nguyễn Văn Mẫu", Attendee, &["Phó Chủ tịch|UBND tỉnh"], Some("tỉnh Cà Mau")),
                group("lãnh đạo các bộ, ngành"),
            ],
            ..meeting(
                "Hội nghị trực tuyến toàn quốc tổng kết công tác mây gió, sông hồ và đo đạc đồi núi năm 2030, triển khai nhiệm vụ năm 2031",
                National,
            )
        }],
    );
    a.1.tasks = vec![
        task("Đếm mây đúng giờ", Some("Lò Thị Bịa"), Some(0)),
        task("Đo gió hằng ngày", Some("Nguyễn Văn Mẫu"), Some(0)),
    ];
    a.1.awards = vec![award("Bằng khen", "Ban Thử nghiệm Trung ương", Some(3), Some(4), Some(0))];

    let mut b = document(
        "b-toan-quoc",
        vec![MeetingReport {
            mode: Some(MeetingMode::Hybrid),
            site_count: Some(Count { value: 912, qualifier: CountQualifier::Exact }),
            organizers: vec!["Ban Chỉ đạo công tác mây gió TW".to_owned()],
            participants: vec![
                person("Lò Thị Bịa", Speaker, &["Bí thư Trung ương Đảng", "Trưởng Ban|Ban Thử nghiệm T.Ư"], None),
                person("Trần Giả", CoChair, &["Thứ trưởng|Bộ Ngoại mây"], None),
                person("Nguyễn Văn Mẫu", Chair, &["Trưởng ban|Ban Tuyên giáo Tỉnh ủy"], Some("An Giang")),
            ],
            ..meeting(
                "Hội nghị tổng kết công tác mây gió và đo đạc đồi núi, sông hồ năm 2030; phương hướng, nhiệm vụ trọng tâm năm 2031",
                National,
            )
        }],
    );
    b.1.awards = vec![award("bằng khen", "Ban Thử nghiệm TW", Some(3), None, Some(0))];
    b.1.awards[0].recipients = vec!["Trạm Gió Bịa".to_owned()];

    let c = document(
        "c-toan-quoc",
        vec![MeetingReport {
            mode: Some(MeetingMode::Online),
            part_of_day: Some(PartOfDay::Morning),
            organizers: vec!["Ban Thử nghiệm Trung ương".to_owned()],
            co_organizers: vec!["Bộ Ngoại mây".to_owned()],
            participants: vec![
                person("Trần Giả", Speaker, &["Thứ trưởng|Bộ Ngoại mây", "Chủ nhiệm Ủy ban Đồi núi"], None),
                person("Lò Thị Bịa", Directing, &["Trưởng Ban|Ban Thử nghiệm Trung ương"], None),
            ],
            ..meeting(
                "Hội nghị toàn quốc đánh giá kết quả công tác mây gió, sông hồ, đồi núi năm 2030 và bàn nhiệm vụ năm 2031",
                National,
            )
        }],
    );

    vec![a, b, c]
}

/// Others of that day, and some without a day.
fn others() -> Vec<Document> {
    use MeetingLevel::{National, Provincial};
    use ParticipantRole::{Attendee, Chair};

    let other = document(
        "d-toan-quoc-khac",
        vec![MeetingReport {
            organizers: vec!["Ban Thử nghiệm Trung ương".to_owned()],
            ..meeting(
                "Hội nghị toàn quốc tổng kết công tác thi đua ghép vần năm 2030, triển khai nhiệm vụ năm 2031",
                National,
            )
        }],
    );
    let own_review = |slug, province, chair, spelled: &str| {
        document(
            slug,
            vec![MeetingReport {
                province: province_named(province, None),
                organizers: vec![spelled.to_owned()],
                participants: vec![person(chair, Chair, &["Phó Chủ tịch|UBND tỉnh"], None)],
                ..meeting("Hội nghị tổng kết công tác mây gió năm 2030, triển khai nhiệm vụ năm 2031", Provincial)
            }],
        )
    };
    let ca_mau = own_review("e-ca-mau", "Cà Mau", "Nguyễn Văn Mẫu", "Sở Gió");
    let an_giang = own_review("f-an-giang", "An Giang", "Nguyễn Văn Mẫu", "sở gió");

    let mut undated = document(
        "g-khong-ngay",
        vec![MeetingReport {
            date: None,
            participants: vec![person("Trần Giả", Attendee, &[], None)],
            ..meeting("Hội nghị toàn quốc tổng kết công tác mây gió, sông hồ năm 2030", National)
        }],
    );
    undated.1.tasks = vec![task("Vẽ lại bản đồ gió", Some("Nguyễn Văn Mẫu"), Some(0)), task("Trồng cây", None, None)];

    let mut report = document("h-bao-cao", vec![]);
    report.1.tasks = vec![task("Trồng cây", Some("Phan Chỉ Giao"), None), task("Trồng cây", None, None)];
    report.1.awards = vec![award("Giấy khen", "Giám đốc Sở Gió", None, Some(2), None)];
    report.1.directives = vec![Directive {
        code: "00-KL/BỊA".to_owned(),
        issued_by: Some("Ban Thử nghiệm Trung ương".to_owned()),
        issued_on: NaiveDate::from_ymd_opt(2029, 1, 2),
        evidence: evidence("directive"),
    }];
    report.1.figures = vec![Figure {
        value: "1234.5".parse().unwrap(),
        unit: "lượt gió".to_owned(),
        qualifier: CountQualifier::Nearly,
        evidence: evidence("figure"),
    }];
    vec![other, ca_mau, an_giang, undated, report]
}

/// Numbers that look random and are the same in every run (an LCG with Knuth's constants).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    /// Puts `all` into some order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for i in (1..all.len()).rev() {
            all.swap(i, self.roll(i + 1));
        }
    }
}
