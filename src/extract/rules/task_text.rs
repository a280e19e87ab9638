//! How the text of a task is told from its lead-in, its addressee and what is no task.

use std::ops::Range;

use super::task_addressee::{SURELY, addressee as addressee_end, behind_addressee, strong_verb, verb_behind};
use super::task_years::{own_year, time_phrase, year_in};
use super::tasks::Years;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;

/// Words that open an addressee.
const ADDRESSEES: [&str; 25] = [
    "quận",
    "phường",
    "trung",
    "doanh",
    "ban",
    "bộ",
    "sở",
    "ngành",
    "lãnh",
    "toàn",
    "từng",
    "mỗi",
    "cán",
    "chính",
    "cả",
    "hội",
    "ủy",
    "ubnd",
    "hđnd",
    "đảng",
    "cấp",
    "tỉnh",
    "huyện",
    "đội",
    "lực",
];
/// Verbs of asking: what follows is a task as it stands.
const ASKING: [&str; 7] = ["đề nghị", "yêu cầu", "giao", "kêu gọi", "căn dặn", "nhắc nhở", "phân công"];

/// A task's text and what its lead-in said.
#[derive(Debug)]
pub struct Asked {
    /// From the first word of the task.
    pub tokens: Range<usize>,
    /// The year of the lead-in.
    pub year: Option<i16>,
}

/// Whether the tokens from `at` on read these words.
pub fn phrase(doc: &Doc, at: usize, words: &str) -> bool {
    // mostly the first byte tells, and else the first word
    let first = doc.key(at);
    !first.is_empty()
        && words.as_bytes().first() == first.as_bytes().first()
        && words.starts_with(first)
        && words.split(' ').enumerate().all(|(i, word)| doc.key(at + i) == word)
}

/// Whether any of the phrases stands in a range.
pub fn holds(doc: &Doc, range: &Range<usize>, words: &[&str]) -> bool {
    range.clone().any(|i| words.iter().any(|w| phrase(doc, i, w)))
}

/// Behind words that only join a sentence to the one before (`Bên cạnh đó, `, `Song song đó `), where there are any.
pub fn joined(doc: &Doc, at: usize) -> usize {
    const JOINERS: [&str; 24] = [
        "bên cạnh đó",
        "song song đó",
        "song song với đó",
        "cùng với đó",
        "cùng với việc đó",
        "ngoài ra",
        "mặt khác",
        "đồng thời",
        "đặc biệt",
        "đặc biệt là",
        "tiếp đó",
        "trước hết",
        "trước mắt",
        "về lâu dài",
        "theo đó",
        "từ đó",
        "qua đó",
        "trong đó",
        "do đó",
        "vì vậy",
        "vì thế",
        "do vậy",
        "cụ thể",
        "nhất là",
    ];
    let mut i = at;
    while let Some(words) = JOINERS.iter().filter(|w| phrase(doc, i, w)).max_by_key(|w| w.len()) {
        i += words.split(' ').count();
        i += usize::from(matches!(doc.key(i), "," | ":"));
    }
    i
}

/// Whether a verb that opens a task stands at `at`.
pub fn task_verb(doc: &Doc, at: usize, limit: usize) -> bool {
    let verb = lexicon().task_verbs.longest(doc.slice(at..limit)).is_some_and(|(_, verb)| verb);
    // vận động viên, at its second syllable
    verb && !(doc.key(at) == "động" && doc.before(at) == "vận")
}

/// What someone asks for behind a verb of asking: without year, addressee and `cần`.
///
/// After a verb of saying (`nhấn mạnh`, `cho rằng`) it is a task only where `cần` or `phải` makes it one.
pub fn asked_for(doc: &Doc, verb: Range<usize>, sentence: &Range<usize>, years: Years) -> Option<Asked> {
    let strong = asks(doc, verb.start);
    let caution = phrase(doc, verb.start, "lưu ý");
    let mut at = verb.end;
    let mut year = None;
    let limit = sentence.end;
    // giao nhiệm vụ | cho ngành Y tế ...
    at += 2 * usize::from(doc.before(at) == "giao" && phrase(doc, at, "nhiệm vụ cho"));
    // giao | cho Ban Tuyên giáo ...
    at += usize::from(doc.key(at) == "cho" && (doc.before(at) == "giao" || at > verb.end));
    while matches!(doc.key(at), "," | ":" | "rằng" | "là" | "thêm") {
        at += 1;
    }
    let opened = at;
    while at < limit {
        if matches!(doc.key(at), "," | ":" | "rằng" | "là" | "thêm") {
            at += 1;
        } else if let Some(next) = time_phrase(doc, at, limit) {
            year = year.or(year_in(doc, at..next, years));
            at = next;
        } else {
            break;
        }
    }
    let clause_end = (at..limit).find(|&i| doc.key(i) == ";").unwrap_or(limit);
    if doc.key(at) == "\"" {
        let quoted = asked_in_quotes(doc, at..limit, years)?;
        return (strong || caution).then_some(Asked { year: year.or(quoted.year), ..quoted });
    }
    let modal = (at..clause_end.min(at + 60))
        .find(|&i| matches!(doc.key(i), "cần" | "phải") && !(doc.key(i) == "cần" && doc.key(i + 1) == "thiết"));
    let passive = modal.is_some_and(|m| {
        let verb = m + 1 + usize::from(doc.key(m) == "cần" && doc.key(m + 1) == "phải");
        matches!(doc.key(verb), "được" | "có")
    });
    let short = modal.is_some_and(|m| m > at && m <= at + 6 && capitals(doc, at..m));
    let addressee = at < limit && (short || addressed(doc, at)) && !passive;
    if audience(doc, at..modal.unwrap_or(at + 12).min(limit)) || comes_about(doc, verb.start, sentence) {
        return None;
    }
    let asked = |start: usize| Some(Asked { tokens: start..limit, year });
    if passive && (strong || caution) {
        // toàn bộ cống dưới đê phải được lắp ...: what is to be done to them
        return asked(opened);
    }
    if strong || caution {
        // chỉ đạo cần | chú trọng ...
        if modal == Some(verb.end) && doc.key(verb.end) == "cần" {
            return asked(verb.end + 1 + usize::from(doc.key(verb.end + 1) == "phải"));
        }
        if doc.key(at) == "phải"
            || task_verb(doc, at, limit) && !(addressee && addressee_end(doc, at, clause_end).is_some())
        {
            return asked(at);
        }
        // a verb before it: the modal stands inside the task
        let ends = addressee_end(doc, at, clause_end);
        let first = |m: &usize| {
            let from = ends.unwrap_or(*m).min(*m);
            !(from..*m).any(|i| task_verb(doc, i, limit) && strong_verb(doc, i))
        };
        if let Some(modal) = modal.filter(|_| addressee).filter(first) {
            // through `cần`; `phải` stays with what must be done
            let after =
                if doc.key(modal) == "cần" { modal + 1 + usize::from(doc.key(modal + 1) == "phải") } else { modal };
            let year = year.or_else(|| year_in(doc, at..modal, years));
            let start = after
                + usize::from(doc.key(after) == ":")
                + usize::from(doc.key(after) == "phải" && doc.key(after + 1) == ":") * 2;
            return Some(Asked { tokens: start..limit, year });
        }
        if addressee && strong {
            let start = addressee_end(doc, at, clause_end)
                .and_then(|end| behind_addressee(doc, end, clause_end))
                .or_else(|| verb_behind(doc, at, clause_end))?;
            let year_inside = year_in(doc, at..start, years);
            return Some(Asked { tokens: start..limit, year: year.or(year_inside) });
        }
        if strong {
            if let Some(end) = addressee_end(doc, at, clause_end) {
                return behind_addressee(doc, end, clause_end).and_then(asked);
            }
            // whoever is addressed: an adverb of doing begins the task
            let surely = |i: &usize| SURELY.iter().any(|w| phrase(doc, *i, w));
            let sure = (at..clause_end.min(at + 18)).find(surely);
            // đề nghị: Ngay sau lễ ký, hai bên xây dựng kế hoạch ...
            let colon = doc.key(verb.end) == ":" && doc.tokens.get(verb.end + 1).is_some_and(|t| t.capital);
            return sure.or(colon.then_some(opened)).and_then(asked);
        }
        return None;
    }
    let quoted = (at..limit).any(|i| doc.key(i) == "\"");
    // ..., trong năm 2023 cần có sự phối hợp chặt chẽ hơn ...
    let clause = modal.and_then(|m| (at..m).rev().find(|&i| doc.key(i) == ",")).map_or(at, |i| i + 1);
    if let Some(m) = modal.filter(|m| clause > at && *m < at + 45 && !quoted)
        && (clause == m || time_phrase(doc, clause, limit) == Some(m))
    {
        return Some(Asked { tokens: m..limit, year: year.or_else(|| year_in(doc, clause..m, years)) });
    }
    let modal = modal.filter(|m| *m < at + 24)?;
    // gợi mở một số định hướng, trong đó cần ưu tiên ...
    if modal >= at + 2 && phrase(doc, modal - 2, "trong đó") && !quoted {
        return Some(Asked { tokens: modal..limit, year });
    }
    let said_of_all = modal == at || addressee || doc.key(at) == "việc";
    // nhấn mạnh, các cấp hội cần | chú trọng ...
    let lead = doc.key(modal) == "cần" && (modal == verb.end || addressee_end(doc, at, modal) == Some(modal));
    let start = if lead { modal + 1 + usize::from(doc.key(modal + 1) == "phải") } else { opened };
    // cần tiếp tục thực hiện Chỉ thị về “...”: quotation marks inside what is asked
    ((!quoted || modal == at) && said_of_all && !matches!(doc.key(at), "chúng"))
        .then_some(Asked { tokens: start..limit, year })
}

/// `Chương trình ... do A giao cho Viện chủ trì, thực hiện`: how something came about, nothing that is asked.
fn comes_about(doc: &Doc, verb: usize, sentence: &Range<usize>) -> bool {
    let near = verb.saturating_sub(10).max(sentence.start)..verb;
    doc.key(verb) == "giao" && near.into_iter().any(|i| doc.key(i) == "do")
}

/// What is asked in a quotation, which may go on in the next sentence.
fn asked_in_quotes(doc: &Doc, range: Range<usize>, years: Years) -> Option<Asked> {
    let open = range.start + 1;
    let close = (open..range.end).find(|&i| doc.key(i) == "\"").unwrap_or(range.end);
    let modal = (open..close).find(|&i| matches!(doc.key(i), "cần" | "phải") && doc.key(i + 1) != "thiết")?;
    // ..., TP.HCM cần chú trọng ...: behind those who are asked
    let clause = (open..modal).rev().find(|&i| doc.key(i) == ",").map_or(open, |i| i + 1);
    let asked = addressee_end(doc, clause, modal) == Some(modal) || capitals(doc, clause..modal);
    let start = if asked { modal + usize::from(doc.key(modal) == "cần") } else { open };
    Some(Asked { tokens: start..close, year: own_year(doc, open..modal, years) })
}

/// Whether a range is capitalised words only: a place or a body by its name alone.
fn capitals(doc: &Doc, range: Range<usize>) -> bool {
    !range.is_empty() && range.clone().all(|i| doc.key(i) == "." || doc.tokens.get(i).is_some_and(|t| t.capital))
}

/// The meeting's own audience, which is asked for its opinion, not for work: `các đại biểu thảo luận ...`.
fn audience(doc: &Doc, range: Range<usize>) -> bool {
    // đề nghị các học viên vận dụng kiến thức ...: behind the course
    let applies = |at: usize| {
        let words = ["vận dụng", "áp dụng", "phát huy", "triển khai", "tuyên truyền"];
        (at..at + 5).any(|i| words.iter().any(|w| phrase(doc, i, w)))
    };
    range.clone().any(|i| {
        phrase(doc, i, "đại biểu") && !matches!(doc.key(i + 2), "hđnd" | "quốc" | "hội")
            || phrase(doc, i, "học viên") && !applies(i + 2)
            || phrase(doc, i, "tham dự")
            || phrase(doc, i, "hội nghị") && phrase(doc, i + 2, "thảo luận")
    })
}

/// Whether someone who can be given a task is named at `at`: a body, its leaders, `các sở, ngành`.
pub fn addressed(doc: &Doc, at: usize) -> bool {
    let plural = [
        "bộ",
        "ban",
        "sở",
        "ngành",
        "địa",
        "cấp",
        "cơ",
        "đơn",
        "huyện",
        "tỉnh",
        "đồng",
        "lực",
        "tổ",
        "thành",
        "xã",
        "phòng",
        "trường",
        "doanh",
        "đoàn",
        "hội",
        "chi",
        "đảng",
        "chủ",
        "nhà",
        "ubnd",
        "phường",
        "thôn",
        "báo",
        "thủ",
        "quận",
        "hợp",
        "cán",
        "cục",
        "vụ",
        "viện",
    ];
    let capital = doc.tokens.get(at).is_some_and(|t| t.capital);
    let place = capital && super::names::place_at(doc, at).is_some();
    let body = place || lexicon().bodies.len_at(doc.slice(at..doc.tokens.len())).is_some();
    match doc.key(at) {
        "các" => plural.contains(&doc.key(at + 1)),
        "đơn" | "địa" => matches!(doc.key(at + 1), "vị" | "phương"),
        "thường" => doc.key(at + 1) == "trực",
        word => body || ADDRESSEES.contains(&word),
    }
}

/// Whether a verb asks for something by itself.
pub fn asks(doc: &Doc, at: usize) -> bool {
    asks_plainly(doc, at) || ["chỉ đạo", "định hướng"].iter().any(|verb| phrase(doc, at, verb))
}

/// Whether a verb asks for something and is no part of a list of what leaders do (`lãnh đạo, chỉ đạo, điều hành`).
pub fn asks_plainly(doc: &Doc, at: usize) -> bool {
    // vấn đề Nghị viện: two words, of which the second begins a name
    let name = |i: usize| doc.tokens.get(i).is_some_and(|t| t.capital);
    ASKING.iter().any(|verb| phrase(doc, at, verb) && (name(at) || !verb.contains(' ') || !name(at + 1)))
}
