//! How the text of a task is told from its lead-in, its addressee and what is no task.

use std::ops::Range;

use super::dates::date_at;
use super::offices::body_at;
use super::tasks::Years;
use super::years::year_at;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;

/// Words that open an addressee.
const ADDRESSEES: [&str; 25] = [
    "quận",
    "phường",
    "trung",
    "doanh",
    "ban",
    "bộ",
    "sở",
    "ngành",
    "lãnh",
    "toàn",
    "từng",
    "mỗi",
    "cán",
    "chính",
    "cả",
    "hội",
    "ủy",
    "ubnd",
    "hđnd",
    "đảng",
    "cấp",
    "tỉnh",
    "huyện",
    "đội",
    "lực",
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

/// Words that open what is to be done, whoever is to do it.
const SURELY: [&str; 14] = [
    "tiếp tục",
    "khẩn trương",
    "chủ động",
    "tích cực",
    "tăng cường",
    "đẩy mạnh",
    "quan tâm",
    "chú trọng",
    "tập trung",
    "nghiêm túc",
    "kịp thời",
    "thường xuyên",
    "sớm",
    "phát huy",
];

/// Verbs of asking: what follows is a task as it stands.
const ASKING: [&str; 6] = ["đề nghị", "yêu cầu", "giao", "kêu gọi", "căn dặn", "nhắc nhở"];

/// A task's text and what its lead-in said.
#[derive(Debug)]
pub struct Asked {
    /// From the first word of the task.
    pub tokens: Range<usize>,
    /// The year of the lead-in.
    pub year: Option<i16>,
}

/// Whether the tokens from `at` on read these words.
pub fn phrase(doc: &Doc, at: usize, words: &str) -> bool {
    words.split(' ').enumerate().all(|(i, word)| doc.key(at + i) == word)
}

/// Whether any of the phrases stands in a range.
pub fn holds(doc: &Doc, range: &Range<usize>, words: &[&str]) -> bool {
    range.clone().any(|i| words.iter().any(|w| phrase(doc, i, w)))
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

/// Whether a verb that opens a task stands at `at`.
pub fn task_verb(doc: &Doc, at: usize, limit: usize) -> bool {
    lexicon().task_verbs.len_at(doc.slice(at..limit)).is_some()
}

/// Whether the task verb at `at` is surely a verb there, not a noun's part.
pub fn strong_verb(doc: &Doc, at: usize) -> bool {
    let weak = WEAK.iter().any(|w| phrase(doc, at, w));
    !weak && doc.tokens.get(at).is_some_and(|t| !t.capital)
}

/// What someone asks for behind a verb of asking: without year, addressee and `cần`.
///
/// After a verb of saying (`nhấn mạnh`, `cho rằng`) it is a task only where `cần` or `phải` makes it one.
pub fn asked_for(doc: &Doc, verb: Range<usize>, sentence: &Range<usize>, years: Years) -> Option<Asked> {
    let strong = asks(doc, verb.start);
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
        return (strong && modal).then_some(Asked { tokens: at + 1..close, year });
    }
    let modal = (at..clause_end.min(at + 60))
        .find(|&i| matches!(doc.key(i), "cần" | "phải") && !(doc.key(i) == "cần" && doc.key(i + 1) == "thiết"));
    let addressee = addressed(doc, at) && at < limit;
    let audience = holds(doc, &(at..modal.unwrap_or(at + 12).min(limit)), &["đại biểu", "học viên", "tham dự"]);
    if audience {
        return None;
    }
    let asked = |start: usize| Some(Asked { tokens: start..limit, year });
    if strong || caution {
        if task_verb(doc, at, limit) && !addressee || doc.key(at) == "phải" {
            return asked(at);
        }
        if let Some(modal) = modal.filter(|_| addressee) {
            // through `cần`; `phải` stays with what must be done
            let after =
                if doc.key(modal) == "cần" { modal + 1 + usize::from(doc.key(modal + 1) == "phải") } else { modal };
            let year = year.or_else(|| year_in(doc, at..modal, years));
            let start = after
                + usize::from(doc.key(after) == ":")
                + usize::from(doc.key(after) == "phải" && doc.key(after + 1) == ":") * 2;
            return Some(Asked { tokens: start..limit, year });
        }
        if addressee && strong {
            let year_inside = year_in(doc, at..(at + 8).min(limit), years);
            let behind_body = || body_at(doc, at, clause_end).map(|body| body.end).filter(|end| *end < clause_end);
            let start = verb_behind(doc, at, clause_end).or_else(behind_body)?;
            return Some(Asked { tokens: start..limit, year: year.or(year_inside) });
        }
        if strong {
            // whoever is addressed: an adverb of doing begins the task
            let surely = |i: &usize| SURELY.iter().any(|w| phrase(doc, *i, w));
            return (at..clause_end.min(at + 18)).find(surely).and_then(asked);
        }
        return None;
    }
    let quoted = (at..limit).any(|i| doc.key(i) == "\"");
    let modal = modal.filter(|m| *m < at + 24)?;
    let said_of_all = modal == at || addressee || doc.key(at) == "việc";
    (!quoted && said_of_all && !matches!(doc.key(at), "chúng")).then_some(Asked { tokens: at..limit, year })
}

/// What a speaker announces that a body will do: `Sở sẽ tiếp tục ...`, behind a verb of saying.
pub fn announced(doc: &Doc, verb: Range<usize>, sentence: &Range<usize>, years: Years) -> Option<Asked> {
    let mut at = verb.end;
    while at < sentence.end && matches!(doc.key(at), "," | ":" | "rằng" | "thêm") {
        at += 1;
    }
    will_do(doc, at..sentence.end)
        .map(|tokens| Asked { year: year_in(doc, tokens.start..tokens.start + 12, years), tokens })
}

/// `Bộ Tư lệnh sẽ hỗ trợ ...`: a body, and what it will do.
pub fn will_do(doc: &Doc, range: Range<usize>) -> Option<Range<usize>> {
    let start = range.start;
    let subject = (start..range.end.min(start + 10)).find(|&i| doc.key(i) == ",").map_or(start, |comma| comma + 1);
    let body = |at: usize| addressed(doc, at) && !matches!(doc.key(at), "tỉnh" | "cả" | "toàn" | "mỗi" | "từng");
    let subject = if body(start) { start } else { subject };
    let will = (subject + 1..range.end.min(subject + 16)).find(|&i| doc.key(i) == "sẽ")?;
    let does = task_verb(doc, will + 1, range.end);
    (body(subject) && does).then_some(start..range.end)
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
    let body = lexicon().bodies.len_at(doc.slice(at..doc.tokens.len())).is_some();
    match doc.key(at) {
        "các" => plural.contains(&doc.key(at + 1)),
        "đơn" | "địa" => matches!(doc.key(at + 1), "vị" | "phương"),
        word => body || ADDRESSEES.contains(&word),
    }
}

/// `năm 2023`, `trong năm tới`, `thời gian tới`, `trong những tháng cuối năm 2013`, `từ nay đến cuối năm`, and the
/// comma behind.
pub fn time_phrase(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let i = at + usize::from(doc.key(at) == "trong");
    let end = if phrase(doc, i, "thời gian tới") || phrase(doc, i, "thời gian sắp") {
        i + 3
    } else if doc.key(i) == "năm" && (year_at(doc, i + 1).is_some() || matches!(doc.key(i + 1), "tới" | "sau" | "nay"))
    {
        i + 2
    } else {
        // a longer one ends in a comma
        let opens = matches!(doc.key(at), "trong" | "từ" | "đến" | "trước");
        let comma = (at..limit.min(at + 12)).find(|&i| doc.key(i) == ",").filter(|_| opens)?;
        let of_time = (at..comma).any(|i| matches!(doc.key(i), "năm" | "tháng" | "quý" | "nay" | "tới"));
        if !of_time {
            return None;
        }
        comma
    };
    (end <= limit).then(|| end + usize::from(doc.key(end) == ","))
}

/// The year a task itself says it is to be done in: `trước ngày 30/9/2012`, `trong quý III/2023`, `trong năm 2026`.
pub fn own_year(doc: &Doc, task: Range<usize>) -> Option<i16> {
    task.clone().filter(|i| matches!(doc.key(*i), "trước" | "trong" | "vào")).find_map(|i| {
        if let Some(date) = date_at(doc, i + 1).filter(|d| d.end <= task.end) {
            return date.year;
        }
        // trong tháng 10/2025, trong quý III/2023, trong năm 2026
        match doc.key(i + 1) {
            "tháng" | "quý" if doc.key(i + 3) == "/" => {
                doc.key(i + 4).parse().ok().filter(|y| (1945..2100).contains(y))
            }
            "tháng" | "quý" if doc.key(i + 3) == "năm" => year_at(doc, i + 4),
            "năm" => year_at(doc, i + 2),
            _ => None,
        }
    })
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
                i = (i + 1..body.end).find(|&j| task_verb(doc, j, limit) && strong_verb(doc, j)).unwrap_or(body.end);
            }
            None => i += 1,
        }
    }
    None
}

/// Whether a verb asks for something by itself.
pub fn asks(doc: &Doc, at: usize) -> bool {
    asks_plainly(doc, at) || ["chỉ đạo", "định hướng"].iter().any(|verb| phrase(doc, at, verb))
}

/// Whether a verb asks for something and is no part of a list of what leaders do (`lãnh đạo, chỉ đạo, điều hành`).
pub fn asks_plainly(doc: &Doc, at: usize) -> bool {
    ASKING.iter().any(|verb| phrase(doc, at, verb))
}
