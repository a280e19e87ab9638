//! Tasks: what is set out to be done in a coming period, by a speaker, a directive or the report itself.
//!
//! Two shapes. A list: a lead-in that ends in a colon (or a heading), then one task an item. Running speech: what
//! someone asks for, one task a sentence, and one an item where semicolons string items together.

use std::collections::HashSet;
use std::ops::Range;

use super::registry::Registry;
use super::roles::SentenceActs;
use super::task_lists::{asks_of, continues_list, heading_year, opens_elsewhere, ordinal, ordinals, sets_tasks};
use super::task_prose::prose;
use super::task_years::{own_year, year_in};
use crate::domain::{Task, name_key};
use crate::extract::structure::{Doc, Paragraph, ParagraphKind};

/// What a list's or a speaker's tasks share.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Their year.
    pub year: Option<i16>,
    /// Who sets them.
    pub assigned_by: Option<usize>,
    /// Whether its items carry a bullet or an ordinal; unknown before the first.
    pub marked: Option<bool>,
}

/// A task before its names are filled in.
pub struct Found {
    /// Its text.
    pub tokens: Range<usize>,
    /// The year to do it in.
    pub year: Option<i16>,
    /// Who sets it.
    pub assigned_by: Option<usize>,
    /// The rule it was taken by.
    pub rule: &'static str,
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
    let mut told = false;
    // PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2019, and below it: II. Nhiệm vụ, giải pháp chủ yếu
    let mut chapter: Option<i16> = None;
    for (index, paragraph) in doc.paragraphs.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| doc.paragraphs.get(i)).map_or(0..0, |p| p.tokens.clone());
        if let Some(scope) = &mut list {
            match item(doc, paragraph, scope) {
                // 3. Về nhân lực: | - Cử 6 bác sĩ đi học: what leads into items below it is none
                Item::Task(tokens)
                    if doc.before(paragraph.tokens.end) == ":"
                        && tokens.len() < 8
                        && doc.paragraphs.get(index + 1).is_some_and(|next| next.kind == ParagraphKind::Item) =>
                {
                    continue;
                }
                Item::Task(tokens) => {
                    // Thứ nhất, ... Thứ hai, ...: several in one paragraph
                    let several = ordinals(doc, paragraph.tokens.clone());
                    if several.len() > 1 {
                        found.extend(several.into_iter().map(|tokens| counted(doc, tokens, scope, years)));
                        continue;
                    }
                    let year = own_year(doc, tokens.clone(), years).or(scope.year);
                    found.push(Found { tokens, year, assigned_by: scope.assigned_by, rule: "task.list_item" });
                    continue;
                }
                Item::Aside => continue,
                Item::End => list = None,
            }
        }
        if let Some(heading) = heading_year(doc, paragraph) {
            chapter = heading.year.or(chapter);
            let year = chapter.or(years.coming());
            list = Some(Scope { year, assigned_by: None, marked: Some(true) });
            speech = None;
            continue;
        }
        if paragraph.kind == ParagraphKind::Line {
            continue;
        }
        if opens_elsewhere(doc, paragraph.tokens.start) {
            speech = None;
        }
        let ordered = ordinals(doc, paragraph.tokens.clone());
        if let Some(first) = ordered.first().map(|r| r.start).filter(|f| {
            // behind a first item that is a lesson, so is the second
            let goes_on = *f < paragraph.tokens.start + 6;
            !(told && goes_on) && sets_tasks(doc, paragraph.tokens.start..*f, before, speech.is_some())
        }) {
            told = false;
            let mut scope = before_ordinals(doc, acts, paragraph, first, years, speech.as_ref());
            found.extend(ordered.into_iter().map(|tokens| counted(doc, tokens, &scope, years)));
            scope.marked = Some(true);
            speech = None;
            list = Some(scope);
            continue;
        }
        told = ordered.first().is_some_and(|r| r.start < paragraph.tokens.start + 6);
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

/// What an ordinal counts.
fn counted(doc: &Doc, tokens: Range<usize>, scope: &Scope, years: Years) -> Found {
    let year = own_year(doc, tokens.clone(), years).or(scope.year);
    Found { tokens: trimmed(doc, tokens), year, assigned_by: scope.assigned_by, rule: "task.ordinal" }
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
            if scope.marked != Some(true)
                && (continues_list(doc, range.start) || scope.assigned_by.is_some() && asks_of(doc, &range))
                && !opens_elsewhere(doc, range.start) =>
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

/// Without the marks around it and words that only join it to what came before.
pub fn trimmed(doc: &Doc, tokens: Range<usize>) -> Range<usize> {
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
