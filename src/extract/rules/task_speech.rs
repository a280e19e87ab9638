//! What a speaker announces, asks again without being named again, and leads into within a sentence.

use std::ops::Range;

use super::task_text::{Asked, addressed, holds, phrase, task_verb};
use super::task_years::{time_phrase, year_in};
use super::tasks::Years;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// What a speaker announces that a body will do: `Sở sẽ tiếp tục ...`, behind a verb of saying; what they promise to do
/// themselves: `hứa sẽ chỉ đạo ...`. What is hoped for is none.
pub fn announced(doc: &Doc, verb: Range<usize>, sentence: &Range<usize>, years: Years) -> Option<Asked> {
    if matches!(doc.key(verb.start), "tin" | "mong" | "hy" | "kỳ" | "chúc" | "cảm" | "bày" | "quả" | "lo" | "nói")
    {
        return None;
    }
    let mut at = verb.end;
    while at < sentence.end && matches!(doc.key(at), "," | ":" | "rằng" | "thêm" | "là") {
        at += 1;
    }
    // hứa sẽ chỉ đạo ..., hứa trong quý I giải quyết ..., cam kết mỗi chi đoàn nhận ...
    let vows = matches!(doc.key(verb.start), "hứa" | "cam");
    let will = usize::from(vows && doc.key(at) == "sẽ");
    let timely =
        matches!(doc.key(at), "trong" | "trước" | "đến") && holds(doc, &(at..at + 6), &["quý", "tháng", "năm"]);
    let does = (at..at + if timely { 8 } else { 1 }).any(|i| task_verb(doc, i, sentence.end));
    let promised = vows && (will == 1 || does || doc.key(at) == "mỗi");
    let tokens = if promised { Some(at + will..sentence.end) } else { will_do(doc, at..sentence.end) }?;
    let lead = tokens.start..tokens.end.min(tokens.start + 14);
    Some(Asked { year: year_in(doc, lead, years), tokens })
}

/// `Bộ Tư lệnh sẽ hỗ trợ ...`, `trong quý III, Sở sẽ mở ...`: a body, and what it will do, from the words for when.
pub fn will_do(doc: &Doc, range: Range<usize>) -> Option<Range<usize>> {
    let hopes = ["tin tưởng", "hy vọng", "mong", "kỳ vọng", "tin rằng", "nếu", "chắc chắn"];
    let quoted = range.clone().any(|i| doc.key(i) == "\"");
    let will = range.clone().take(90).find(|&i| doc.key(i) == "sẽ").filter(|_| !quoted)?;
    let does = |at: usize| {
        let word = doc.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
        task_verb(doc, at, range.end)
            || word
                && !matches!(
                    doc.key(at),
                    "là" | "có"
                        | "được"
                        | "bị"
                        | "diễn"
                        | "giúp"
                        | "góp"
                        | "không"
                        | "còn"
                        | "trở"
                        | "đến"
                        | "làm"
                        | "gặp"
                        | "phải"
                        | "rất"
                        | "luôn"
                        | "đem"
                        | "mang"
                        | "nhận"
                        | "thành"
                        | "vượt"
                        | "đạt"
                        | "khó"
                )
    };
    // the clause that `sẽ` stands in begins with the body
    let clause = (range.start..will).rev().find(|&i| matches!(doc.key(i), "," | ";")).map_or(range.start, |i| i + 1);
    // trong nhiệm kỳ mới Hội sẽ ...
    let timed = ["trong nhiệm kỳ mới", "trong nhiệm kỳ tới"].iter().any(|w| phrase(doc, clause, w));
    let clause = clause + if timed { 4 } else { 0 };
    let body = |at: usize| addressed(doc, at) && !matches!(doc.key(at), "cả" | "mỗi" | "từng");
    // sẽ không bán vé: what will not be done
    let not = doc.key(will + 1) == "không" && !matches!(doc.key(will + 2), "để" | "ngừng" | "cho");
    let near = !not && will <= clause + 16 && body(clause) && does(will + 1) && !event_ahead(doc, will, range.end);
    if !near || holds(doc, &(range.start..will), &hopes) {
        return None;
    }
    // what stands before the body counts where it says when
    let when = range.start < clause
        && clause <= range.start + 14
        && (range.start..clause).any(|i| matches!(doc.key(i), "tháng" | "năm" | "quý" | "tuần" | "tới" | "nay"));
    Some(if when { range.start } else { clause }..range.end)
}

/// `sẽ tiếp tục tổ chức lớp tập huấn đợt 2, dự kiến vào tháng 9`: an event on the calendar.
pub fn event_ahead(doc: &Doc, will: usize, limit: usize) -> bool {
    let at = will + 1 + 2 * usize::from(phrase(doc, will + 1, "tiếp tục"));
    let feast = ["ngày hội", "lễ hội", "hội chợ", "hội thi", "liên hoan"].iter().any(|w| phrase(doc, at + 2, w));
    let held = phrase(doc, at, "tổ chức") && (feast || super::titles::head_at(doc, at + 2, limit).is_some());
    let day = |i: usize| matches!(doc.key(i), "ngày" | "tháng");
    let later = (at..limit.min(at + 30)).any(|i| phrase(doc, i, "dự kiến") || doc.key(i) == "vào" || day(i));
    held && (later || (will.saturating_sub(10)..will).any(day))
}

/// Verbs of asking that somebody who speaks on may use without being named again.
const AGAIN: [&str; 6] = ["đề nghị", "yêu cầu", "chỉ đạo", "kêu gọi", "nhắc nhở", "lưu ý"];

/// Where somebody who speaks on asks without being named again: `..., vì vậy, đề nghị các đơn vị ...`.
pub fn asks_again(doc: &Doc, range: Range<usize>) -> Option<Range<usize>> {
    range.clone().find_map(|i| {
        let opens = i == range.start
            || matches!(
                doc.before(i),
                "," | ";" | "." | "thời" | "đó" | "vậy" | "nên" | "cũng" | "ra" | "biệt" | "tôi"
            );
        let verb = opens && AGAIN.iter().any(|verb| phrase(doc, i, verb));
        let plain = matches!(doc.key(i), "đề" | "yêu");
        let to = i + 2 + usize::from(doc.key(i + 2) == ",");
        let to = time_phrase(doc, to, range.end).unwrap_or(to);
        let asked = addressed(doc, to) || doc.key(to) == "cần" || plain && task_verb(doc, to, range.end);
        // đồng thời nhấn mạnh, trong nhiệm kỳ tới các cấp hội cần ...
        let says =
            opens && ["nhấn mạnh", "nêu rõ", "khẳng định", "cho rằng", "lưu ý"].iter().any(|w| phrase(doc, i, w));
        let must = || (to..range.end.min(to + 24)).any(|i| doc.key(i) == "cần" && doc.key(i + 1) != "thiết");
        ((verb && asked || says && addressed(doc, to) && must()) && to < range.end).then_some(i..i + 2)
    })
}

/// `đáp ứng yêu cầu ...`, `theo đề nghị của ...`: a noun, not somebody's asking.
pub fn nominal(doc: &Doc, verb: usize) -> bool {
    let noun = matches!(
        doc.before(verb),
        "ứng"
            | "theo"
            | "những"
            | "các"
            | "một"
            | "số"
            | "với"
            | "của"
            | "về"
            | "trước"
            | "nhu"
            | "đúng"
            | "đạt"
            | "lời"
    );
    // các đề xuất, kiến nghị của cử tri
    let whose =
        doc.key(verb + 2) == "của" || doc.before(verb) == "," && doc.key(verb) == "kiến" && doc.back(verb, 2) == "xuất";
    (noun || whose) && matches!(doc.key(verb), "yêu" | "đề" | "kiến")
}

/// Behind the colon of a lead-in inside the sentence: `thực hiện tốt một số nhiệm vụ sau: ...`.
pub fn past_lead(doc: &Doc, tokens: Range<usize>) -> Range<usize> {
    // 5 mũi đột phá ..., đó là: a; b; c
    let listed = tokens.clone().take(45).find(|&i| phrase(doc, i, "đó là") && doc.before(i) == ",");
    if let Some(listed) = listed.filter(|&i| (i..tokens.end).any(|j| doc.key(j) == ";")) {
        return listed + 2 + usize::from(doc.key(listed + 2) == ":")..tokens.end;
    }
    let colon = tokens.clone().take(45).find(|&i| doc.key(i) == ":");
    let leads = |colon: &usize| {
        let lead = colon.saturating_sub(12).max(tokens.start)..*colon;
        *colon + 3 < tokens.end
            && holds(
                doc,
                &lead,
                &["nhiệm vụ", "giải pháp", "nội dung", "vấn đề", "việc", "sau", "yêu cầu", "trọng tâm", "như", "mặt"],
            )
    };
    colon.filter(leads).map_or(tokens.clone(), |colon| colon + 1..tokens.end)
}
