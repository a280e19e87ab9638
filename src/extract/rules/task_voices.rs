//! Who sets tasks, sentence by sentence: the speaker that a verb of asking names, a body, somebody told of.

use std::ops::Range;

use super::acts::Act;
use super::offices::body_at;
use super::registry::Registry;
use super::roles::SentenceActs;
use super::task_addressee::addressee;
use super::task_plans::planned;
use super::task_speech::{announced, asks_again, nominal, will_do};
use super::task_text::{Asked, asked_for, asks_plainly, holds, phrase, task_verb};
use super::task_times::month_year;
use super::task_years::year_in;
use super::tasks::Years;
use crate::domain::ParticipantRole;
use crate::extract::structure::Doc;

/// A sentence and what is known of who speaks in it.
#[derive(Debug)]
pub struct Utterance<'a> {
    /// Its index into the document's sentences.
    pub index: usize,
    /// Its tokens.
    pub sentence: &'a Range<usize>,
    /// What people do in it.
    pub said: Option<&'a SentenceActs>,
    /// The last verb of asking in it.
    pub asking: Option<&'a Act>,
    /// Whether it names its speaker.
    pub named: bool,
    /// Who speaks, or spoke last in this paragraph.
    pub speaker: Option<usize>,
}

/// What is to be done, by when, and who says so.
#[derive(Debug)]
pub struct Told {
    /// The text of the task, or of several that semicolons string together.
    pub tokens: Range<usize>,
    /// The year to do it in.
    pub year: Option<i16>,
    /// Who sets it.
    pub by: Option<usize>,
    /// The rule it was taken by.
    pub rule: &'static str,
}

/// What somebody asks for or announces in a sentence.
pub fn voiced(doc: &Doc, registry: &Registry, utterance: &Utterance, years: Years) -> Option<Told> {
    let Utterance { sentence, said, asking, named, speaker, .. } = *utterance;
    if super::roles::kept_away(doc, sentence) {
        return None;
    }
    let lead = |verb: usize| year_in(doc, sentence.start..verb, years);
    let again = |from: usize, by: Option<usize>| {
        let verb = speaker.and_then(|_| asks_again(doc, from..sentence.end))?;
        let asked = asked_for(doc, verb.clone(), sentence, years)?;
        Some(Told { year: asked.year.or_else(|| lead(verb.start)), tokens: asked.tokens, by, rule: "task.asked_for" })
    };
    let announces = |act: &Act| {
        let by = act.people.last().copied();
        // nêu rõ: Nhiệm vụ trọng tâm trong tháng 10 là tổ chức ...
        let colon = act.verb.end + usize::from(doc.key(act.verb.end) == ":");
        let duty = ["nhiệm vụ", "phương hướng"].iter().any(|w| phrase(doc, colon, w));
        let set = || planned(doc, &(colon..sentence.end), years).filter(|_| duty && colon > act.verb.end);
        match announced(doc, act.verb.clone(), sentence, years) {
            Some(told) => Some(Told { tokens: told.tokens, year: told.year, by, rule: "task.announced" }),
            None => set().map(|plan| Told { tokens: plan.tokens, year: plan.year, by, rule: "task.planned" }),
        }
    };
    // Thường trực Tỉnh ủy sẽ tiếp thu ... và giao cơ quan tham mưu hoàn chỉnh: what is announced, not asked of somebody
    let before = |act: &Act| -> Option<Told> {
        let passes_on = doc.key(act.verb.start) == "giao" && doc.before(act.verb.start) == "và";
        let first = said?.acts.iter().find(|a| a.cue.roles.has(ParticipantRole::Speaker))?;
        let told = announces(first).filter(|told| passes_on && told.tokens.start < act.verb.start)?;
        Some(told)
    };
    // lưu ý một số nhiệm vụ sau: a; b, whatever verbs stand in a and b
    if let Some(told) = said.and_then(|said| duties(doc, said, sentence, years)) {
        return Some(told);
    }
    if let Some(told) = asking.and_then(before) {
        return Some(told);
    }
    if let Some(act) = asking {
        let by = act.people.last().copied();
        if let Some(asked) = asked_for(doc, act.verb.clone(), sentence, years) {
            let year = asked.year.or_else(|| lead(act.verb.start));
            return Some(Told { tokens: asked.tokens, year, by, rule: "task.asked_for" });
        }
        return announces(act).or_else(|| again(act.verb.end, by.or(speaker)));
    }
    let asks = || {
        let (verb, asked) = body_asks(doc, sentence, years).filter(|_| !named)?;
        let year = asked.year.or_else(|| lead(verb));
        Some(Told { tokens: asked.tokens, year, by: None, rule: "task.body_asks" })
    };
    let soon = |tokens: Range<usize>, by: Option<usize>| {
        let year = year_in(doc, tokens.start..tokens.end.min(tokens.start + 14), years);
        Told { tokens, year, by, rule: "task.announced" }
    };
    again(sentence.start, speaker)
        .or_else(asks)
        .or_else(|| that_is(doc, utterance, years))
        .or_else(|| body_tells(doc, sentence).filter(|_| !named).map(|tokens| soon(tokens, None)))
        .or_else(|| according_to(doc, registry, sentence).map(|(who, tokens)| soon(tokens, Some(who))))
        .or_else(|| {
            let acts = &said?.acts;
            acts.iter().rev().find(|a| a.cue.roles.has(ParticipantRole::Speaker)).and_then(announces)
        })
}

/// What a speaker sets out behind a colon, for the year or the month that the sentence is about.
fn duties(doc: &Doc, said: &SentenceActs, sentence: &Range<usize>, years: Years) -> Option<Told> {
    let speaks = |act: &&Act| act.cue.roles.has(ParticipantRole::Speaker);
    let own = || said.acts.iter().find_map(|act| Some((act, act.verb.end, set_out_by(doc, act.verb.end, sentence)?)));
    // đồng chí Giám đốc thống nhất kế hoạch và lưu ý ...: whoever speaks goes on
    let goes_on = || {
        let act = said.acts.iter().rfind(speaks)?;
        let reach = act.verb.end..sentence.end.min(act.verb.end + 30);
        let verb = reach.clone().find(|&i| {
            doc.before(i) == "và" && ["lưu ý", "nhấn mạnh", "yêu cầu", "nêu rõ"].iter().any(|w| phrase(doc, i, w))
        })?;
        Some((act, verb + 2, set_out_by(doc, verb + 2, sentence)?))
    };
    let (act, from, colon) = own().or_else(goes_on)?;
    let lead = sentence.start..act.verb.start;
    let month = || month_year(doc, lead.clone()).filter(|y| years.held.is_none_or(|held| *y >= held));
    let year = year_in(doc, from..colon, years).or_else(|| year_in(doc, lead.clone(), years)).or_else(month);
    let by = act.people.last().copied();
    Some(Told { tokens: colon + 1..sentence.end, year, by, rule: "task.planned" })
}

/// The colon behind `nhấn mạnh một số nhiệm vụ cần tập trung thực hiện: a; b`, where `from` is the verb's end.
fn set_out_by(doc: &Doc, from: usize, sentence: &Range<usize>) -> Option<usize> {
    let some = ["một số nhiệm vụ", "các nhiệm vụ", "những nhiệm vụ", "nhiệm vụ trọng tâm", "một số công việc"];
    if !some.iter().any(|w| phrase(doc, from, w)) {
        return None;
    }
    let colon = (from..sentence.end.min(from + 24)).find(|&i| doc.key(i) == ":")?;
    let done = (from..colon).any(|i| matches!(doc.key(i), "đã" | "qua"));
    let listed = (colon..sentence.end).any(|i| doc.key(i) == ";");
    (listed && !done && task_verb(doc, colon + 1, sentence.end)).then_some(colon)
}

/// `... đề ra 7 nhiệm vụ, giải pháp. Đó là, ...`
fn that_is(doc: &Doc, utterance: &Utterance, years: Years) -> Option<Told> {
    let first = utterance.sentence.start;
    // ... thống nhất nhiệm vụ 6 tháng cuối năm. Theo đó, các cấp hội sẽ tiếp tục ...; nâng cao ...
    if doc.reads(first, &["theo", "đó", ","]) && set_out_before(doc, utterance.index) {
        let limit = utterance.sentence.end;
        let quote = (first..limit).find(|&i| doc.key(i) == "\"").unwrap_or(limit);
        let tokens = will_do(doc, first + 3..quote)?.start..limit;
        let before = utterance.index.checked_sub(1).and_then(|i| doc.sentences.get(i)).cloned().unwrap_or(0..0);
        return Some(Told { tokens, year: year_in(doc, before, years), by: utterance.speaker, rule: "task.planned" });
    }
    if !doc.reads(first, &["đó", "là"]) || !set_out_before(doc, utterance.index) {
        return None;
    }
    let start = first + 2 + usize::from(matches!(doc.key(first + 2), "," | ":"));
    let before = utterance.index.checked_sub(1).and_then(|i| doc.sentences.get(i)).cloned().unwrap_or(0..0);
    let year = year_in(doc, before, years);
    Some(Told { tokens: start..utterance.sentence.end, year, by: utterance.speaker, rule: "task.planned" })
}

/// `Cũng theo ông A, Sở sẽ ...`: who says so, and what will be done.
fn according_to(doc: &Doc, registry: &Registry, sentence: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let at = sentence.start + usize::from(doc.key(sentence.start) == "cũng");
    let first = registry.mentions.partition_point(|(m, _)| m.tokens.start <= at);
    let (mention, person) = registry.mentions.get(first).filter(|(m, _)| m.tokens.start == at + 1)?;
    let comma = mention.tokens.end;
    let said = doc.key(at) == "theo" && doc.key(comma) == ",";
    let rest = comma + 1..sentence.end;
    // Theo ông A, các đơn vị cần bám sát ...
    let must = |end: &usize| matches!(doc.key(*end), "cần" | "phải") && doc.key(end + 1) != "thiết";
    let needed = || addressee(doc, rest.start, rest.end).filter(must).map(|_| rest.clone());
    said.then(|| will_do(doc, rest.clone()).or_else(needed)).flatten().map(|tokens| (*person, tokens))
}

/// Meetings that ask for something themselves.
const MEETS: [&str; 5] = ["kỳ họp", "hội nghị", "đại hội", "phiên họp", "cuộc họp"];

/// `Ban Tuyên giáo Tỉnh ủy đề nghị các cơ quan báo chí ...`: a body, not a person, asks.
fn body_asks(doc: &Doc, sentence: &Range<usize>, years: Years) -> Option<(usize, Asked)> {
    // Cục chỉ đạo các đơn vị tiếp tục ...
    let directs = |i: usize| {
        let goes_on = || (i + 3..sentence.end.min(i + 12)).any(|j| phrase(doc, j, "tiếp tục"));
        phrase(doc, i, "chỉ đạo") && matches!(doc.key(i + 2), "các" | "toàn") && goes_on()
    };
    let verb = sentence.clone().find(|&i| (asks_plainly(doc, i) || directs(i)) && !nominal(doc, i))?;
    let from = sentence.start.max(verb.saturating_sub(16));
    // lãnh đạo huyện Hồng Dân đề nghị ...
    let led = |i: usize| {
        phrase(doc, i, "lãnh đạo")
            && (i + 3 == verb || super::names::place_at(doc, i + 2).is_some_and(|(len, _)| i + 2 + len == verb))
            && matches!(doc.key(i + 2), "tỉnh" | "huyện" | "thành" | "thị" | "quận" | "xã" | "phường")
    };
    // Chủ tọa kỳ họp yêu cầu ..., Hội nghị yêu cầu ...
    let met = |i: usize| {
        let meets = |at: usize| MEETS.iter().any(|w| phrase(doc, at, w)) && at + 2 == verb;
        meets(i) && i == sentence.start || ["chủ tọa", "chủ trì"].iter().any(|w| phrase(doc, i, w)) && meets(i + 2)
    };
    let subject =
        (from..verb).any(|i| led(i) || met(i) || body_at(doc, i, sentence.end).is_some_and(|body| body.end == verb));
    let len = 1 + usize::from(doc.key(verb) != "giao");
    subject.then(|| asked_for(doc, verb..verb + len, sentence, years)).flatten().map(|asked| (verb, asked))
}

/// Whether the sentence before one says that tasks are set out: `... đề ra 7 nhiệm vụ, giải pháp quan trọng.`
fn set_out_before(doc: &Doc, index: usize) -> bool {
    let Some(before) = index.checked_sub(1).and_then(|i| doc.sentences.get(i)) else { return false };
    holds(doc, before, &["nhiệm vụ", "giải pháp", "định hướng"])
        && holds(
            doc,
            before,
            &["đề ra", "xác định", "đưa ra", "nêu", "nhấn mạnh", "yêu cầu", "đề nghị", "tập trung", "thống nhất"],
        )
}

/// `Tổng cục cho biết, trong năm 2023, toàn ngành sẽ ...`: what a body tells it will do.
fn body_tells(doc: &Doc, sentence: &Range<usize>) -> Option<Range<usize>> {
    let verb = sentence.clone().take(24).find(|&i| doc.reads(i, &["cho", "biết"]))?;
    let subject = (sentence.start..verb).any(|i| body_at(doc, i, sentence.end).is_some_and(|body| body.end == verb));
    let from = verb + 2 + usize::from(doc.key(verb + 2) == ",");
    subject.then(|| will_do(doc, from..sentence.end)).flatten()
}
