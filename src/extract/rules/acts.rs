//! Who did what in one sentence: people in it, verbs of taking part, and which verb belongs to whom.

use std::ops::Range;

use super::elected::{elects, elsewhere};
use super::leads::{at_meeting, heads_list, opens, passive, said_by};
use super::offices::verb_at;
use super::registry::{Reference, Registry};
use super::subjects::{Subject, coordinated, follows, goes_on, group, will};
use super::task_text::asks_plainly;
use crate::domain::ParticipantRole;
use crate::extract::lexicon::{Cue, Roles, lexicon};
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// A person in a sentence.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The words that name them.
    pub tokens: Range<usize>,
    /// Who, as an index into the registry.
    pub person: usize,
    /// Whether they are named in full.
    pub full: bool,
}

/// Something a sentence says of people.
#[derive(Clone, Debug)]
pub struct Act {
    /// Who, as indices into the registry.
    pub people: Vec<usize>,
    /// What they did.
    pub cue: Cue,
    /// The verb's tokens.
    pub verb: Range<usize>,
}

/// Whether a verb makes its subject a speaker.
pub fn speaks(cue: Cue) -> bool {
    cue.roles.has(ParticipantRole::Speaker) || cue.assigns
}

/// The people a sentence names, in order. `speaker` is whom a bare form of address means.
pub fn actors(doc: &Doc, registry: &Registry, sentence: &Range<usize>, speaker: Option<usize>) -> Vec<Actor> {
    let mut found: Vec<Actor> = Vec::new();
    let mut at = sentence.start;
    let first = registry.mentions.partition_point(|(m, _)| m.tokens.start < sentence.start);
    let mut mentions = registry.mentions.iter().skip(first).peekable();
    while at < sentence.end {
        while mentions.peek().is_some_and(|(m, _)| m.tokens.start < at) {
            mentions.next();
        }
        if let Some((mention, person)) = mentions.peek().filter(|(m, _)| m.tokens.start == at) {
            let tokens = mention.tokens.clone();
            at = tokens.end;
            if dead(doc, sentence, &mention.tokens, &mention.name) || missing(doc, sentence, mention.tokens.start) {
                continue;
            }
            found.push(Actor { tokens, person: *person, full: true });
            continue;
        }
        let last = found.last().map(|a| a.person).or(speaker);
        match registry.reference_at(doc, at, sentence.end, last) {
            Some(Reference { tokens, person }) => {
                at = tokens.end;
                found.push(Actor { tokens, person, full: false });
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a person is named as one who has died: `cố Thủ tướng A`, `liệt sĩ A`.
fn dead(doc: &Doc, sentence: &Range<usize>, mention: &Range<usize>, name: &Range<usize>) -> bool {
    let from = sentence.start.max(mention.start.saturating_sub(1));
    (from..name.start).any(|i| {
        let late = doc.key(i) == "cố" && (i == sentence.start || !matches!(doc.before(i), "củng" | "kiên" | "sự"));
        late && i + 1 >= mention.start || doc.reads(i, &["liệt", "sĩ"]) || doc.reads(i, &["liệt", "sỹ"])
    }) || matches!(doc.before(mention.start), "sĩ" | "sỹ") && doc.back(mention.start, 2) == "liệt"
}

/// Whether a name stands behind the word for those who were not there: `vắng 02 đại biểu có lý do là ông A và bà B`.
fn missing(doc: &Doc, sentence: &Range<usize>, at: usize) -> bool {
    let away = (sentence.start..at).rfind(|&i| doc.key(i) == "vắng");
    let ends = |i: usize| matches!(doc.key(i), ";" | "." | "dự" | "thay" | "đến" | "chủ");
    away.is_some_and(|away| away + 24 > at && !(away..at).any(ends))
}

/// Verbs of taking part outside of the people's own names and offices and of the names of meetings.
pub fn verbs(doc: &Doc, sentence: &Range<usize>, actors: &[Actor]) -> Vec<(Range<usize>, Cue)> {
    let lexicon = lexicon();
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        if let Some(actor) = actors.iter().find(|a| a.tokens.contains(&at)) {
            at = actor.tokens.end;
            continue;
        }
        let rest = doc.slice(at..sentence.end);
        if let Some((len, _)) =
            super::titles::head_at(doc, at, sentence.end).filter(|(len, _)| *len > 1 && !told(doc, at, *len))
        {
            // A có buổi làm việc trực tuyến với ..., A có chuyến thăm
            let had = matches!(doc.before(at), "có") && matches!(doc.key(at), "buổi" | "cuộc" | "phiên");
            if had && found.is_empty() {
                let cue = Cue { roles: Roles::one(ParticipantRole::Attendee), assigns: false };
                found.push((at - 1..at + len, cue));
            }
            at += len;
            continue;
        }
        match verb_at(doc, at, sentence.end) {
            // Năm 2019, ông A được bầu làm ...: not here
            Some((len, _))
                if (at..at + len).any(|i| matches!(doc.key(i), "bầu" | "cử")) && elsewhere(doc, sentence, at) =>
            {
                at += len;
            }
            Some((len, cue)) => {
                // Ban Chỉ đạo, Bộ Chỉ huy: a capital inside a sentence is a name's
                let shouted = at > 0 && doc.slice(at - 1..at + 1).iter().all(|t| t.upper);
                // Đ/c A - Phó Bí thư Báo cáo tổng kết
                let behind = actors.iter().any(|a| a.tokens.end == at);
                let name = rest.first().is_some_and(|t| t.capital)
                    && !shouted
                    && !(behind && said_aloud(doc, at))
                    && doc.slice(sentence.start..at).iter().any(|t| t.kind != TokenKind::Mark)
                    && !matches!(doc.before(at), "." | "\"" | ":" | "-" | "sự")
                    && !(doc.before(at) == ","
                        && matches!(doc.key(at), "chủ" | "dự" | "tham" | "đến" | "cùng" | "đồng"));
                if !name {
                    found.push((at..at + len, hearing(doc, sentence, at, giving(doc, sentence, cue))));
                }
                at += len;
            }
            None if lexicon.cues.len_at(rest).is_some() => at += lexicon.cues.len_at(rest).unwrap_or(1),
            None => at += 1,
        }
    }
    found
}

/// Verbs that some write with a capital behind an office: `Bí thư Huyện ủy Phát biểu tại hội nghị`.
pub fn said_aloud(doc: &Doc, at: usize) -> bool {
    let verbs = [["báo", "cáo"], ["phát", "biểu"], ["trình", "bày"], ["khai", "mạc"], ["bế", "mạc"], ["chủ", "trì"]];
    let next = doc.tokens.get(at + 1).is_some_and(|t| !t.capital);
    next && doc.key(at + 2) != "viên" && verbs.iter().any(|verb| doc.reads(at, verb))
}

/// Whether a meeting's head is a verb, which tells who took part: `làm việc với`, `tiếp đón và làm việc với`, `tiếp xúc
/// cử tri`.
fn told(doc: &Doc, at: usize, len: usize) -> bool {
    let noun = matches!(doc.key(at), "buổi" | "cuộc" | "phiên");
    len >= 3 && !noun && doc.back(at + len, 3) == "làm" && doc.back(at + len, 2) == "việc"
        || len == 4 && doc.reads(at, &["tiếp", "xúc"])
}

/// Who gives flowers or presents, where the sentence knows of no award, is there and no more.
fn giving(doc: &Doc, sentence: &Range<usize>, cue: Cue) -> Cue {
    if cue.roles != Roles::one(ParticipantRole::AwardPresenter) {
        return cue;
    }
    let says = |words: &[&str]| sentence.clone().any(|i| words.contains(&doc.key(i)));
    let award = sentence.clone().any(|i| lexicon().awards.len_at(doc.slice(i..sentence.end)).is_some());
    let presents = says(&["hoa", "quà", "lẵng", "trướng"]) && !award && !says(&["thưởng", "giải", "bằng"]);
    if presents { Cue { roles: Roles::one(ParticipantRole::Attendee), ..cue } } else { cue }
}

/// `Kỳ họp đã nghe A trình bày ...; B thông báo ...`: who is heard reports.
fn hearing(doc: &Doc, sentence: &Range<usize>, at: usize, cue: Cue) -> Cue {
    // Diễn văn do A đọc
    let spoken = |i: usize| doc.reads(i, &["diễn", "văn"]) || doc.reads(i, &["lời", "khai", "mạc"]);
    if doc.key(at) == "đọc" && (sentence.start.max(at.saturating_sub(24))..at).any(spoken) {
        return Cue { roles: Roles::one(ParticipantRole::Speaker), ..cue };
    }
    let heard = doc.reads(at, &["thông", "báo"]) && (sentence.start..at).any(|i| doc.key(i) == "nghe");
    if heard { Cue { roles: Roles::one(ParticipantRole::Presenter), ..cue } } else { cue }
}

/// The verb that heads a list of people in the paragraphs behind a sentence that ends in a colon and names nobody.
pub fn list_verb(verbs: &[(Range<usize>, Cue)], actors: &[Actor]) -> Option<(Range<usize>, Cue)> {
    let takes_part = |cue: &Cue| {
        !cue.assigns && !cue.roles.has(ParticipantRole::Speaker) && !cue.roles.has(ParticipantRole::AwardPresenter)
    };
    verbs.iter().find(|(_, cue)| takes_part(cue)).filter(|_| actors.is_empty()).cloned()
}

/// Every act of a sentence, in the order of its verbs.
pub fn acts(doc: &Doc, sentence: &Range<usize>, actors: &[Actor], verbs: &[(Range<usize>, Cue)]) -> Vec<Act> {
    let mut acts: Vec<Act> = Vec::new();
    let mut led: Vec<usize> = Vec::new(); // actors that a list's verb has taken
    let mut pending: Vec<&(Range<usize>, Cue)> = Vec::new();
    let mut heading: Option<(Range<usize>, Cue)> = None;
    let mut events: Vec<(usize, Event)> =
        actors.iter().enumerate().map(|(i, a)| (a.tokens.start, Event::Actor(i))).collect();
    events.extend(verbs.iter().enumerate().map(|(i, v)| (v.0.start, Event::Verb(i))));
    events.sort_by_key(|e| e.0);
    let mut before: Option<usize> = None; // the actor named last
    let mut planned = false; // A sẽ chủ trì; B dự và chỉ đạo: nobody has done anything yet
    for (_, event) in events {
        match event {
            Event::Verb(i) => {
                let Some(verb) = verbs.get(i) else { continue };
                let subject = before.and_then(|b| actors.get(b).map(|a| (b, a)));
                let alone =
                    subject.is_some_and(|(_, a)| i == 0 || verbs.get(i - 1).is_some_and(|v| v.0.end <= a.tokens.start));
                planned |= subject.is_some_and(|(_, a)| will(doc, a, verb));
                if planned && (!speaks(verb.1) || verb.1.roles.has(ParticipantRole::Directing)) {
                    continue;
                }
                let listed = |b: usize| led.contains(&b);
                if let Some((b, _)) =
                    subject.filter(|(b, a)| follows(doc, sentence, a, verb, Subject { alone, listed: listed(*b) }))
                {
                    // A, Phó Chủ tịch; B, Phó Hiệu trưởng - chủ trì buổi lễ
                    let own = doc.before(verb.0.start) == "-" && !matches!(doc.key(verb.0.start), "đồng" | "cùng");
                    let people = if own {
                        actors.get(b).map(|a| a.person).into_iter().collect()
                    } else {
                        group(doc, actors, b, &led, verb)
                    };
                    acts.push(Act { people, cue: verb.1, verb: verb.0.clone() });
                    // A, Bí thư Tỉnh ủy chủ trì; B, ...: what one item of the list says of itself
                    if !listed(b) || doc.key(verb.0.end) != ";" {
                        heading = None;
                    }
                    pending.clear();
                } else if let Some(people) = goes_on(doc, &acts, verb) {
                    acts.push(Act { people, cue: verb.1, verb: verb.0.clone() });
                } else {
                    heading = None;
                    pending.push(verb);
                }
            }
            Event::Actor(i) => {
                let Some(actor) = actors.get(i) else { continue };
                // Dưới sự chủ trì của A, hội nghị đã nghe B ...: the list is over
                let item = before.and_then(|b| actors.get(b)).map(|b| b.tokens.end..actor.tokens.start);
                if item.is_some_and(|gap| gap.clone().any(|i| matches!(doc.key(i), "đã" | "nghe"))) {
                    heading = None;
                }
                if heading.is_none() {
                    heading = heads_list(doc, sentence, &pending, actor).filter(|_| actor.full);
                }
                if let Some((verb, cue)) = &heading {
                    // thân nhân của ông A: A is no item of the list
                    let owner = doc.before(actor.tokens.start) == "của" && !led.is_empty();
                    if actor.full && !owner {
                        acts.push(Act { people: vec![actor.person], cue: *cue, verb: verb.clone() });
                        led.push(i);
                    }
                } else if let Some(verb) = elects(doc, sentence, actor) {
                    acts.push(one(actor, ParticipantRole::Attendee, verb));
                } else if let Some(verb) = opens(doc, sentence, &pending, actor) {
                    let mut people = vec![actor.person];
                    people.extend(coordinated(doc, actors, i));
                    acts.push(Act { people, cue: verb.1, verb: verb.0.clone() });
                    pending.clear();
                } else if let Some(verb) = host(doc, &acts, actor) {
                    acts.push(Act { people: vec![actor.person], ..verb });
                } else if let Some(verb) = passive(doc, sentence, &pending, actor) {
                    let mut people = vec![actor.person];
                    people.extend(coordinated(doc, actors, i));
                    acts.push(Act { people, cue: verb.1, verb: verb.0.clone() });
                    pending.clear();
                } else if according_to(doc, sentence, actor) {
                    // Theo ông A, ...
                    acts.push(one(actor, ParticipantRole::Speaker, actor.tokens.start - 1..actor.tokens.start));
                } else if reported_by(doc, sentence, actor) {
                    acts.push(one(actor, ParticipantRole::Presenter, actor.tokens.start - 1..actor.tokens.start));
                } else if said_by(doc, sentence, actor) {
                    acts.push(one(actor, ParticipantRole::Speaker, actor.tokens.start - 1..actor.tokens.start));
                } else if actor.full && i == 0 && doc.reads(actor.tokens.end, &[":", "\""]) {
                    // Ông A, Giám đốc ...: "..."
                    acts.push(one(actor, ParticipantRole::Speaker, actor.tokens.end..actor.tokens.end + 1));
                } else if at_meeting(doc, sentence, actor) {
                    acts.push(one(actor, ParticipantRole::Attendee, actor.tokens.clone()));
                }
                before = Some(i);
            }
        }
    }
    acts
}

/// What one person does, where no verb of the vocabulary says so.
fn one(actor: &Actor, role: ParticipantRole, verb: Range<usize>) -> Act {
    Act { people: vec![actor.person], cue: Cue { roles: Roles::one(role), assigns: false }, verb }
}

/// `Theo ông A, ...`, `Theo Thứ trưởng A lễ hội là ...`
fn according_to(doc: &Doc, sentence: &Range<usize>, actor: &Actor) -> bool {
    let end = actor.tokens.end;
    let clause = actor.full
        && actor.tokens.start == sentence.start + 1
        && doc.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Word && !t.capital)
        && !matches!(doc.key(end), "và" | "cùng" | "đã" | "tại" | "về" | "được" | "trong" | "ở" | "là")
        && verb_at(doc, end, sentence.end).is_none();
    // Theo ThS. A (Chi cục Trồng trọt), ...
    let close = (end..end + 16).find(|&i| doc.key(i) == ")").filter(|_| doc.key(end) == "(");
    let behind = close.map_or(end, |close| close + 1);
    // Theo đề nghị của ông A, Phó Chủ tịch UBND huyện tại hội nghị, ...
    let asked = doc.reads(sentence.start, &["theo", "đề", "nghị", "của"]) && actor.tokens.start == sentence.start + 4;
    let there = doc.key(end) == "tại" && super::titles::head_at(doc, end + 1, sentence.end).is_some();
    doc.before(actor.tokens.start) == "theo" && (matches!(doc.key(behind), "," | "thì") || clause) || asked && there
}

/// `Theo báo cáo của đồng chí A, ...`
fn reported_by(doc: &Doc, sentence: &Range<usize>, actor: &Actor) -> bool {
    let at = actor.tokens.start;
    let addressed = lexicon().addresses.len_at(doc.slice(at..sentence.end)).is_some();
    let opens = at == sentence.start + 4 && doc.reads(sentence.start, &["theo", "báo", "cáo", "của"]);
    addressed && opens && actor.full && doc.key(actor.tokens.end) == "," || lectured(doc, sentence, actor)
}

/// `Các đại biểu được nghe chuyên đề ... của TS. A`, `nghe các chuyên đề: ... (Thượng tá A - Phó Trưởng phòng ...)`.
fn lectured(doc: &Doc, sentence: &Range<usize>, actor: &Actor) -> bool {
    let at = actor.tokens.start;
    let topic = |i: usize| doc.reads(i, &["chuyên", "đề"]) || doc.reads(i, &["bài", "giảng"]);
    let heard = (sentence.start..at).rfind(|&i| matches!(doc.key(i), "nghe" | "học"));
    let by = match doc.before(at) {
        // nghe A trình bày chuyên đề của B: somebody else speaks
        "của" => heard.is_some_and(|heard| heard + 12 > at && (heard + 1..heard + 4).any(topic)),
        "(" => heard.is_some_and(|heard| (heard..at).any(topic)) && doc.tokens.get(at).is_some_and(|t| t.capital),
        _ => false,
    };
    actor.full && by
}

/// Whom somebody works with takes part too: `A làm việc với B`.
fn host(doc: &Doc, acts: &[Act], actor: &Actor) -> Option<Act> {
    let last = acts.last()?;
    let with =
        last.cue.roles == Roles::one(ParticipantRole::Attendee) && matches!(doc.before(last.verb.end), "với" | "tiếp");
    (with && actor.full && last.verb.end == actor.tokens.start).then(|| last.clone())
}

enum Event {
    Actor(usize),
    Verb(usize),
}

/// Whoever spoke last and goes on without being named: `Đồng thời, đề nghị ...`, `Bên cạnh đó, yêu cầu ...`.
pub fn unnamed(doc: &Doc, sentence: &Range<usize>, verbs: &[(Range<usize>, Cue)], speaker: usize) -> Option<Act> {
    let (verb, cue) = verbs.first().filter(|(verb, cue)| cue.assigns && asks_plainly(doc, verb.start))?;
    let joiner = |i: usize| {
        matches!(
            doc.key(i),
            "đồng"
                | "thời"
                | "bên"
                | "cạnh"
                | "đó"
                | "ngoài"
                | "ra"
                | "cùng"
                | "với"
                | "vì"
                | "vậy"
                | "do"
                | "theo"
                | "từ"
                | ","
                | "cũng"
                | "đặc"
                | "biệt"
                | "trên"
                | "cơ"
                | "sở"
                | "tiếp"
        )
    };
    let only_joiners = (sentence.start..verb.start).all(joiner);
    only_joiners.then(|| Act { people: vec![speaker], cue: *cue, verb: verb.clone() })
}
