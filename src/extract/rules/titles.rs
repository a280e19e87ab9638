//! Names of meetings: where one begins, how far it reaches, and which of several is the one reported.

use std::ops::Range;

use super::dates::{DateMention, part_of_day, within};
use super::task_text::phrase;
use super::title_end::title_end;
use crate::domain::MeetingKind;
use crate::extract::lexicon::{EventHead, lexicon};
use crate::extract::structure::{Doc, ParagraphKind};
use crate::extract::text::TokenKind;

/// The longest name, in tokens.
pub const LONGEST: usize = 110;

/// A meeting's name in the text.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The name's tokens.
    pub title: Range<usize>,
    /// The sentence it stands in.
    pub sentence: Range<usize>,
    /// Its paragraph.
    pub paragraph: usize,
    /// What its head says.
    pub head: EventHead,
    /// The date it is given in the same sentence.
    pub date: Option<DateMention>,
    /// Whether someone holds or attends it there.
    pub verb: bool,
    /// How surely it names the meeting that the document reports.
    pub score: i32,
}

/// The head of a meeting's name at token `at`: how many tokens, and what it says. `giao Ban Tuyên giáo ...` is no
/// `giao ban`: a capital inside an uncapitalised head begins another word.
pub fn head_at(doc: &Doc, at: usize, limit: usize) -> Option<(usize, EventHead)> {
    let rest = doc.slice(at..limit);
    let (len, head) = lexicon().events.longest(rest)?;
    // lễ hội; Trung tâm Hội nghị tỉnh, phòng họp: no meetings
    let other = lexicon().not_events.len_at(rest).is_some_and(|none| none >= len);
    // Trung tâm Hội nghị, Trung tâm tổ chức hội nghị
    let centre = doc.reads_before(at, &["trung", "tâm", "tổ", "chức"]);
    let room = matches!(doc.key(at), "hội" | "họp")
        && (centre || matches!(doc.before(at), "tâm" | "cung" | "phòng" | "nhà" | "khu" | "sảnh"));
    // Ban Tổ chức Tuần lễ Nước sạch
    let week = doc.key(at) == "lễ" && doc.before(at) == "tuần";
    if other || room || week {
        return None;
    }
    // đến làm việc tại nhà, tại nước ngoài: nobody's meeting
    let placed = doc.before(at + len) != "tại"
        || doc.tokens.get(at + len).is_some_and(|t| t.capital)
        || !matches!(doc.key(at + len), "nhà" | "nước" | "các" | "đây" | "nơi" | "cơ" | "chỗ" | "những");
    if !placed {
        return None;
    }
    let tokens = doc.slice(at..at + len);
    let broken = tokens.first().is_some_and(|t| !t.capital) && tokens.iter().skip(1).any(|t| t.capital) && len == 2;
    (!broken).then_some((len, head))
}

/// `tổ chức tuyên dương ...`, `tổ chức tổng kết ...`: what is held, where no word for a meeting stands.
fn doing_at(doc: &Doc, at: usize, limit: usize) -> Option<(usize, EventHead)> {
    let behind_verb = doc.reads_before(at, &["tổ", "chức"]);
    let (len, head) = behind_verb.then(|| lexicon().doings.longest(doc.slice(at..limit))).flatten()?;
    Some((len, EventHead { weak: true, ..head }))
}

/// Whether a name goes on behind the comma right behind its head: it is held there, and a verb follows.
fn goes_on(doc: &Doc, head: usize, behind: usize, limit: usize) -> bool {
    let rest = doc.slice(behind..limit);
    let verb = lexicon().doings.len_at(rest).is_some()
        || lexicon().task_verbs.longest(rest).is_some_and(|(_, v)| v)
        || doc.reads(behind, &["đón", "nhận"]);
    let event = || head_at(doc, behind, limit).is_some();
    // Lễ tổng kết, trao giải Hội thi ...
    let ceremony = doc.key(head) == "lễ"
        && matches!(doc.back(behind, 2), "kết" | "bố" | "niệm" | "mạc" | "dương" | "mắt")
        && lexicon().doings.len_at(rest).is_some();
    (ceremony || matches!(doc.before(head), "chức" | "mạc" | "gia") && verb || doc.before(head) == "trì" && event())
        && !rest.first().is_some_and(|t| t.capital)
}

/// Every name of a meeting in the body, with how surely it is the one reported.
pub fn candidates(doc: &Doc, dates: &[DateMention]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (index, paragraph) in doc.paragraphs.iter().enumerate() {
        for sentence in doc.sentences.get(paragraph.sentences.clone()).unwrap_or_default() {
            let mut at = sentence.start;
            while at < sentence.end {
                let named = head_at(doc, at, sentence.end).or_else(|| doing_at(doc, at, sentence.end));
                let told = named.is_none();
                let Some((len, head)) = named.or_else(|| told_by_verb(doc, dates, sentence, at)) else {
                    at += 1;
                    continue;
                };
                // tại buổi lễ, ...; tổ chức gặp mặt, trao quyết định ... goes on
                if doc.key(at + len) == "," && !goes_on(doc, at, at + len + 1, sentence.end) {
                    at += len;
                    continue;
                }
                // tập huấn | cho hơn 40 học viên ... | về kỹ thuật ...
                let from = audience(doc, at + len, sentence.end).map_or(at + len, |gap| gap.end + 1);
                let session = head.kind == MeetingKind::WorkingSession || head.kind == MeetingKind::Other && head.weak;
                // tổ chức “Lễ tôn vinh ... năm 2015” cho ...: the whole name in quotation marks
                let closing = closing(doc, sentence, at, from);
                let end = closing.unwrap_or_else(|| title_end(doc, from, sentence.end, session));
                // hai cuộc làm việc, các hội nghị: several at once have no name
                let several = matches!(doc.before(at), "hai" | "ba" | "các" | "những" | "nhiều" | "mỗi" | "lần")
                    || counted(doc, at);
                let words = if several { 0 } else { end - at };
                // Lễ tuyên dương được tổ chức ...: that it was held is all that is said
                let bare = !head.weak && len > 1 && at == sentence.start && doc.reads(end, &["được", "tổ", "chức"]);
                if words >= len + if head.weak { 3 } else { 2 } || bare && words >= len {
                    let mut candidate = Candidate {
                        title: at..end,
                        sentence: sentence.clone(),
                        paragraph: index,
                        head,
                        date: date_before(doc, dates, sentence, at, end),
                        verb: false,
                        score: 0,
                    };
                    judge(doc, &mut candidate, paragraph.kind, told);
                    found.push(candidate);
                }
                at = end.max(at + len);
            }
        }
    }
    found
}

/// Where the quotation marks close that open right before a name: `tổ chức “Hội thảo “Giữ nước” năm 2022”`.
fn closing(doc: &Doc, sentence: &Range<usize>, at: usize, from: usize) -> Option<usize> {
    let marks = (sentence.start..at).filter(|&i| doc.key(i) == "\"").count();
    if doc.before(at) != "\"" || marks % 2 == 0 {
        return None;
    }
    let mut open = 1;
    (from..sentence.end.min(at + LONGEST)).filter(|&i| doc.key(i) == "\"").find(|&i| {
        open = if doc.raw(i..i + 1) == "“" { open + 1 } else { open - 1 };
        open == 0
    })
}

/// Between a working session's head and what it is for, where it is held; between a training's head and what it is about, whom it is for: `tập huấn | cho hơn 40 học viên ở các thôn | về ...`.
pub fn audience(doc: &Doc, at: usize, limit: usize) -> Option<Range<usize>> {
    // buổi làm việc | tại huyện A để | khảo sát ...: where it was, between what it was and what for
    if doc.key(at) == "tại" && doc.reads_before(at, &["làm", "việc"]) {
        let aim = (at + 2..limit.min(at + 12)).find(|&i| matches!(doc.key(i), "để" | "nhằm" | "," | ";" | "."))?;
        return matches!(doc.key(aim), "để" | "nhằm").then_some(at..aim + 1);
    }
    let counted = doc.key(at) == "cho"
        && (at + 1..at + 3).any(|i| doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number));
    let trains = matches!(doc.before(at), "huấn" | "dưỡng");
    let about = (at + 3..limit.min(at + 32)).find(|&i| doc.key(i) == "về").filter(|_| counted && trains)?;
    (!(at..about).any(|i| matches!(doc.key(i), "," | ";" | "."))).then_some(at..about)
}

/// `4 hội nghị vùng`: so many of them. A day or a year that ends in a number counts nothing.
fn counted(doc: &Doc, at: usize) -> bool {
    let Some(number) = at.checked_sub(1) else { return false };
    let digits = doc.key(number);
    let day = matches!(doc.before(number), "/" | "-" | "." | "ngày" | "tháng" | "năm" | "quý" | "thứ" | "số" | "lần");
    let small = (1..=3).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    small && !day && doc.tokens.get(at).is_some_and(|head| !head.capital)
}

/// The date that a sentence gives its meeting: the last one before the name outside parentheses, or `vào ngày ...`
/// behind it.
fn date_before(
    doc: &Doc,
    dates: &[DateMention],
    sentence: &Range<usize>,
    at: usize,
    end: usize,
) -> Option<DateMention> {
    let dates = within(dates, sentence.clone());
    // (22/12/1944 - 22/12/2019): an anniversary's
    let period = |d: &&DateMention| !(doc.before(d.start) == "-" && doc.key(d.end) == ")" && d.part_of_day.is_none());
    let bare =
        |d: &&DateMention| d.start == 0 || !matches!(doc.before(d.start), "(" | "số" | "tw" | "ttg" | "ubnd" | "tu");
    let code = |d: &&DateMention| !of_an_act(doc, d);
    let before = dates.iter().filter(|d| d.end <= at).filter(bare).filter(period).rfind(code);
    let behind = || {
        dates.iter().find(|d| {
            d.start >= end
                && d.start <= end + 45
                && (d.start <= end + 12
                    || d.part_of_day.is_some()
                    || doc.before(d.start) == "vào"
                    || doc.key(d.start) == "hôm"
                    || doc.reads(d.start.saturating_sub(2), &["tổ", "chức"])
                    || doc.reads(d.start.saturating_sub(2), &["diễn", "ra"])
                    || doc.reads(d.start.saturating_sub(4), &["diễn", "ra", "trong"]))
                && closed(doc, end..d.start)
        })
    };
    before.or_else(behind).copied()
}

/// `57-KL/TW ngày 15/6/2023`, `Hướng dẫn số 52/HD-ĐCT ngày 23/12/2020`: the day of an act.
pub fn of_an_act(doc: &Doc, d: &DateMention) -> bool {
    d.part_of_day.is_none()
        && (d.start.saturating_sub(6)..d.start).any(|i| {
            doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number)
                && matches!(doc.key(i + 1), "-" | "/")
                && doc.tokens.get(i + 2).is_some_and(|t| {
                    t.capital || t.kind == TokenKind::Number && t.key.len() == 4 && doc.key(i + 3) == "/"
                })
        })
}

/// Whether every parenthesis that opens in a range closes in it.
fn closed(doc: &Doc, range: Range<usize>) -> bool {
    let count = |mark: &str| range.clone().filter(|i| doc.key(*i) == mark).count();
    count("(") == count(")")
}

/// Verbs that tell of a meeting where nothing says that something is held: `Bộ Công an phát động đợt thi đua ...`.
const TELLING: [&str; 20] = [
    "tổng kết",
    "sơ kết",
    "phát động",
    "trao giải",
    "tuyên dương",
    "biểu dương",
    "khen thưởng",
    "ra mắt",
    "khai giảng",
    "bế giảng",
    "ký kết",
    "quán triệt",
    "kỷ niệm",
    "họp với",
    "họp để",
    "họp về",
    "họp thông qua",
    "họp bàn",
    "họp đánh giá",
    "họp xét",
];

/// Whether a verb that tells of a meeting by itself stands here.
pub fn tells(doc: &Doc, at: usize) -> bool {
    doc.key(at) == "họp" || TELLING.iter().any(|verb| phrase(doc, at, verb))
}

/// A verb of holding that a body is the subject of, behind a day: `Chiều 24/1, Công an tỉnh tổng kết công tác ...`.
fn told_by_verb(doc: &Doc, dates: &[DateMention], sentence: &Range<usize>, at: usize) -> Option<(usize, EventHead)> {
    if at > sentence.start + 45 || !TELLING.iter().any(|verb| phrase(doc, at, verb)) {
        return None;
    }
    let day = within(dates, sentence.start..at).iter().rfind(|d| doc.before(d.start) != "(")?.end;
    subject_of(doc, day..at)?;
    let (len, head) = lexicon().doings.longest(doc.slice(at..sentence.end))?;
    Some((len, EventHead { weak: true, ..head }))
}

/// The body that ends right before a verb, or before `đã` or an aside: whoever does it.
pub fn subject_of(doc: &Doc, zone: Range<usize>) -> Option<Range<usize>> {
    let mut end = zone.end;
    while end > zone.start && matches!(doc.before(end), "đã" | "vừa" | "cũng") {
        end -= 1;
    }
    if end > zone.start + 2 && doc.reads_before(end, &["tiến", "hành"]) {
        end -= 2;
    }
    // A, B và C đã phối hợp tổng kết ...
    if end > zone.start + 2 && doc.reads_before(end, &["phối", "hợp"]) {
        end -= 2 + usize::from(doc.back(end, 3) == "đã");
    }
    let aside = doc.before(end) == ")";
    let open = (zone.start..end).rev().find(|&i| doc.key(i) == "(").filter(|_| aside);
    let ends = |b: &Range<usize>| b.end == end || Some(b.end) == open;
    let own = |b: &Range<usize>| !matches!(doc.before(b.start), "của" | "với" | "tại" | "cho" | "do");
    super::body_lists::bodies_in(doc, zone).into_iter().find(|b| ends(b) && own(b))
}

/// Whether a sentence tells what was done at a meeting, which itself is another: `Tại chương trình tổng kết, ...`.
fn part_of_another(doc: &Doc, c: &Candidate) -> bool {
    let first = c.sentence.start;
    let at = ["tại", "cũng tại", "trong khuôn khổ", "bên lề"].iter().find(|words| phrase(doc, first, words));
    let event = at.map(|words| first + words.split(' ').count());
    event.is_some_and(|event| event < c.title.start && head_at(doc, event, c.title.start).is_some())
}

fn judge(doc: &Doc, c: &mut Candidate, kind: ParagraphKind, told: bool) {
    let at = c.title.start;
    let before: Vec<&str> = (c.sentence.start..at).map(|i| doc.key(i)).collect();
    let near: Vec<&str> = before.iter().rev().take(5).copied().collect();
    let holds = ["chức", "mạc", "trì", "dự", "gia", "ra", "hành"];
    c.verb = near.iter().any(|w| holds.contains(w))
        || (c.title.end..c.sentence.end).take(24).any(|i| {
            doc.reads(i, &["diễn", "ra"])
                || doc.reads(i, &["được", "tổ", "chức"])
                || doc.reads(i, &["khai", "mạc"])
                || doc.reads(i, &["tổ", "chức"])
        })
        || told
        // Hội nghị ... đã hoàn thành chương trình đề ra
        || c.date.is_none() && doc.key(c.title.end) == "đã" && (at == c.sentence.start || doc.before(at) == ",");
    let planned = ["sẽ", "kiến", "sắp", "đề", "yêu", "trước", "nghị", "hoãn", "cần", "kết"];
    let mut score = i32::try_from((c.title.len() / 3).min(5)).unwrap_or(0);
    // sáng nay: the day of publication
    let relative =
        (c.sentence.start..at).any(|i| part_of_day(doc.key(i)).is_some() && matches!(doc.key(i + 1), "nay" | "qua"));
    // vừa qua, mới đây
    let lately = (c.sentence.start..at).any(|i| {
        doc.reads(i, &["vừa", "qua"]) || doc.reads(i, &["mới", "đây"]) || doc.reads(i, &["vừa", "tổ", "chức"])
    });
    score += if c.date.is_some() || relative || lately { 5 } else { 0 };
    score += if c.verb { 3 } else { 0 };
    // how many paragraphs of prose stand before
    let before_it =
        doc.paragraphs.iter().take(c.paragraph).filter(|p| p.kind == ParagraphKind::Prose && p.tokens.len() > 12);
    score += 3 - i32::try_from(before_it.take(6).count()).unwrap_or(6);
    score -= if kind == ParagraphKind::Line { 3 } else { 0 };
    score -= if c.date.is_none() && near.iter().any(|w| planned.contains(w)) { 4 } else { 0 };
    score -= if before.contains(&"sẽ") || before.contains(&"kiến") && before.contains(&"dự") { 14 } else { 0 };
    let soon = |i: usize| doc.key(i) == "sẽ" || doc.reads(i, &["dự", "kiến"]);
    // đã tổ chức họp báo giới thiệu ngày hội sẽ diễn ra ...: held, whatever it is about will be
    let held = c.date.is_some_and(|d| d.end <= at) && near.contains(&"chức") && !before.contains(&"sẽ");
    score -= if !held && (c.title.end..c.sentence.end).take(8).any(soon) { 10 } else { 0 };
    // nhân Đại hội ..., chào mừng Đại hội ..., chuẩn bị tổ chức Đại hội ...: its occasion, what it is about
    let occasion =
        ["nhân", "mừng", "tới"].contains(&doc.before(at)) || doc.reads(at.saturating_sub(2), &["nhân", "dịp"]);
    let prepared = at >= 4
        && doc.reads_before(at, &["tổ", "chức"])
        && matches!(doc.back(at, 3), "bị" | "dung" | "án" | "tác" | "việc" | "hoạch")
        && c.date.is_none_or(|d| d.end < at.saturating_sub(12));
    let attended = occasion && matches!(doc.before(at.saturating_sub(1)), "đến" | "đã" | ",");
    score -= if occasion && !attended || prepared { 8 } else { 0 };
    score -= if part_of_another(doc, c) { 5 } else { 0 };
    score -= if before.iter().any(|w| matches!(*w, "quyết" | "kỳ")) && c.date.is_none() { 3 } else { 0 };
    score += if c.head.weak { -2 } else { 0 };
    // các nội dung trình tại kỳ họp ...: what is prepared for it
    score -= if near.contains(&"trình") && c.date.is_none_or(|d| d.end < at) { 10 } else { 0 };
    // thông báo về kết quả Hội nghị lần thứ 8: another's
    score -= if doc.before(at) == "quả" && doc.back(at, 2) == "kết" && c.date.is_none_or(|d| d.end < at) {
        10
    } else {
        0
    };
    // Hội nghị ... hồi tháng Tư is remembered
    score -= if doc.key(c.title.end) == "hồi" { 10 } else { 0 };
    // Đăng ký dự hội nghị qua ...: it is to come
    score -= if (at.saturating_sub(5)..at).any(|i| doc.reads(i, &["đăng", "ký"])) { 14 } else { 0 };
    c.score = score;
}
