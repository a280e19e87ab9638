//! Tasks in running text: what each sentence of a paragraph asks for, announces or goes on with.

use std::ops::Range;

use super::registry::Registry;
use super::roles::SentenceActs;
use super::task_lists::lead_in;
use super::task_plans::planned;
use super::task_sequels::{must_be_done, stands_alone};
use super::task_speech::{nominal, past_lead};
use super::task_text::{asked_for, asks, asks_plainly, phrase};
use super::task_voices::{Told, Utterance, voiced};
use super::task_years::{own_year, time_phrase, year_in};
use super::tasks::{Found, Scope, Years, trimmed};
use super::years::year_at;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::{Doc, Paragraph};

/// What the sentences of one paragraph leave behind for the next.
struct Speaking<'a, 'd> {
    doc: &'a Doc<'d>,
    years: Years,
    speech: &'a mut Option<Scope>,
    found: &'a mut Vec<Found>,
    /// Whether the last sentence was a task.
    asked_here: bool,
}

impl Speaking<'_, '_> {
    /// Takes a task, and remembers who sets it for the sentences behind.
    fn take(&mut self, told: Told) {
        let scope = Scope { year: told.year, assigned_by: told.by, marked: None };
        push_all(self.doc, self.found, self.years, told.tokens, &scope, told.rule);
        *self.speech = Some(scope);
        self.asked_here = true;
    }

    /// What a sentence without a voice of its own plans, or goes on with. `speaking` is who spoke last.
    /// `here` is who spoke in this paragraph.
    /// `before` is the year that the paragraph has named.
    fn unvoiced(
        &mut self,
        sentence: &Range<usize>,
        opens: bool,
        speaking: Option<usize>,
        here: Option<usize>,
        before: Option<i16>,
    ) {
        let (doc, years) = (self.doc, self.years);
        // Được biết, sắp tới Tỉnh đoàn sẽ tổ chức ...: news of another event
        if phrase(doc, sentence.start, "được biết") {
            return;
        }
        // Ban Thường vụ cho biết, huyện đã ...: somebody else speaks
        if (sentence.start..sentence.end.min(sentence.start + 8)).any(|i| doc.reads(i, &["cho", "biết", ","])) {
            *self.speech = None;
            self.asked_here = false;
            return;
        }
        if let Some(opening) = planned(doc, sentence, years) {
            // ... Nghị quyết về nhiệm vụ năm 2023. Nghị quyết xác định 3 nhóm nhiệm vụ: a; b
            let set_before = before.filter(|_| phrase(doc, sentence.start, "nghị quyết"));
            // Về nhiệm vụ năm 2024, Mặt trận phường cần ...: whoever speaks says what must be
            let must = matches!(doc.before(opening.tokens.start), "cần" | "phải");
            let scope = Scope { year: opening.year.or(set_before), assigned_by: here.filter(|_| must), marked: None };
            push_all(doc, self.found, years, opening.tokens, &scope, "task.planned");
            *self.speech = opening.open.then_some(scope);
            return;
        }
        if let Some(tokens) = must_be_done(doc, sentence).filter(|_| self.speech.is_none() && speaking.is_some()) {
            let year = year_in(doc, sentence.start..tokens.start, years);
            self.take(Told { tokens, year, by: speaking, rule: "task.continued" });
            return;
        }
        // Trong năm 2018, toàn huyện kiểm tra ...: what was done in a year gone by
        let when = sentence.start..time_phrase(doc, sentence.start, sentence.end).unwrap_or(sentence.start);
        let year = when.into_iter().find_map(|i| year_at(doc, i));
        if year.zip(years.held).is_some_and(|(year, held)| year < held) {
            return;
        }
        let Some(scope) = self.speech.clone() else { return };
        if let Some(tokens) = stands_alone(doc, sentence, opens || self.asked_here) {
            push_all(doc, self.found, years, tokens, &scope, "task.continued");
            self.asked_here = true;
        } else if self.asked_here && !opens && scope.assigned_by.is_none() {
            *self.speech = None;
        }
    }
}

/// The tasks of a paragraph; the list that it leads into, if it ends in a colon.
pub fn prose(
    doc: &Doc,
    registry: &Registry,
    acts: &[SentenceActs],
    paragraph: &Paragraph,
    years: Years,
    speech: &mut Option<Scope>,
    found: &mut Vec<Found>,
) -> Option<Scope> {
    let mut paragraph_year: Option<i16> = None;
    let mut spoken_here: Option<usize> = None;
    let mut speaking = Speaking { doc, years, speech, found, asked_here: false };
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
        let speaker = spoken_here.or_else(|| speaking.speech.as_ref().and_then(|s| s.assigned_by));
        if lead_in(doc, &sentence) || asks_list {
            // the items stand in the paragraphs behind; those that ordinals count within this one were taken before
            return Some(Scope { year: here.or(paragraph_year), assigned_by: speaker, marked: None });
        }
        let asking = said.and_then(|s| s.acts.iter().rev().find(|a| a.cue.assigns && !nominal(doc, a.verb.start)));
        let utterance = Utterance { index, sentence: &sentence, said, asking, named, speaker };
        if let Some(told) = voiced(doc, registry, &utterance, years) {
            speaking.take(told);
        } else if asking.is_some() {
            if named && !speaking.asked_here {
                *speaking.speech = None;
            }
        } else if named {
            // whoever asked and speaks on may ask again
            let before = speaking.speech.as_ref().and_then(|s| s.assigned_by);
            if before.is_none() || before != spoken_here {
                *speaking.speech = None;
                speaking.asked_here = false;
            }
        } else {
            let opens = index == paragraph.sentences.start;
            speaking.unvoiced(&sentence, opens, said.and_then(|s| s.speaker), spoken_here, paragraph_year);
        }
    }
    None
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
            // nhất là Chỉ thị số 47; Chỉ thị số 39: another act of the same item
            ";" if depth <= 0 && !(doc.tokens.get(i + 1).is_some_and(|t| t.capital) && doc.key(i + 3) == "số") => {
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
    // đề nghị UBND tặng Giấy khen cho ...: an award that is proposed
    let gives = ["tặng", "trao tặng", "xét tặng", "truy tặng"].iter().any(|w| phrase(doc, tokens.start, w));
    let named = |i: usize| lexicon().awards.len_at(doc.slice(i..tokens.end)).is_some();
    let award = gives && (tokens.start + 1..tokens.start + 4).any(named);
    // ...; hiện cả tuyến mới có 3 cụm: how things are
    let stands =
        doc.key(tokens.start) == "hiện" && matches!(doc.key(tokens.start + 1), "nay" | "cả" | "có" | "mới" | "còn");
    if tokens.len() >= 3 && !award && !stands {
        let year = own_year(doc, tokens.clone(), years).or(scope.year);
        found.push(Found { tokens, year, assigned_by: scope.assigned_by, rule });
    }
}
