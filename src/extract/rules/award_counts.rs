//! How many got an award: bodies, people, works, in digits or in words.

use std::ops::Range;

use super::numbers::{in_words, quantity};
use crate::domain::AwardReport;
use crate::extract::structure::Doc;

/// `2 Giải Nhất`, `Hai Giải Nhất`: the number right before a grade.
pub fn count_before(doc: &Doc, at: usize, from: usize) -> Option<i32> {
    let before = at.checked_sub(1).filter(|b| *b >= from)?;
    let digits = quantity(doc, before).filter(|q| q.end == at).and_then(|q| q.whole());
    let words = (from.max(at.saturating_sub(3))..at)
        .find_map(|i| in_words(doc, i).filter(|(len, _)| i + len == at).map(|(_, n)| n));
    i32::try_from(digits.or(words)?).ok()
}

/// Who counts as a body among those who get an award.
const COLLECTIVES: [&[&str]; 19] = [
    &["tập", "thể"],
    &["đơn", "vị"],
    &["cơ", "quan"],
    &["doanh", "nghiệp"],
    &["địa", "phương"],
    &["xã"],
    &["phường"],
    &["trường"],
    &["chi", "bộ"],
    &["chi", "hội"],
    &["chi", "đoàn"],
    &["hợp", "tác", "xã"],
    &["công", "đoàn"],
    &["đội"],
    &["ấp"],
    &["thôn"],
    &["khóm"],
    &["tổ"],
    &["câu", "lạc", "bộ"],
];

/// Who counts as a person.
const INDIVIDUALS: [&[&str]; 28] = [
    &["cá", "nhân"],
    &["cán", "bộ"],
    &["đoàn", "viên"],
    &["hội", "viên"],
    &["đảng", "viên"],
    &["học", "sinh"],
    &["học", "viên"],
    &["sinh", "viên"],
    &["giáo", "viên"],
    &["nhà", "giáo"],
    &["nông", "dân"],
    &["công", "nhân"],
    &["chiến", "sĩ"],
    &["đồng", "chí"],
    &["người"],
    &["em"],
    &["tác", "giả"],
    &["thí", "sinh"],
    &["vận", "động", "viên"],
    &["gương"],
    &["thanh", "niên"],
    &["phụ", "nữ"],
    &["nghệ", "nhân"],
    &["nghệ", "sĩ"],
    &["doanh", "nhân"],
    &["nhà", "báo"],
    &["phóng", "viên"],
    &["cộng", "tác", "viên"],
];

/// `trao 40 huân chương cho các cựu chiến binh`: so many, by who the receivers are said to be behind `cho các`.
pub fn count_of_medals(doc: &Doc, name: &Range<usize>, from: usize, until: usize, award: &mut AwardReport) {
    let Some(number) = count_before(doc, name.start, from) else { return };
    let Some(to) = (name.end..until).find(|&i| doc.key(i) == "cho" && matches!(doc.key(i + 1), "các" | "những"))
    else {
        return;
    };
    let is = |nouns: &[&[&str]]| nouns.iter().any(|words| doc.reads(to + 2, words));
    if is(&COLLECTIVES) {
        award.collective_count = Some(number);
    } else if is(&INDIVIDUALS) || doc.reads(to + 2, &["cựu", "chiến", "binh"]) {
        award.individual_count = Some(number);
    }
}

/// What counts as a work.
const WORKS: [&[&str]; 2] = [&["tác", "phẩm"], &["đề", "tài"]];

pub fn count(doc: &Doc, range: Range<usize>, award: &mut AwardReport) {
    for at in range.clone() {
        let number = quantity(doc, at)
            .map(|q| (q.end - at, q.whole()))
            .or_else(|| in_words(doc, at).map(|(len, n)| (len, Some(n))));
        let Some((len, Some(value))) = number else { continue };
        let Ok(value) = i32::try_from(value) else { continue };
        let noun = at + len;
        let is = |nouns: &[&[&str]]| nouns.iter().any(|words| doc.reads(noun, words));
        let slot = if is(&COLLECTIVES) {
            &mut award.collective_count
        } else if is(&INDIVIDUALS) {
            &mut award.individual_count
        } else if is(&WORKS) {
            &mut award.work_count
        } else {
            continue;
        };
        slot.get_or_insert(value);
    }
}
