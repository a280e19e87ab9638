//! Whether two reports of one day are reports of one meeting.
//!
//! Nothing they say may contradict (see `marks.rs` for what titles say); then their titles must be about the same
//! thing, and something besides must agree. How much, depends on how alike the titles are and on whose meeting it is:
//! every province reviews the same work in the same words, often on the same day, and namesakes are many.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::marks::Marks;
use crate::domain::{
    MeetingKind, MeetingLevel, ParticipantKind, ProvinceId, ReportedMeeting, name_key, province, written_out_key,
};

/// Titles that share this part of their words (Dice's coefficient: of all words of both) are about the same thing.
const ALIKE: f64 = 0.6;
/// Titles that share this part are one title; no two of the country's own meetings of a day are called alike, and every
/// place's are.
const VERY_ALIKE: f64 = 0.8;
/// A title that holds this part of a shorter one's words may say the same at more length.
const CONTAINED: f64 = 0.9;
/// So many words make a topic (two terms of two syllables); with fewer, `đối ngoại` would be `thông tin đối ngoại`.
const TOPIC: usize = 4;
/// Titles that share this part may be about the same thing, if the people are the same as well.
const RELATED: f64 = 0.35;

/// What a report offers for comparison, worked out once.
pub struct Features<'a> {
    meeting: &'a ReportedMeeting,
    topic: BTreeSet<String>,
    marks: Marks,
    venue: BTreeSet<String>,
    people: BTreeSet<&'a str>,
    organizers: BTreeSet<uuid::Uuid>,
    province: Option<ProvinceId>,
}

impl<'a> Features<'a> {
    pub fn of(meeting: &'a ReportedMeeting) -> Self {
        let people = meeting.participants.iter().filter(|p| p.report.kind == ParticipantKind::Person);
        Self {
            meeting,
            topic: topic(&meeting.report.title),
            marks: Marks::of(&meeting.report.title),
            venue: meeting.report.venue.as_deref().map(words).unwrap_or_default(),
            people: people.map(|p| p.key.as_str()).collect(),
            organizers: meeting.organizers.iter().map(|(_, body)| body.id).collect(),
            province: meeting.report.province,
        }
    }

    /// The report's id.
    pub fn id(&self) -> uuid::Uuid {
        self.meeting.id
    }

    fn is_national(&self) -> bool {
        self.meeting.report.level == Some(MeetingLevel::National)
    }
}

/// The words of a title that say what the meeting is about: no numbers, and none of the words that any title has.
fn topic(title: &str) -> BTreeSet<String> {
    static COMMON: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        // hội nghị trực tuyến toàn quốc tổng kết, đánh giá kết quả công tác năm ..., triển khai, bàn phương hướng,
        // nhiệm vụ trọng tâm năm ..., and the words between them
        let words = "hội nghị lễ lớp buổi cuộc họp trực tuyến tiếp toàn quốc tổng sơ kết đánh giá quả công tác năm tháng \
            quý triển khai bàn phương hướng nhiệm vụ trọng tâm giải pháp thực hiện tình hình kế hoạch chương trình và \
            của về trên các những cho với cùng trong từ đến đầu cuối giai đoạn thời gian tới tỉnh thành phố huyện";
        words.split_whitespace().map(name_key).collect()
    });
    let key = written_out_key(title);
    let is_topical = |word: &&str| !COMMON.contains(*word) && !word.chars().any(|c| c.is_ascii_digit());
    key.split(' ').filter(|word| !word.is_empty()).filter(is_topical).map(str::to_owned).collect()
}

fn words(text: &str) -> BTreeSet<String> {
    name_key(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether two values are both known and differ.
fn differ<T: PartialEq + Copy>(a: Option<T>, b: Option<T>) -> bool {
    a.is_some() && b.is_some() && a != b
}

/// Whether both are known and equal.
fn agree<T: PartialEq + Copy>(a: Option<T>, b: Option<T>) -> bool {
    a.is_some() && a == b
}

/// Whether two provinces are one, or one is part of the other since July 2025.
fn same_place(a: ProvinceId, b: ProvinceId) -> bool {
    let successor = |id| province(id).and_then(|p| p.successor);
    a == b || successor(a) == Some(b) || successor(b) == Some(a)
}

/// Whether one is said to be an institution's and the other the country's or a place's. Of a ministry's meeting with all its
/// branches both can be said, so this alone does not tell two meetings apart.
fn differ_by_institution(a: &Features<'_>, b: &Features<'_>) -> bool {
    let (x, y) = (a.meeting.report.level, b.meeting.report.level);
    differ(x, y) && [x, y].contains(&Some(MeetingLevel::Institutional))
}

/// Whether the two cannot be the same meeting, whatever else speaks for it.
pub fn contradict(a: &Features<'_>, b: &Features<'_>) -> bool {
    let (x, y) = (&a.meeting.report, &b.meeting.report);
    let known = |kind| (kind != MeetingKind::Other).then_some(kind);
    // A document reports each meeting once.
    a.meeting.slug == b.meeting.slug
        || x.date.is_none()
        || x.date != y.date
        || differ(x.part_of_day, y.part_of_day)
        || (differ(x.level, y.level) && !differ_by_institution(a, b))
        || differ(known(x.kind), known(y.kind))
        || differ(x.review_year, y.review_year)
        || differ(x.plan_year, y.plan_year)
        || a.marks.contradict(&b.marks)
        || (a.province.zip(b.province).is_some_and(|(a, b)| !same_place(a, b)) && !(a.is_national() && b.is_national()))
}

/// Whether the two may be one meeting, as far as can be told without knowing who held it and who took part: never wrong
/// where it says no.
pub fn may_be_one(a: &Features<'_>, b: &Features<'_>) -> bool {
    let (dice, contained) = likeness(a, b);
    (dice >= RELATED || contained || untopical(a, b) && agree_on_years(a, b)) && !contradict(a, b)
}

/// Which part of their words the two titles share, and whether one may say the other at more length.
fn likeness(a: &Features<'_>, b: &Features<'_>) -> (f64, bool) {
    let shared = as_f64(a.topic.intersection(&b.topic).count());
    let smaller = a.topic.len().min(b.topic.len());
    let dice = match smaller {
        // Hội nghị tổng kết công tác năm 2023: about nothing, so only the same words are alike.
        0 if untopical(a, b) && same_title(a, b) => 1.0,
        0 => 0.0,
        _ => 2.0 * shared / as_f64(a.topic.len() + b.topic.len()),
    };
    (dice, smaller >= 2 && shared / as_f64(smaller) >= CONTAINED)
}

/// Whether neither title says what the meeting is about.
fn untopical(a: &Features<'_>, b: &Features<'_>) -> bool {
    a.topic.is_empty() && b.topic.is_empty()
}

/// Whether both review one year, or plan one.
fn agree_on_years(a: &Features<'_>, b: &Features<'_>) -> bool {
    let (x, y) = (&a.meeting.report, &b.meeting.report);
    agree(x.review_year, y.review_year) || agree(x.plan_year, y.plan_year)
}

fn same_title(a: &Features<'_>, b: &Features<'_>) -> bool {
    written_out_key(&a.meeting.report.title) == written_out_key(&b.meeting.report.title)
}

/// How much speaks for the two being one meeting, in hundredths, comparable among pairs; `None` where it is too little.
pub fn support(a: &Features<'_>, b: &Features<'_>) -> Option<u32> {
    if contradict(a, b) {
        return None;
    }
    let (x, y) = (&a.meeting.report, &b.meeting.report);
    let (dice, contained) = likeness(a, b);
    let smaller = a.topic.len().min(b.topic.len());
    let one_topic = dice >= VERY_ALIKE || (smaller >= TOPIC && (dice >= ALIKE || contained));

    let people = a.people.intersection(&b.people).count();
    let organizers = a.organizers.intersection(&b.organizers).count();
    let years = agree_on_years(a, b);
    // One body may hold the same kind of meeting in two places on a day; the same people cannot be at both.
    let elsewhere = !a.venue.is_empty() && !b.venue.is_empty() && a.venue.is_disjoint(&b.venue);
    let own = |level| x.level == Some(level) && y.level == Some(level);
    let others = organizers == 0 && !a.organizers.is_empty() && !b.organizers.is_empty();
    let sure = (people >= 2 && one_topic) || (people >= 1 && organizers >= 1);
    if differ_by_institution(a, b) && (others || !sure) {
        return None;
    }
    let corroborated = if untopical(a, b) {
        people >= 2 || (organizers >= 1 && !elsewhere)
    } else if own(MeetingLevel::National) {
        people >= 1 || organizers >= 1 || years || (dice >= VERY_ALIKE && smaller >= TOPIC)
    } else if own(MeetingLevel::Institutional) {
        people >= 1 || (organizers >= 1 && !elsewhere)
    } else if differ_by_institution(a, b) {
        true
    } else {
        let here = a.province.zip(b.province).is_some_and(|(a, b)| same_place(a, b));
        let held = organizers >= 1 || own(MeetingLevel::Provincial);
        people >= 2 || (here && (people >= 1 || (held && !elsewhere)))
    };
    let same_people = people >= 2 && (dice >= RELATED || contained);
    // One body, in the same years, before the same people: its review, whatever words each report has for it.
    let one_review = untopical(a, b) && years && people >= 1 && organizers >= 1;
    // Of the country's own meetings of a day, the one with the same person in the same years about the same thing.
    let one_agenda = own(MeetingLevel::National) && people >= 1 && years && (dice >= ALIKE || contained);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
    ((one_topic && corroborated) || same_people || one_review || one_agenda)
        .then(|| (dice * 100.0) as u32 + 10 * count(people) + 10 * count(organizers) + 10 * u32::from(years))
}

fn as_f64(n: usize) -> f64 {
    f64::from(count(n))
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
