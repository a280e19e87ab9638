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
}

impl Read {
    /// Everything the source states. Takes as long as extraction does.
    pub fn of(source: Source) -> Self {
        let facts = extract::extract(&source);
        let ends = source.text.len();
        let bytes = source.text.char_indices().map(|(at, _)| at).chain([ends]).collect();
        Self { source, facts, bytes }
    }

    /// How many code points all evidence has together.
    pub fn quoted(&self) -> u64 {
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
        all.map(|place| u64::from(place.span.len())).sum()
    }

    fn evidence(&self, places: &[domain::Evidence]) -> Vec<ExtractedEvidence> {
        let byte = |point: u32| usize::try_from(point).ok().and_then(|point| self.bytes.get(point).copied());
        let quote = |span: domain::Span| self.source.text.get(byte(span.start)?..byte(span.end)?);
        let place = |place: &domain::Evidence| ExtractedEvidence {
            quote: quote(place.span).unwrap_or_default().to_owned(),
            start: i32::try_from(place.span.start).unwrap_or(i32::MAX),
            end: i32::try_from(place.span.end).unwrap_or(i32::MAX),
            rule: place.rule,
            confidence: extract::confidence(place.rule),
        };
        // As stored facts have it: in the text's order, a place that several rules share once.
        let mut places = places.to_vec();
        places.sort_unstable();
        places.dedup_by_key(|place| place.span);
        places.iter().map(place).collect()
    }
}

/// The place in the text that a fact was taken from (dẫn chứng). Offsets count Unicode code points of
/// `Extraction.text`.
#[derive(SimpleObject)]
struct ExtractedEvidence {
    /// The words themselves (nguyên văn): exactly the text from `start` to `end`.
    quote: String,
    /// Where they begin: how many code points of the text stand ahead of them.
    start: i32,
    /// Where they end, exclusive.
    end: i32,
    /// The name of the extraction rule (quy tắc trích xuất) that took the fact from here.
    rule: &'static str,
    /// How often what this rule says is right (độ tin cậy), in [0, 1], as counted on the project's gold documents.
    confidence: Option<f64>,
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
