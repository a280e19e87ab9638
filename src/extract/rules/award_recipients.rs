//! Who got an award, where the text names them: in lists behind a count, behind `thuộc về` or `cho`, before `đoạt`.

use std::ops::Range;

use super::mentions::mention_at;
use super::offices::body_at;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;

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
    let lists: Vec<usize> = (name.end..until)
        .filter(|&i| {
            (matches!(doc.key(i), ":" | "là" | "gồm") || named_next(doc, i))
                && (right_behind_count(doc, i)
                    || i < name.end + 2 && doc.key(i) == "gồm"
                    || works && i == name.end && doc.key(i) == ":")
        })
        .collect();
    for (n, &list) in lists.iter().enumerate() {
        let end = lists.get(n + 1).copied().unwrap_or(until);
        let stop = (list + 1..end).find(|&i| counts(doc, i) || doc.key(i) == ";").unwrap_or(end);
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
    // ..., trong đó có Công ty A
    let among = (name.end..until).find(|&i| doc.reads(i, &["trong", "đó", "có"]) && !counts(doc, i + 3));
    names.extend(among.into_iter().flat_map(|i| bodies(doc, i + 3, until)));
    names.extend(one_among(doc, clause.start..name.start));
    if works {
        names.extend(
            (name.end..until).filter(|&i| doc.reads(i, &["tác", "giả"])).flat_map(|i| authors(doc, i + 2, until)),
        );
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
fn counts(doc: &Doc, at: usize) -> bool {
    let end = super::numbers::quantity(doc, at)
        .map(|q| q.end)
        .or_else(|| super::numbers::in_words(doc, at).map(|(len, _)| at + len));
    end.is_some_and(|end| {
        doc.tokens.get(end).is_some_and(|t| !t.capital && t.kind == crate::extract::text::TokenKind::Word)
    }) || matches!(doc.key(at), "các" | "những" | "hơn" | "trên" | "gần")
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
    (name && matches!(doc.key(at + len), "," | ";" | "." | "(" | "-" | "và")).then_some(len)
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

/// The items of a list of bodies and people: names without forms of address or what comes behind a comma.
fn items(doc: &Doc, range: Range<usize>) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if let Some((mention, _)) = mention_at(doc, at, range.end, false) {
            found.push(doc.clean(mention.name.clone()));
            // what explains a person goes up to the next item that names one
            let end = mention.tokens.end.max(mention.name.end);
            let next = (end..range.end).find(|&i| {
                matches!(doc.key(i), "," | ";" | "và") && mention_at(doc, i + 1, range.end, false).is_some()
            });
            let semicolon = (end..range.end).find(|&i| doc.key(i) == ";");
            at = match (next, semicolon) {
                (Some(next), Some(semicolon)) => next.min(semicolon),
                (next, semicolon) => next.or(semicolon).unwrap_or(range.end),
            } + 1;
            continue;
        }
        // a body's name may hold a comma or an `và`, and goes on to the next one
        let body = body_at(doc, at, range.end).filter(|_| doc.tokens.get(at).is_some_and(|t| t.capital));
        let stop = (body.map_or(at, |body| body.end)..range.end)
            .find(|&i| matches!(doc.key(i), "," | ";" | "và" | "." | ")") && !abbreviated(doc, i))
            .unwrap_or(range.end);
        // Trường Cao đẳng nghề | có nhiều thí sinh ...: what it got the award for
        let end = (at + 1..stop).find(|&i| matches!(doc.key(i), "có" | "vì" | "đã" | "đạt" | "về")).unwrap_or(stop);
        // Chiến sĩ thi đua cấp tỉnh: 60 cá nhân
        let counted = (at..end).any(|i| counts(doc, i) || doc.key(i) == ":");
        if stop > at && doc.tokens.get(at).is_some_and(|t| t.capital) && !counted {
            found.push(doc.clean(at..end));
        }
        at = stop.max(at) + 1;
    }
    found
}

/// `TP. Hồ Chí Minh`
fn abbreviated(doc: &Doc, at: usize) -> bool {
    doc.key(at) == "." && at > 0 && lexicon().dotted.contains(doc.before(at))
}
