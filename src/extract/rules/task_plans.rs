//! Tasks without anyone asking: what the report itself plans.

use std::ops::Range;

use super::offices::body_at;
use super::task_addressee::{SURELY, addressee};
use super::task_text::{holds, phrase, task_verb};
use super::task_times::{month_year, months_work, pivotal_year, set_by_an_act};
use super::task_years::{time_phrase, year_in};
use super::tasks::Years;
use super::years::year_at;
use crate::extract::structure::Doc;

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
    // Nghị quyết xác định các nhiệm vụ, giải pháp chủ yếu: a; b
    let colon = (start..limit).find(|&i| doc.key(i) == ":").filter(|c| *c < start + 40 && c + 3 < limit);
    let act = ["nghị quyết", "kế hoạch", "chương trình", "kết luận", "chỉ thị", "đề án", "hội nghị", "đại hội"];
    // Để thực hiện tốt nhiệm vụ 3 tháng cuối năm, | hội nghị đề ra các giải pháp như: a; b
    let purpose = (start..limit.min(start + 24)).find(|&i| doc.key(i) == ",").filter(|_| doc.key(start) == "để");
    let subject = purpose.map_or(start, |comma| comma + 1);
    if let Some(colon) = colon.filter(|&c| {
        act.iter().any(|w| phrase(doc, subject, w))
            && decided(c)
            && holds(doc, &(c.saturating_sub(14).max(start)..c), &["nhiệm vụ", "giải pháp"])
            && (task_verb(doc, c + 1, limit) || listed_work(doc, c + 1..limit))
    }) {
        return Some(Opening { tokens: colon + 1..limit, year: year_in(doc, start..colon, years), open: true });
    }
    // Các đại biểu đã thông qua phương hướng nhiệm kỳ 2021-2026: a; b; c
    if let Some(opening) = agreed_upon(doc, sentence, years) {
        return Some(opening);
    }
    // định hướng công tác tuyên truyền thời gian tới: a; b
    let steers = |c: usize| {
        let near = c.saturating_sub(14).max(start)..c;
        let ahead = ["thời gian tới", "tháng tới", "tháng", "quý"];
        holds(doc, &near, &["định hướng"])
            && ahead.iter().any(|w| holds(doc, &near, &[w]))
            && !holds(doc, &near, &["về"])
    };
    if let Some(colon) = colon.filter(|&c| steers(c) && task_verb(doc, c + 1, limit)) {
        return Some(Opening { tokens: colon + 1..limit, year: year_in(doc, start..colon, years), open: true });
    }
    // toàn lực lượng tập trung thi đua: a; b; c
    let vies = |c: usize| c >= 4 && phrase(doc, c - 4, "tập trung thi đua") && !holds(doc, &(start..c), &["đã"]);
    if let Some(colon) = colon.filter(|&c| vies(c) && task_verb(doc, c + 1, limit)) {
        return Some(Opening { tokens: colon + 1..limit, year: year_in(doc, start..colon, years), open: true });
    }
    // Nhiệm vụ tháng 11 tập trung ...
    let focused = (start + 2..limit.min(start + 9)).find(|&i| phrase(doc, i, "tập trung"));
    let timely = |f: usize| (start..f).any(|i| matches!(doc.key(i), "tháng" | "quý" | "tới" | "tâm" | "năm"));
    if let Some(focused) = focused.filter(|&f| {
        phrase(doc, start, "nhiệm vụ") && timely(f) && doc.key(f + 2) != "vào" && task_verb(doc, f + 2, limit)
    }) {
        return Some(Opening { tokens: focused..limit, year: year_in(doc, start..focused, years), open: true });
    }
    // quán triệt Nghị quyết ... về việc thực hiện ba nhiệm vụ trọng tâm, gồm: a; b; c
    if let Some(colon) = set_by_an_act(doc, sentence) {
        return Some(Opening { tokens: colon + 1..limit, year: year_in(doc, start..colon, years), open: false });
    }
    let duty = (start..limit.min(start + 24)).find(|&i| doc.key(i) == "là" && task_verb(doc, i + 1, limit));
    if let Some(duty) =
        duty.filter(|&d| holds(doc, &(start..d), &["nhiệm vụ"]) && !holds(doc, &(start..d), &["đã", "ngày"]))
    {
        let first = (start..duty).any(|i| phrase(doc, i, "đầu tiên") || phrase(doc, i, "thứ nhất"));
        return Some(Opening { tokens: duty + 1..limit, year: year_in(doc, start..duty, years), open: first });
    }
    let focus = (start..limit).find(|&i| phrase(doc, i, "tập trung vào"));
    if let Some(focus) = focus.filter(|&f| {
        holds(doc, &(start..f), &["nhiệm vụ"])
            && holds(doc, &(start..f), &["giải pháp", "nhóm nhiệm vụ", "nhiệm vụ trọng tâm"])
    }) {
        let from = focus + 3 + usize::from(doc.key(focus + 3) == "việc") + usize::from(doc.key(focus + 3) == ":");
        return Some(Opening { tokens: from..limit, year: year_in(doc, start..focus, years), open: false });
    }
    // Hội nghị thống nhất tiếp tục triển khai ...; Hai bên thống nhất, trong 6 tháng đầu năm 2024, tiếp tục ...
    let meets = ["hội nghị", "đại hội", "cuộc họp", "phiên họp", "các đại biểu", "hai bên", "các bên"]
        .iter()
        .any(|w| phrase(doc, start, w));
    let agreed = (start..limit.min(start + 8))
        .find(|&i| ["thống nhất", "nhất trí", "quyết nghị", "quyết định"].iter().any(|w| phrase(doc, i, w)));
    let behind = |agreed: usize| {
        let at = agreed + 2 + usize::from(doc.key(agreed + 2) == ",");
        time_phrase(doc, at, limit).unwrap_or(at)
    };
    if let Some(agreed) = agreed.filter(|a| {
        let done =
            matches!(doc.key(a + 2), "thông" | "đánh" | "bầu" | "công" | "báo" | "thành" | "trao" | "khen" | "biểu");
        meets && task_verb(doc, behind(*a), limit) && !done
    }) {
        let from = behind(agreed);
        return Some(Opening { tokens: from..limit, year: year_in(doc, agreed..from, years), open: false });
    }
    in_time(doc, sentence, years)
}

/// Whether most of the items that semicolons part begin with a verb of doing: `tăng trưởng đạt 13%; thực hiện tốt ...; hoàn
/// thành ...`.
fn listed_work(doc: &Doc, items: Range<usize>) -> bool {
    let begins = |i: usize| i == items.start || doc.before(i) == ";";
    let all: Vec<usize> = items.clone().filter(|&i| begins(i)).collect();
    let work = all.iter().filter(|&&i| task_verb(doc, i, items.end)).count();
    all.len() > 2 && 2 * work > all.len()
}

/// `Hai bên đã thống nhất những giải pháp trong thời gian tới như: a; b`: what those who meet agree on, in a list.
fn agreed_upon(doc: &Doc, sentence: &Range<usize>, years: Years) -> Option<Opening> {
    let limit = sentence.end;
    let tail = sentence.start..limit.min(sentence.start + 40);
    let colon = tail.clone().find(|&i| doc.key(i) == ":").filter(|c| c + 3 < limit)?;
    let lead = sentence.start..colon;
    let who = ["hai bên", "các bên", "hai ngành", "các đại biểu", "đại hội", "kỳ họp", "hội nghị"];
    let plan = colon.saturating_sub(16).max(sentence.start)..colon;
    let agrees = ["thống nhất", "thông qua", "nhất trí", "quyết nghị"];
    let ahead = ["phương hướng", "nhiệm vụ", "giải pháp"];
    let listed = (colon..limit).any(|i| doc.key(i) == ";");
    let done = ["kết quả", "báo cáo", "đánh giá", "hạn chế"];
    (listed
        && holds(doc, &lead, &who)
        && holds(doc, &lead, &agrees)
        && holds(doc, &plan, &ahead)
        && !holds(doc, &lead, &done))
    .then(|| Opening { tokens: colon + 1..limit, year: year_in(doc, lead, years), open: false })
}

/// `Năm 2021, Ban Chỉ đạo tăng cường ...`, `Theo kế hoạch, Sở sẽ ...`, `Về phương hướng năm 2022, ...`: by when and by whom.
fn in_time(doc: &Doc, sentence: &Range<usize>, years: Years) -> Option<Opening> {
    let (start, limit) = (sentence.start, sentence.end);
    // năm 2021, ai đó làm gì
    let mut at = start;
    let pivotal = pivotal_year(doc, sentence);
    let mut scheduled = phrase(doc, at, "theo kế hoạch");
    let mut until = false;
    if scheduled {
        at += 3 + usize::from(doc.key(at + 3) == ",");
    }
    let mut year = None;
    // Về phương hướng năm 2022, Sở xác định tiếp tục ...
    let about = ["về phương hướng", "về nhiệm vụ", "phương hướng"].iter().any(|w| phrase(doc, at, w));
    let topic = (at..limit.min(at + 16)).find(|&i| doc.key(i) == ",").filter(|_| about);
    if let Some(comma) = topic.filter(|&c| (at..c).any(|i| year_at(doc, i).is_some_and(|y| years.ahead(y)))) {
        year = (at..comma).find_map(|i| year_at(doc, i));
        at = comma + 1;
    } else if phrase(doc, at, "từ nay đến") {
        let comma = (at..limit.min(at + 12)).find(|&i| doc.key(i) == ",")?;
        let late = (at..comma).any(|i| doc.reads(i, &["cuối", "năm"]));
        year = (at..comma).find_map(|i| year_at(doc, i)).or(years.plan.or(years.held).filter(|_| late));
        (scheduled, until) = (true, true);
        at = comma + 1;
    } else if let Some(ahead) = months_work(doc, sentence) {
        let stated = (start..ahead).find_map(|i| year_at(doc, i)).or_else(|| month_year(doc, start..ahead));
        return Some(Opening { tokens: ahead..limit, year: stated, open: true });
    } else if let Some(comma) = pivotal {
        year = year_at(doc, start + 1).filter(|y| years.ahead(*y) && years.known());
        year?;
        at = comma + 1;
    } else if let Some(next) = time_phrase(doc, at, limit) {
        let stated = (at..next).find_map(|i| year_at(doc, i));
        let coming = (at..next).any(|i| matches!(doc.key(i), "tới" | "sắp" | "nay" | "tiếp" | "còn" | "cuối"));
        // Trong năm học 2019-2020, at a meeting held before it is over
        let school = (at..next).find(|&i| doc.reads(i, &["năm", "học"])).is_some_and(|i| {
            let first = doc.key(i + 2).parse::<i16>().ok().filter(|_| doc.key(i + 3) == "-");
            first.is_some_and(|first| years.held.is_some_and(|held| first >= held))
        });
        let coming = coming || school;
        // trong 6 tháng đầu năm, năm qua: what was done
        let gone = (at..next).any(|i| matches!(doc.key(i), "đầu" | "qua" | "trước"));
        if stated.is_none() && !coming || gone {
            return None;
        }
        if stated.is_some_and(|y| !years.ahead(y) || years.held.is_some_and(|held| y < held))
            || stated.is_none() && !matches!(doc.key(at), "trong" | "thời" | "nhiệm") && doc.key(at + 1) != "tới"
        {
            return None;
        }
        if stated.is_some() && years.plan.is_none() && years.review.is_none() {
            return None;
        }
        // trong 6 tháng cuối năm
        let late = (at..next).any(|i| doc.reads(i, &["cuối", "năm"]));
        let half = || years.plan.or(years.held).filter(|_| late);
        year = stated.or_else(|| year_in(doc, at..next, years)).or_else(half);
        at = next;
    } else if !scheduled {
        return None;
    }
    // công tác tuyên giáo | tập trung ...
    let work = || {
        let about = phrase(doc, at, "công tác") || phrase(doc, at, "hoạt động");
        let near = (at + 2..limit.min(at + 9)).take_while(|&i| doc.key(i) != ",").filter(|_| about);
        near.into_iter().find(|&i| SURELY.iter().any(|w| phrase(doc, i, w)))
    };
    let named = addressee(doc, at, limit).or_else(|| body_at(doc, at, limit).map(|b| b.end)).or_else(work);
    let subject = named.unwrap_or(at);
    if doc.key(subject) == "sẽ" && super::task_speech::event_ahead(doc, subject, limit) {
        return None;
    }
    if doc.key(subject) == "sẽ" && (scheduled || named.is_some() && task_verb(doc, subject + 1, limit)) {
        return Some(Opening { tokens: at..limit, year, open: !scheduled });
    }
    // Năm 2025, đơn vị đặt mục tiêu hoàn thành ...
    let goal = ["đặt mục tiêu", "phấn đấu", "đề ra mục tiêu", "xác định mục tiêu", "đặt ra mục tiêu"];
    if let Some(words) = goal
        .iter()
        .find(|w| phrase(doc, subject, w))
        .filter(|_| named.is_some() && (year.is_some() || doc.key(start) == "nhiệm"))
    {
        let start = if *words == "phấn đấu" { subject } else { subject + words.split(' ').count() };
        return Some(Opening { tokens: start + usize::from(doc.key(start) == "là")..limit, year, open: false });
    }
    let set_out = usize::from(phrase(doc, subject, "xác định")) * 2;
    let subject = subject + set_out + usize::from(set_out > 0 && doc.key(subject + set_out) == "là");
    let verb = subject + usize::from(matches!(doc.key(subject), "sẽ" | "cần"));
    let noun = ["giáo dục", "xác định", "dự báo"].iter().any(|w| phrase(doc, verb, w));
    ((!scheduled || until) && task_verb(doc, verb, limit) && !noun).then_some(Opening {
        tokens: verb..limit,
        year,
        open: true,
    })
}
