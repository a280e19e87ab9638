//! Tasks without anyone asking: what the report itself plans, and sentences that go on with what was asked for.

use std::ops::Range;

use super::offices::body_at;
use super::task_lists::ordinal;
use super::task_text::{holds, phrase, strong_verb, task_verb, time_phrase, will_do, year_in};
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
    let duty = (start..limit.min(start + 24)).find(|&i| doc.key(i) == "là" && task_verb(doc, i + 1, limit));
    if let Some(duty) =
        duty.filter(|&d| holds(doc, &(start..d), &["nhiệm vụ"]) && !holds(doc, &(start..d), &["đã", "ngày"]))
    {
        return Some(Opening { tokens: duty + 1..limit, year: year_in(doc, start..duty, years), open: false });
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
    let past =
        (start..limit.min(start + 14)).any(|i| doc.key(i) == "đã" || doc.key(i) == "đang" && doc.key(i + 1) != "có");
    if quoted || past {
        return None;
    }
    let begin = if ordinal(doc, start).is_some() { ordinal(doc, start)? } else { start };
    let modal =
        (begin..limit.min(begin + 30)).any(|i| matches!(doc.key(i), "cần" | "phải") && doc.key(i + 1) != "thiết");
    if following && will_do(doc, begin..limit).is_some() {
        return Some(begin..limit);
    }
    // TTXVN cần ..., Sở phải ...
    let body = doc.tokens.get(begin).is_some_and(|t| t.upper) || body_at(doc, begin, limit).is_some();
    if body && (begin..limit.min(begin + 12)).any(|i| matches!(doc.key(i), "cần" | "phải") && doc.key(i + 1) != "thiết")
    {
        return Some(begin..limit);
    }
    // Nghị định ... phải được thực hiện nghiêm
    let passive = |i: usize| matches!(doc.key(i), "cần" | "phải") && doc.key(i + 1) == "được";
    if following && (begin..limit.min(begin + 24)).any(passive) {
        return Some(begin..limit);
    }
    let verb = task_verb(doc, begin, limit);
    let subject =
        matches!(doc.key(begin), "các" | "toàn" | "từng" | "mỗi" | "những" | "việc" | "nội" | "phương" | "công")
            && (modal
                || following
                    && (begin..limit.min(begin + 14)).any(|i| task_verb(doc, i, limit) && strong_verb(doc, i)));
    (verb || subject && following).then_some(begin..limit)
}
