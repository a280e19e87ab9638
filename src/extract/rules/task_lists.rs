//! Lists of tasks: the lead-ins, headings and ordinals that open them, and what ends them.

use std::ops::Range;

use super::task_addressee::{addressee, strong_verb};
use super::task_text::{holds, phrase, task_verb};
use super::years::year_at;
use crate::extract::structure::{Doc, Paragraph, ParagraphKind};
use crate::extract::text::TokenKind;

/// The ordinal words of `Một là`, `Thứ nhất`.
const CARDINALS: [&str; 10] = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"];

/// A heading of tasks.
#[derive(Clone, Copy, Debug)]
pub struct Heading {
    /// The year it names, if it does.
    pub year: Option<i16>,
}

/// Behind `(1)` at token `at`, within a paragraph: how far, and which number.
fn numbered(doc: &Doc, at: usize) -> Option<(usize, u8)> {
    let number = doc.key(at + 1).parse::<u8>().ok().filter(|n| (1..=20).contains(n));
    number.filter(|_| doc.key(at) == "(" && doc.key(at + 2) == ")").map(|n| (at + 3, n))
}

/// Behind `Một là,`, `Thứ hai,`, `Thứ ba là` at token `at`.
pub fn ordinal(doc: &Doc, at: usize) -> Option<usize> {
    let cardinal = |i: usize| CARDINALS.contains(&doc.key(i));
    let end = if cardinal(at) && doc.key(at + 1) == "là" {
        at + 2
    } else if doc.key(at) == "thứ"
        && (cardinal(at + 1)
            || matches!(doc.key(at + 1), "nhất" | "nhì" | "tư")
            || doc.key(at + 1).parse::<u8>().is_ok())
    {
        at + 2 + usize::from(doc.key(at + 2) == "là")
    } else {
        return None;
    };
    Some(end + usize::from(matches!(doc.key(end), "," | ":")))
}

/// Items that ordinals string together within a paragraph (`Thứ nhất, ...; thứ hai, ...`): each up to the next
/// ordinal. Fewer than two are no list, unless one opens the paragraph.
pub fn ordinals(doc: &Doc, range: Range<usize>) -> Vec<Range<usize>> {
    let opens = |i: usize| {
        let start = i == range.start || matches!(doc.before(i), ";" | "." | ":" | ",");
        // năm là 2021, một là ...: only an ordinal's own mark makes it one
        let end = start.then(|| ordinal(doc, i))??;
        (doc.before(end) == "," || doc.before(end) == ":" || doc.before(end) == "là").then_some((i, end))
    };
    let mut found: Vec<(usize, usize)> = range.clone().filter_map(opens).collect();
    if found.is_empty() {
        // (1) ...; (2) ...; (3) ...
        let mut next = 1;
        for i in range.clone().filter(|&i| matches!(doc.before(i), ";" | "." | ":" | ",")) {
            if let Some((end, n)) = numbered(doc, i).filter(|(_, n)| *n == next) {
                found.push((i, end));
                next = n + 1;
            }
        }
    }
    let first = found.first().map(|(i, _)| *i);
    if found.len() < 2 && first != Some(range.start) {
        return Vec::new();
    }
    let next = |n: usize| found.get(n + 1).map_or(range.end, |(i, _)| *i);
    found.iter().enumerate().map(|(n, (_, end))| *end..next(n)).collect()
}

/// Whether a sentence ends in a colon and leads into a list of tasks.
pub fn lead_in(doc: &Doc, sentence: &Range<usize>) -> bool {
    let colon = sentence.end > sentence.start && doc.before(sentence.end) == ":";
    let tail = sentence.end.saturating_sub(45).max(sentence.start)..sentence.end;
    let about = [
        "nhiệm vụ",
        "giải pháp",
        "đề nghị",
        "yêu cầu",
        "cần",
        "việc sau",
        "vấn đề sau",
        "nội dung sau",
        "trọng tâm",
        "công việc",
        "lưu ý",
        "phương hướng",
        "tập trung",
    ];
    let results =
        ["kết quả", "hạn chế", "tồn tại", "khó khăn", "nguyên nhân", "như sau", "đại biểu", "thành phần", "mục tiêu"];
    let close = sentence.end.saturating_sub(10).max(sentence.start)..sentence.end;
    let closing = ["nhiệm vụ", "giải pháp", "việc sau", "sau", "cần", "trọng tâm", "đề nghị", "yêu cầu"];
    // Chương trình phối hợp giai đoạn mới gồm 4 nội dung:
    let agreed = ["chương trình", "quy chế", "kế hoạch", "nội dung"].iter().any(|w| phrase(doc, sentence.start, w))
        && holds(doc, sentence, &["phối hợp", "hợp tác"])
        && holds(doc, &close, &["gồm"])
        && holds(doc, &close, &["nội dung"])
        && !holds(doc, sentence, &["đã", "kết quả", "làm việc"]);
    // Theo Quy chế, hai ngành thống nhất:
    let both =
        ["hai bên", "hai ngành", "hai đơn vị", "các bên", "hai cơ quan"].iter().any(|w| holds(doc, sentence, &[w]));
    let pact = both && phrase(doc, sentence.end.saturating_sub(3), "thống nhất") && !holds(doc, sentence, &["đã"]);
    // ... thông qua Nghị quyết về nhiệm vụ năm 2015 với một số chỉ tiêu chủ yếu:
    let targets = holds(doc, &close, &["chỉ tiêu"])
        && holds(doc, &tail, &["nhiệm vụ năm", "phương hướng", "nhiệm vụ nhiệm kỳ", "đề ra", "phấn đấu"])
        && !holds(doc, sentence, &["đạt", "kết quả", "hoàn thành"]);
    if colon && (agreed || pact || targets) {
        return true;
    }
    // Sở đã hoàn thành một số nhiệm vụ năm 2021:
    let done = holds(doc, sentence, &["đã hoàn thành", "đã đạt", "đã thực hiện"]);
    if done && !holds(doc, &close, &["đề nghị", "yêu cầu", "cần"]) {
        return false;
    }
    colon
        && holds(doc, &tail, &about)
        && holds(doc, &close, &closing)
        && (!holds(doc, &close, &results) || holds(doc, &close, &["nhiệm vụ", "giải pháp", "đề nghị", "yêu cầu"]))
}

/// The year of a heading of tasks (`IV. NHIỆM VỤ TRỌNG TÂM NĂM 2021`); nothing for any other paragraph.
pub fn heading_year(doc: &Doc, paragraph: &Paragraph) -> Option<Heading> {
    let range = paragraph.tokens.clone();
    let first = range.start;
    // III. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2018.
    let shouted = doc.slice(range.clone()).iter().filter(|t| t.kind == TokenKind::Word).all(|t| t.upper);
    let closed = doc.before(range.end) == ":" || shouted;
    if range.len() > 24 || paragraph.kind == ParagraphKind::Prose && !closed {
        return None;
    }
    // behind a roman or arabic number
    let skip =
        usize::from(doc.tokens.get(first).is_some_and(|t| t.key.chars().all(|c| matches!(c, 'i' | 'v' | 'x')))) * 2;
    let starts = [
        "nhiệm vụ",
        "phương hướng",
        "một số nhiệm vụ",
        "các nhiệm vụ",
        "giải pháp",
        "nhiệm vụ trọng tâm",
        "định hướng",
    ];
    let about = starts.iter().any(|w| phrase(doc, first + skip, w));
    // the title of a whole report speaks of results too
    let whole = holds(doc, &range, &["kết quả", "tổng kết", "hội nghị"]);
    (about && !whole).then(|| Heading { year: range.clone().find_map(|i| year_at(doc, i)) })
}

/// Whether what stands before an ordinal is about tasks, not about causes or results.
///
/// `before` is the paragraph before, which leads in where the ordinal opens its own.
pub fn sets_tasks(doc: &Doc, lead: Range<usize>, before: Range<usize>, asked_before: bool) -> bool {
    // lưu ý đến một số bài học. Thứ nhất, ...
    let tail = before.end.saturating_sub(40).max(before.start)..before.end;
    let lessons = holds(doc, &tail, &["bài học", "kinh nghiệm", "nguyên nhân", "hạn chế", "kết quả"]);
    if lead.len() < 4 && lessons && !holds(doc, &tail, &["nhiệm vụ", "giải pháp", "đề nghị", "yêu cầu"])
    {
        return false;
    }
    let opens = lead.len() < 4 && doc.before(before.end) == ":";
    let lead = if opens { before.end.saturating_sub(40).max(before.start)..before.end } else { lead };
    let told =
        ["nguyên nhân", "hạn chế", "tồn tại", "khó khăn", "kết quả", "bài học", "kinh nghiệm", "vì sao", "do đâu"];
    let asked = ["nhiệm vụ", "giải pháp", "đề nghị", "yêu cầu", "cần", "phải", "tập trung", "lưu ý", "chỉ đạo", "giao"];
    // các ý kiến đã tập trung làm rõ ...: what was discussed
    let discussed = holds(doc, &lead, &["ý kiến", "thảo luận", "làm rõ", "làm sáng tỏ"]) && holds(doc, &lead, &["đã"]);
    let asks = holds(doc, &lead, &asked) && !discussed;
    // Kết luận buổi làm việc, Thứ trưởng A nêu rõ: Thứ nhất, ...
    let closes = lead.len() >= 4
        && (lead.end.saturating_sub(4)..lead.end).any(|i| doc.key(i) == ":")
        && holds(doc, &lead, &["kết luận"])
        && !holds(doc, &lead, &told);
    closes || asks || asked_before && !holds(doc, &lead, &told) || lead.len() < 4
}

/// Whether an unmarked paragraph behind a lead-in is an item: it begins with a verb of doing.
pub fn continues_list(doc: &Doc, at: usize) -> bool {
    task_verb(doc, at, doc.tokens.len())
}

/// Whether an unmarked paragraph behind what somebody asks for says who is to do what: `Các địa phương tăng cường ...`.
pub fn asks_of(doc: &Doc, paragraph: &Range<usize>) -> bool {
    // Người sử dụng lao động | đầu tư ...: whoever a few plain words name
    let plain = || {
        let near = paragraph.start + 2..paragraph.end.min(paragraph.start + 9);
        let verb = near.into_iter().find(|&i| task_verb(doc, i, paragraph.end) && strong_verb(doc, i))?;
        doc.slice(paragraph.start..verb).iter().all(|t| t.kind == TokenKind::Word).then_some(verb)
    };
    let Some(verb) = addressee(doc, paragraph.start, paragraph.end).or_else(plain) else { return false };
    let done = (verb..paragraph.end.min(verb + 6)).any(|i| matches!(doc.key(i), "đã" | "đang" | "được"))
        || paragraph.clone().any(|i| doc.reads(i, &["đến", "nay"]));
    !done && (matches!(doc.key(verb), "cần" | "phải") || task_verb(doc, verb, paragraph.end) && strong_verb(doc, verb))
}

/// Whether a paragraph turns to something else: the meeting's further course, awards.
pub fn opens_elsewhere(doc: &Doc, at: usize) -> bool {
    [
        "tại hội",
        "tại buổi",
        "tại lễ",
        "cũng tại",
        "dịp này",
        "nhân dịp",
        "kết thúc",
        "theo báo",
        "trước đó",
        "cùng ngày",
        "sau khi",
        "theo đó",
        "hội nghị",
        "tại đây",
    ]
    .iter()
    .any(|w| phrase(doc, at, w))
}
