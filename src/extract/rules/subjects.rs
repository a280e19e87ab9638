//! Before the verb: whether it belongs to somebody named in front of it, and to whom else.

use std::ops::Range;

use super::acts::{Act, Actor, speaks};
use super::dates::date_at;
use super::groups::group_begins;
use super::offices::{body_at, office_at};
use super::task_text::asks_plainly;
use crate::domain::ParticipantRole;
use crate::extract::lexicon::{Cue, Roles, lexicon};
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// Whether only light words and parentheses lie between.
fn light(doc: &Doc, range: Range<usize>) -> bool {
    // Ông A – Chủ tịch HĐND – chủ trì cuộc họp
    let dash = usize::from(range.len() == 1 && doc.key(range.start) == "-");
    let mut at = range.start + dash;
    while at < range.end {
        if doc.key(at) == "(" {
            let Some(close) = (at..range.end).find(|&i| doc.key(i) == ")") else { return false };
            at = close + 1;
            continue;
        }
        // ông A, Giám đốc Sở, chiều 7/4 đã có buổi làm việc
        let day = || matches!(doc.key(at), "ngày" | "sáng" | "chiều" | "tối").then(|| date_at(doc, at)).flatten();
        let day = || day().map(|date| date.end).filter(|end| *end <= range.end);
        if let Some(end) = on_behalf(doc, at, range.end).or_else(|| somewhere(doc, at, range.end)).or_else(day) {
            at = end;
            continue;
        }
        match lexicon().light.len_at(doc.slice(at..range.end)) {
            Some(len) => at += len,
            None => return false,
        }
    }
    true
}

/// Behind `thay mặt Ban Thường vụ Tỉnh ủy`, `thừa ủy quyền của Chủ tịch nước`: for whom somebody acts.
fn on_behalf(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let openers: [&[&str]; 5] = [
        &["thay", "mặt"],
        &["đại", "diện", "cho"],
        &["đại", "diện"],
        &["thừa", "ủy", "quyền"],
        &["thừa", "ủy", "nhiệm"],
    ];
    let opener = openers.iter().find(|words| doc.reads(at, words))?;
    let mut at = at + opener.len();
    at += usize::from(doc.key(at) == "của");
    at += usize::from(doc.reads(at, &["lãnh", "đạo"])) * 2;
    let end = |at: usize| office_at(doc, at, limit).or_else(|| body_at(doc, at, limit)).map(|named| named.end);
    let Some(mut at) = end(at) else { return whomever(doc, at, limit) };
    while matches!(doc.key(at), "," | "và") && at < limit {
        match end(at + 1) {
            Some(next) => at = next,
            None => break,
        }
    }
    Some(at)
}

/// Behind `ở Sa Đéc`, `tại xã Tân Hòa`: where somebody lives or works, between the office and the verb.
fn somewhere(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    if !matches!(doc.key(at), "ở" | "tại") {
        return None;
    }
    let capital = |i: &usize| doc.tokens.get(*i).is_some_and(|t| t.capital && t.kind == TokenKind::Word);
    let head = lexicon().place_heads.len_at(doc.slice(at + 1..limit)).unwrap_or(0);
    let named = (at + 1 + head..limit).take_while(capital).count();
    (1..=4).contains(&named).then_some(at + 1 + head + named)
}

/// Behind `các chủ rừng`, `bà con trong xóm`: somebody in plain words, up to the verb.
fn whomever(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let plain = |i: usize| {
        doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word)
            && !matches!(doc.key(i), "nhận" | "được" | "bị" | "sẽ" | "không" | "chưa" | "trao" | "là" | "cho" | "khi")
    };
    (at < limit && limit <= at + 9 && (at..limit).all(plain)).then_some(limit)
}

/// Who somebody is, between commas right before the verb: `A, Giám đốc ..., đơn vị tài trợ, trao giải`.
fn apposition(doc: &Doc, range: Range<usize>) -> bool {
    let last = range.end.saturating_sub(1);
    // Chị A (Công ty B) - một trong những người được khen - nói: ...
    let aside = (range.start..last).find(|&i| doc.key(i) == ")").filter(|_| doc.key(range.start) == "(");
    let range = aside.map_or(range.start, |close| close + 1)..range.end;
    let chosen = doc.key(range.start) == "-" && doc.reads(range.start + 1, &["một", "trong"]);
    if chosen && doc.key(last) == "-" && range.len() < 16 {
        return !(range.start + 1..last).any(|i| matches!(doc.key(i), "-" | "," | ";" | ":" | "."));
    }
    let inside = range.start + 1..last;
    let calling =
        matches!(doc.key(inside.start), "đơn" | "người" | "nhà" | "chủ" | "cựu" | "thành" | "tác" | "con" | "một");
    let verb = |i: usize| {
        lexicon().cues.longest(doc.slice(i..last)).is_some_and(|(_, cue)| !cue.roles.is_empty())
            || matches!(doc.key(i), "đã" | "được" | "bị" | "sẽ" | "không" | "là")
    };
    calling
        && doc.key(range.start) == ","
        && doc.key(last) == ","
        && (2..=9).contains(&inside.len())
        && inside.clone().all(|i| doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word) && !verb(i))
}

/// Whether only a list's marks and forms of address lie between.
fn listed(doc: &Doc, range: Range<usize>) -> bool {
    // ông A (Tổ số 1) và bà B (Tổ số 2)
    let close = (range.start..range.end.min(range.start + 10)).find(|&i| doc.key(i) == ")");
    let range = close.filter(|_| doc.key(range.start) == "(").map_or(range.start, |close| close + 1)..range.end;
    // ông A - Tổng Giám đốc đại diện người sử dụng lao động và bà B
    let plain = |i: usize| doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
    if doc.reads(range.start, &["đại", "diện"]) && (4..12).contains(&range.len()) && doc.before(range.end) == "và"
    {
        return range.clone().all(|i| plain(i) && !matches!(doc.key(i), "đã" | "được" | "cho" | "trao" | "là"));
    }
    range.clone().all(|i| {
        matches!(doc.key(i), "," | ";" | "và" | "cùng" | "với" | "các" | "đồng" | "chí" | "ông" | "bà" | "-" | "là")
    })
}

/// What is known of an actor that a verb may belong to.
#[derive(Clone, Copy)]
pub struct Subject {
    /// Whether no other verb stands between.
    pub alone: bool,
    /// Whether it is an item of a list that another verb heads.
    pub listed: bool,
}

/// Whether a verb's subject is this actor: only light words between, or a delegation that comes along, or whatever
/// comes before the words that are said (`Chị Sa bán vải ở chợ đã lâu nói: ...`).
pub fn follows(
    doc: &Doc,
    sentence: &Range<usize>,
    actor: &Actor,
    (verb, cue): &(Range<usize>, Cue),
    Subject { alone, listed }: Subject,
) -> bool {
    let end = past_aside(doc, actor.tokens.end);
    if !listed && owned(doc, sentence, actor) {
        return false;
    }
    // Chủ tịch UBND huyện tặng Giấy khen: whose it is, whoever hands it over
    let grants = cue.roles == Roles::one(ParticipantRole::AwardPresenter) && doc.key(verb.start) == "tặng";
    if grants && !actor.full && office_at(doc, actor.tokens.start, end).is_some_and(|office| office.end == end) {
        return false;
    }
    // tham luận do A đọc
    if doc.key(verb.start) == "đọc" && verb.len() == 1 && doc.before(actor.tokens.start) != "do" {
        return false;
    }
    // Đoàn do A làm trưởng đoàn đã làm việc với ...
    let leads = doc.reads(verb.start, &["làm", "trưởng"]) || doc.reads(verb.start, &["dẫn", "đầu"]);
    let works = |i: usize| doc.reads(i, &["làm", "việc"]) || matches!(doc.key(i), "dự");
    // Tỉnh đoàn cử đoàn công tác do A dẫn đầu
    let sent = (sentence.start..actor.tokens.start).any(|i| {
        doc.reads(i, &["cử", "đoàn"]) || doc.reads(i, &["buổi", "làm", "việc"]) || doc.reads(i, &["buổi", "tiếp"])
    });
    if leads && !sent && !(verb.end..sentence.end).any(works) {
        return false;
    }
    let attends = cue.roles == Roles::one(ParticipantRole::Attendee);
    let marks = |words: &[&str]| (end..verb.start).any(|i| words.contains(&doc.key(i)));
    let near = |most: usize| verb.start < end + most;
    // Đại diện cho các chủ rừng, ông A ở xóm B kể ...
    let behalf = matches!(doc.key(sentence.start), "đại" | "thay" | "tại" | "là" | "cùng" | "cũng")
        && doc.before(actor.tokens.start) == ","
        && actor.tokens.start < sentence.start + 16;
    let opens = behalf || doc.slice(sentence.start..actor.tokens.start).iter().all(|t| t.kind == TokenKind::Mark);
    // còn ông Brèm ở Lâm Đồng sang thì cho rằng
    let topic = doc.before(verb.start) == "thì" && near(12) && !marks(&[",", ";", ":", ".", "\""]);
    // Ông A, thôn Đoài, xã B phản ánh: who he is, in other words than an office's
    let other = [
        "được", "bị", "do", "mà", "bởi", "sẽ", "không", "chưa", "nhận", "từng", ";", ":", ".", "!", "?", "\"", "với",
        "cho", "khi", "lúc", "hồi", "ấy",
    ];
    // đêm khai mạc: what stands right behind a noun may belong to it, unless it only ever means that somebody speaks
    let last = verb.start.checked_sub(1).and_then(|i| doc.tokens.get(i));
    let clear = last.is_some_and(|t| t.capital || t.kind != TokenKind::Word || light(doc, verb.start - 1..verb.start))
        || matches!(
            (doc.key(verb.start), doc.key(verb.start + 1)),
            ("cho", "biết" | "hay" | "rằng")
                | ("chia", "sẻ")
                | ("bày", "tỏ")
                | ("tâm", "sự")
                | ("phản", "ánh")
                | ("nói" | "kể", _)
        );
    let described = matches!(doc.key(end), "," | "-" | "ở" | "trú") && opens && near(18) && clear && !marks(&other);
    let quotes = doc.key(verb.end) == ":" && opens && near(40) && !marks(&[";", ":", ".", "!", "?"]);
    // do A - đang công tác tại Khoa Nhi báo cáo
    let by = doc.before(actor.tokens.start) == "do" && cue.roles.has(ParticipantRole::Presenter) && alone;
    light(doc, end..verb.start)
        || apposition(doc, end..verb.start)
        || by && matches!(doc.key(end), "," | "-" | "(") && near(24) && !marks(&[";", ":", ".", "được"])
        || attends && matches!(doc.key(end), "cùng" | "và") && near(45) && !marks(&[";", ".", ":"])
        || attends && alone && accompanied(doc, end..verb.start)
        || alone && together_with(doc, end..verb.start)
        || alone && speaks(*cue) && (topic || quotes || described)
        || alone && cue.roles.has(ParticipantRole::Chair) && described
}

/// Behind where somebody stands in a photograph: `ông A (bìa trái)`.
fn past_aside(doc: &Doc, at: usize) -> usize {
    let close = (at..at + 9).find(|&i| doc.key(i) == ")").filter(|_| doc.key(at) == "(");
    let side = |i: usize| matches!(doc.key(i), "bìa" | "trái" | "phải" | "giữa" | "ảnh");
    close.filter(|&close| (at..close).any(side)).map_or(at, |close| close + 1)
}

/// `A và đại diện Sở B, lãnh đạo Sở C đã thông tin ...`: a delegation that does the same.
fn together_with(doc: &Doc, range: Range<usize>) -> bool {
    let sponsors = doc.reads(range.start + 1, &["nhà", "tài", "trợ"]);
    let begins = matches!(doc.key(range.start), "và" | "cùng") && (sponsors || group_begins(doc, range.start + 1));
    let clause = |i: usize| {
        matches!(doc.key(i), "." | ":" | ";" | "\"" | "được" | "là" | "để" | "không" | "có" | "cho")
            || doc.key(i) == "đã" && i + 1 < range.end
    };
    begins && range.len() < 28 && !range.clone().any(clause)
}

/// `A; lãnh đạo các sở và đông đảo cử tri tham dự`: nothing but delegations between a person and the verb.
fn accompanied(doc: &Doc, range: Range<usize>) -> bool {
    let opens = matches!(doc.key(range.start), ";" | ",") && group_begins(doc, range.start + 1);
    let clause = |i: usize| {
        matches!(doc.key(i), "." | ":" | "\"" | "được" | "là" | "để" | "không")
            || doc.key(i) == "đã" && i + 1 < range.end
    };
    opens && range.len() < 80 && !range.clone().any(clause)
}

/// `A sẽ chủ trì`: what somebody is going to do.
pub fn will(doc: &Doc, actor: &Actor, (verb, _): &(Range<usize>, Cue)) -> bool {
    let between = actor.tokens.end..verb.start;
    between.len() < 6
        && between.clone().any(|i| doc.key(i) == "sẽ")
        && between.clone().all(|i| doc.key(i) == "sẽ" || light(doc, i..i + 1))
}

/// Whether an actor is no subject but something else's owner or object: `bài viết của ông A`, `trao cho ông A`, `trao
/// đổi với ông A`. What people say of their own stays theirs: `ý kiến của ông A nhấn mạnh`.
fn owned(doc: &Doc, sentence: &Range<usize>, actor: &Actor) -> bool {
    let start = actor.tokens.start;
    match doc.before(start) {
        "của" => {
            let said =
                [["ý", "kiến"], ["phát", "biểu"], ["tham", "luận"], ["báo", "cáo"], ["chia", "sẻ"], ["đề", "nghị"]];
            let from = sentence.start.max(start.saturating_sub(8));
            // A tiếp thu ý kiến của B và giao ...: what A listens to
            let heard = |i: usize| matches!(doc.before(i), "thu" | "nhất" | "với" | "theo");
            !(from..start).any(|i| said.iter().any(|words| doc.reads(i, words)) && !heard(i))
        }
        "với" => start < 2 || !matches!(doc.back(start, 2), "cùng"),
        // chúc mừng ông A, đồng thời bày tỏ; bổ nhiệm, luân chuyển, chỉ định ông A
        "mừng" => doc.back(start, 2) == "chúc",
        "nhiệm" | "động" | "chuyển" | "định" => {
            start >= 2 && matches!(doc.back(start, 2), "bổ" | "điều" | "luân" | "chỉ" | "vận")
        }
        "cho" | "tặng" | "gặp" | "thăm" | "bầu" | "thưa" | "cử" => true,
        // Được ông A giới thiệu, chị B ...
        "được" => start == sentence.start + 1,
        _ => false,
    }
}

/// The subject's whole group, back from the actor next to the verb.
pub fn group(doc: &Doc, actors: &[Actor], last: usize, led: &[usize], (verb, cue): &(Range<usize>, Cue)) -> Vec<usize> {
    let mut first = last;
    while first > 0 && !led.contains(&first) && !led.contains(&(first - 1)) {
        let (Some(a), Some(b)) = (actors.get(first - 1), actors.get(first)) else { break };
        // Trả lời câu hỏi của ông A, ông B ...: A belongs to what comes before
        let comma = doc.slice(a.tokens.end..b.tokens.start).iter().all(|t| t.key == ",");
        let together = matches!(doc.before(verb.start), "đều" | "cùng");
        let object = matches!(doc.before(a.tokens.start), "của" | "cho" | "với" | "về" | "theo" | "tặng");
        let other = comma && !together && object;
        let gap = a.tokens.end..b.tokens.start;
        if !listed(doc, gap.clone()) && (object || !unknown_office(doc, gap)) || !a.full && cue.assigns || other {
            break;
        }
        first -= 1;
    }
    actors.get(first..=last).unwrap_or_default().iter().map(|a| a.person).collect()
}

/// Whether all that lies between two persons of a list is an office nobody knows: `A - Pháp chế trưởng; đồng chí B`.
fn unknown_office(doc: &Doc, gap: Range<usize>) -> bool {
    let semicolons = gap.clone().filter(|&i| doc.key(i) == ";").count();
    let sentence = |i: usize| {
        matches!(doc.key(i), "." | ":" | "\"" | "của" | "cho" | "đã" | "được" | "là")
            || lexicon().cues.longest(doc.slice(i..gap.end)).is_some_and(|(_, cue)| !cue.roles.is_empty())
    };
    let office = matches!(doc.key(gap.start), "," | "-") && gap.len() < 25;
    office && semicolons == 1 && doc.before(gap.end) == ";" && !gap.clone().any(sentence)
}

/// Those coordinated with an actor by `và`.
pub fn coordinated(doc: &Doc, actors: &[Actor], from: usize) -> Vec<usize> {
    let mut people = Vec::new();
    let mut at = from;
    while let (Some(a), Some(b)) = (actors.get(at), actors.get(at + 1)) {
        if !listed(doc, a.tokens.end..b.tokens.start) || !b.full {
            break;
        }
        people.push(b.person);
        at += 1;
    }
    people
}

/// A further verb of the same subject: `A chủ trì hội nghị và phát biểu chỉ đạo`. Behind a verb of saying it would be
/// part of what is said.
pub fn goes_on(doc: &Doc, acts: &[Act], (verb, cue): &(Range<usize>, Cue)) -> Option<Vec<usize>> {
    let last = acts.last()?;
    let said_nothing = matches!(doc.key(last.verb.start), "phát" | "khai" | "bế" | "kết") || last.verb.is_empty();
    let spoke = speaks(last.cue) && !last.cue.roles.has(ParticipantRole::Directing) && !said_nothing;
    let before = verb.start.checked_sub(1)?;
    let joined = matches!(doc.key(before), "và" | ",")
        || matches!(doc.key(before), "đã" | "có" | "cũng") && matches!(doc.before(before), "và" | ",")
        || doc.key(before) == "thời" && doc.before(before) == "đồng";
    let between = last.verb.end..verb.start;
    // A dự hội nghị đề nghị ...
    let attended = last.cue.roles == Roles::one(ParticipantRole::Attendee)
        && super::titles::head_at(doc, between.start, between.end).is_some_and(|(len, _)| len == between.len());
    if attended && cue.assigns && asks_plainly(doc, verb.start) {
        return Some(last.people.clone());
    }
    if cue.assigns && asks_plainly(doc, verb.start) {
        // A đánh giá cao ... và đề nghị ...: whoever speaks asks
        let same_clause = !between.clone().any(|i| matches!(doc.key(i), "." | ":"));
        return (joined && same_clause).then(|| last.people.clone());
    }
    // trình Tờ trình về điều chỉnh, bổ sung kế hoạch: what is presented
    let presented = last.cue.roles.has(ParticipantRole::Presenter) && doc.key(before) == ",";
    if presented {
        return None;
    }
    // A chủ trì cuộc họp nhấn mạnh ...; A báo cáo kết quả ... và khẳng định ...
    let chaired = last.cue.roles.has(ParticipantRole::Chair)
        && speaks(*cue)
        && super::titles::head_at(doc, between.start, between.end).is_some_and(|(len, _)| len == between.len());
    let stated = matches!(
        (doc.key(verb.start), doc.key(verb.start + 1)),
        ("khẳng", "định") | ("bày", "tỏ") | ("cho", "biết" | "rằng") | ("chia", "sẻ")
    );
    let clause = between.len() < 45 && !between.clone().any(|i| matches!(doc.key(i), ";" | ":" | "." | "\""));
    if chaired || last.cue.roles.has(ParticipantRole::Presenter) && doc.key(before) == "và" && stated && clause {
        return Some(last.people.clone());
    }
    let near = between.len() < 14 && !between.clone().any(|i| matches!(doc.key(i), ";" | ":" | "."));
    let taking_part = (said_nothing || !cue.roles.has(ParticipantRole::Presenter)) && !cue.assigns;
    (!spoke && joined && near && taking_part).then(|| last.people.clone())
}
