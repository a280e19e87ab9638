//! Whether two reports of one day are reports of one meeting.
//!
//! Nothing they say may contradict (see `marks.rs` for what titles say); then their titles must be about the same
//! thing, and something besides must agree: who took part, who held it and, if told, where; for a province's own
//! meeting the province; for the country's own the years under review and planned for, or most words of the title.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::marks::Marks;
use crate::domain::{
    MeetingKind, MeetingLevel, ParticipantKind, ProvinceId, ReportedMeeting, name_key, province, written_out_key,
};

/// Titles that share this part of their words are about the same thing (Dice's coefficient: of all words of both).
const ALIKE: f64 = 0.6;
/// Titles that share this part, and have some words to share, are one title: no two of the country's meetings of a day
/// are called so.
const VERY_ALIKE: f64 = 0.8;
/// A title that holds this part of a shorter one's words is about the same thing, said at more length.
const CONTAINED: f64 = 0.9;
/// Titles that share this part may be about the same thing, if two of the people are the same as well.
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
            province: meeting.report.province.map(|id| province(id).and_then(|p| p.successor).unwrap_or(id)),
        }
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

/// Whether the two cannot be the same meeting, whatever else speaks for it.
pub fn contradict(a: &Features<'_>, b: &Features<'_>) -> bool {
    let (x, y) = (&a.meeting.report, &b.meeting.report);
    let known = |kind| (kind != MeetingKind::Other).then_some(kind);
    // A document reports each meeting once.
    a.meeting.slug == b.meeting.slug
        || x.date.is_none()
        || x.date != y.date
        || differ(x.part_of_day, y.part_of_day)
        || differ(x.level, y.level)
        || differ(known(x.kind), known(y.kind))
        || differ(x.review_year, y.review_year)
        || differ(x.plan_year, y.plan_year)
        || a.marks.contradict(&b.marks)
        || (differ(a.province, b.province) && !(a.is_national() && b.is_national()))
}

/// How much speaks for the two being one meeting, in hundredths, comparable among pairs; `None` where it is too little.
pub fn support(a: &Features<'_>, b: &Features<'_>) -> Option<u32> {
    if contradict(a, b) {
        return None;
    }
    let (x, y) = (&a.meeting.report, &b.meeting.report);
    let shared = as_f64(a.topic.intersection(&b.topic).count());
    let (size_a, size_b) = (as_f64(a.topic.len()), as_f64(b.topic.len()));
    let smaller = size_a.min(size_b);
    let dice = if smaller > 0.0 { 2.0 * shared / (size_a + size_b) } else { 0.0 };
    // One word in common is no topic in common: most words are two syllables.
    let one_topic = dice >= ALIKE || (smaller >= 2.0 && shared / smaller >= CONTAINED);
    let people = a.people.intersection(&b.people).count();
    let organizers = a.organizers.intersection(&b.organizers).count();
    let years = agree(x.review_year, y.review_year) || agree(x.plan_year, y.plan_year);
    let national = a.is_national() && b.is_national();
    // One body may hold the same kind of meeting in two places on a day; the same person cannot be at both.
    let elsewhere = !a.venue.is_empty() && !b.venue.is_empty() && a.venue.is_disjoint(&b.venue);
    let provincial = x.level == Some(MeetingLevel::Provincial) && y.level == x.level;
    let corroborated = people >= 1
        || (organizers >= 1 && !elsewhere)
        || (provincial && agree(a.province, b.province) && !elsewhere)
        || (national && (years || (dice >= VERY_ALIKE && smaller >= 4.0)));
    let joined = (one_topic && corroborated) || (dice >= RELATED && people >= 2);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 100
    joined.then(|| (dice * 100.0) as u32 + 10 * count(people) + 10 * count(organizers) + 10 * u32::from(years))
}

fn as_f64(n: usize) -> f64 {
    f64::from(count(n))
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
