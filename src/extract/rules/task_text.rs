//! How the text of a task is told from its lead-in, its addressee and what is no task.

use std::ops::Range;

use super::offices::body_at;
use super::tasks::Years;
use super::years::year_at;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::{Doc, Paragraph, ParagraphKind};

/// The ordinal words of `Một là`, `Thứ nhất`.
const CARDINALS: [&str; 12] =
    ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"];
/// Verbs of asking: what follows is a task as it stands.
const STRONG: [&str; 8] = ["đề nghị", "yêu cầu", "giao", "chỉ đạo", "kêu gọi", "căn dặn", "nhắc nhở", "định hướng"];
/// Words that open an addressee.
const ADDRESSEES: [&str; 21] = [
    "ban", "bộ", "sở", "ngành", "lãnh", "toàn", "từng", "mỗi", "cán", "chính", "cả", "hội", "ủy", "ubnd", "hđnd",
    "đảng", "cấp", "tỉnh", "huyện", "đội", "lực",
];
/// Words of the task list that are nouns as often, and so do not end an addressee.
const WEAK: [&str; 16] = [
    "thông tin",
    "lãnh đạo",
    "chỉ đạo",
    "truyền thông",
    "phòng",
    "nhân",
    "thay",
    "lấy",
    "không",
    "tuyên truyền",
    "đào tạo",
    "tổ chức",
    "quản lý",
    "giám sát",
    "kiểm tra",
    "hướng dẫn",
];

/// A task's text and what its lead-in said.
#[derive(Debug)]
pub struct Asked {
    /// From the first word of the task.
    pub tokens: Range<usize>,
    /// The year of the lead-in.
    pub year: Option<i16>,
    /// Whether a year named earlier in the sentence holds for it.
    pub year_before: bool,
}

/// Tasks that a report sets out on its own.
#[derive(Debug)]
pub struct Opening {
    /// From the first word of the first task.
    pub tokens: Range<usize>,
    /// Their year.
    pub year: Option<i16>,
    /// Whether the following sentences may go on with it.
    pub open: bool,
}

/// Behind `Một là,`, `Thứ hai,`, `Thứ ba là` at token `at`.
pub fn ordinal(doc: &Doc, at: usize) -> Option<usize> {
    let cardinal = |i: usize| CARDINALS.iter().any(|w| doc.reads(i, &w.split(' ').collect::<Vec<_>>()));
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

fn phrase(doc: &Doc, at: usize, words: &str) -> bool {
    words.split(' ').enumerate().all(|(i, word)| doc.key(at + i) == word)
}

fn holds(doc: &Doc, range: &Range<usize>, words: &[&str]) -> bool {
    range.clone().any(|i| words.iter().any(|w| phrase(doc, i, w)))
}

/// Whether a sentence ends in a colon and leads into a list of tasks.
pub fn lead_in(doc: &Doc, sentence: &Range<usize>) -> bool {
    let colon = sentence.end > sentence.start && doc.key(sentence.end - 1) == ":";
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
    colon
        && holds(doc, &tail, &about)
        && holds(doc, &close, &closing)
        && !(holds(doc, &close, &results) && !holds(doc, &close, &["nhiệm vụ", "giải pháp", "đề nghị", "yêu cầu"]))
}

/// The year of a heading of tasks (`IV. NHIỆM VỤ TRỌNG TÂM NĂM 2021`); `Some(None)` for one without a year.
pub fn heading_year(doc: &Doc, paragraph: &Paragraph) -> Option<Option<i16>> {
    let range = paragraph.tokens.clone();
    let first = range.start;
    if range.len() > 24 || paragraph.kind == ParagraphKind::Prose && doc.key(range.end - 1) != ":" {
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
    (about && !whole).then(|| range.clone().find_map(|i| year_at(doc, i)))
}

/// `năm 2023`, `trong năm tới` in a lead-in.
pub fn year_in(doc: &Doc, range: Range<usize>, years: Years) -> Option<i16> {
    range.clone().find_map(|i| {
        if doc.key(i) != "năm" {
            return None;
        }
        match doc.key(i + 1) {
            "tới" | "sau" => years.coming(),
            "nay" => years.plan.or(years.review),
            _ => year_at(doc, i + 1).filter(|y| years.ahead(*y)),
        }
    })
}

fn task_verb(doc: &Doc, at: usize, limit: usize) -> bool {
    lexicon().task_verbs.len_at(doc.slice(at..limit)).is_some()
}

fn strong_verb(doc: &Doc, at: usize) -> bool {
    let weak = WEAK.iter().any(|w| phrase(doc, at, w));
    !weak && doc.tokens.get(at).is_some_and(|t| !t.capital)
}

/// What someone asks for behind a verb of asking: without year, addressee and `cần`.
///
/// After a verb of saying (`nhấn mạnh`, `cho rằng`) it is a task only where `cần` or `phải` makes it one.
pub fn asked_for(doc: &Doc, verb: Range<usize>, sentence: &Range<usize>, years: Years) -> Option<Asked> {
    let strong = STRONG.iter().any(|w| phrase(doc, verb.start, w));
    let caution = phrase(doc, verb.start, "lưu ý");
    let mut at = verb.end;
    let mut year = None;
    let limit = sentence.end;
    while at < limit {
        if matches!(doc.key(at), "," | ":" | "rằng" | "là" | "thêm") {
            at += 1;
        } else if let Some(next) = time_phrase(doc, at, limit) {
            year = year.or(year_in(doc, at..next, years));
            at = next;
        } else {
            break;
        }
    }
    let clause_end = (at..limit).find(|&i| doc.key(i) == ";").unwrap_or(limit);
    if doc.key(at) == "\"" {
        let close = (at + 1..limit).find(|&i| doc.key(i) == "\"")?;
        let modal = (at + 1..close).any(|i| matches!(doc.key(i), "cần" | "phải"));
        return (strong && modal).then_some(Asked { tokens: at + 1..close, year, year_before: true });
    }
    let modal = (at..clause_end.min(at + 60))
        .find(|&i| matches!(doc.key(i), "cần" | "phải") && !(doc.key(i) == "cần" && doc.key(i + 1) == "thiết"));
    let addressee = addressed(doc, at) && at < limit;
    let audience = holds(doc, &(at..modal.unwrap_or(at + 12).min(limit)), &["đại biểu", "học viên", "tham dự"]);
    if audience {
        return None;
    }
    let asked = |start: usize| Some(Asked { tokens: start..limit, year, year_before: true });
    if strong || caution {
        if task_verb(doc, at, limit) && !addressee || doc.key(at) == "phải" {
            return asked(at);
        }
        if let Some(modal) = modal.filter(|_| addressee) {
            // through `cần`; `phải` stays with what must be done
            let after =
                if doc.key(modal) == "cần" { modal + 1 + usize::from(doc.key(modal + 1) == "phải") } else { modal };
            return asked(after + usize::from(doc.key(after) == ":"));
        }
        if addressee && strong {
            let year_inside = year_in(doc, at..(at + 8).min(limit), years);
            let start = verb_behind(doc, at, clause_end)?;
            return Some(Asked { tokens: start..limit, year: year.or(year_inside), year_before: true });
        }
        return None;
    }
    let quoted = (at..limit).any(|i| doc.key(i) == "\"");
    let modal = modal.filter(|m| *m < at + 24)?;
    let said_of_all = modal == at || addressee || doc.key(at) == "việc";
    (!quoted && said_of_all && !matches!(doc.key(at), "chúng")).then(|| Asked {
        tokens: at..limit,
        year,
        year_before: true,
    })
}

/// Whether someone who can be given a task is named at `at`: a body, its leaders, `các sở, ngành`.
fn addressed(doc: &Doc, at: usize) -> bool {
    let plural = [
        "bộ",
        "ban",
        "sở",
        "ngành",
        "địa",
        "cấp",
        "cơ",
        "đơn",
        "huyện",
        "tỉnh",
        "đồng",
        "lực",
        "tổ",
        "thành",
        "xã",
        "phòng",
        "trường",
        "doanh",
        "đoàn",
        "hội",
        "chi",
        "đảng",
        "chủ",
        "nhà",
        "ubnd",
        "phường",
        "thôn",
        "báo",
        "thủ",
        "quận",
        "hợp",
        "cán",
        "cục",
        "vụ",
        "viện",
    ];
    match doc.key(at) {
        "các" => plural.contains(&doc.key(at + 1)),
        word => ADDRESSEES.contains(&word),
    }
}

/// `năm 2023`, `trong năm tới`, `trong thời gian tới`, `thời gian tới` and the comma behind.
fn time_phrase(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let i = at + usize::from(doc.key(at) == "trong");
    let end = if phrase(doc, i, "thời gian tới") || phrase(doc, i, "thời gian sắp") {
        i + 3
    } else if doc.key(i) == "năm" && (year_at(doc, i + 1).is_some() || matches!(doc.key(i + 1), "tới" | "sau" | "nay"))
    {
        i + 2
    } else {
        return None;
    };
    (end <= limit).then(|| end + usize::from(doc.key(end) == ","))
}

/// The first verb of the task behind its addressee.
fn verb_behind(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let mut i = at;
    while i < limit.min(at + 45) {
        if i > at && task_verb(doc, i, limit) && strong_verb(doc, i) {
            return Some(i);
        }
        match body_at(doc, i, limit) {
            // a body's name may hold such verbs, up to the first that is certain
            Some(body) => {
                i = (i + 1..body.end).find(|&j| task_verb(doc, j, limit) && strong_verb(doc, j)).unwrap_or(body.end)
            }
            None => i += 1,
        }
    }
    None
}

/// Whether an unmarked paragraph behind a lead-in is an item: it begins with a verb of doing.
pub fn continues_list(doc: &Doc, at: usize) -> bool {
    task_verb(doc, at, doc.tokens.len())
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

/// What the report itself plans: `Năm 2021, Ban Chỉ đạo tăng cường ...`, `Theo kế hoạch, ... Sở sẽ ...`, `nhiệm vụ
/// trọng tâm năm 2019 là: ...`, `các nhiệm vụ tập trung vào ...`.
pub fn planned(doc: &Doc, sentence: &Range<usize>, years: Years) -> Option<Opening> {
    let (start, limit) = (sentence.start, sentence.end);
    // nhiệm vụ ... là: a; b
    let set = (start..limit).find(|&i| {
        matches!(doc.key(i), "là" | "gồm") && doc.key(i + 1) == ":"
            || matches!(doc.key(i), "là" | "gồm") && i > start + 3
    });
    let named = |to: usize| {
        holds(doc, &(start..to), &["nhiệm vụ trọng tâm", "phương hướng, nhiệm vụ", "phương hướng", "nhiệm vụ"])
    };
    let decided = |to: usize| holds(doc, &(start..to), &["xác định", "đề ra", "thống nhất"]);
    if let Some(set) = set.filter(|&s| named(s) && decided(s) && doc.key(s + 1) == ":") {
        return Some(Opening { tokens: set + 2..limit, year: year_in(doc, start..set, years), open: false });
    }
    let focus = (start..limit).find(|&i| phrase(doc, i, "tập trung vào"));
    if let Some(focus) = focus.filter(|&f| {
        holds(doc, &(start..f), &["nhiệm vụ"])
            && holds(doc, &(start..f), &["giải pháp", "nhóm nhiệm vụ", "nhiệm vụ trọng tâm"])
    }) {
        let from = focus + 3 + usize::from(doc.key(focus + 3) == "việc") + usize::from(doc.key(focus + 3) == ":");
        return Some(Opening { tokens: from..limit, year: year_in(doc, start..focus, years), open: false });
    }
    // năm 2021, ai đó làm gì
    let mut at = start;
    let mut scheduled = phrase(doc, at, "theo kế hoạch");
    if scheduled {
        at += 3 + usize::from(doc.key(at + 3) == ",");
    }
    let mut year = None;
    if phrase(doc, at, "từ nay đến") {
        let comma = (at..limit.min(at + 12)).find(|&i| doc.key(i) == ",")?;
        year = (at..comma).find_map(|i| year_at(doc, i));
        scheduled = true;
        at = comma + 1;
    } else if let Some(next) = time_phrase(doc, at, limit) {
        let stated = (at..next).find_map(|i| year_at(doc, i));
        if stated.is_some_and(|y| !years.ahead(y))
            || stated.is_none() && doc.key(at) != "trong" && doc.key(at) != "thời" && doc.key(at + 1) != "tới"
        {
            return None;
        }
        if stated.is_some() && years.plan.is_none() && years.review.is_none() {
            return None;
        }
        year = stated.or_else(|| year_in(doc, at..next, years));
        at = next;
    } else if !scheduled {
        return None;
    }
    let subject = body_at(doc, at, limit).map_or(at, |b| b.end);
    if doc.key(subject) == "sẽ" && scheduled {
        return Some(Opening { tokens: at..limit, year, open: false });
    }
    let verb = subject + usize::from(matches!(doc.key(subject), "sẽ" | "cần"));
    (!scheduled && task_verb(doc, verb, limit)).then_some(Opening { tokens: verb..limit, year, open: true })
}

/// Whether a sentence behind a request goes on with it: it begins with a verb of doing, or says what must be done.
/// `following` says that what came right before it was a task.
pub fn stands_alone(doc: &Doc, sentence: &Range<usize>, following: bool) -> Option<Range<usize>> {
    let (start, limit) = (sentence.start, sentence.end);
    let quoted = doc.key(start) == "\""
        || (start..limit).any(|i| doc.key(i) == "\"") && (start..limit).any(|i| matches!(doc.key(i), "nói" | "hỏi"));
    let past = (start..limit.min(start + 14)).any(|i| doc.key(i) == "đã");
    if quoted || past {
        return None;
    }
    let begin = if ordinal(doc, start).is_some() { ordinal(doc, start)? } else { start };
    let modal =
        (begin..limit.min(begin + 30)).any(|i| matches!(doc.key(i), "cần" | "phải") && doc.key(i + 1) != "thiết");
    let verb = task_verb(doc, begin, limit);
    let subject =
        matches!(doc.key(begin), "các" | "toàn" | "từng" | "mỗi" | "những" | "việc" | "nội" | "phương" | "công")
            && (modal
                || following
                    && (begin..limit.min(begin + 14)).any(|i| task_verb(doc, i, limit) && strong_verb(doc, i)));
    (verb || subject && following).then_some(begin..limit)
}
