//! Who grants an award: whose it is said to be, who gives it, for whom somebody hands it over.

use std::ops::Range;

use super::offices::{body_at, office_at};
use crate::extract::structure::Doc;

/// Who grants: `Bằng khen của X`, `X tặng Bằng khen`, `được X tặng`.
pub fn grantor(doc: &Doc, sentence: &Range<usize>, name: &Range<usize>, until: usize) -> Option<Range<usize>> {
    if doc.key(name.end) == "của" {
        return body_or_office(doc, name.end + 1, until.min(name.end + 24));
    }
    // Huân chương ... do Chủ tịch nước trao tặng
    if let Some(by) = (name.end..until.min(name.end + 4)).find(|&i| doc.key(i) == "do")
        && let Some(whose) = body_or_office(doc, by + 1, until)
        && matches!(doc.key(whose.end), "tặng" | "trao" | "ký")
    {
        return Some(whose);
    }
    // Thừa ủy quyền của Chủ tịch nước, ông A trao ...
    let proxy = (sentence.start..name.start)
        .find(|&i| doc.reads(i, &["thừa", "ủy", "quyền"]))
        .map(|i| i + 3 + usize::from(doc.key(i + 3) == "của"));
    if let Some(whose) = proxy.and_then(|at| body_or_office(doc, at, name.start)) {
        return Some(whose);
    }
    let verb = (sentence.start..name.start).rev().find(|&i| {
        let gives = matches!(doc.key(i), "tặng" | "trao")
            || doc.reads(i, &["tuyên", "dương"])
            || doc.reads(i, &["khen", "thưởng"])
            || doc.reads(i, &["công", "nhận", "danh", "hiệu"])
            || doc.reads(i, &["vinh", "danh"]);
        gives && !doc.tokens.get(i).is_some_and(|t| t.capital && i > sentence.start)
    })?;
    // chọn ... để trao: choosing is not granting
    if verb.checked_sub(1).is_some_and(|b| matches!(doc.key(b), "để" | "nhằm" | "xét")) {
        return None;
    }
    // được X tặng; lãnh đạo X đã trao; X quyết định tặng: the body or office that ends nearest before the verb
    let clause =
        (sentence.start..verb).rev().find(|&i| matches!(doc.key(i), ";" | ":")).map_or(sentence.start, |i| i + 1);
    let mut best: Option<Range<usize>> = None;
    // what ends far before the verb is no subject of it
    let mut at = clause.max(verb.saturating_sub(40));
    while at < verb {
        // a person hands over what someone else grants
        if let Some((mention, _)) = super::mentions::mention_at(doc, at, verb, false) {
            at = mention.tokens.end.max(mention.name.end);
            best = mention.positions.first().filter(|office| in_own_name(doc, office, verb)).cloned();
            continue;
        }
        match body_or_office(doc, at, verb) {
            // Bằng khen của Bộ A cho 6 cá nhân, tặng danh hiệu ... cấp Bộ: whose another award is, of which level
            Some(range) if matches!(doc.before(range.start), "của" | "cấp") => at = range.end,
            // công nhận danh hiệu Đơn vị Quyết thắng, tặng ...: another award
            Some(range) if doc.reads_before(range.start, &["danh", "hiệu"]) => at = range.end,
            Some(range) => {
                at = range.end;
                best = Some(range);
            }
            None => at += 1,
        }
    }
    // Trường A được trao giải tập thể: who gets it
    let gets = |b: &Range<usize>| (b.end..verb).any(|i| doc.key(i) == "được");
    let subject = best.filter(|b| verb.saturating_sub(b.end) <= 8 && !gets(b));
    // X tặng Cờ thi đua cho 2 tập thể, tặng Bằng khen cho 5 cá nhân
    // ban tổ chức tuyên dương 38 tập thể; trao Bằng khen cho 12 cá nhân
    let clause = if verb == clause { sentence.start } else { clause };
    let joined = subject.is_none() && matches!(doc.before(verb), "," | "và" | ";");
    let first = || {
        (clause..verb).rev().find(|&i| {
            matches!(doc.key(i), "tặng" | "trao")
                || doc.reads(i, &["tuyên", "dương"])
                || doc.reads(i, &["công", "nhận", "danh", "hiệu"])
        })
    };
    subject.or_else(|| joined.then(first).flatten().and_then(|first| subject_of(doc, clause, first)))
}

/// `Chủ tịch UBND huyện A tặng Giấy khen`: whoever heads a body gives what is its own; who `trao` hands over.
fn in_own_name(doc: &Doc, office: &Range<usize>, verb: usize) -> bool {
    let heads = ["chủ tịch", "giám đốc", "bộ trưởng", "hiệu trưởng", "tổng giám đốc", "viện trưởng", "cục trưởng"];
    doc.key(verb) == "tặng"
        && doc.before(verb) != "trao"
        && heads.iter().any(|head| super::task_text::phrase(doc, office.start, head))
}

/// The body or office that ends right before a verb of giving.
fn subject_of(doc: &Doc, clause: usize, verb: usize) -> Option<Range<usize>> {
    let from = clause.max(verb.saturating_sub(24));
    let person = (from..verb).any(|i| super::mentions::mention_at(doc, i, verb, false).is_some());
    (from..verb).filter(|_| !person).find_map(|i| body_or_office(doc, i, verb).filter(|b| verb <= b.end + 3))
}

fn body_or_office(doc: &Doc, at: usize, limit: usize) -> Option<Range<usize>> {
    // Hội nghị trao ...: where it is given
    if super::titles::head_at(doc, at, limit).is_some() {
        return None;
    }
    let office = doc.tokens.get(at).filter(|t| t.capital).and_then(|_| office_at(doc, at, limit));
    office.or_else(|| body_at(doc, at, limit).filter(|_| doc.tokens.get(at).is_some_and(|t| t.capital)))
}
