//! Who holds a meeting, and with whom.

use std::ops::Range;

use super::body_lists::bodies_in;
use super::dates::{DateMention, within};
use super::titles::Candidate;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// Bodies, each as its tokens.
#[derive(Debug, Default)]
pub struct Holders {
    /// tổ chức
    pub organizers: Vec<Range<usize>>,
    /// phối hợp với
    pub partners: Vec<Range<usize>>,
}

/// Whoever the sentence that names the meeting, or one soon after it, says holds it.
pub fn holders(doc: &Doc, dates: &[DateMention], c: &Candidate) -> Holders {
    let mut own = before_verb(doc, dates, &c.sentence, c.title.start);
    let with = c.title.end;
    if own.partners.is_empty() && doc.key(with) == "với" && c.title.clone().any(|i| doc.reads(i, &["giao", "ban"])) {
        own.partners.extend(super::offices::body_at(doc, with + 1, c.sentence.end));
    }
    if !own.organizers.is_empty() {
        return own;
    }
    let from = doc.sentences.iter().position(|s| s.start >= c.sentence.start).unwrap_or(0);
    for sentence in doc.sentences.iter().skip(from).take(8) {
        let passive = passive(doc, sentence);
        if !passive.organizers.is_empty() {
            return passive;
        }
        if *sentence == c.sentence && c.title.start >= sentence.start {
            continue;
        }
        // X đã tổ chức (hội nghị) tổng kết ...
        for verb in sentence.clone().filter(|i| doc.reads(*i, &["tổ", "chức"])) {
            let object = verb + 2;
            let meeting = super::titles::head_at(doc, object, sentence.end).map(|(len, _)| len).is_some()
                || doc.reads(object, &["tổng", "kết"]);
            let near = (c.title.start..c.title.end)
                .skip(1)
                .take(8)
                .any(|i| doc.key(i) == doc.key(object + 1) || doc.key(i) == doc.key(object + 3));
            if meeting && near {
                let found = before_verb(doc, dates, sentence, object);
                if !found.organizers.is_empty() {
                    return found;
                }
            }
        }
    }
    Holders::default()
}

/// `A, B phối hợp với C tổ chức ...`: bodies between the time and place and the verb before `object`.
fn before_verb(doc: &Doc, dates: &[DateMention], sentence: &Range<usize>, object: usize) -> Holders {
    let start = super::level::behind_permission(doc, sentence.start).min(object);
    let opens = |i: usize| doc.reads(i, &["khai", "mạc"]) && object <= i + 2 || doc.key(i) == "mở" && object == i + 1;
    let proceeds = |i: usize| doc.reads(i, &["tiến", "hành"]) && object <= i + 3;
    let holds = |i: usize| {
        (doc.reads(i, &["tổ", "chức"]) || opens(i) || proceeds(i)) && !doc.tokens.get(i).is_some_and(|t| t.capital)
    };
    // Sở tập huấn ..., Ban Tổ chức họp báo ...: the word for the meeting is the verb
    let named = within(dates, start..object).iter().rfind(|d| doc.before(d.start) != "(").map_or(start, |d| d.end);
    let verbal = matches!(doc.key(object), "tập" | "họp" | "giao" | "gặp" | "tiếp" | "sinh" | "tọa" | "bồi" | "mít");
    // Bộ Công an phát động ..., Cục Văn hóa cơ sở (Bộ Văn hóa) đã tổng kết ...
    let held = super::titles::subject_of(doc, named..object).filter(|b| b.end != object || !verbal);
    if let Some(body) = held.filter(|_| {
        super::titles::tells(doc, object) && !(named..object).any(|i| holds(i) || doc.reads(i, &["phối", "hợp"]))
    }) {
        let own = body.start..without_parent(doc, &body);
        // Sở A và Hội B đã ký kết ...: both
        let listed: Vec<_> = bodies_in(doc, named..body.start);
        let both = matches!(doc.before(body.start), "và" | ",")
            && listed.last().is_some_and(|b| b.end + 1 == body.start)
            && listed.iter().all(|b| !matches!(doc.before(b.start), "tại" | "của" | "với"));
        let organizers = if both { listed.into_iter().chain([own]).collect() } else { Vec::from([own]) };
        return Holders { organizers, partners: Vec::new() };
    }
    // A, B và C đã phối hợp tổng kết ...
    if super::titles::tells(doc, object) && doc.reads_before(object, &["phối", "hợp"]) {
        let held = bodies_in(doc, named..object - 2);
        if !held.is_empty() {
            return Holders { organizers: held, partners: Vec::new() };
        }
    }
    if verbal {
        let subject = bodies_in(doc, named..object).into_iter();
        let held: Vec<_> = subject.filter(|b| b.end == object && doc.before(b.start) != "với").collect();
        if !held.is_empty() {
            return Holders { organizers: held, partners: Vec::new() };
        }
    }
    let teaches = |i: &usize| doc.reads(*i, &["khai", "giảng"]) || doc.reads(*i, &["bế", "giảng"]);
    if let Some(verb) = (start..object).rev().take(3).find(teaches) {
        return split(doc, named..verb);
    }
    let Some(verb) = (start..object).rev().find(|&i| holds(i)).filter(|v| adverbial(doc, v + 2..object)) else {
        return Holders::default();
    };
    let from = within(dates, start..verb).iter().rfind(|d| doc.before(d.start) != "(").map(|d| d.end);
    // Thường trực HĐND huyện, tổ chức ...
    let zone = from.unwrap_or(start)..verb - usize::from(doc.before(verb) == "," && verb > start + 1);
    let mut found = split(doc, zone.clone());
    if let [body] = found.organizers.as_mut_slice()
        && found.partners.is_empty()
    {
        *body = committee(doc, body.clone(), zone.end);
    }
    for body in &mut found.organizers {
        if doc.reads(body.start, &["nhà", "trường"]) && body.len() == 2 {
            *body = the_school(doc, body.start).unwrap_or_else(|| body.clone());
        }
    }
    if found.organizers.is_empty() {
        found.organizers.extend(a_place(doc, zone.clone()));
    }
    if found.organizers.is_empty() {
        found.organizers.extend(unlisted(doc, zone).map(|b| b.start..without_parent(doc, &b)));
    }
    found
}

/// `Ban Tổ chức Cuộc thi Sáng tạo xanh, năm 2021 | đã`, `Ban Chỉ đạo xây dựng Đảng và đoàn thể trong doanh nghiệp |`: a committee's
/// name holds whatever it is for, up to the verb.
fn committee(doc: &Doc, body: Range<usize>, verb: usize) -> Range<usize> {
    let of_event = doc.reads(body.start, &["ban", "tổ", "chức"])
        && matches!(
            doc.key(body.start + 3),
            "cuộc" | "hội" | "giải" | "liên" | "lễ" | "năm" | "ngày" | "festival" | "tuần"
        );
    let goes_on = doc.key(body.end) == "và" && doc.tokens.get(body.end + 1).is_some_and(|t| !t.capital);
    let of_work = doc.reads(body.start, &["ban", "chỉ", "đạo"]) && goes_on;
    let mut end = verb;
    while end > body.end && matches!(doc.before(end), "đã" | "vừa" | "," | "long" | "trọng" | "chính" | "thức")
    {
        end -= 1;
    }
    let plain = !(body.end..end).any(|i| matches!(doc.key(i), ";" | "." | "phối" | "cùng" | "tại"));
    if (of_event || of_work) && plain && end <= body.start + 40 { body.start..end } else { body }
}

/// The school that `Nhà trường` means: the one named last before it, not far.
fn the_school(doc: &Doc, at: usize) -> Option<Range<usize>> {
    let named = |i: usize| doc.key(i) == "trường" && doc.tokens.get(i).is_some_and(|t| t.capital);
    (at.saturating_sub(60)..at).rev().filter(|&i| named(i)).find_map(|i| {
        let body = super::offices::body_at(doc, i, at)?;
        (body.len() > 2).then_some(body)
    })
}

/// Whoever holds a ceremony at which it receives an award: a place, a school, a company. An authority (`Công an tỉnh`,
/// `Trung ương Đoàn`) holds it for others.
pub fn celebrated(doc: &Doc, zone: Range<usize>) -> Option<Range<usize>> {
    let verb = zone.clone().find(|&i| doc.reads(i, &["tổ", "chức"]))?;
    let body = super::titles::subject_of(doc, zone.start..verb)
        .filter(|b| matches!(doc.key(b.start), "trường" | "bệnh" | "công" | "báo" | "đài" | "viện" | "trung" | "học"))
        .filter(|b| !doc.reads(b.start, &["công", "an"]) && !doc.reads(b.start, &["trung", "ương"]));
    // UBND huyện A: not the place itself
    let alone = |p: &Range<usize>| p.start == zone.start || doc.before(p.start) == ",";
    body.or_else(|| a_place(doc, zone.start..verb).filter(alone))
}

/// `Huyện Thọ Xuân (Thanh Hóa) vừa tổ chức ...`: a place by its name, right before the verb.
fn a_place(doc: &Doc, zone: Range<usize>) -> Option<Range<usize>> {
    let place = |i: usize| matches!(doc.key(i), "huyện" | "xã" | "phường" | "tỉnh" | "quận");
    let start = (zone.start..zone.end.min(zone.start + 3)).find(|&i| place(i) && doc.before(i) != "tại")?;
    let whole = super::names::place_at(doc, start).map(|(len, _)| start + len).filter(|end| *end > start + 1);
    let end = whole.or_else(|| super::names::place_at(doc, start + 1).map(|(len, _)| start + 1 + len))?;
    let close = (end..zone.end.min(end + 8)).find(|&i| doc.key(i) == ")").filter(|_| doc.key(end) == "(");
    let mut behind = close.map_or(end, |close| close + 1);
    while behind < zone.end && matches!(doc.key(behind), "đã" | "vừa" | "long" | "trọng" | "chính" | "thức") {
        behind += 1;
    }
    (behind == zone.end).then_some(start..end)
}

/// A body that no list foresees: the capitalised words that end right before the verb (`Cảng HKQT Tân Sơn Nhất đã`).
fn unlisted(doc: &Doc, zone: Range<usize>) -> Option<Range<usize>> {
    let together = zone.clone().find(|&i| doc.reads(i, &["phối", "hợp"])).unwrap_or(zone.end);
    let mut end = together;
    while end > zone.start
        && matches!(doc.before(end), "đã" | "vừa" | "long" | "trọng" | "chính" | "thức" | "cùng" | "và")
    {
        end -= 1;
    }
    let from = end.saturating_sub(16).max(zone.start);
    let start = (from..end).rev().find(|&i| matches!(doc.key(i), "," | ";" | ":" | "-" | ")" | "." | "tại"))? + 1;
    let start = if start < end { start } else { return None };
    let place = matches!(doc.key(start), "huyện" | "xã" | "phường" | "thành" | "tỉnh" | "thị" | "quận" | "trường");
    let capital = doc.tokens.get(start).is_some_and(|t| t.capital);
    let words = doc.slice(start..end);
    let named = words.iter().filter(|t| t.capital).count() * 2 >= words.len();
    // what ends in somebody's name is somebody
    let person = (start..end).any(|i| {
        super::mentions::mention_at(doc, i, end, false)
            .is_some_and(|(m, _)| m.tokens.end == end && (i == start || !m.positions.is_empty()))
    });
    let event = super::titles::head_at(doc, start, end).is_some();
    let last = doc.token_back(end, 1).is_some_and(|t| t.capital) || !matches!(doc.before(end), "việc" | "về");
    let named = named && last;
    ((capital || place) && named && !person && !event && end <= start + 14).then_some(start..end)
}

/// Whether a verb and its object are near, or only time and place lie between (`tổ chức tại Hà Nội, vào chiều 21/12,`).
fn adverbial(doc: &Doc, between: Range<usize>) -> bool {
    // tổ chức điểm cầu từ hội nghị ...: a site of somebody else's
    if doc.reads(between.start, &["điểm", "cầu"]) {
        return false;
    }
    // tổ chức vòng đối thoại địa phương | Diễn đàn ...
    let plain = between.clone().all(|i| doc.tokens.get(i).is_some_and(|t| !t.capital && t.kind == TokenKind::Word));
    between.len() <= 4
        || between.len() <= 6 && plain
        || between.len() <= 30
            && matches!(doc.key(between.start), "tại" | "vào" | "ở" | "trong")
            && !between.clone().any(|i| matches!(doc.key(i), ";" | "." | ":"))
}

/// `Hội nghị do A và B phối hợp tổ chức`, `Hội nghị ... được A tổ chức`.
fn passive(doc: &Doc, sentence: &Range<usize>) -> Holders {
    for at in sentence.clone().filter(|i| matches!(doc.key(*i), "do" | "được")) {
        let verb = (at..sentence.end.min(at + 60))
            .find(|&i| doc.reads(i, &["tổ", "chức"]) && !doc.tokens.get(i).is_some_and(|t| t.capital));
        let event = |i: usize| {
            super::titles::head_at(doc, i, at).is_some()
                || ["sự", "chương", "buổi", "hoạt"].contains(&doc.key(i)) && i == sentence.start
        };
        // tham gia cuộc thi do A tổ chức: another event
        let other = (at.saturating_sub(4).max(sentence.start)..at)
            .any(|i| doc.key(i) == "thi" && matches!(doc.before(i), "cuộc" | "hội"));
        let about_meeting = !other && (sentence.start..at).any(event);
        if let (Some(verb), true) = (verb, about_meeting) {
            let mut found = split(doc, at + 1..verb);
            // do A tổ chức, với sự phối hợp của B và C
            let with = (verb..sentence.end).find(|&i| doc.reads(i, &["phối", "hợp", "của"]));
            if let Some(with) = with.filter(|_| found.partners.is_empty()) {
                found.partners = bodies_in(doc, with + 3..sentence.end);
            }
            if !found.organizers.is_empty() {
                return found;
            }
        }
    }
    Holders::default()
}

/// `Đảng bộ, chính quyền và nhân dân xã ...`: one body by its parts.
pub fn and_people(doc: &Doc, body: Range<usize>, limit: usize) -> Range<usize> {
    let end = body.end;
    let parts = doc.reads(end, &[",", "chính", "quyền", "và", "nhân", "dân"]) || doc.reads(end, &["và", "nhân", "dân"]);
    if !parts {
        return body;
    }
    let stop = (end + 1..limit.min(end + 24)).find(|&i| {
        matches!(
            doc.key(i),
            "," | ";" | "." | "đã" | "long" | "cùng" | "trong" | "vì" | "được" | "tổ" | "về" | "để" | "có"
        )
    });
    body.start..stop.unwrap_or(limit.min(end + 24))
}

/// Where a body's name ends before its term: `HĐND tỉnh | khóa XIII, nhiệm kỳ 2021 - 2026`.
fn in_office(doc: &Doc, body: &Range<usize>) -> usize {
    (body.start + 1..body.end)
        .find(|&i| doc.key(i) == "khóa" || doc.reads(i, &["nhiệm", "kỳ"]) || doc.reads(i, &["tiến", "hành"]))
        .unwrap_or(body.end)
}

/// Where a body's own name ends, before the parent that it is said to be part of: `Tổng cục A (Bộ B)`, `Kho A thuộc Bộ B`.
fn without_parent(doc: &Doc, body: &Range<usize>) -> usize {
    let aside = doc.before(body.end) == ")";
    let opens = body.clone().rev().find(|&i| doc.key(i) == "(").filter(|_| aside);
    let parent = opens.filter(|&i| super::offices::body_at(doc, i + 1, body.end).is_some());
    parent
        .or_else(|| (body.start + 2..body.end).find(|&i| doc.key(i) == "thuộc" && doc.before(i) != "trực"))
        .unwrap_or(body.end)
}

/// `Hiệp hội Doanh nghiệp Nhật Bản tại Thành phố Hồ Chí Minh`: where a body from elsewhere has its seat.
fn seated(doc: &Doc, body: Range<usize>) -> Range<usize> {
    let abroad = ["hiệp", "đại", "tổng", "chi", "văn", "phái", "phân"].contains(&doc.key(body.start));
    let place = (abroad && doc.key(body.end) == "tại").then(|| super::names::place_at(doc, body.end + 1)).flatten();
    match place {
        Some((len, _)) => body.start..body.end + 1 + len,
        None => body,
    }
}

/// Whether a body belongs to the place that a sentence begins with: `tại hội trường MTTQ và | Khối đoàn thể, Hội A ...`.
fn in_a_place(doc: &Doc, from: usize, at: usize) -> bool {
    let place = (from..at).find(|&i| doc.key(i) == "tại").filter(|&i| i <= from + 3);
    place.is_some_and(|place| doc.before(at) == "và" && !(place..at).any(|i| matches!(doc.key(i), "," | ";")))
}

fn split(doc: &Doc, zone: Range<usize>) -> Holders {
    let together = zone.clone().find(|&i| doc.reads(i, &["phối", "hợp"]) || doc.reads(i, &["cùng", "với"]));
    let zone_start = zone.start;
    let lead = together.unwrap_or(zone.end);
    let fresh = |range: Range<usize>| {
        // lãnh đạo Tỉnh ủy và UBND tỉnh tổ chức ...: those they lead
        let lead =
            range.clone().find(|&i| doc.reads(i, &["lãnh", "đạo"]) && (i == range.start || doc.before(i) == ","));
        let guided = lead.map(|i| bodies_in(doc, i + 2..range.end)).unwrap_or_default();
        // what stands behind `tại` is a place
        bodies_in(doc, range.start..lead.unwrap_or(range.end))
            .into_iter()
            .chain(guided)
            .filter(|b| b.start == zone_start || doc.before(b.start) != "tại" && !in_a_place(doc, range.start, b.start))
            .filter(|b| super::titles::head_at(doc, b.start, zone.end).is_none())
            // các cơ quan, đơn vị có liên quan: nobody by name
            .filter(|b| !(doc.reads(b.start, &["đơn", "vị"]) && b.len() == 2))
            .map(|b| b.start..in_office(doc, &b))
            .map(|b| b.start..without_parent(doc, &b))
            .map(|b| seated(doc, and_people(doc, b, zone.end)))
            .collect::<Vec<_>>()
    };
    let behind = |t: usize| t + 2 + usize::from(matches!(doc.key(t + 2), "với" | "cùng"));
    let mut partners = together.map(|t| fresh(behind(t)..zone.end)).unwrap_or_default();
    // phối hợp với tỉnh Lào Cai
    if let Some(at) = together.map(behind).filter(|&at| partners.is_empty() && doc.key(at) == "tỉnh") {
        partners.extend(super::names::place_at(doc, at + 1).map(|(len, _)| at..at + 1 + len));
    }
    Holders { organizers: fresh(zone_start..lead), partners }
}
