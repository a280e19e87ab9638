//! Names of awards: the words of the vocabulary, and how far a title or a grade behind them reaches.

use std::ops::Range;

use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// Award names in a sentence that are no part of another name (`Giải báo chí ...`, `Giấy khen của`).
pub fn names(doc: &Doc, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        if let Some(end) = named_prize(doc, at, sentence.end).or_else(|| prize_for_best(doc, at, sentence.end)) {
            found.push(at..end);
            at = end;
            continue;
        }
        match lexicon().awards.len_at(doc.slice(at..sentence.end)) {
            // "cờ", "giải ba" in lower case elsewhere; a quoted title names a prize, not an award
            Some(len) if len > 1 || doc.tokens.get(at).is_some_and(|t| t.capital) => {
                let end = named_grade(doc, at, at + len, sentence.end);
                // a certificate is an award where it bears a title
                if !doc.reads(at, &["giấy", "chứng", "nhận"]) || end > at + len {
                    found.push(at..end);
                }
                at += len;
            }
            _ => at += 1,
        }
    }
    found
}

/// `1 giải tiết mục ấn tượng nhất`, `trao giải thí sinh nhỏ tuổi nhất`: a prize that says for what, behind a number or a
/// verb of giving.
fn prize_for_best(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let counted = doc.token_back(at, 1).is_some_and(|t| t.kind == TokenKind::Number || t.key == "một");
    if doc.key(at) != "giải" || !(counted || matches!(doc.before(at), "trao" | "tặng" | "và")) {
        return None;
    }
    let word = |i: &usize| {
        doc.tokens.get(*i).is_some_and(|t| t.kind == TokenKind::Word)
            && !matches!(doc.key(*i), "cho" | "của" | "và" | "giải")
    };
    let words = (at + 1..limit.min(at + 10)).take_while(word);
    let end = words.skip(2).find(|&i| doc.key(i) == "nhất")? + 1;
    let best =
        ["hay", "xuất sắc", "ấn tượng", "đẹp", "yêu thích", "nhỏ tuổi", "trẻ tuổi", "lớn tuổi", "cao tuổi", "sáng tạo"];
    best.iter().any(|w| super::task_text::phrase(doc, (end - 1).saturating_sub(w.split(' ').count()), w)).then_some(end)
}

/// `trao giải thưởng Tình nguyện cho ...`, `đoạt Giải thưởng “Cánh diều”`: a prize that has a name of its own, behind a
/// verb of giving or winning, and behind it whom it goes to. A ceremony's name is none.
fn named_prize(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    if !doc.reads(at, &["giải", "thưởng"]) || !doc.tokens.get(at + 2).is_some_and(|t| t.capital || t.key == "\"") {
        return None;
    }
    let verb = at.checked_sub(1)?;
    let wins = matches!(doc.key(verb), "đoạt" | "đạt" | "giành" | "nhận");
    let ceremony = matches!(doc.before(verb), "lễ" | "và" | "kết" | "chức" | ",");
    if !(wins || matches!(doc.key(verb), "trao" | "tặng") && !ceremony) {
        return None;
    }
    let end = (at + 3..limit.min(at + 18)).find(|&i| {
        matches!(doc.key(i), "cho" | "tặng" | "của" | "năm" | "lần" | "với" | "vì" | "thuộc")
            || doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Mark && t.key != "\"" && t.key != "-")
    })?;
    let given = matches!(doc.key(end), "cho" | "tặng" | "thuộc");
    (wins || given).then_some(end)
}

/// `Cờ thi đua`, `Huân chương Lao động hạng Nhì`, `Kỷ niệm chương “Vì sự nghiệp ...”`, `danh hiệu Chiến sĩ thi đua`.
fn named_grade(doc: &Doc, start: usize, end: usize, limit: usize) -> usize {
    if doc.key(end) == "hạng"
        && doc.tokens.get(end + 1).is_some_and(|t| t.capital || t.kind == TokenKind::Word)
        && end + 1 < limit
    {
        return end + 2;
    }
    let titled = matches!(doc.key(start), "kỷ" | "danh" | "huy" | "giấy" | "bằng" | "cúp" | "biểu");
    if titled && doc.key(end) == "\"" {
        return (end + 1..limit).find(|&i| doc.key(i) == "\"").map_or(end, |close| close + 1);
    }
    let certificate = matches!(doc.key(start), "bằng")
        && (doc.reads(start + 1, &["công", "nhận"]) || doc.reads(start + 1, &["chứng", "nhận"]));
    if doc.reads(start, &["huy", "hiệu"]) {
        // Huy hiệu 40 năm tuổi Đảng
        let stop = (end..limit.min(end + 8))
            .find(|&i| matches!(doc.key(i), "cho" | "của" | "và" | "đối" | "." | "," | ";" | "("));
        return stop.unwrap_or(end);
    }
    if doc.key(start) == "danh" || certificate {
        let mut stop = end;
        while stop < limit
            && doc.slice(stop..stop + 1).iter().all(|t| t.kind == TokenKind::Word)
            && !matches!(doc.key(stop), "cho" | "của" | "năm" | "và" | "đối" | "do")
        {
            stop += 1;
        }
        return stop;
    }
    end
}
