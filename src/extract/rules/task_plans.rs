//! Tasks without anyone asking: what the report itself plans, and sentences that go on with what was asked for.

use std::ops::Range;

use super::offices::body_at;
use super::task_addressee::{addressee, strong_verb};
use super::task_lists::ordinal;
use super::task_speech::will_do;
use super::task_text::{holds, joined, phrase, task_verb};
use super::task_times::{month_year, months_work, pivotal_year, set_by_an_act};
use super::task_years::{time_phrase, year_in};
use super::tasks::Years;
use super::years::year_at;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

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
            && task_verb(doc, c + 1, limit)
    }) {
        return Some(Opening { tokens: colon + 1..limit, year: year_in(doc, start..colon, years), open: true });
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
    // Hội nghị thống nhất tiếp tục triển khai ...
    let meets = ["hội nghị", "đại hội", "cuộc họp", "phiên họp", "các đại biểu"].iter().any(|w| phrase(doc, start, w));
    let agreed = (start..limit.min(start + 8))
        .find(|&i| ["thống nhất", "nhất trí", "quyết nghị", "quyết định"].iter().any(|w| phrase(doc, i, w)));
    if let Some(agreed) = agreed.filter(|a| {
        let done =
            matches!(doc.key(a + 2), "thông" | "đánh" | "bầu" | "công" | "báo" | "thành" | "trao" | "khen" | "biểu");
        meets && task_verb(doc, a + 2, limit) && !done
    }) {
        return Some(Opening { tokens: agreed + 2..limit, year: None, open: false });
    }
    in_time(doc, sentence, years)
}

/// `Năm 2021, Ban Chỉ đạo tăng cường ...`, `Theo kế hoạch, Sở sẽ ...`, `Về phương hướng năm 2022, ...`: by when and by whom.
fn in_time(doc: &Doc, sentence: &Range<usize>, years: Years) -> Option<Opening> {
    let (start, limit) = (sentence.start, sentence.end);
    // năm 2021, ai đó làm gì
    let mut at = start;
    let pivotal = pivotal_year(doc, sentence);
    let mut scheduled = phrase(doc, at, "theo kế hoạch");
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
        year = (at..comma).find_map(|i| year_at(doc, i));
        scheduled = true;
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
        if stated.is_some_and(|y| !years.ahead(y))
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
    let named = addressee(doc, at, limit).or_else(|| body_at(doc, at, limit).map(|b| b.end));
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
    (!scheduled && task_verb(doc, verb, limit) && !noun).then_some(Opening { tokens: verb..limit, year, open: true })
}

/// A sentence without a subject that says what must be done (`Từ nay đến cuối năm phải ...`, `Tuy nhiên, cần ...`): from
/// its first word that says what or when.
pub fn must_be_done(doc: &Doc, sentence: &Range<usize>) -> Option<Range<usize>> {
    let start = joined(doc, sentence.start);
    let modal = (start..sentence.end.min(start + 14)).find(|&i| matches!(doc.key(i), "cần" | "phải"))?;
    let light = |i: usize| {
        doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number)
            || matches!(
                doc.key(i),
                "," | "chính"
                    | "vì"
                    | "vậy"
                    | "thế"
                    | "do"
                    | "đó"
                    | "tuy"
                    | "nhiên"
                    | "ngay"
                    | "từ"
                    | "bây"
                    | "giờ"
                    | "nay"
                    | "trong"
                    | "thời"
                    | "gian"
                    | "tới"
                    | "điểm"
                    | "này"
                    | "đến"
                    | "cuối"
                    | "hết"
                    | "năm"
                    | "tháng"
                    | "quý"
                    | "hiện"
                    | "sắp"
                    | "tiếp"
                    | "theo"
                    | "trước"
                    | "mắt"
                    | "mặt"
                    | "khác"
                    | "cũng"
                    | "rất"
                    | "những"
                    | "để"
                    | "làm"
                    | "được"
                    | "điều"
                    | "muốn"
                    | "vào"
                    | "sau"
                    | "đồng"
                    | "bên"
                    | "cạnh"
                    | "song"
                    | "ngoài"
                    | "ra"
                    | "và"
                    | "/"
                    | "ngày"
            )
    };
    let after = modal + 1 + usize::from(doc.key(modal) == "cần" && doc.key(modal + 1) == "phải");
    let verb = doc.tokens.get(after).is_some_and(|t| t.kind == TokenKind::Word && !t.capital)
        && !matches!(
            doc.key(after),
            "thiết"
                | "có"
                | "biết"
                | "nói"
                | "thấy"
                | "hiểu"
                | "khẳng"
                | "ghi"
                | "thừa"
                | "là"
                | "nhấn"
                | "kể"
                | "được"
        );
    ((start..modal).all(light) && verb && after < sentence.end).then(|| {
        // the words for when belong to the task
        let when = time_phrase(doc, start, sentence.end).filter(|next| *next <= modal).map(|_| start);
        when.or_else(|| (start..modal).find(|&i| matches!(doc.key(i), "ngay" | "từ"))).unwrap_or(modal)..sentence.end
    })
}

/// Behind what makes something necessary: `Thời gian không còn nhiều, do vậy, | các ban ...`.
fn behind_reason(doc: &Doc, at: usize, limit: usize) -> usize {
    let so = (at..limit.min(at + 25))
        .find(|&i| doc.key(i) == "," && ["do vậy", "vì vậy", "do đó", "vì thế"].iter().any(|w| phrase(doc, i + 1, w)));
    let at = so.map_or(at, |comma| comma + 3 + usize::from(doc.key(comma + 3) == ","));
    // trong quá trình chuẩn bị đại hội, | các ban ...
    let while_at_it = ["trong quá trình", "trên cơ sở"].iter().any(|w| phrase(doc, at, w));
    let comma = (at..limit.min(at + 14)).find(|&i| doc.key(i) == ",").filter(|_| while_at_it);
    comma.map_or(at, |comma| comma + 1)
}

/// Whether a sentence behind a request goes on with it: it begins with a verb of doing, or says what must be done.
/// `following` says that what came right before it was a task.
pub fn stands_alone(doc: &Doc, sentence: &Range<usize>, following: bool) -> Option<Range<usize>> {
    let (start, limit) = (sentence.start, sentence.end);
    let quoted = doc.key(start) == "\""
        || (start..limit).any(|i| doc.key(i) == "\"") && (start..limit).any(|i| matches!(doc.key(i), "nói" | "hỏi"));
    // Đẩy mạnh các dự án đã phê duyệt: what is to be pushed was approved
    let weak = matches!(doc.key(start), "các" | "những");
    let reach = if task_verb(doc, start, limit) && !weak { 4 } else { 14 };
    let past =
        (start..limit.min(start + reach)).any(|i| doc.key(i) == "đã" || doc.key(i) == "đang" && doc.key(i + 1) != "có");
    // Các mô hình đang triển khai, cần chú trọng ...
    let under_way = (start..limit.min(start + reach)).any(|i| doc.reads(i, &["đang", "triển", "khai", ",", "cần"]));
    if quoted || past && !under_way {
        return None;
    }
    // Đối với đoàn viên, thanh niên, cần | tiếp tục ...
    let concerned =
        || (start..limit.min(start + 16)).rfind(|&i| doc.key(i) == "," && matches!(doc.key(i + 1), "cần" | "phải"));
    if let Some(comma) = concerned().filter(|_| following && phrase(doc, start, "đối với")) {
        return Some(comma + 2..limit);
    }
    // Đối với các cơ quan của tỉnh phải chuẩn bị ...
    let must = |i: usize| matches!(doc.key(i), "cần" | "phải") && doc.key(i + 1) != "thiết";
    if following && phrase(doc, start, "đối với") && (start + 3..limit.min(start + 14)).any(must) {
        return Some(start..limit);
    }
    let begin = behind_reason(doc, joined(doc, ordinal(doc, start).unwrap_or(start)), limit);
    let begin = time_phrase(doc, begin, limit).filter(|next| *next < limit).unwrap_or(begin);
    let modal =
        (begin..limit.min(begin + 30)).any(|i| matches!(doc.key(i), "cần" | "phải") && doc.key(i + 1) != "thiết");
    // Theo chương trình, hội nghị tổng kết sẽ họp ...
    let calendar = doc.key(start) == "theo"
        && (start..limit.min(start + 12))
            .find(|&i| doc.key(i) == ",")
            .is_some_and(|comma| super::titles::head_at(doc, comma + 1, limit).is_some());
    if calendar {
        return None;
    }
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
    // Hội nghị khách hàng dự kiến tổ chức ...: an event on the calendar
    if super::titles::head_at(doc, begin, limit).is_some() && !task_verb(doc, begin, limit) {
        return None;
    }
    let verb = task_verb(doc, begin, limit);
    // ngành giáo dục cần đưa ..., các đơn vị cũng phải ...: those who are asked, and what they must do
    let asked = addressee(doc, begin, limit).filter(|end| {
        (*end..limit.min(end + 4)).any(|i| matches!(doc.key(i), "cần" | "phải") && doc.key(i + 1) != "thiết")
            || following && task_verb(doc, *end, limit)
    });
    if asked.is_some() {
        return Some(begin..limit);
    }
    let subject =
        matches!(doc.key(begin), "các" | "toàn" | "từng" | "mỗi" | "những" | "việc" | "nội" | "phương" | "công")
            && (modal
                || following
                    && (begin..limit.min(begin + 14)).any(|i| task_verb(doc, i, limit) && strong_verb(doc, i)));
    // Việc giảm chi phí là rất quan trọng: that says how something is, and asks for nothing
    let states = doc.key(begin) == "việc" && !modal && (begin..limit).any(|i| doc.key(i) == "là");
    (verb || subject && following && !states).then_some(begin..limit)
}
