//! What `extract` answers with: facts of a text that is stored nowhere, so without ids and without links to what is.
//!
//! Fields are called as those of the stored types, so that a client can show both with the same code.

mod claims;
mod meeting;

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};

use super::{
    enums::DocumentKind,
    evidence::strongest,
    limits::list_cost,
    passage::{Passage, Passages},
    scalars::{Date, Decimal},
};
use claims::{ExtractedAward, ExtractedDirective, ExtractedFigure, ExtractedTask};
use meeting::ExtractedMeetingReport;

use crate::{
    domain::{self, Source},
    extract,
};

/// A text with what was found in it.
pub struct Read {
    source: Source,
    facts: domain::Extraction,
    /// Where each code point begins in the text, in bytes, and where the last one ends.
    bytes: Vec<usize>,
    /// The text, to look up what stands around a place.
    passages: Passages,
}

impl Read {
    /// Everything the source states. Takes as long as extraction does.
    pub fn of(source: Source) -> Self {
        let facts = extract::extract(&source);
        let ends = source.text.len();
        let bytes = source.text.char_indices().map(|(at, _)| at).chain([ends]).collect();
        let passages = Passages::of(source.text.clone());
        Self { source, facts, bytes, passages }
    }

    /// How many code points all evidence has together, with what stands around it if that is asked for too.
    pub fn quoted(&self, with_context: bool) -> u64 {
        let facts = &self.facts;
        let meetings = facts.meetings.iter().flat_map(|m| {
            let participants = m.participants.iter().flat_map(|p| &p.evidence);
            m.evidence.iter().chain(participants)
        });
        let tasks = facts.tasks.iter().flat_map(|t| &t.evidence);
        let awards = facts.awards.iter().flat_map(|a| &a.evidence);
        let directives = facts.directives.iter().flat_map(|d| &d.evidence);
        let figures = facts.figures.iter().flat_map(|f| &f.evidence);
        let all = meetings.chain(tasks).chain(awards).chain(directives).chain(figures);
        let around = |span: domain::Span| self.around(span).words.chars().count() as u64;
        all.map(|place| u64::from(place.span.len()) + if with_context { around(place.span) } else { 0 }).sum()
    }

    fn around(&self, span: domain::Span) -> Passage<'_> {
        let point = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
        self.passages.around(point(span.start), point(span.end))
    }

    fn evidence(self: &Arc<Self>, places: &[domain::Evidence]) -> Vec<ExtractedEvidence> {
        // As stored facts have it: in the text's order, a place that several rules share once.
        let mut places = places.to_vec();
        places.sort_unstable();
        places.dedup_by_key(|place| place.span);
        places.into_iter().map(|place| ExtractedEvidence { read: self.clone(), place }).collect()
    }
}

/// A place in the text.
struct ExtractedEvidence {
    read: Arc<Read>,
    place: domain::Evidence,
}

/// The place in the text that a fact was taken from (dẫn chứng). Offsets count Unicode code points of
/// `Extraction.text`.
#[Object]
impl ExtractedEvidence {
    /// The words themselves (nguyên văn): exactly the text from `start` to `end`.
    async fn quote(&self) -> &str {
        let byte = |point: u32| usize::try_from(point).ok().and_then(|point| self.read.bytes.get(point).copied());
        let place = byte(self.place.span.start).zip(byte(self.place.span.end));
        place.and_then(|(start, end)| self.read.source.text.get(start..end)).unwrap_or_default()
    }

    /// Where they begin: how many code points of the text stand ahead of them.
    async fn start(&self) -> i32 {
        i32::try_from(self.place.span.start).unwrap_or(i32::MAX)
    }

    /// Where they end, exclusive.
    async fn end(&self) -> i32 {
        i32::try_from(self.place.span.end).unwrap_or(i32::MAX)
    }

    /// The sentence or line that the quote stands in (ngữ cảnh): exactly the text, from `contextStart` on. All of them if
    /// the quote is of several; of what stands ahead of the quote and behind it, 200 code points each at most.
    async fn context(&self) -> &str {
        self.read.around(self.place.span).words
    }

    /// Where `context` begins: how many code points of the text stand ahead of it. The quote begins `start` minus this
    /// many into it.
    async fn context_start(&self) -> i32 {
        i32::try_from(self.read.around(self.place.span).start).unwrap_or(i32::MAX)
    }

    /// The name of the extraction rule (quy tắc trích xuất) that took the fact from here.
    async fn rule(&self) -> &str {
        self.place.rule
    }

    /// How often what this rule says is right (độ tin cậy), in [0, 1], as counted on the project's gold documents.
    async fn confidence(&self) -> Option<f64> {
        extract::confidence(self.place.rule)
    }
}

/// A body (cơ quan, đơn vị) as the text words it.
#[derive(SimpleObject)]
struct ExtractedOrganization {
    /// The name as worded, abbreviations written out.
    name: String,
}

impl ExtractedOrganization {
    fn all(names: &[String]) -> Vec<Self> {
        names.iter().map(|name| Self { name: name.clone() }).collect()
    }
}

/// Everything that a text states (kết quả trích xuất), in its order.
pub struct Extraction(Arc<Read>);

impl Extraction {
    /// What was read.
    pub fn of(read: Read) -> Self {
        Self(Arc::new(read))
    }
}

/// Everything that a text states (kết quả trích xuất), in its order; stored nowhere.
#[Object]
impl Extraction {
    /// The slug that was asked for.
    async fn slug(&self) -> &str {
        &self.0.source.slug
    }

    /// The title (tiêu đề): the front matter's, else the text's first line.
    async fn title(&self) -> &str {
        &self.0.source.title
    }

    /// What the text is.
    async fn kind(&self) -> DocumentKind {
        self.0.facts.kind.into()
    }

    /// When it was published (ngày đăng), if that was said.
    async fn published_on(&self) -> Option<Date> {
        self.0.source.meta.published_on.map(Date)
    }

    /// The text as read, in Unicode's form NFC, without front matter: what all offsets of evidence count in.
    async fn text(&self) -> &str {
        &self.0.source.text
    }

    /// What it says, meeting by meeting.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn reports(&self) -> Vec<ExtractedMeetingReport> {
        let of =
            |report: &domain::MeetingReport| ExtractedMeetingReport { read: self.0.clone(), report: report.clone() };
        self.0.facts.meetings.iter().map(of).collect()
    }

    /// The tasks (nhiệm vụ) it states.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn tasks(&self) -> Vec<ExtractedTask> {
        let of = |task: &domain::Task| ExtractedTask { read: self.0.clone(), task: task.clone() };
        self.0.facts.tasks.iter().map(of).collect()
    }

    /// The awards (khen thưởng) it reports.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn awards(&self) -> Vec<ExtractedAward> {
        let of = |award: &domain::AwardReport| ExtractedAward { read: self.0.clone(), award: award.clone() };
        self.0.facts.awards.iter().map(of).collect()
    }

    /// Numbered acts (văn bản chỉ đạo) that it cites, each once.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn directives(&self) -> Vec<ExtractedDirective> {
        let of = |act: &domain::Directive| ExtractedDirective {
            code: act.code.clone(),
            issued_by: act.issued_by.clone().map(|name| ExtractedOrganization { name }),
            issued_on: act.issued_on.map(Date),
            confidence: strongest(act.evidence.iter().map(|place| place.rule)),
            evidence: self.0.evidence(&act.evidence),
        };
        self.0.facts.directives.iter().map(of).collect()
    }

    /// Quantities with a unit (số liệu).
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn figures(&self) -> Vec<ExtractedFigure> {
        let of = |figure: &domain::Figure| ExtractedFigure {
            value: Decimal(figure.value),
            unit: figure.unit.clone(),
            qualifier: figure.qualifier.into(),
            confidence: strongest(figure.evidence.iter().map(|place| place.rule)),
            evidence: self.0.evidence(&figure.evidence),
        };
        self.0.facts.figures.iter().map(of).collect()
    }
}
