//! Sentences that go on with what was asked for or planned, and those that only say what must be done.

use std::ops::Range;

use super::offices::body_at;
use super::task_addressee::{addressee, strong_verb};
use super::task_lists::ordinal;
use super::task_speech::will_do;
use super::task_text::{joined, phrase, task_verb};
use super::task_years::time_phrase;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

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
