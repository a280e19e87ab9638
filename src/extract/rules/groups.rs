//! Delegations without a name: `lãnh đạo Bộ Ngoại giao`, `đại diện các sở, ban, ngành`.

use std::ops::Range;

use crate::domain::{ParticipantKind, ParticipantReport, ParticipantRole, Site};

use crate::extract::lexicon::Roles;
use crate::extract::structure::Doc;
use crate::extract::text::{Gap, TokenKind};

use super::award_items::abbreviated;
use super::group_acts::acting;
use super::group_words::{COUNTED, HEADS, ITEMS, THINGS};
use super::mentions::mention_at;
use super::offices::{body_at, office_at, verb_at};
use super::sites::sites;

/// Delegations that a sentence of attendance lists.
pub fn groups(doc: &Doc) -> Vec<(usize, ParticipantReport)> {
    let mut found: Vec<(usize, ParticipantReport)> = Vec::new();
    let mut list = false; // Tham dự hội nghị có: the list goes on in the paragraphs behind
    let mut before = false; // whether the sentence before told who was there
    for sentence in &doc.sentences {
        // Dự hội nghị có A. Đại diện lãnh đạo các phòng; các báo cáo viên.
        let goes_on = before
            && !doc.reads(sentence.start, &["các", "đại", "biểu"])
            && group_begins(doc, sentence.start + usize::from(doc.key(sentence.start) == "cùng"))
            && !sentence.clone().any(|i| verb_at(doc, i, sentence.end).is_some());
        let mut add = |range: Range<usize>, site: Option<Site>, roles: Roles| {
            let report = group(doc, range.clone(), site, roles);
            if !found.iter().any(|(_, known)| known.name == report.name) {
                found.push((range.start, report));
            }
        };
        for (range, roles) in acting(doc, sentence) {
            add(range, None, roles);
        }
        let item = goes_on || list && (group_begins(doc, sentence.start) || group_begins(doc, sentence.start + 1));
        if !item && (!attended(doc, sentence) || captions(doc, sentence)) {
            let bulleted = matches!(doc.key(sentence.start), "-" | "*" | "•" | "+");
            let person = || mention_at(doc, sentence.start + usize::from(bulleted), sentence.end, false).is_some();
            list &= doc.key(sentence.end.saturating_sub(1)) == ";" || person();
            before = false;
            continue;
        }
        before = true;
        list = item || doc.key(sentence.end.saturating_sub(1)) == ":";
        let site = sites(doc, sentence.clone()).into_iter().next().and_then(|s| s.site);
        for range in wordings(doc, sentence) {
            add(range, site.clone(), Roles::one(ParticipantRole::Attendee));
        }
    }
    found
}

/// `Các vị đại biểu HĐND xã tham dự kỳ họp`: what is to be seen in a photograph, a paragraph of its own.
fn captions(doc: &Doc, sentence: &Range<usize>) -> bool {
    let after = doc.paragraphs.partition_point(|p| p.tokens.end <= sentence.start);
    let alone = doc.paragraphs.get(after).is_some_and(|p| p.sentences.len() == 1);
    let heads: [&[&str]; 4] = [&["các", "đồng", "chí"], &["các", "vị"], &["các", "đại", "biểu"], &["đại", "biểu"]];
    let told = sentence.clone().any(|i| matches!(doc.key(i), "có" | "gồm" | ":" | ";"));
    alone && !told && sentence.len() < 18 && heads.iter().any(|head| doc.reads(sentence.start, head))
}

/// Whether a sentence says who was there: by a verb near its beginning or at its end, or by whose side it tells of.
fn attended(doc: &Doc, sentence: &Range<usize>) -> bool {
    // Dự kiến, tham dự hội nghị có ...
    if doc.reads(sentence.start, &["dự", "kiến"]) {
        return false;
    }
    let near = sentence.start..sentence.end.min(sentence.start + 60);
    let last = near.end.max(sentence.end.saturating_sub(6))..sentence.end;
    let verb = |i: usize| {
        let key = doc.key(i);
        if matches!(doc.before(i), "không" | "vắng") || doc.reads_before(i, &["đăng", "ký"]) {
            return false;
        }
        doc.reads(i, &["tham", "dự"])
            || doc.reads(i, &["cùng", "dự"])
            || doc.reads(i, &["tham", "gia", "của"])
            || doc.reads(i, &["được", "đón"])
            || doc.reads(i, &["sự", "hiện", "diện"])
            || doc.reads(i, &["sự", "góp", "mặt"])
            || matches!(key, "dự" | "chứng") && verb_at(doc, i, sentence.end).is_some()
    };
    // Đại diện chính quyền có ông A cùng chư Tăng Ni
    let on_behalf = || {
        let has = sentence.clone().take(12).find(|&i| doc.key(i) == "có");
        has.is_some_and(|has| mention_at(doc, has + 1, sentence.end, false).is_some())
    };
    let side = doc.reads(sentence.start, &["về", "phía"])
        || doc.reads(sentence.start, &["khách", "mời"])
        || doc.reads(sentence.start, &["cùng", "có", "mặt"])
        || doc.key(sentence.start) == "phía"
        || doc.reads(sentence.start, &["đại", "diện"]) && on_behalf()
        || doc.reads(sentence.start, &["lãnh", "đạo"]) && on_behalf()
        || doc.reads(sentence.start, &["về", "lãnh", "đạo"])
        || doc.reads(sentence.start, &["tiếp", "đón"])
        || doc.reads(sentence.start, &["cùng", "đi"])
        || doc.reads(sentence.start, &["tiếp", "đoàn"])
        || doc.reads(sentence.start, &["tiếp", "và", "làm", "việc"])
        || doc.reads(sentence.start, &["tiếp", ",", "làm", "việc"])
        || doc.reads(sentence.start, &["cùng", "tham", "gia"])
        || doc.reads(sentence.start, &["tham", "gia"])
        || (sentence.start..sentence.start + 2)
            .any(|i| doc.reads(i, &["điểm", "cầu"]) || doc.reads(i, &["đầu", "cầu"]))
        || doc.reads(sentence.start, &["đón", "tiếp"]);
    // Đông đảo cán bộ tham gia lễ sơ kết
    let took_part = |i: usize| doc.reads(i, &["tham", "gia"]);
    if doc.reads(sentence.start, &["đông", "đảo"]) && sentence.clone().take(12).any(took_part) {
        return true;
    }
    let came = |i: usize| doc.key(i) == "dự" && matches!(doc.before(i), "đến" | "tới" | "về");
    near.chain(last).any(verb)
        || sentence.clone().any(came)
        || side && sentence.clone().take(16).any(|i| matches!(doc.key(i), "có" | "gồm"))
}

/// Whether a delegation's wording begins at a token.
pub fn group_begins(doc: &Doc, at: usize) -> bool {
    // 700 đại biểu là các doanh nhân, đại diện cho ...
    let speaks_for = doc.reads(at, &["đại", "diện", "cho"]);
    !speaks_for && HEADS.iter().any(|head| doc.reads(at, head)) || counted(doc, at)
}

/// `hơn 200 đại biểu`, `125 hội viên`.
fn counted(doc: &Doc, at: usize) -> bool {
    number(doc, at).is_some_and(|n| COUNTED.iter().any(|who| doc.reads(n + 1, who)))
}

/// `71 đồng chí hiệu trưởng`, `hơn 800 CNLĐ`: somebody told by more than a plain noun.
fn in_particular(doc: &Doc, at: usize, end: usize) -> bool {
    let letters = number(doc, at).is_some_and(|n| n + 2 == end && doc.tokens.get(n + 1).is_some_and(|t| t.upper));
    letters && end == at + 3
}

/// Where a number stands at a token, or behind a word that says how exact it is; of `31/33` the second one.
fn number(doc: &Doc, at: usize) -> Option<usize> {
    let i = at + usize::from(matches!(doc.key(at), "hơn" | "gần" | "trên" | "khoảng"));
    let is = |i: usize| doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number);
    // trong hai ngày 14 và 15/6
    let day = doc.before(at) == "ngày" || doc.back(at, 3) == "ngày" && matches!(doc.before(at), "và" | "-" | "đến");
    (is(i) && !day).then_some(if doc.key(i + 1) == "/" && is(i + 2) { i + 2 } else { i })
}

/// Whether `và` at a token begins a further delegation: `và lãnh đạo các phòng`, `và gần 90 nghệ nhân`.
fn another(doc: &Doc, at: usize) -> bool {
    let heads: [&[&str]; 17] = [
        &["hiệu", "trưởng", "các"],
        &["hiệu", "trưởng", "của"],
        &["giám", "đốc", "các"],
        &["bà", "con"],
        &["các", "cơ", "quan", "thông", "tấn"],
        &["các", "phóng", "viên"],
        &["các", "thành", "viên"],
        &["các", "đại", "biểu"],
        &["chư", "tăng"],
        &["đại", "biểu", "các"],
        &["lãnh", "đạo"],
        &["đại", "diện"],
        &["toàn", "thể"],
        &["phóng", "viên"],
        &["thủ", "trưởng"],
        &["một", "số", "đồng", "chí"],
        &["các", "đồng", "chí"],
    ];
    let many = matches!(doc.key(at + 1), "hơn" | "gần" | "trên") && number(doc, at + 1).is_some();
    many || heads.iter().any(|head| doc.reads(at + 1, head))
}

fn group(doc: &Doc, range: Range<usize>, site: Option<Site>, roles: Roles) -> ParticipantReport {
    let there = roles == Roles::one(ParticipantRole::Attendee);
    let rule = if there { "group.attending" } else { "group.acting" };
    ParticipantReport {
        kind: ParticipantKind::Group,
        name: doc.clean(range.clone()),
        roles: roles.list(),
        positions: Vec::new(),
        site,
        evidence: vec![doc.evidence(range, rule)],
    }
}

fn wordings(doc: &Doc, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = sentence.start;
    let mut person = at; // where a person's mention has ended
    let mut listing = false; // whether a list has begun
    while at < sentence.end {
        if let Some((mention, _)) = mention_at(doc, at, sentence.end, false) {
            at = mention.tokens.end.max(mention.name.end);
            person = at;
            continue;
        }
        listing |= matches!(doc.key(at), "có" | "gồm" | ":" | "đón");
        let first = at == sentence.start + 1 && matches!(doc.before(at), "-" | "*" | "•" | "+");
        let opens = at == sentence.start
            || first
            || matches!(
                doc.before(at),
                "," | ";" | "có" | "và" | "cùng" | "với" | ":" | "là" | "gồm" | "của" | "đón" | "tiếp"
            );
        let behind = person > sentence.start && person + 1 == at;
        let item = matches!(doc.before(at), ";" | "có" | "gồm" | "cùng" | ":") || behind;
        // với sự tham gia của gần 40 CTV
        let about = doc.before(at) == "của"
            && matches!(doc.key(at), "gần" | "hơn" | "trên")
            && !doc.reads(at + 2, &["diễn", "viên"]);
        let many = (about || behind && doc.before(at) == "," || matches!(doc.before(at), "cùng" | ";"))
            && !number(doc, at).is_some_and(|n| doc.reads(n + 1, &["điểm", "cầu"]))
            && number(doc, at).is_some_and(|n| doc.tokens.get(n + 1).is_some_and(|t| t.kind == TokenKind::Word));
        // đại diện các đơn vị, các cán bộ quản lý
        let staff = |i: usize| doc.reads(i, &["các", "cán", "bộ"]);
        let behind_last = |last: &Range<usize>| {
            let splits = || at > 0 && association(doc, last.start, at - 1, sentence.end);
            last.end + 1 == at && (staff(at) || splits())
        };
        let next = found.last().is_some_and(behind_last);
        if !(opens && group_begins(doc, at) || next || item && begins_item(doc, at, sentence.end, listing) || many) {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < sentence.end {
            let apart = matches!(doc.key(end), "," | "và" | "cùng" | "với");
            // đại diện lãnh đạo: Huyện đoàn, Công an huyện
            // Đại diện chính quyền có ông A
            let named = matches!(doc.key(end), ":" | "có") && mention_at(doc, end + 1, sentence.end, false).is_some();
            // lớp A.206
            let inside = doc.key(end) == "."
                && doc.tokens.get(end + 1).is_some_and(|t| t.kind == TokenKind::Number && t.gap == Gap::None)
                || abbreviated(doc, end);
            let stop = matches!(doc.key(end), ";" | "." | "sẽ" | "đã" | "nhằm") && !inside
                || named
                || doc.key(end) == ":" && end > at + 4
                || matches!(doc.key(end), "đến" | "tới") && matches!(doc.key(end + 1), "dự" | "tham" | "cùng" | "thăm")
                || doc.key(end) == "tại" && (end + 1..end + 5).any(|i| doc.reads(i, &["điểm", "cầu"]))
                || doc.key(end) == "," && (group_begins(doc, end + 1) && !shares(doc, at, end) || staff(end + 1))
                || association(doc, at, end, sentence.end)
                || apart && (counted(doc, end + 1) || doc.reads(end + 1, &["đông", "đảo"]))
                || matches!(doc.key(end), "và" | "cùng") && end > at + 3 && another(doc, end)
                || doc.key(end) == "cùng" && !matches!(doc.before(end), "và" | "tham") && group_begins(doc, end + 1);
            let verb = end > at
                && verb_at(doc, end, sentence.end).is_some()
                && !doc.tokens.get(end).is_some_and(|t| t.capital);
            if stop || verb || end > at && mention_at(doc, end, sentence.end, false).is_some() {
                break;
            }
            end += 1;
        }
        let stop = end;
        while end > at && matches!(doc.before(end), "," | "và" | "cùng" | "…" | "." | "với" | "đã") {
            end -= 1;
        }
        // các đại biểu, gần 200 đại biểu: nobody in particular; các đồng chí lãnh đạo tỉnh: A, B are named
        let named = matches!(doc.key(stop), ":" | "có") && mention_at(doc, stop + 1, sentence.end, false).is_some();
        let plainly = number(doc, at).is_some_and(|n| {
            // Có 34/36 đại biểu tham dự
            let first = at == sentence.start || at == sentence.start + 1 && doc.before(at) == "có";
            doc.before(n) == "/" && first
                || !matches!(doc.key(n + 1), "trưởng" | "già" | "nhà" | "nghệ" | "luật" | "nông") && end <= at + 4
        });
        // ông A cùng 180 đại biểu
        let beside = doc.before(at) == "cùng" && counted(doc, at);
        let bare = counted(doc, at) && plainly && !beside
            || doc.reads(at, &["các", "đồng", "chí", "đại", "biểu"]) && end == at + 5;
        let these = doc.reads(at, &["các", "đồng", "chí"]) && end <= at + 4;
        if (end > at + 3 || beside || in_particular(doc, at, end)) && !named && !bare && !these {
            found.push(at..end);
        }
        at = stop.max(at + 1);
    }
    found
}

/// `các đồng chí lãnh đạo, cán bộ các ban`: whether a comma parts what is one, the first without saying of what.
fn shares(doc: &Doc, at: usize, comma: usize) -> bool {
    doc.reads(comma + 1, &["cán", "bộ"]) && matches!(doc.before(comma), "đạo" | "thư") && comma <= at + 6
}

/// `lãnh đạo các sở, ngành của tỉnh, | Hội Doanh nhân tỉnh`: an association behind those who lead a state's bodies.
fn association(doc: &Doc, at: usize, comma: usize, limit: usize) -> bool {
    let is = |i: usize| {
        let named = doc.tokens.get(i).is_some_and(|t| t.capital);
        let kind = doc.key(i) == "hội" && doc.key(i + 1) != "đồng" || doc.reads(i, &["hiệp", "hội"]);
        named && kind && body_at(doc, i, limit).is_some()
    };
    let leaders = doc.reads(at, &["lãnh", "đạo", "các"]) || doc.reads(at, &["lãnh", "đạo", "một", "số"]);
    doc.key(comma) == "," && (leaders || is(at)) && is(comma + 1)
}

/// `có các doanh nghiệp`, `; Mặt trận Tổ quốc và các đoàn thể`: an item that names no person.
fn begins_item(doc: &Doc, at: usize, limit: usize, listing: bool) -> bool {
    let bodies = listing
        && matches!(doc.before(at), ";" | "có" | "gồm")
        && doc.tokens.get(at).is_some_and(|t| t.capital)
        && body_at(doc, at, limit).is_some();
    let many = doc.key(at) == "các" && !THINGS.contains(&doc.key(at + 1)) && doc.before(at) != ":";
    // ; Chủ tịch Liên đoàn Lao động các huyện: offices whose holders have no name here
    let offices = listing && matches!(doc.before(at), ";" | "có" | "gồm") && office_at(doc, at, limit).is_some();
    bodies || offices || many || ITEMS.iter().any(|head| doc.reads(at, head))
}
