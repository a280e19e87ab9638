//! Behind the verb: whom it names there (`Phát biểu tại hội nghị, A ...`), and the lists it heads (`Dự hội nghị có A; B`).

use std::ops::Range;

use super::acts::Actor;
use crate::domain::ParticipantRole;
use crate::extract::lexicon::{Cue, Roles};
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// The verb that heads a list which begins with this actor: `Dự hội nghị có các đồng chí: A; B`, `với sự tham dự của
/// A`, `vinh dự được đón A`, `trong đó có A`.
pub fn heads_list(
    doc: &Doc,
    sentence: &Range<usize>,
    pending: &[&(Range<usize>, Cue)],
    actor: &Actor,
) -> Option<(Range<usize>, Cue)> {
    let start = actor.tokens.start;
    // các Phó Chủ tịch: A, B
    let number = |i: usize| doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number);
    let plural = (sentence.start..start)
        .rev()
        .take_while(|&i| matches!(doc.key(i), "các" | "hai" | "ba" | "số" | "một") || number(i))
        .count();
    let start = start - plural;
    let before = start.checked_sub(1).filter(|b| *b >= sentence.start)?;
    let attends = |cue: &Cue| cue.roles == Roles::one(ParticipantRole::Attendee);
    let takes_part = |cue: &Cue| {
        attends(cue)
            || [ParticipantRole::Chair, ParticipantRole::CoChair, ParticipantRole::Directing]
                .iter()
                .any(|r| cue.roles.has(*r))
    };
    match doc.key(before) {
        "có" | "gồm" | ":" | "là" | "còn" => {
            // what is said opens the sentence, or it is no list's: `..., đánh giá ..., trong đó có A`
            let opens = pending.first().is_some_and(|(verb, _)| verb.start < sentence.start + 3);
            let talk = |verb: &Range<usize>| {
                matches!(
                    doc.key(verb.start),
                    "tham"
                        | "phát"
                        | "trình"
                        | "thảo"
                        | "trao"
                        | "trả"
                        | "giải"
                        | "đối"
                        | "kết"
                        | "khai"
                        | "báo"
                        | "giới"
                )
            };
            let spoken = pending.last().filter(|(verb, cue)| {
                (opens || doc.key(before) == ":") && (talk(verb) || cue.roles.has(ParticipantRole::Presenter))
            });
            let chosen = pending.iter().rev().find(|(_, cue)| takes_part(cue)).or(spoken);
            match chosen {
                // trao ... cho hai cá nhân: A, B receive
                Some((_, cue)) if cue.roles.has(ParticipantRole::AwardPresenter) => None,
                Some((verb, _)) if (sentence.start..verb.start).any(|i| doc.key(i) == "sẽ") => None,
                Some((verb, cue)) => {
                    // at most the meeting, its place and its date stand between
                    let near = start < verb.end + 40 && !(verb.end..start).any(|i| matches!(doc.key(i), ";" | "."));
                    near.then(|| (verb.clone(), Cue { roles: together(doc, pending, cue.roles), ..*cue }))
                }
                None if doc.key(before) != "có" && teachers(doc, sentence.start) => {
                    Some((before..start, Cue { roles: Roles::one(ParticipantRole::Presenter), assigns: false }))
                }
                None if introduces(doc, before) && sent(doc, sentence.start..before) => {
                    Some((before..start, Cue { roles: Roles::one(ParticipantRole::Attendee), assigns: false }))
                }
                None if introduces(doc, before) && besides(doc, sentence.start..before) => {
                    Some((before..start, Cue { roles: Roles::one(ParticipantRole::Attendee), assigns: false }))
                }
                None if introduces(doc, before) && site_or_meeting(doc, sentence.start..before) => {
                    Some((before..start, Cue { roles: Roles::one(ParticipantRole::Attendee), assigns: false }))
                }
                None => None,
            }
        }
        "của" => {
            let (verb, cue) = pending.last()?;
            let will = (sentence.start..verb.start).any(|i| doc.key(i) == "sẽ");
            // Tới dự và chỉ đạo hội nghị có sự tham gia của A
            let opening = pending.first().filter(|(first, cue)| first.start < sentence.start + 3 && takes_part(cue));
            let roles = opening.map_or(cue.roles, |(_, opening)| opening.roles.and(cue.roles));
            // Tham luận của A do bận công tác được thư ký đọc thay
            let read_out = (start..sentence.end).any(|i| doc.reads(i, &["đọc", "thay"]));
            let noun = verb_as_noun(doc, sentence, verb, before) && !passed_on(doc, sentence, verb.start) && !read_out;
            (!will && noun).then(|| (verb.clone(), Cue { roles, ..*cue }))
        }
        // bầu 4 Phó Chủ tịch gồm các đồng chí: A, B
        "bầu" if plural > 0 => {
            Some((before..start, Cue { roles: Roles::one(ParticipantRole::Attendee), assigns: false }))
        }
        // Cùng dự còn có Trưởng các Ban HĐND tỉnh; Giám đốc Sở A: the list began with some without names
        "," | ";" | "và" | "cùng" if listed_behind(doc, pending.last().copied(), before, takes_part) => {
            pending.last().map(|(verb, cue)| (verb.clone(), *cue))
        }
        _ => {
            let (verb, cue) = pending.last()?;
            // Tham dự buổi lễ PGS.TS. A; TS. B
            let at = super::titles::head_at(doc, verb.end, start).is_some_and(|(len, _)| verb.end + len == start);
            if at && attends(cue) && verb.start <= sentence.start + 1 && doc.before(verb.end) == "dự" {
                return Some((verb.clone(), *cue));
            }
            let object = verb.end == start
                && attends(cue)
                && matches!(doc.before(verb.end), "đón" | "tiếp" | "với" | "cùng" | "mừng" | "mặt");
            object.then(|| (verb.clone(), *cue))
        }
    }
}

/// Whether `có` or `gồm` follows the verb, the meeting between them, and nothing but a list lies between that and `before`.
fn listed_behind(
    doc: &Doc,
    verb: Option<&(Range<usize>, Cue)>,
    before: usize,
    takes_part: impl Fn(&Cue) -> bool,
) -> bool {
    let Some((verb, _)) = verb.filter(|(_, cue)| takes_part(cue)) else { return false };
    let Some(has) = (verb.end..before).find(|&i| matches!(doc.key(i), "có" | "gồm")) else { return false };
    let clause = |i: usize| matches!(doc.key(i), "đã" | "được" | "là" | "." | ":" | "tổ" | "nghe" | "về");
    has < verb.end + 16 && before < has + 60 && !(verb.end..before).any(clause)
}

/// `có`, `gồm`, `có:`, `gồm có:` before the first of a list.
fn introduces(doc: &Doc, before: usize) -> bool {
    matches!(doc.key(before), "có" | "gồm") || doc.key(before) == ":" && matches!(doc.before(before), "có" | "gồm")
}

/// The roles of all the verbs that head a list together: `Đến dự, phát biểu và tặng hoa có A`.
fn together(doc: &Doc, pending: &[&(Range<usize>, Cue)], chosen: Roles) -> Roles {
    let mut roles = chosen;
    for pair in pending.windows(2) {
        let [(a, first), (b, second)] = pair else { continue };
        // Dự khai mạc lớp học: what they were at
        let joined =
            b.start > a.end && b.start <= a.end + 2 && (a.end..b.start).all(|i| matches!(doc.key(i), "," | "và"));
        let wishes = doc.reads(b.start, &["chúc", "mừng"]);
        if joined && !wishes && !first.assigns && !second.assigns {
            roles = roles.and(first.roles).and(second.roles);
        }
    }
    roles
}

/// `Ngoài ra, còn có A`: a list of guests goes on.
fn besides(doc: &Doc, range: Range<usize>) -> bool {
    let openers: [&[&str]; 4] = [&["ngoài", "ra"], &["bên", "cạnh", "đó"], &["cùng", "với", "đó"], &["cùng", "đó"]];
    let Some(opener) = openers.iter().find(|words| doc.reads(range.start, words)) else { return false };
    (range.start + opener.len()..range.end).all(|i| matches!(doc.key(i), "," | "còn"))
}

/// `Đoàn đại biểu HĐND huyện có A; B đã tiếp xúc cử tri`, `Tổ đại biểu số 2 gồm A`: who came.
fn sent(doc: &Doc, range: Range<usize>) -> bool {
    let from = range.start.max(range.end.saturating_sub(12));
    let heads: [&[&str]; 4] =
        [&["đoàn", "đại", "biểu"], &["tổ", "đại", "biểu"], &["đoàn", "công", "tác"], &["đoàn", "giám", "sát"]];
    let head = (from..range.end).rfind(|&i| heads.iter().any(|head| doc.reads(i, head)));
    head.is_some_and(|head| !(head..range.end).any(|i| matches!(doc.key(i), "," | ";" | "đã" | "của" | "không")))
}

/// `Báo cáo viên là A`, `Giảng viên lớp tập huấn gồm A; B`.
fn teachers(doc: &Doc, at: usize) -> bool {
    let at = at + usize::from(doc.key(at) == "các");
    [&["báo", "cáo", "viên"][..], &["giảng", "viên"], &["diễn", "giả"]].iter().any(|words| doc.reads(at, words))
}

/// `Đó là khẳng định của A`, `Đây là yêu cầu của A`.
pub fn said_by(doc: &Doc, sentence: &Range<usize>, actor: &Actor) -> bool {
    let start = actor.tokens.start;
    let opens = matches!(doc.key(sentence.start), "đó" | "đây") && doc.key(sentence.start + 1) == "là";
    let words = [
        ["yêu", "cầu"],
        ["đề", "nghị"],
        ["khẳng", "định"],
        ["phát", "biểu"],
        ["nhận", "định"],
        ["chia", "sẻ"],
        ["ý", "kiến"],
        ["chỉ", "đạo"],
        ["nhấn", "mạnh"],
        ["đánh", "giá"],
        ["thông", "tin"],
        ["lưu", "ý"],
    ];
    opens
        && doc.before(start) == "của"
        && start < sentence.start + 14
        && (sentence.start..start).any(|i| words.iter().any(|word| doc.reads(i, word)))
}

/// Whether a verb stands for what somebody does: `sự tham dự của A`, `bài phát biểu của A`, `tham luận "..." của A`.
fn verb_as_noun(doc: &Doc, sentence: &Range<usize>, verb: &Range<usize>, of: usize) -> bool {
    let title = doc.key(verb.end) == "\"" && doc.before(of) == "\"" && of < verb.end + 40;
    let before = doc.before(verb.start);
    let noun = matches!(before, "sự" | "bài" | "phần" | "lời" | "kiến");
    // nghe tham luận của A; Phát biểu của A
    let said = matches!(doc.key(verb.start), "phát" | "tham") || doc.reads(verb.start, &["báo", "cáo", "đề", "dẫn"]);
    let first = verb.start == sentence.start;
    (verb.end == of || title)
        && (noun
            || said && (first || title || matches!(before, "nghe" | "qua" | "trong" | "sau" | "các" | "là" | "với")))
}

/// `A quán triệt bài phát biểu của Tổng Bí thư B`: B spoke elsewhere.
fn passed_on(doc: &Doc, sentence: &Range<usize>, said: usize) -> bool {
    let words = [["quán", "triệt"], ["phổ", "biến"], ["truyền", "đạt"], ["học", "tập"], ["tinh", "thần"]];
    let from = sentence.start.max(said.saturating_sub(12));
    (from..said).any(|i| words.iter().any(|word| doc.reads(i, word)))
}

/// `Bằng khen được trao bởi A`, `Phần báo cáo thuộc về A`: the one who acts stands behind.
pub fn passive<'v>(
    doc: &Doc,
    sentence: &Range<usize>,
    pending: &[&'v (Range<usize>, Cue)],
    actor: &Actor,
) -> Option<&'v (Range<usize>, Cue)> {
    let start = actor.tokens.start;
    let verb = pending.last()?;
    let before = start.checked_sub(1).filter(|b| *b > sentence.start)?;
    let by = doc.key(before) == "bởi" && before < verb.0.end + 3;
    let part = doc.key(before) == "về" && doc.before(before) == "thuộc" && doc.before(verb.0.start) == "phần";
    (by || part && before < verb.0.end + 6).then_some(*verb)
}

/// Whether what opens a sentence is a site, a meeting or a side of it: `Về phía tỉnh có A`.
fn site_or_meeting(doc: &Doc, range: Range<usize>) -> bool {
    // Tại điểm cầu A, B chủ trì; tại điểm cầu C có D
    let clause = range.clone().rev().find(|&i| doc.key(i) == ";").filter(|&i| doc.reads(i + 1, &["tại"]));
    let range = clause.map_or(range.start, |i| i + 1)..range.end;
    range.clone().any(|i| {
        doc.reads(i, &["điểm", "cầu"])
            || doc.reads(i, &["đầu", "cầu"])
            || doc.reads(i, &["về", "phía"])
            || doc.key(i) == "phía" && i == range.start
            // Về lãnh đạo huyện có A, Lãnh đạo tỉnh có A
            || i == range.start
                && (doc.reads(i, &["lãnh", "đạo"]) || doc.reads(i, &["về", "lãnh", "đạo"]))
                && range.len() < 9
            // Đại diện chính quyền có ông A
            || i == range.start && doc.reads(i, &["đại", "diện"]) && range.len() < 12
            || i == range.start && (doc.reads(i, &["đại", "biểu"]) || doc.reads(i, &["khách", "mời"]))
            || super::titles::head_at(doc, i, range.end).is_some()
    }) && !range.clone().any(|i| doc.key(i) == ";")
}

/// The verb that opens the sentence and belongs to the actor behind the comma: `Phát biểu tại hội nghị, A ...`.
pub fn opens<'v>(
    doc: &Doc,
    sentence: &Range<usize>,
    pending: &[&'v (Range<usize>, Cue)],
    actor: &Actor,
) -> Option<&'v (Range<usize>, Cue)> {
    let start = actor.tokens.start;
    // Đến dự và phát biểu chỉ đạo | ông A
    let at_once =
        |verb: &&&(Range<usize>, Cue)| verb.0.start == sentence.start && verb.0.end == start && verb.0.len() > 2;
    let comes = matches!(doc.key(sentence.start), "đến" | "tới" | "về" | "tham" | "dự" | "phát");
    if let Some(verb) = pending.first().filter(at_once).filter(|_| comes && actor.full) {
        return Some(*verb);
    }
    let comma = start.checked_sub(1).filter(|b| *b > sentence.start && doc.key(*b) == ",")?;
    let verb = pending.first()?;
    // A chủ trì; đồng chủ trì, B: a clause of its own
    let from = (sentence.start..verb.0.start).rfind(|&i| doc.key(i) == ";").map_or(sentence.start, |i| i + 1);
    let first = doc.slice(from..verb.0.start).iter().filter(|t| t.kind != TokenKind::Mark).count();
    let clause_start = first <= 1
        || matches!(
            doc.key(sentence.start),
            "thay" | "tiếp" | "cũng" | "tại" | "sau" | "trước" | "kết" | "đại" | "mở" | "trong"
        ) && verb.0.start < sentence.start + 16;
    // Tại lễ công bố quyết định, A ...: the verb is part of the event's name
    let named = matches!(doc.key(sentence.start), "tại" | "trong" | "sau" | "trước")
        && (1..=2).any(|n| super::titles::head_at(doc, sentence.start + n, verb.0.start).is_some());
    // Sau khi nghe báo cáo, A kết luận: somebody else reported
    let heard = (sentence.start..verb.0.start).any(|i| doc.key(i) == "nghe");
    if named || heard {
        return None;
    }
    // Phát biểu tại hội nghị, ngày 9/4, tại Hà Nội, A ...: when and where are none of the sentence's parts
    let when = |i: usize| matches!(doc.key(i), "ngày" | "sáng" | "chiều" | "tối" | "tại");
    let commas = (verb.0.end..comma).filter(|&i| doc.key(i) == "," && !when(i + 1)).count();
    let other = (verb.0.end..comma).any(|i| matches!(doc.key(i), ":" | ";"));
    (clause_start && commas <= 1 && comma < verb.0.end + 40 && !other).then_some(*verb)
}

/// `Tại hội nghị, A ...`: whoever acts there takes part.
pub fn at_meeting(doc: &Doc, sentence: &Range<usize>, actor: &Actor) -> bool {
    let i = sentence.start;
    let opening = (doc.key(i) == "tại" || doc.reads(i, &["cũng", "tại"])) && actor.full;
    let head = if doc.key(i) == "tại" { i + 1 } else { i + 2 };
    let meeting = super::titles::head_at(doc, head, sentence.end).map(|(len, _)| len);
    opening && meeting.is_some_and(|len| doc.key(head + len) == "," && head + len + 1 == actor.tokens.start)
}
