//! People as they are named: form of address, rank, name, and the offices before or behind it.

use std::ops::Range;

use super::names::{name_at, name_behind_address, named_after, rare_name_at, shouted_name};
use super::offices::office_at;
use super::shared_offices::{Shared, several, shared_offices};
use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;
use crate::extract::text::{Gap, TokenKind};

/// The most offices that are looked through before or behind a name. Real ones are six or seven; without a bound, a text
/// of nothing but offices would have each of them looked at from all before it.
const OFFICES: usize = 12;

/// A person named in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// From the form of address or the first office to the end of the last office.
    pub tokens: Range<usize>,
    /// The name's tokens.
    pub name: Range<usize>,
    /// The offices' tokens, in the text's order.
    pub positions: Vec<Range<usize>>,
}

/// What stands before a name: how far it reaches and which offices it holds.
fn lead(doc: &Doc, at: usize, limit: usize) -> (usize, bool) {
    let lexicon = lexicon();
    let mut i = at;
    let mut addressed = false;
    // Bà Rịa - Vũng Tàu
    let place = doc.key(at) == "bà" && super::names::place_at(doc, at).is_some();
    if let Some(len) = lexicon.addresses.len_at(doc.slice(i..limit)).filter(|_| !place) {
        i += len;
        addressed = true;
        // ông Ông A, written twice
        i += lexicon
            .addresses
            .len_at(doc.slice(i..limit))
            .filter(|_| doc.tokens.get(i).is_some_and(|t| t.capital))
            .unwrap_or(0);
        // các đồng chí: A, ...; B, ...
        i += usize::from(doc.key(i) == ":" && i < limit);
        if doc.key(i) == "-" {
            i += 1;
        }
    }
    // TT. Thích Gia An: a monk's rank, which before other names is a town's kind
    if doc.reads(i, &["tt", "."]) && matches!(doc.key(i + 2), "thích" | "danh" | "thạch") {
        i += 2;
        addressed = true;
    }
    while let Some(len) = lexicon.ranks.len_at(doc.slice(i..limit)) {
        // Đại biểu Quốc hội khóa XV is an office
        if lexicon.offices.len_at(doc.slice(i..limit)).is_some_and(|office| office > len) {
            break;
        }
        i += len;
        addressed = true;
        i += usize::from(matches!(doc.key(i), "," | "-") && lexicon.ranks.len_at(doc.slice(i + 1..limit)).is_some());
    }
    (i, addressed)
}

/// The person named at token `at`, within `limit`.
///
/// `behind` says whether the last person of the list had the offices before the name: then offices between two names
/// belong to the second.
pub fn mention_at(doc: &Doc, at: usize, limit: usize, behind: bool) -> Option<(Mention, bool)> {
    let (mut i, mut addressed) = lead(doc, at, limit);
    let mut positions: Vec<Range<usize>> = Vec::new();
    while positions.len() < OFFICES
        && let Some(office) = office_at(doc, i, limit)
    {
        i = office.end;
        positions.push(office);
        // bầu 4 Phó Chủ tịch gồm các đồng chí: A, B
        let (listed, all) = if several(doc, at) && matches!(doc.key(i), "gồm" | "là") {
            lead(doc, i + 1, limit)
        } else {
            (i, false)
        };
        if all && doc.before(listed) == ":" && name_at(doc, listed).is_some() {
            addressed = true;
            i = listed;
            break;
        }
        // các Phó Chủ tịch UBND tỉnh: A, B
        // Bí thư Tỉnh ủy - Chủ tịch HĐND tỉnh A; Chủ tịch HĐND tỉnh - A
        let comma = matches!(doc.key(i), "," | ":" | "kiêm" | "-") && i < limit;
        if comma && (speaks_for(doc, at) || answered(doc, at)) {
            return None;
        }
        let next = i + usize::from(comma);
        let (after, more) = lead(doc, next, limit);
        let named = name_at(doc, after).is_some() || more && name_behind_address(doc, after).is_some();
        let dashed = || doc.key(i) == "-" && doc.key(after + name_at(doc, after).unwrap_or(0)) == ",";
        if named && (!comma || doc.key(i) == ":" || more || dashed() || segment_ends(doc, after, limit)) {
            addressed |= more;
            i = after;
            break;
        }
        if comma && office_at(doc, next, limit).is_some() {
            i = next;
        } else {
            break;
        }
    }
    let found =
        if addressed { two_part_name(doc, i, limit).or_else(|| name_behind_address(doc, i)) } else { name_at(doc, i) };
    let loud = || shouted_name(doc, i, addressed, |at| office_at(doc, at, limit).is_some());
    let len = found.or_else(|| name_before_office(doc, i, limit)).or_else(loud).filter(|len| i + len <= limit)?;
    let name = i..i + len;
    let before = !positions.is_empty();
    // Ông A (giữa), Giám đốc ...: where somebody stands in a photograph
    let aside = (name.end..limit.min(name.end + 8)).find(|&i| doc.key(i) == ")").filter(|_| doc.key(name.end) == "(");
    let behind_name =
        aside.filter(|_| office_at(doc, name.end + 1, limit).is_none()).map_or(name.end, |close| close + 1);
    // ông A –, Giám đốc ...: a mark too many
    let behind_name = behind_name + usize::from(doc.reads(behind_name, &["-", ","]));
    let mut end = name.end;
    if before && positions.last().is_some_and(|p| p.end + 5 < name.start) {
        return None;
    }
    let mut behind_name = behind_name;
    if let Some(office) = office_at_once(doc, behind_name, limit).filter(|_| addressed && !before) {
        end = office.end;
        behind_name = end;
        positions.push(office);
    }
    for office in offices_behind(doc, behind_name, limit, before || behind && !addressed) {
        end = office.end;
        positions.push(office);
    }
    // ông A (Giám đốc Sở) phát biểu
    if doc.key(name.end) == "(" && end > name.end && doc.key(end) == ")" {
        end += 1;
    }
    Some((Mention { tokens: at..end, name, positions }, before))
}

/// An office right behind a name, without a mark between: `đồng chí A Phó Bí thư Huyện ủy - Chủ tịch UBND huyện`.
fn office_at_once(doc: &Doc, at: usize, limit: usize) -> Option<Range<usize>> {
    let token = doc.tokens.get(at).filter(|t| !t.upper && t.gap == Gap::Space && at < limit)?;
    let office = office_at(doc, at, limit).filter(|office| office.len() > 1)?;
    // ông A bí thư đảng ủy được bầu làm Chủ tịch
    let former = token.key == "nguyên";
    if !token.capital && !former && !super::registry::verb_follows(doc, office.end, limit) {
        return None;
    }
    let ends = list_mark(doc, office.end, limit) || doc.key(office.end) == "-";
    (ends && name_at(doc, office.end).is_none()).then_some(office)
}

/// `Thừa ủy quyền của Chủ tịch nước, A ...`, `Thay mặt Bí thư Tỉnh ủy, A ...`: the office is somebody else's.
pub fn speaks_for(doc: &Doc, at: usize) -> bool {
    let at = if doc.before(at) == "của" { at - 1 } else { at };
    matches!(
        (doc.before(at.saturating_sub(1)), doc.before(at)),
        ("ủy", "quyền" | "nhiệm") | ("thay", "mặt") | ("được", "sự")
    )
}

/// `Tiếp thu ý kiến của Thứ trưởng, đồng chí A ...`: whom A answers.
fn answered(doc: &Doc, at: usize) -> bool {
    let opener = |i: usize| {
        [["tiếp", "thu"], ["đáp", "lại"], ["sau", "phát"], ["theo", "đề"], ["trả", "lời"], ["trước", "ý"]]
            .iter()
            .any(|words| doc.reads(i, words))
    };
    doc.before(at) == "của" && (at.saturating_sub(9)..at).any(opener)
}

/// A foreign name whose halves a dash joins, an office behind it: `Phôm Sa Vẳn - Xít Thạ Vông, Bí thư ...`.
fn two_part_name(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let run = |from: usize| {
        let word = |i: &usize| doc.tokens.get(*i).is_some_and(|t| t.capital && !t.upper && t.kind == TokenKind::Word);
        (from..limit.min(from + 5)).take_while(word).count()
    };
    if lexicon().common_surnames.len_at(doc.slice(at..limit)).is_some() {
        return None;
    }
    let first = run(at);
    let dash = at + first;
    let second = if doc.key(dash) == "-" && (1..=4).contains(&first) { run(dash + 1) } else { 0 };
    let end = dash + 1 + second;
    let person = (1..=4).contains(&second)
        && doc.key(end) == ","
        && office_at(doc, end + 1, limit).is_some()
        && office_at(doc, dash + 1, limit).is_none()
        && super::offices::body_at(doc, dash + 1, limit).is_none();
    person.then_some(end - at)
}

/// Two syllables that an office follows behind a comma: `Chu Bá, Chủ tịch Hội Nông dân huyện`.
fn name_before_office(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let starts = at == 0 || matches!(doc.before(at), ":" | ";" | "và" | "-" | "•");
    let office = doc.key(at + 2) == "," && office_at(doc, at + 3, limit).is_some();
    let surname = lexicon().surnames.len_at(doc.slice(at..limit)) == Some(1);
    (starts && office && surname).then(|| name_behind_address(doc, at)).flatten().filter(|len| *len == 2)
}

/// Whether a name at `at` is all that a list's item has left: what follows is `;`, a stop or a verb.
fn segment_ends(doc: &Doc, at: usize, limit: usize) -> bool {
    let end = at + name_at(doc, at).unwrap_or(0);
    end >= limit || matches!(doc.key(end), ";" | "." | "và") || lexicon().cues.len_at(doc.slice(end..limit)).is_some()
}

/// The offices that follow a name: `A, Ủy viên ..., Trưởng Ban ...`, `A - Giám đốc ...`, `A (Giám đốc ...)`.
fn offices_behind(doc: &Doc, from: usize, limit: usize, next_owns: bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = from;
    let entry =
        doc.key(at) == ":" && office_at(doc, at + 1, limit).is_some_and(|office| list_mark(doc, office.end, limit));
    while found.len() < OFFICES
        && at < limit
        && (matches!(doc.key(at), "," | "-" | "(" | "và" | "kiêm")
            || entry && found.is_empty()
            || !found.is_empty() && !next_owns && slip(doc, at, limit))
    {
        if doc.key(at) == "và" && found.is_empty() {
            break;
        }
        let (after, led) = lead(doc, at + 1, limit);
        if led && after > at + 1 {
            break;
        }
        let Some(office) = office_at(doc, at + 1, limit).or_else(|| abbreviated(doc, at + 1, limit)) else { break };
        if doc.key(at) == "-" && office.end < office.start + 2 && !doc.tokens.get(office.start).is_some_and(|t| t.upper)
        {
            break;
        }
        // A, Phó Vụ trưởng Vụ Thủy lợi và chuyên viên: others of the same body
        if doc.key(at) == "và" && doc.reads(office.start, &["chuyên", "viên"]) && office.len() == 2 {
            break;
        }
        // the office's own person follows it
        let (next, _) = lead(doc, office.end, limit);
        // Ông A, Giám đốc Cảng Tân Sơn Nhất: what looks like a rare name is the body's
        let bodys = if next == office.end && !next_owns { rare_name_at(doc, next) } else { None };
        if let Some(len) = bodys.filter(|len| list_mark(doc, next + len, limit)) {
            at = next + len;
            found.push(office.start..at);
            continue;
        }
        // ... Chủ tịch UBND xã / Ông B: another line's beginning
        let line = next > office.end && doc.tokens.get(office.end).is_some_and(|t| t.capital && t.gap == Gap::Line);
        let owner_follows = name_at(doc, next).is_some() && next <= office.end + 4 && !line;
        if owner_follows {
            if next_owns {
                found.clear();
            }
            break;
        }
        // a list of persons with offices first: the chain up to the next name is that person's
        if next_owns && chain_owner(doc, office.end, limit) {
            found.clear();
            break;
        }
        at = office.end;
        found.push(office);
        if doc.key(at) == ")" {
            break;
        }
    }
    found
}

/// `A, Ủy viên Ban Thường vụ; Phó Chủ tịch HĐND tỉnh; B, Phó trưởng Đoàn`: a semicolon among one person's offices, where
/// the people of the list are named.
fn slip(doc: &Doc, at: usize, limit: usize) -> bool {
    let office = || office_at(doc, at + 1, limit).filter(|_| doc.tokens.get(at + 1).is_some_and(|t| t.capital));
    let ends = |office: &Range<usize>| doc.key(office.end) == ";" && !office.clone().any(|i| doc.key(i) == "các");
    doc.key(at) == ";" && office().filter(ends).is_some_and(|office| name_at(doc, office.end + 1).is_some())
}

/// Whether an item of a list, or the whole of it, ends here.
fn list_mark(doc: &Doc, at: usize, limit: usize) -> bool {
    at >= limit
        || matches!(doc.key(at), "," | ";" | "." | ")" | "và" | "cùng")
        || super::registry::verb_follows(doc, at, limit)
}

/// An office in letters that the vocabulary does not know: `A - TUV, Bí thư ...`.
fn abbreviated(doc: &Doc, at: usize, limit: usize) -> Option<Range<usize>> {
    let token = doc.tokens.get(at).filter(|t| t.upper && t.key.chars().count() <= 6)?;
    let alone = at + 1 >= limit || matches!(doc.key(at + 1), "," | ";");
    let body = lexicon().bodies.len_at(doc.slice(at..limit)).is_some();
    (alone && !body && token.gap > crate::extract::text::Gap::None).then_some(at..at + 1)
}

/// Whether the chain of offices that has reached `at` ends in a name.
fn chain_owner(doc: &Doc, at: usize, limit: usize) -> bool {
    let mut at = at;
    for _ in 0..OFFICES {
        if doc.key(at) != "," || at >= limit {
            return false;
        }
        let Some(office) = office_at(doc, at + 1, limit) else { return false };
        if name_at(doc, office.end).is_some() {
            return true;
        }
        at = office.end;
    }
    false
}

/// `ông A (Công ty May Phú Hòa Đông)`: what looks like a rare name ends the name of where somebody works.
fn of_a_body(doc: &Doc, mention: &Mention) -> bool {
    let at = mention.name.start;
    let inside = doc.key(mention.name.end) == ")" && mention.tokens.start == at && mention.positions.is_empty();
    let body = |i: usize| {
        let body = super::offices::body_at(doc, i + 1, mention.name.end);
        doc.key(i) == "(" && body.is_some_and(|body| body.end == at)
    };
    inside && rare_name_at(doc, at).is_some() && (at.saturating_sub(8)..at).any(body)
}

/// All people named in full in the body, in order.
pub fn mentions(doc: &Doc) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for sentence in &doc.sentences {
        let mut at = sentence.start;
        let mut behind = false;
        let mut shared: Option<Shared> = None;
        while at < sentence.end {
            // Trường THPT Nguyễn Trãi đăng cai: a school is nobody
            let school = if doc.tokens.get(at).is_some_and(|t| t.capital) { named_after(doc, at) } else { 0 };
            if school > 0 {
                at += school;
                continue;
            }
            let Some((mut mention, before)) = mention_at(doc, at, sentence.end, behind) else {
                at += 1;
                continue;
            };
            if of_a_body(doc, &mention) {
                at = mention.name.end;
                continue;
            }
            let end = mention.tokens.end.max(mention.name.end);
            match &mut shared {
                // a further name of the list, with nothing but its separator before it
                Some(list) if list.holds_for(doc, &mention, before) => {
                    let mut positions = list.offices.clone();
                    positions.append(&mut mention.positions);
                    mention.positions = positions;
                    list.separator.get_or_insert_with(|| doc.key(list.last).to_owned());
                    list.last = end;
                }
                _ => shared = shared_offices(doc, &mention, sentence.start).map(|list| Shared { last: end, ..list }),
            }
            at = end;
            behind = before;
            found.push(mention);
        }
    }
    found
}
