//! Names of places and of people, by their form alone.

use crate::extract::lexicon::{Place, lexicon};
use crate::extract::structure::Doc;
use crate::extract::text::{Gap, Token, TokenKind};

/// A place at token `at`, its introducing word included: how many tokens, and which place if it is a known one.
pub fn place_at(doc: &Doc, at: usize) -> Option<(usize, Option<Place>)> {
    let rest = doc.slice(at..doc.tokens.len());
    if let Some((len, code)) = lexicon().districts.longest(rest) {
        return Some((len, Some(Place::District(code))));
    }
    // Phát triển nông thôn is no village
    let head = lexicon().place_heads.len_at(rest).filter(|_| !rural(doc, at)).unwrap_or(0);
    let after = rest.get(head..).unwrap_or_default();
    let capital = after.first().is_some_and(|t| t.capital);
    if let Some((len, name)) = lexicon().provinces.longest(after).filter(|_| capital) {
        return Some((head + len, Some(Place::Province(name))));
    }
    // an unknown place behind its word: up to three capitalised words. Provinces and districts are all known; behind
    // their words, and where three words begin with a family name, a person's name begins
    let run = run(after).min(3);
    let small = matches!(
        rest.get(head.saturating_sub(1)).map(|t| t.key.as_str()),
        Some("xã" | "phường" | "trấn" | "thôn" | "bản" | "khu")
    );
    let surname = |i: usize| lexicon().common_surnames.len_at(after.get(i..).unwrap_or_default()).is_some();
    // ... UBND xã / Ông Trương Văn An: a person on the next line
    let person = lexicon().addresses.len_at(after).is_some() && run > 1;
    if head == 0
        || run == 0
        || person
        || !small
        || rest.first().is_some_and(|t| t.key == "thị") && head == 2 && rest.get(1).is_some_and(|t| t.key == "xã")
        || surname(0) && run > 2
    {
        return None;
    }
    Some((head + (1..run).find(|&i| surname(i)).unwrap_or(run), None))
}

/// The longest run of capitalised words that is looked at: no name is as long, and a text may be nothing but capitals.
const MAX_RUN: usize = 16;

/// The second half of `nông thôn`, the countryside.
fn rural(doc: &Doc, at: usize) -> bool {
    doc.key(at) == "thôn" && doc.before(at) == "nông"
}

/// How many tokens a run of capitalised words takes, at most about [`MAX_RUN`]; `Nguyễn-Phúc` and `Y-Thinh` are joined by their hyphen.
fn run(tokens: &[Token]) -> usize {
    let word = |t: &Token| t.kind == TokenKind::Word && t.capital && !t.upper;
    let mut len = 0;
    while let Some(token) = tokens.get(len).filter(|_| len < MAX_RUN) {
        let apart = len == 0 || token.gap == Gap::Space || token.gap == Gap::Line;
        let hyphen = token.key == "-" && token.gap == Gap::None && len > 0;
        // bà Lê Thị Mơ-Ủy viên Ban Thường vụ: an office follows the hyphen
        let office = || lexicon().offices.len_at(tokens.get(len + 1..).unwrap_or_default()).is_some_and(|n| n > 1);
        // Lý Rô-tha, and no more of it: a word that goes on would be something else
        let ends = |t: Option<&Token>| t.is_none_or(|t| t.kind == TokenKind::Mark && t.key != "-");
        let small = |t: &Token| t.kind == TokenKind::Word && !t.capital && ends(tokens.get(len + 2));
        let next = tokens.get(len + 1).filter(|next| next.gap == Gap::None);
        let joined = hyphen && next.is_some_and(|next| word(next) || small(next)) && !office();
        if word(token) && apart {
            len += 1;
        } else if hyphen && joined {
            len += 2;
        } else {
            break;
        }
    }
    len
}

/// The same in capitals throughout: `NGUYỄN VĂN AN`.
fn shouted(tokens: &[Token]) -> usize {
    let letter = |t: &Token| t.capital && t.key.chars().count() == 1;
    let word = |t: &Token| t.kind == TokenKind::Word && (t.upper || letter(t)) && t.key.chars().count() <= 7;
    let run = tokens
        .iter()
        .take(MAX_RUN)
        .enumerate()
        .take_while(|(i, t)| word(t) && (*i == 0 || t.gap == Gap::Space))
        .count();
    // ÔNG LÊ VĂN AN TRÌNH BÀY
    let verb = |i: &usize| {
        let tail = tokens.get(*i..).unwrap_or_default();
        lexicon().cues.len_at(tail).is_some_and(|len| len > 1)
            || lexicon().offices.len_at(tail).is_some_and(|len| len > 1)
    };
    (2..run).find(verb).unwrap_or(run)
}

/// How surely the words at a place are a person's name by their form.
enum Form {
    /// Begins with one of the frequent family names, or goes on with Thị or Văn.
    Sure,
    /// Begins with a rarer family name, which may be an ordinary word.
    Likely,
}

fn form(tokens: &[Token]) -> Option<(usize, Form)> {
    let lexicon = lexicon();
    let key = |i: usize| tokens.get(i).map_or("", |t| t.key.as_str());
    // H'Hen, K'Dinh
    let apostrophe = key(0).chars().nth(1) == Some('\'');
    let middle = matches!(key(1), "thị" | "văn") && tokens.get(1..3).is_some_and(|two| two.iter().all(|t| t.capital));
    if middle || apostrophe {
        return Some((1, Form::Sure));
    }
    if let Some(len) = lexicon.common_surnames.len_at(tokens) {
        return Some((len, Form::Sure));
    }
    lexicon.surnames.len_at(tokens).map(|len| (len, Form::Likely))
}

/// A person's name at token `at`: how many tokens. It begins with a family name and has two to five more syllables;
/// it ends where an office begins.
pub fn name_at(doc: &Doc, at: usize) -> Option<usize> {
    let rest = doc.slice(at..doc.tokens.len());
    let lexicon = lexicon();
    let (surname, form) = form(rest)?;
    let run = run(rest);
    let sure = matches!(form, Form::Sure);
    // Mạc Thị Huyền Trâm does not begin with Thị
    let inside = matches!(doc.key(at), "thị" | "văn") && doc.tokens.get(at.wrapping_sub(1)).is_some_and(|t| t.capital);
    // xã Trần Phú is a place; UBND tỉnh Trần Song Tùng is a person
    let behind_place_head =
        at > 0 && lexicon.place_heads.len_at(doc.slice(at - 1..at)).is_some() && !rural(doc, at - 1);
    let known_places = matches!(doc.before(at), "tỉnh" | "huyện" | "phố" | "quận");
    let place_name = behind_place_head && !known_places && (run < 3 || !sure);
    let word = !sure && run < 3;
    if run < surname + 1 || inside || place_name || word || !a_name(rest, run) {
        return None;
    }
    // Đoàn Lãnh sự quán is a body's; Thanh Niên Việt Nam is a country's
    let other = (1..=surname).any(|i| {
        let tail = rest.get(i..).unwrap_or_default();
        let longer = |len: Option<usize>| len.is_some_and(|len| len > 1 && i + len > run);
        [
            lexicon.offices.len_at(tail),
            lexicon.bodies.len_at(tail),
            lexicon.ranks.len_at(tail),
            lexicon.cues.len_at(tail),
        ]
        .into_iter()
        .any(longer)
    });
    let country = !sure
        && ((1..run).any(|i| doc.reads(at + i, &["việt", "nam"]))
            || place_at(doc, at + surname).is_some_and(|(len, _)| len + surname == run));
    // Tỉnh Đoàn Trà Vinh, Đoàn Trà Vinh: a body and its place
    let places = lexicon.bodies.len_at(rest) == Some(1)
        && (place_at(doc, at + 1).is_some_and(|(len, _)| len + 1 >= run)
            || doc.tokens.get(at.wrapping_sub(1)).is_some_and(|t| t.capital && t.gap > Gap::None)
                && matches!(doc.before(at), "tỉnh" | "thành" | "huyện" | "thị" | "quận"));
    // Bí thư Trung ương Đoàn Lê Văn A: the union is no family name
    let union = doc.key(at) == "đoàn"
        && matches!(doc.before(at), "ư" | "ương" | "tw" | "tư")
        && lexicon.common_surnames.len_at(rest.get(1..).unwrap_or_default()).is_some();
    // Cảng HKQT Tân Sơn Nhất: behind letters, what begins with a rare family name is a body's
    let letters = !sure
        && doc.tokens.get(at.wrapping_sub(1)).is_some_and(|t| t.upper)
        && (2..=3).any(|n| at >= n && lexicon.bodies.len_at(doc.slice(at - n..at)) == Some(n - 1));
    if other || country || places || letters || union {
        return None;
    }
    if let Some((len, _)) = place_at(doc, at) {
        // Hà Nội; and Hà Nội Trần Văn ...: the name begins behind the place
        if len >= run || lexicon.common_surnames.len_at(rest.get(len..).unwrap_or_default()).is_some() {
            return None;
        }
    }
    // a rare family name that is an ordinary word, before a frequent one: the name begins there
    if !sure && run > 3 {
        let frequent = |i: usize| lexicon.common_surnames.len_at(rest.get(i..).unwrap_or_default()).is_some();
        if (1..run - 1).any(|i| run >= i + 3 && frequent(i)) {
            return None;
        }
    }
    let len = name_end(rest, surname + 1, run);
    ((surname + 1..=surname + 5).contains(&len)).then_some(len)
}

/// A name in capitals throughout that needs no form of address: an office follows it behind a mark (`LÊ VĂN AN - Giám
/// đốc ...`), which `office` tells.
pub fn shouted_name(doc: &Doc, at: usize, addressed: bool, office: impl Fn(usize) -> bool) -> Option<usize> {
    let rest = doc.slice(at..doc.tokens.len());
    if !rest.first().is_some_and(|t| t.upper) {
        return None;
    }
    let len = shouted(rest);
    // ông KIM YOEUN - Phó Cục trưởng: behind a form of address any name may stand
    let surname = addressed || lexicon().surnames.len_at(rest).is_some() || matches!(doc.key(at + 1), "thị" | "văn");
    let marked = matches!(doc.key(at + len), "," | "-" | "(" | ":");
    ((2..=5).contains(&len) && surname && marked && !is_body_head(rest) && office(at + len + 1)).then_some(len)
}

/// The same, where the family name is a rare one, which may be a place's or a company's first word.
pub fn rare_name_at(doc: &Doc, at: usize) -> Option<usize> {
    let rare = form(doc.slice(at..doc.tokens.len())).is_some_and(|(_, form)| matches!(form, Form::Likely));
    name_at(doc, at).filter(|_| rare)
}

/// A name behind a form of address or a rank, which needs no known family name: `ông Park Jong Min`, `bà Kim Mi-yeon`.
pub fn name_behind_address(doc: &Doc, at: usize) -> Option<usize> {
    if let Some(len) = name_at(doc, at) {
        return Some(len);
    }
    let rest = doc.slice(at..doc.tokens.len());
    let mut run = run(rest);
    let loud = shouted(rest);
    if (2..=5).contains(&loud) && lexicon().surnames.len_at(rest).is_some() && !is_body_head(rest) {
        return Some(loud);
    }
    if let Some(len) = transcribed(rest) {
        return Some(len);
    }
    // ông K'Brèm
    let apostrophe = rest.first().is_some_and(|t| t.key.chars().nth(1) == Some('\''));
    if run == 1 && apostrophe {
        return Some(1);
    }
    if run < 2 || !a_name(rest, run) || place_at(doc, at).is_some_and(|(len, _)| len >= run) {
        return None;
    }
    run = name_end(rest, 2, run);
    let tail = doc.tokens.get(at + run + 1).is_some_and(|t| t.gap == Gap::None && t.kind == TokenKind::Word);
    if doc.key(at + run) == "-" && doc.tokens.get(at + run).is_some_and(|t| t.gap == Gap::None) && tail {
        run += 2;
    }
    (run <= 6).then_some(run)
}

/// A foreign name as it is heard, its syllables joined: `Thông-luông Xi-xu-lít`.
fn transcribed(tokens: &[Token]) -> Option<usize> {
    let word = |i: usize| tokens.get(i).filter(|t| t.kind == TokenKind::Word);
    let tight = |i: usize| tokens.get(i).is_some_and(|t| t.gap == Gap::None);
    let mut len = 0;
    let mut joined = false;
    while len < MAX_RUN && word(len).is_some_and(|t| t.capital && (len == 0 || t.gap > Gap::None)) {
        len += 1;
        while tokens.get(len).is_some_and(|t| t.key == "-") && tight(len) && tight(len + 1) && word(len + 1).is_some() {
            joined |= word(len + 1).is_some_and(|t| !t.capital);
            len += 2;
        }
    }
    (joined && len > 2).then_some(len)
}

/// How many tokens the name takes that a school or a company has, where its kind stands right before `at`: a school is
/// mostly named after somebody (`Trường THPT Nguyễn Trãi`), a company may seem to be (`Công ty Quế Lâm Sơn`).
pub fn named_after(doc: &Doc, at: usize) -> usize {
    let two = (doc.before(at.saturating_sub(1)), doc.before(at));
    let school = matches!(two.1, "thpt" | "thcs" | "ptth" | "ptcs" | "ptdt" | "ptdtnt" | "ptdtbt" | "dtnt" | "chuyên")
        || matches!(two, ("tiểu" | "trung" | "đại", "học") | ("mầm", "non") | ("phổ", "thông") | ("chính", "trị"))
            && (at.saturating_sub(4)..at).any(|i| doc.key(i) == "trường");
    let company = matches!(
        two,
        ("công", "ty") | ("doanh", "nghiệp") | ("tập", "đoàn") | ("cổ" | "cp" | "ty", "phần" | "than" | "cp")
    ) || matches!(two.1, "tnhh" | "mtv");
    if !school && !company {
        return 0;
    }
    let rest = doc.slice(at..doc.tokens.len());
    let run = run(rest).min(9);
    let Some((_, form)) = form(rest).filter(|_| run > 1) else { return 0 };
    // a person's name that follows: Trường THCS Lê Lợi Trịnh Thị Sim
    let surname = |i: usize| lexicon().common_surnames.len_at(rest.get(i..).unwrap_or_default()).is_some();
    let next = (2..run).find(|&i| surname(i) && run >= i + 3);
    match (school, form) {
        (true, _) => next.unwrap_or(run.min(4)),
        (false, Form::Likely) => next.unwrap_or(run),
        // Công ty CP than Hà Lầm
        (false, Form::Sure) if two.1 == "than" => next.unwrap_or(run.min(2)),
        (false, Form::Sure) => 0,
    }
}

/// Whether capitalised words are no office, body, district or country.
fn a_name(tokens: &[Token], run: usize) -> bool {
    let lexicon = lexicon();
    lexicon.offices.len_at(tokens).is_none()
        && lexicon.not_names.len_at(tokens).is_none()
        && !is_body_head(tokens)
        && !is_district(tokens, run)
}

/// Where a name ends within a run of capitalised words: before an office or a rank.
fn name_end(tokens: &[Token], from: usize, run: usize) -> usize {
    let lexicon = lexicon();
    let stop = |i: &usize| {
        let tail = tokens.get(*i..).unwrap_or_default();
        lexicon.offices.len_at(tail).is_some_and(|len| len > 1) || lexicon.ranks.len_at(tail).is_some_and(|len| len > 1)
    };
    (from..run).find(stop).unwrap_or(run)
}

/// Whether a body's name begins here: by a head of several words, or of one that is no frequent family name.
fn is_body_head(tokens: &[Token]) -> bool {
    lexicon().bodies.len_at(tokens).is_some_and(|len| len > 1 || lexicon().common_surnames.len_at(tokens).is_none())
}

/// Whether all of the capitalised words here are a district's name.
fn is_district(tokens: &[Token], run: usize) -> bool {
    lexicon().district_names.len_at(tokens) == Some(run)
}
