//! Whether a sentence tells of awards that the meeting gives: none of other years, none that are only proposed.

use std::ops::Range;

use super::task_text::phrase;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;

/// Whether a sentence says that something is awarded: a verb of giving or getting, or a grade that opens it
/// (`Hai giải Nhì: ...`).
pub fn awards_something(doc: &Doc, sentence: &Range<usize>, prizes: bool) -> bool {
    let verb_of_giving = |i: usize| match doc.key(i) {
        "tặng" | "trao" => true,
        "khen" => doc.key(i + 1) == "thưởng",
        "tuyên" => doc.key(i + 1) == "dương",
        "thuộc" => doc.key(i + 1) == "về",
        "vinh" => doc.key(i + 1) == "danh",
        "giải" => doc.reads(i, &["giải", "thưởng", "gồm"]),
        _ => false,
    };
    let opens = (sentence.start..sentence.start + 3).any(|i| {
        doc.key(i) == "giải" && lexicon().awards.len_at(doc.slice(i..sentence.end)).is_some_and(|len| len > 1)
    });
    // đoạt giải Nhất: where prizes are given away, else a year's results
    let won = prizes && sentence.clone().any(|i| matches!(doc.key(i), "đoạt" | "đạt" | "giành"));
    // vinh dự nhận Bằng khen; không phải công nhận, ghi nhận
    let got = sentence.clone().any(|i| {
        doc.key(i) == "nhận"
            && !matches!(
                doc.before(i),
                "công" | "ghi" | "xác" | "tiếp" | "nhìn" | "thừa" | "chứng" | "cảm" | "đảm" | "chấp" | "thu"
            )
    });
    // ở loại hình báo in có 39 giải, gồm: 3 giải A, 8 giải B ...
    let grade = |i: usize| {
        doc.key(i) == "giải"
            && doc.tokens.get(i.wrapping_sub(1)).is_some_and(|t| t.kind == crate::extract::text::TokenKind::Number)
            && lexicon().awards.len_at(doc.slice(i..sentence.end)).is_some_and(|len| len > 1)
    };
    // Ngoài ra còn 5 giải Khuyến khích.
    let besides = ["ngoài ra", "bên cạnh đó", "kết quả"].iter().any(|w| phrase(doc, sentence.start, w));
    let listed = prizes && sentence.clone().filter(|&i| grade(i)).count() > usize::from(!besides);
    let given = listed || opens && prizes || won || got || sentence.clone().any(verb_of_giving);
    // ... tặng Giấy khen cho 8 tập thể; đề nghị Trung ương Hội tặng ...: what is proposed is one clause of several
    let ends = sentence.clone().filter(|&i| doc.key(i) == ";").chain([sentence.end]);
    let clauses = ends.scan(sentence.start, |from, end| Some(std::mem::replace(from, end + 1)..end));
    given && !told_elsewhere(doc, sentence) && clauses.into_iter().any(|clause| !proposed(doc, &clause))
}

/// Whether what a clause tells was, or will be, at another time, or is only proposed.
pub fn elsewhere(doc: &Doc, clause: &Range<usize>) -> bool {
    told_elsewhere(doc, clause) || proposed(doc, clause)
}

/// Whether what a clause tells was, or will be, at another time.
fn told_elsewhere(doc: &Doc, clause: &Range<usize>) -> bool {
    let words: [&[&str]; 20] = [
        &["với", "mục", "đích"],
        &["trước", "đó"],
        &["năm", "trước"],
        &["năm", "ngoái"],
        &["đã", "từng"],
        &["từng", "được"],
        &["từng", "đoạt"],
        &["từng", "đạt"],
        &["khi", "ấy"],
        &["khi", "đó"],
        &["lúc", "đó"],
        &["sẽ", "trao"],
        &["sẽ", "được", "trao"],
        &["sẽ", "tặng"],
        &["đề", "nghị", "tặng"],
        &["đề", "nghị", "khen"],
        &["xét", "tặng"],
        &["dự", "kiến"],
        &["lùi"],
        &["phần", "thưởng", "cao", "quý"],
    ];
    clause.clone().any(|i| words.iter().any(|w| doc.reads(i, w))) || over_years(doc, clause) || looked_back(doc, clause)
}

/// `Với thành tích đạt được, Hội đã được Chủ tịch nước tặng thưởng ...`: what a report looks back on.
fn looked_back(doc: &Doc, clause: &Range<usize>) -> bool {
    let opens = ["với thành tích", "với những thành tích", "với kết quả", "với những kết quả"];
    let before = ["đạt được", "đã đạt được", "trên", "đó"];
    let comma = || clause.clone().take(12).find(|&i| doc.key(i) == ",");
    // Với thành tích đạt được, tại hội nghị, 10 tập thể đã được ...: it is given now
    let now = ["tại hội nghị", "tại buổi", "tại lễ", "tại đại hội", "dịp này", "nhân dịp"];
    let here = || clause.clone().any(|i| now.iter().any(|w| phrase(doc, i, w)));
    opens.iter().any(|w| phrase(doc, clause.start, w))
        && comma().is_some_and(|comma| {
            before.iter().any(|w| phrase(doc, comma.saturating_sub(w.split(' ').count()), w))
                && clause.clone().any(|i| doc.reads(i, &["đã", "được"]))
        })
        && !here()
}

/// `liên tục đạt ...`, `nhiều năm liền được tặng ...`: what was awarded time and again.
fn over_years(doc: &Doc, clause: &Range<usize>) -> bool {
    clause.clone().any(|i| {
        let told = ["liên tục đạt", "liên tục được", "nhiều năm được", "hằng năm", "hàng năm"];
        // for what was done in five years on end something may be given now
        let on_end = phrase(doc, i, "năm liền") || phrase(doc, i, "năm liên tục");
        let behind = i + 2 + usize::from(doc.key(i + 2) == "tục");
        // nhiều năm liền Hội được ...; vì 5 năm liên tục đạt ...: what it is given for
        let subject =
            || doc.back(i, 1) == "nhiều" && (behind..clause.end.min(behind + 6)).any(|j| doc.key(j) == "được");
        let reason = (1..6).any(|n| matches!(doc.back(i, n), "vì" | "do"));
        !reason && told.iter().any(|w| phrase(doc, i, w))
            || on_end && !reason && (matches!(doc.key(behind), "," | "được" | "đạt" | "nhận") || subject())
    })
}

/// `đề nghị UBND tặng Giấy khen cho ...`: nobody has decided yet.
fn proposed(doc: &Doc, clause: &Range<usize>) -> bool {
    let asks = |i: usize| ["đề nghị", "đề xuất", "kiến nghị"].iter().any(|w| phrase(doc, i, w));
    let gives = |i: usize| matches!(doc.key(i), "tặng" | "khen") || doc.reads(i, &["trao", "tặng"]);
    // tất cả các đơn vị được đề xuất đạt danh hiệu ...
    let put_up = |i: usize| phrase(doc, i, "đề xuất") && matches!(doc.before(i), "được" | "nhất" | "đã");
    if clause.clone().any(put_up) {
        return true;
    }
    // theo đề nghị của ...: it was asked for, and is given
    clause.clone().any(|i| {
        asks(i)
            && !matches!(doc.before(i), "theo" | "trên" | "có")
            && doc.key(i + 2) != "của"
            && (i + 2..clause.end.min(i + 12))
                .find(|&j| gives(j) || matches!(doc.key(j), "," | "." | ":"))
                .is_some_and(gives)
    })
}
