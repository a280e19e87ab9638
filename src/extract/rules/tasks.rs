//! Tasks: what is set out to be done in a coming period, by a speaker, a directive or the report itself.
//!
//! Two shapes. A list: a lead-in that ends in a colon (or a heading), then one task an item. Running speech: what
//! someone asks for, one task a sentence, and one an item where semicolons string items together.

use std::collections::HashSet;
use std::ops::Range;

use super::offices::body_at;
use super::registry::Registry;
use super::roles::SentenceActs;
use super::task_addressee::addressee;
use super::task_lists::{continues_list, heading_year, lead_in, opens_elsewhere, ordinal, ordinals, sets_tasks};
use super::task_plans::{Opening, must_be_done, planned, stands_alone};
use super::task_speech::{announced, asks_again, nominal, past_lead, will_do};
use super::task_text::{Asked, asked_for, asks, asks_plainly, holds};
use super::task_years::{own_year, year_in};
use crate::domain::{ParticipantRole, Task, name_key};
use crate::extract::structure::{Doc, Paragraph, ParagraphKind};

/// What a list's or a speaker's tasks share.
#[derive(Clone, Debug, Default)]
struct Scope {
    year: Option<i16>,
    assigned_by: Option<usize>,
    /// Whether its items carry a bullet or an ordinal; unknown before the first.
    marked: Option<bool>,
}

/// A task before its names are filled in.
struct Found {
    tokens: Range<usize>,
    year: Option<i16>,
    assigned_by: Option<usize>,
    rule: &'static str,
}

/// Years that tasks may refer to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Years {
    /// The year under review.
    pub review: Option<i16>,
    /// The year planned for.
    pub plan: Option<i16>,
    /// The year it was held in.
    pub held: Option<i16>,
}

impl Years {
    /// `năm tới`
    pub fn coming(self) -> Option<i16> {
        self.plan.or(self.review.map(|year| year + 1))
    }

    /// Whether anything says which years are ahead.
    pub fn known(self) -> bool {
        self.plan.is_some() || self.review.is_some() || self.held.is_some()
    }

    /// Whether a year lies ahead of what is reviewed.
    pub fn ahead(self, year: i16) -> bool {
        self.plan == Some(year)
            || self.review.is_some_and(|review| year > review)
            || self.plan.is_none() && self.review.is_none()
    }
}

/// All tasks of the body, in order.
pub fn tasks(doc: &Doc, registry: &Registry, acts: &[SentenceActs], years: Years, meeting: Option<usize>) -> Vec<Task> {
    let mut found: Vec<Found> = Vec::new();
    let mut list: Option<Scope> = None;
    let mut speech: Option<Scope> = None;
    for (index, paragraph) in doc.paragraphs.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| doc.paragraphs.get(i)).map_or(0..0, |p| p.tokens.clone());
        if let Some(scope) = &mut list {
            match item(doc, paragraph, scope) {
                Item::Task(tokens) => {
                    let year = own_year(doc, tokens.clone(), years).or(scope.year);
                    found.push(Found { tokens, year, assigned_by: scope.assigned_by, rule: "task.list_item" });
                    continue;
                }
                Item::Aside => continue,
                Item::End => list = None,
            }
        }
        if let Some(heading) = heading_year(doc, paragraph) {
            list = Some(Scope { year: heading.year.or(years.coming()), assigned_by: None, marked: Some(true) });
            speech = None;
            continue;
        }
        if paragraph.kind == ParagraphKind::Line {
            continue;
        }
        if opens_elsewhere(doc, paragraph.tokens.start) {
            speech = None;
        }
        let counted = ordinals(doc, paragraph.tokens.clone());
        if let Some(first) = counted
            .first()
            .map(|r| r.start)
            .filter(|f| sets_tasks(doc, paragraph.tokens.start..*f, before, speech.is_some()))
        {
            let mut scope = before_ordinals(doc, acts, paragraph, first, years, speech.as_ref());
            for tokens in counted {
                found.push(Found {
                    tokens: trimmed(doc, tokens),
                    year: scope.year,
                    assigned_by: scope.assigned_by,
                    rule: "task.ordinal",
                });
            }
            scope.marked = Some(true);
            speech = None;
            list = Some(scope);
            continue;
        }
        list = prose(doc, registry, acts, paragraph, years, &mut speech, &mut found);
    }
    found.retain(|f| !f.tokens.is_empty());
    // what the lead and the text both say is one task
    let mut known: HashSet<String> = HashSet::new();
    found.retain(|f| known.insert(name_key(&doc.clean(f.tokens.clone()))));
    found.iter().map(|f| task(doc, registry, f, meeting)).collect()
}

fn task(doc: &Doc, registry: &Registry, found: &Found, meeting: Option<usize>) -> Task {
    Task {
        text: doc.clean(found.tokens.clone()),
        year: found.year,
        assigned_by: found.assigned_by.and_then(|p| registry.people.get(p)).map(|p| p.name.clone()),
        meeting,
        evidence: vec![doc.evidence(found.tokens.clone(), found.rule)],
    }
}

enum Item {
    Task(Range<usize>),
    Aside,
    End,
}

/// Whether a paragraph is the next item of a list.
fn item(doc: &Doc, paragraph: &Paragraph, scope: &mut Scope) -> Item {
    let range = paragraph.tokens.clone();
    let counted = ordinal(doc, range.start);
    let bulleted = paragraph.kind == ParagraphKind::Item;
    if counted.is_some() || bulleted {
        if scope.marked == Some(false) {
            return Item::End;
        }
        scope.marked = Some(true);
        let start = counted.unwrap_or(range.start);
        return Item::Task(trimmed(doc, start..range.end));
    }
    match paragraph.kind {
        // a caption between items
        ParagraphKind::Line if range.len() < 40 && !doc.tokens.get(range.start).is_some_and(|t| t.upper) => Item::Aside,
        ParagraphKind::Prose
            if scope.marked != Some(true) && continues_list(doc, range.start) && !opens_elsewhere(doc, range.start) =>
        {
            scope.marked = Some(false);
            Item::Task(trimmed(doc, range))
        }
        _ => Item::End,
    }
}

/// What the words before a paragraph's first ordinal say: who asks, and for which year.
fn before_ordinals(
    doc: &Doc,
    acts: &[SentenceActs],
    paragraph: &Paragraph,
    first: usize,
    years: Years,
    speech: Option<&Scope>,
) -> Scope {
    let lead = paragraph.tokens.start..first;
    let speaks =
        paragraph.sentences.clone().find_map(|i| acts.get(i).filter(|s| s.names_speaker).and_then(|s| s.speaker));
    Scope {
        year: year_in(doc, lead, years).or_else(|| speech.and_then(|s| s.year)),
        assigned_by: speaks.or_else(|| speech.and_then(|s| s.assigned_by)),
        marked: Some(true),
    }
}

/// Tasks in running text; the list that the paragraph leads into, if it ends in a colon.
fn prose(
    doc: &Doc,
    registry: &Registry,
    acts: &[SentenceActs],
    paragraph: &Paragraph,
    years: Years,
    speech: &mut Option<Scope>,
    found: &mut Vec<Found>,
) -> Option<Scope> {
    let mut asked_here = false;
    let mut paragraph_year: Option<i16> = None;
    let mut spoken_here: Option<usize> = None;
    let start_of_paragraph = paragraph.sentences.start;
    for index in paragraph.sentences.clone() {
        let Some(sentence) = doc.sentences.get(index).cloned() else { continue };
        let said = acts.get(index);
        let named = said.is_some_and(|s| s.names_speaker);
        if named {
            spoken_here = said.and_then(|s| s.speaker);
        }
        let ahead = year_in(doc, sentence.clone(), years).filter(|y| years.ahead(*y));
        // Năm nay, ... at the beginning says so itself, even of the year under review
        let here = if doc.key(sentence.start) == "năm" { year_in(doc, sentence.clone(), years) } else { ahead };
        paragraph_year = ahead.or(paragraph_year);
        let asks_list =
            doc.before(sentence.end) == ":" && said.is_some_and(|s| s.acts.iter().any(|a| asks(doc, a.verb.start)));
        if lead_in(doc, &sentence) || asks_list {
            let assigned_by = spoken_here.or_else(|| speech.as_ref().and_then(|s| s.assigned_by));
            // the items stand in the paragraphs behind; those that ordinals count within this one were taken before
            return Some(Scope { year: here.or(paragraph_year), assigned_by, marked: None });
        }
        let speaker = spoken_here.or_else(|| speech.as_ref().and_then(|s| s.assigned_by));
        let again = |from: usize| {
            let verb = speaker.and_then(|_| asks_again(doc, from..sentence.end))?;
            Some((verb.start, asked_for(doc, verb, &sentence, years)?))
        };
        let asking = said.and_then(|s| s.acts.iter().rev().find(|a| a.cue.assigns && !nominal(doc, a.verb.start)));
        if let Some(asks) = asking {
            let person = asks.people.last().copied();
            match asked_for(doc, asks.verb.clone(), &sentence, years) {
                Some(asked) => {
                    let scope = Scope {
                        year: asked.year.or_else(|| year_in(doc, sentence.start..asks.verb.start, years)),
                        assigned_by: person,
                        marked: None,
                    };
                    push_all(doc, found, years, asked.tokens, &scope, "task.asked_for");
                    *speech = Some(scope);
                    asked_here = true;
                }
                None => {
                    if named && !asked_here {
                        *speech = None;
                    }
                    if let Some(told) = announced(doc, asks.verb.clone(), &sentence, years) {
                        let scope = Scope { year: told.year, assigned_by: person, marked: None };
                        push_all(doc, found, years, told.tokens, &scope, "task.announced");
                        *speech = Some(scope);
                        asked_here = true;
                    } else if let Some((verb, asked)) = again(asks.verb.end) {
                        let year = asked.year.or_else(|| year_in(doc, sentence.start..verb, years));
                        let scope = Scope { year, assigned_by: person.or(speaker), marked: None };
                        push_all(doc, found, years, asked.tokens, &scope, "task.asked_for");
                        *speech = Some(scope);
                        asked_here = true;
                    }
                }
            }
            continue;
        }
        if let Some((verb, asked)) = again(sentence.start) {
            let year = asked.year.or_else(|| year_in(doc, sentence.start..verb, years));
            let scope = Scope { year, assigned_by: speaker, marked: None };
            push_all(doc, found, years, asked.tokens, &scope, "task.asked_for");
            *speech = Some(scope);
            asked_here = true;
            continue;
        }
        if let Some((verb, asked)) = body_asks(doc, &sentence, years).filter(|_| !named) {
            let scope = Scope {
                year: asked.year.or_else(|| year_in(doc, sentence.start..verb, years)),
                assigned_by: None,
                marked: None,
            };
            push_all(doc, found, years, asked.tokens, &scope, "task.body_asks");
            *speech = Some(scope);
            asked_here = true;
            continue;
        }
        // ... đề ra 7 nhiệm vụ, giải pháp. Đó là, ...
        let first = sentence.start;
        if doc.reads(first, &["đó", "là"]) && set_out_before(doc, index) {
            let start = first + 2 + usize::from(matches!(doc.key(first + 2), "," | ":"));
            let before = index.checked_sub(1).and_then(|i| doc.sentences.get(i)).cloned().unwrap_or(0..0);
            let scope = Scope { year: year_in(doc, before, years), assigned_by: speaker, marked: None };
            push_all(doc, found, years, start..sentence.end, &scope, "task.planned");
            *speech = Some(scope);
            asked_here = true;
            continue;
        }
        if let Some(tokens) = body_tells(doc, &sentence).filter(|_| !named) {
            let year = year_in(doc, sentence.start..tokens.end.min(tokens.start + 14), years);
            let scope = Scope { year, assigned_by: None, marked: None };
            push_all(doc, found, years, tokens, &scope, "task.announced");
            *speech = Some(scope);
            asked_here = true;
            continue;
        }
        // Theo ông A, Sở sẽ ...
        if let Some((who, tokens)) = according_to(doc, registry, &sentence) {
            let year = year_in(doc, tokens.start..tokens.end.min(tokens.start + 14), years);
            let scope = Scope { year, assigned_by: Some(who), marked: None };
            push_all(doc, found, years, tokens, &scope, "task.announced");
            *speech = Some(scope);
            asked_here = true;
            continue;
        }
        let said_last = said.and_then(|s| s.acts.iter().rev().find(|a| a.cue.roles.has(ParticipantRole::Speaker)));
        if let Some((act, told)) = said_last.and_then(|a| Some((a, announced(doc, a.verb.clone(), &sentence, years)?)))
        {
            let scope = Scope { year: told.year, assigned_by: act.people.last().copied(), marked: None };
            push_all(doc, found, years, told.tokens, &scope, "task.announced");
            *speech = Some(scope);
            asked_here = true;
            continue;
        }
        if named {
            // whoever asked and speaks on may ask again
            let same = speech.as_ref().is_some_and(|s| s.assigned_by.is_some() && s.assigned_by == spoken_here);
            if !same {
                *speech = None;
                asked_here = false;
            }
            continue;
        }
        if let Some(opening) = planned(doc, &sentence, years) {
            let Opening { tokens, year, open } = opening;
            let scope = Scope { year, assigned_by: None, marked: None };
            push_all(doc, found, years, tokens, &scope, "task.planned");
            *speech = open.then_some(scope);
            continue;
        }
        let speaking = said.and_then(|s| s.speaker);
        if let Some(tokens) = must_be_done(doc, &sentence).filter(|_| speech.is_none() && speaking.is_some()) {
            let year = year_in(doc, sentence.start..tokens.start, years);
            let scope = Scope { year, assigned_by: speaking, marked: None };
            push_all(doc, found, years, tokens, &scope, "task.continued");
            *speech = Some(scope);
            asked_here = true;
            continue;
        }
        if let Some(scope) = speech.clone() {
            let first = index == start_of_paragraph;
            if let Some(tokens) = stands_alone(doc, &sentence, first || asked_here) {
                push_all(doc, found, years, tokens, &scope, "task.continued");
                asked_here = true;
            } else if asked_here && !first && scope.assigned_by.is_none() {
                *speech = None;
            }
        }
    }
    None
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

/// `Ban Tuyên giáo Tỉnh ủy đề nghị các cơ quan báo chí ...`: a body, not a person, asks.
fn body_asks(doc: &Doc, sentence: &Range<usize>, years: Years) -> Option<(usize, Asked)> {
    let verb = sentence.clone().find(|&i| asks_plainly(doc, i) && !nominal(doc, i))?;
    let from = sentence.start.max(verb.saturating_sub(16));
    let subject = (from..verb).any(|i| body_at(doc, i, sentence.end).is_some_and(|body| body.end == verb));
    let len = 1 + usize::from(doc.key(verb) != "giao");
    subject.then(|| asked_for(doc, verb..verb + len, sentence, years)).flatten().map(|asked| (verb, asked))
}

/// Whether the sentence before one says that tasks are set out: `... đề ra 7 nhiệm vụ, giải pháp quan trọng.`
fn set_out_before(doc: &Doc, index: usize) -> bool {
    let Some(before) = index.checked_sub(1).and_then(|i| doc.sentences.get(i)) else { return false };
    holds(doc, before, &["nhiệm vụ", "giải pháp", "định hướng"])
        && holds(doc, before, &["đề ra", "xác định", "đưa ra", "nêu", "nhấn mạnh", "yêu cầu", "đề nghị", "tập trung"])
}

/// `Tổng cục cho biết, trong năm 2023, toàn ngành sẽ ...`: what a body tells it will do.
fn body_tells(doc: &Doc, sentence: &Range<usize>) -> Option<Range<usize>> {
    let verb = sentence.clone().take(24).find(|&i| doc.reads(i, &["cho", "biết"]))?;
    let subject = (sentence.start..verb).any(|i| body_at(doc, i, sentence.end).is_some_and(|body| body.end == verb));
    let from = verb + 2 + usize::from(doc.key(verb + 2) == ",");
    subject.then(|| will_do(doc, from..sentence.end)).flatten()
}

/// One task an item where semicolons string items together.
fn push_all(doc: &Doc, found: &mut Vec<Found>, years: Years, tokens: Range<usize>, scope: &Scope, rule: &'static str) {
    let tokens = past_lead(doc, tokens);
    let mut start = tokens.start;
    let mut depth = 0i32;
    for i in tokens.clone() {
        match doc.key(i) {
            "(" => depth += 1,
            ")" => depth -= 1,
            ";" if depth <= 0 => {
                push(doc, found, years, start..i, scope, rule);
                start = i + 1;
            }
            _ => {}
        }
    }
    push(doc, found, years, start..tokens.end, scope, rule);
}

fn push(doc: &Doc, found: &mut Vec<Found>, years: Years, tokens: Range<usize>, scope: &Scope, rule: &'static str) {
    let mut tokens = trimmed(doc, tokens);
    if asks_plainly(doc, tokens.start) {
        // ...; giao Công an thành phố tăng cường tuần tra: the item's own addressee
        let verb = tokens.start..tokens.start + 1 + usize::from(doc.key(tokens.start) != "giao");
        if let Some(asked) = asked_for(doc, verb, &tokens, Years::default()) {
            tokens = trimmed(doc, asked.tokens);
        }
    }
    if tokens.len() >= 3 {
        let year = own_year(doc, tokens.clone(), years).or(scope.year);
        found.push(Found { tokens, year, assigned_by: scope.assigned_by, rule });
    }
}

/// Without the marks around it and words that only join it to what came before.
fn trimmed(doc: &Doc, tokens: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (tokens.start, tokens.end);
    while end > start && matches!(doc.before(end), "." | ";" | "," | "/" | ":" | "!") {
        end -= 1;
    }
    loop {
        if matches!(doc.key(start), "," | ";" | "-" | "." | "và") && start < end {
            start += 1;
        } else if doc.reads(start, &["đồng", "thời"]) || doc.reads(start, &["trong", "đó"]) {
            start += 2;
        } else if doc.reads(start, &["bên", "cạnh", "đó"]) || doc.reads(start, &["cùng", "với", "đó"]) {
            start += 3;
        } else {
            break;
        }
    }
    start.min(end)..end
}
