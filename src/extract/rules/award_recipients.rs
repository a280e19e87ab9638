//! Who got an award, where the text names them: in lists behind a count, behind `thuộc về` or `cho`, before `đoạt`.

use std::ops::Range;

use super::award_items::{items, several};
use super::mentions::mention_at;
use super::offices::body_at;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// An award's name and what stands around it.
#[derive(Debug)]
pub struct Around<'a> {
    /// Its name.
    pub name: &'a Range<usize>,
    /// Behind the award named before it in the sentence.
    pub from: usize,
    /// Before the one named behind it.
    pub until: usize,
    /// Its clause.
    pub clause: &'a Range<usize>,
    /// The sentence behind.
    pub next: &'a Range<usize>,
    /// Whether it is a grade that works get.
    pub works: bool,
}

/// Those the text names, in its order, each once.
pub fn recipients(doc: &Doc, around: &Around) -> Vec<String> {
    let Around { name, from, until, clause, next, works } = *around;
    let mut names: Vec<String> = Vec::new();
    let counted = |i: usize| {
        let near = |reach: usize, words: &[&str]| (i.saturating_sub(reach)..i).any(|j| doc.reads(j, words));
        let bodies = doc.key(i) == "gồm" && near(3, &["đơn", "vị"]);
        near(14, &["tập", "thể"]) || near(14, &["cá", "nhân"]) || bodies
    };
    if let Some(open) = (name.end..until).find(|&i| doc.key(i) == "(" && counted(i)) {
        let close = (open..until).find(|&i| doc.key(i) == ")").unwrap_or(until);
        names.extend(items(doc, open + 1..close));
    }
    // cho 4 cá nhân: A, B; cho hai tập thể là A, B và ba cá nhân: C, D
    let mut lists: Vec<usize> = (name.end..until)
        .filter(|&i| {
            (matches!(doc.key(i), ":" | "là" | "gồm") || named_next(doc, i))
                && (right_behind_count(doc, i)
                    || i < name.end + 2 && doc.key(i) == "gồm"
                    || works && i == name.end && doc.key(i) == ":")
        })
        .collect();
    // gồm Sở Thủy lợi: A, B: the colon belongs to the item
    lists.dedup_by(|next, list| body_at(doc, *list + 1, until).is_some_and(|body| body.end == *next));
    for (n, &list) in lists.iter().enumerate() {
        let end = lists.get(n + 1).copied().unwrap_or(until);
        let stop =
            (list + 1..end).find(|&i| counts(doc, i) && several(doc, i) == 0 || doc.key(i) == ";").unwrap_or(end);
        // behind the colon of a grade stand works
        let persons = works && doc.key(list) == ":";
        names.extend(if persons { people(doc, list + 1..stop) } else { items(doc, list + 1..stop) });
        if names.is_empty() && persons {
            names.extend(teams(doc, list + 1..stop));
        }
    }
    // trao giải Nhất cho cô A; giải Nhì thuộc về anh B và chị C
    let to = (name.end..until).find_map(|i| match doc.key(i) {
        "cho" if !counts(doc, i + 1) => Some(i + 1),
        "thuộc" if doc.key(i + 1) == "về" => Some(i + 2),
        _ => None,
    });
    if let Some(to) = to.filter(|_| lists.is_empty()) {
        let stop =
            (to..until).find(|&i| matches!(doc.key(i), ";" | "vì") || doc.reads(i, &["nhân", "dịp"])).unwrap_or(until);
        names.extend(people(doc, to..stop));
        if names.is_empty() && works {
            names.extend(teams(doc, to..stop));
        }
        if names.is_empty() {
            names.extend(bodies(doc, to, stop));
        }
    }
    names.extend(named_among(doc, name.end..until));
    if lists.is_empty() && !works {
        names.extend(beside_counted(doc, name.end..until));
    }
    names.extend(one_among(doc, clause.start..name.start));
    if works {
        names.extend(
            (name.end..until).filter(|&i| doc.reads(i, &["tác", "giả"])).flat_map(|i| authors(doc, i + 2, until)),
        );
        // “Kênh cạn” - Lê Thị Mơ (Bạc Liêu)
        let signed = |i: &usize| doc.before(*i) == "\"" && matches!(doc.key(*i), "-" | "–");
        names.extend((name.end..until).filter(signed).flat_map(|i| authors(doc, i + 1, i + 8).into_iter().take(1)));
        // Ảnh A Các tác giả đạt giải: who took the photograph
        if names.is_empty() && doc.key(clause.start) != "ảnh" {
            names.extend(winner(doc, clause.start.max(from), name.start));
        }
    } else {
        if let Some(list) = (from..name.start).find(|&i| matches!(doc.key(i), "gồm" | ":") && counted(i)) {
            let end = (list..name.start).find(|&i| doc.key(i) == "được").unwrap_or(name.start);
            let colon = usize::from(doc.key(list) == "gồm" && doc.key(list + 1) == ":");
            names.extend(items(doc, list + 1 + colon..end));
        }
        let nobody = !(clause.start..name.start).any(|i| counts(doc, i) || counted(i));
        if names.is_empty() && nobody {
            names.extend(winner(doc, clause.start.max(from), name.start));
        }
        if names.is_empty() && nobody {
            names.extend(was_given(doc, clause.start.max(from)..name.start));
        }
        let opens = matches!(doc.key(next.start), "trong") && matches!(doc.key(next.start + 1), "đó" | "số");
        if let Some(list) = (next.start..next.end).find(|&i| doc.key(i) == "có").filter(|_| opens) {
            names.extend(items(doc, list + 1..next.end));
        }
    }
    if names.is_empty() && doc.reads(name.start.saturating_sub(2), &["đón", "nhận"]) {
        names.extend(super::holders::celebrated(doc, clause.start..name.start).map(|who| doc.clean(who)));
    }
    let mut known: Vec<String> = Vec::new();
    for name in names {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    known
}

/// `3 đơn vị Nam Giang, Phước Sơn`: names right behind the counted noun, whose last word is at `at`.
fn named_next(doc: &Doc, at: usize) -> bool {
    let noun = matches!((doc.before(at), doc.key(at)), ("đơn", "vị") | ("tập", "thể") | ("cá", "nhân"));
    noun && doc.tokens.get(at + 1).is_some_and(|t| t.capital)
}

/// Whether a mark or `là` stands right behind counted people or bodies (`bốn cá nhân:`).
fn right_behind_count(doc: &Doc, at: usize) -> bool {
    // 2 tập thể có nhiều tác phẩm chất lượng là Báo A
    let described = doc.key(at) == "là"
        && doc.tokens.get(at + 1).is_some_and(|t| t.capital)
        && (at.saturating_sub(12)..at)
            .any(|i| doc.reads(i, &["tập", "thể", "có"]) || doc.reads(i, &["cá", "nhân", "có"]))
        && !(at.saturating_sub(6)..at).any(|i| matches!(doc.key(i), "," | ";"));
    described
        || (at.saturating_sub(3)..at).any(|i| doc.reads(i, &["tập", "thể"]) || doc.reads(i, &["cá", "nhân"]))
        || (at.saturating_sub(6)..at).any(|i| counts(doc, i))
}

/// Whether a number that counts somebody begins here.
pub fn counts(doc: &Doc, at: usize) -> bool {
    // Phòng Bản đồ - Tư liệu
    let word = |t: &crate::extract::text::Token| t.kind == TokenKind::Word || t.key == "-";
    let in_name = doc.tokens.get(at).is_some_and(|t| t.capital) && doc.token_back(at, 1).is_some_and(word);
    let end = super::numbers::quantity(doc, at)
        .map(|q| q.end)
        .or_else(|| super::numbers::in_words(doc, at).filter(|_| !in_name).map(|(len, _)| at + len));
    end.is_some_and(|end| doc.tokens.get(end).is_some_and(|t| !t.capital && t.kind == TokenKind::Word))
        || matches!(doc.key(at), "các" | "những" | "hơn" | "trên" | "gần")
}

/// The people of a list, each behind a mark, an `và` or at its beginning; what explains them is passed over.
fn people(doc: &Doc, range: Range<usize>) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = range.start;
    let mut fresh = true;
    while at < range.end {
        if fresh && let Some((mention, _)) = mention_at(doc, at, range.end, false) {
            // ... và Thủ tướng B trao: who gives the next one
            if matches!(doc.key(mention.tokens.end), "trao" | "tặng") {
                break;
            }
            // Trường Tiểu học Nguyễn Văn Trỗi: a school, named after somebody
            if super::names::named_after(doc, mention.name.start) == 0 {
                found.push(doc.clean(mention.name.clone()));
            }
            at = mention.tokens.end.max(mention.name.end);
            fresh = false;
            continue;
        }
        fresh = matches!(doc.key(at), "," | ";" | "và" | "cùng" | "nhóm" | "em" | "bạn") || at == range.start;
        // cô giáo A: a calling that no list holds, right before a name
        if found.is_empty() && at < range.start + 3 && !doc.tokens.get(at).is_some_and(|t| t.capital) {
            fresh = true;
        }
        at += 1;
    }
    found
}

/// `Tỉnh đoàn A vinh dự là 1 trong 28 tập thể được nhận ...`: the one that is named.
fn one_among(doc: &Doc, range: Range<usize>) -> Option<String> {
    let among = range
        .clone()
        .find(|&i| doc.key(i) == "trong" && matches!(doc.before(i), "1" | "01" | "một") && doc.back(i, 2) == "là")?;
    let first = (range.start..among).find(|&i| {
        doc.tokens.get(i).is_some_and(|t| t.capital)
            && (body_at(doc, i, among).is_some() || mention_at(doc, i, among, false).is_some())
    })?;
    match mention_at(doc, first, among, false) {
        Some((mention, _)) => Some(doc.clean(mention.name.clone())),
        None => body_at(doc, first, among).map(|body| doc.clean(body)),
    }
}

/// `..., trong đó có Công ty A`, `, trong đó tỉnh B có Đồn C`, `; tỉnh B có Hạt D và ông E được nhận`: the ones that are named.
fn named_among(doc: &Doc, range: Range<usize>) -> Vec<String> {
    let among = |i: usize| {
        let told = doc.reads(i, &["trong", "đó"]);
        let place = i + 2 * usize::from(told) + usize::from(doc.key(i + 2) == "," && told);
        let has = (place..range.end.min(place + 8)).find(|&j| doc.key(j) == "có")?;
        // tỉnh Kon Tum, Hà Tĩnh
        let words = doc.slice(place..has);
        let named = words.iter().all(|t| t.capital || matches!(t.key.as_str(), "tỉnh" | "huyện" | "thành" | "phố"));
        let got = || (has..range.end).take(60).any(|j| doc.key(j) == "được");
        let opens = told || doc.before(i) == ";" && !words.is_empty() && got();
        (opens && named && !counts(doc, has + 1)).then_some(has + 1)
    };
    let Some(at) = range.clone().find_map(among) else { return Vec::new() };
    let end = (at..range.end).find(|&j| matches!(doc.key(j), "được" | ";")).unwrap_or(range.end);
    let one = bodies(doc, at, end);
    // a list of people and bodies is told apart by its marks; one body goes on up to its end
    let people = (at..end).any(|j| matches!(doc.before(j), "và" | ",") && mention_at(doc, j, end, false).is_some());
    if one.is_empty() || people { items(doc, at..end) } else { one }
}

/// `cho 4 trường và thầy giáo A`: somebody who is named beside those who are counted.
fn beside_counted(doc: &Doc, range: Range<usize>) -> Vec<String> {
    let counted = range.clone().find(|&i| doc.key(i) == "cho" && super::numbers::quantity(doc, i + 1).is_some());
    let Some(from) = counted else { return Vec::new() };
    let person = |first: usize| {
        let calling = (first..first + 4).take_while(|&i| doc.tokens.get(i).is_some_and(|t| !t.capital)).count();
        let (mention, _) = (first..=first + calling).find_map(|i| mention_at(doc, i, range.end, false))?;
        // và ông A trao ...: who gives the next one
        let gives = (mention.name.end..range.end).take(24).any(|j| matches!(doc.key(j), "trao" | "tặng"));
        (!gives && first < mention.name.start && calling > 0).then(|| doc.clean(mention.name.clone()))
    };
    let first = (from + 2..range.end.min(from + 8)).find(|&i| matches!(doc.key(i), "và" | "cùng"));
    first.and_then(|i| person(i + 1)).into_iter().collect()
}

/// `Hội A đã được Chủ tịch nước tặng thưởng ...`, `; ông B được UBND tỉnh tặng ...`: whoever stands before `được`.
fn was_given(doc: &Doc, range: Range<usize>) -> Option<String> {
    let gives = |i: usize| matches!(doc.key(i), "tặng" | "trao" | "thưởng");
    let verb = range.end.checked_sub(1).filter(|&i| gives(i))?;
    let got = (verb.saturating_sub(16).max(range.start)..verb).rev().find(|&i| doc.key(i) == "được")?;
    let adverb = |i: usize| matches!(doc.before(i), "đã" | "vừa" | "cũng" | "vinh" | "dự" | "hân" | "hạnh");
    let end = (range.start..=got).rev().find(|&i| i == range.start || !adverb(i))?;
    let starts = |i: &usize| {
        let first = *i == range.start || matches!(doc.before(*i), "," | ";" | ":");
        first && doc.tokens.get(*i).is_some_and(|t| t.capital)
    };
    let near = range.start.max(end.saturating_sub(40));
    let body = (near..end).filter(starts).find_map(|i| body_at(doc, i, end).filter(|body| body.end == end))?;
    // ông A, Giám đốc Sở B, được ...: his office's
    let person = (near..body.start).any(|j| mention_at(doc, j, end, false).is_some());
    (!person).then(|| doc.clean(body))
}

/// The bodies that an award goes to, where they are named in full: one, or two and more with an `và` before the last.
fn bodies(doc: &Doc, at: usize, limit: usize) -> Vec<String> {
    let listed = super::body_lists::bodies_in(doc, at..limit);
    let last = listed.last().is_some_and(|b| listed.len() > 1 && doc.before(b.start) == "và");
    let named = listed.iter().all(|b| doc.tokens.get(b.start).is_some_and(|t| t.capital));
    if last && named && listed.first().is_some_and(|b| b.start == at) {
        return listed.into_iter().map(|b| doc.clean(b)).collect();
    }
    body(doc, at, limit).into_iter().collect()
}

/// The one body that an award goes to, where it is named in full.
fn body(doc: &Doc, at: usize, limit: usize) -> Option<String> {
    let first = doc.tokens.get(at).filter(|t| t.capital)?;
    let range = body_at(doc, at, limit).or_else(|| first.upper.then_some(at..at + 1))?;
    Some(doc.clean(super::holders::and_people(doc, range, limit)))
}

/// Names behind `tác giả`.
fn authors(doc: &Doc, from: usize, until: usize) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = from;
    while let Some(len) = super::names::name_at(doc, at).or_else(|| pen_name(doc, at)).filter(|len| at + len <= until) {
        names.push(doc.clean(at..at + len));
        at += len;
        if !matches!(doc.key(at), "," | "và" | "-") {
            break;
        }
        at += 1;
    }
    names
}

/// Two or three capitalised words and no more, as authors sign: `Duy Bằng`, `Kim Duyên (Báo A)`.
fn pen_name(doc: &Doc, at: usize) -> Option<usize> {
    let word = |i: &usize| doc.tokens.get(*i).is_some_and(|t| t.capital && !t.upper);
    let len = (at..at + 4).take_while(word).count();
    let rest = doc.slice(at..doc.tokens.len());
    let name = (2..=3).contains(&len)
        && lexicon().bodies.len_at(rest).is_none()
        && lexicon().place_heads.len_at(rest).is_none();
    (name && matches!(doc.key(at + len), "," | ";" | "." | "(" | "-" | "và" | "với")).then_some(len)
}

/// `A, công nhân nhà máy ..., đoạt giải Nhất`: who stands before a verb of winning right before the grade.
fn winner(doc: &Doc, from: usize, grade: usize) -> Vec<String> {
    let Some(verb) = (from.max(grade.saturating_sub(3))..grade)
        .rev()
        .find(|&i| matches!(doc.key(i), "đoạt" | "đạt" | "giành" | "nhận"))
    else {
        return Vec::new();
    };
    // Bí thư Tỉnh đoàn đại diện nhận Bằng khen: somebody else's
    if doc.before(verb) == "diện" {
        return Vec::new();
    }
    // Nhóm tác giả A, B, C đoạt giải Nhất
    if let Some(group) = (from..verb).find(|&i| doc.reads(i, &["tác", "giả"])) {
        let all = people(doc, group + 2..verb);
        if all.len() > 1 {
            return all;
        }
    }
    let mut at = from;
    while at < verb {
        if let Some((mention, _)) = mention_at(doc, at, verb, false) {
            // Trường THPT Nguyễn Trãi được nhận ...: a school, named after somebody
            if super::names::named_after(doc, mention.name.start) > 0 {
                at = mention.name.end.max(at + 1);
                continue;
            }
            // ông A trao phần thưởng cho các tác giả đạt giải Nhất: who hands over
            let gives = |i: usize| matches!(doc.key(i), "trao" | "tặng") && doc.before(i) != "được";
            if (mention.name.end..verb).any(gives) {
                return Vec::new();
            }
            return vec![doc.clean(mention.name.clone())];
        }
        at += 1;
    }
    // Trường A | đón nhận, vinh dự được nhận
    let joins = |end: usize| matches!(doc.before(end), "đón" | "được" | "dự" | "vinh" | "đã" | "cũng");
    let verb = (from..=verb).rev().find(|&end| end == from || !joins(end)).unwrap_or(verb);
    // Đội tuyển huyện ... giành giải Nhất
    let whole = verb <= from + 9 && !(from..verb).any(|i| doc.key(i) == ",");
    let capital = doc.tokens.get(from).is_some_and(|t| t.capital);
    let team = ["đội", "đoàn", "nhóm", "trường", "lớp", "thị", "huyện", "xã"].contains(&doc.key(from));
    if whole && capital && team { vec![doc.clean(from..verb)] } else { Vec::new() }
}

/// Teams and schools that a prize goes to: `đội xã Mã Thành và đội thị trấn Yên Thành`.
fn teams(doc: &Doc, range: Range<usize>) -> Vec<String> {
    let mut found = Vec::new();
    let mut start = range.start;
    for i in range.clone().chain([range.end]) {
        if i < range.end && !matches!(doc.key(i), "," | "và" | ";" | "." | "(" | "với") {
            continue;
        }
        let kind =
            matches!(doc.key(start), "đội" | "đoàn" | "nhóm" | "trường" | "lớp" | "xã" | "huyện" | "phường" | "thị");
        let named = doc.slice(start..i).iter().any(|t| t.capital);
        if kind && named && i <= start + 10 {
            found.push(doc.clean(start..i));
        }
        if matches!(doc.key(i), "(" | "với") {
            break;
        }
        start = i + 1;
    }
    found
}
