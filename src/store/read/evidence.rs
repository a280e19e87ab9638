//! Where facts stand: those of one fact, and those of everything a resolved thing was put together from.

use sqlx::Error;
use uuid::Uuid;

use super::{Fields, FromFields, Group};

/// A place in a document that supports a fact.
#[derive(Clone, Debug)]
pub struct EvidenceRow {
    /// The document.
    pub document: Uuid,
    /// First code point.
    pub start: i32,
    /// One past the last.
    pub end: i32,
    /// The rule that took the fact from there.
    pub rule: String,
    /// Exactly that slice of the document's text.
    pub quote: String,
}

impl FromFields for EvidenceRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
        Ok(Self {
            document: row.try_get("document_id")?,
            start: row.try_get("start_at")?,
            end: row.try_get("end_at")?,
            rule: row.try_get("rule")?,
            quote: row.try_get("quote")?,
        })
    }
}

/// Evidence of each `parent` of the given (parent, fact) pairs, document by document, in the text's order, a place
/// that several facts share once.
///
/// `text || ''` behind OFFSET 0 takes a document's text out of its compressed storage once, not once a quote.
macro_rules! evidence {
    ($pairs:literal) => {
        Group::new(concat!(
            "WITH pairs AS MATERIALIZED (",
            $pairs,
            "), found AS MATERIALIZED (SELECT DISTINCT ON (p.parent, f.document_id, e.start_at, e.end_at) \
             p.parent, f.document_id, e.start_at, e.end_at, e.rule \
             FROM pairs p JOIN facts f ON f.id = p.fact_id JOIN evidence e ON e.fact_id = f.id \
             ORDER BY p.parent, f.document_id, e.start_at, e.end_at, e.rule) \
             SELECT found.*, substr(d.text, found.start_at + 1, found.end_at - found.start_at) AS quote \
             FROM (SELECT id, slug, text || '' AS text FROM documents \
                   WHERE id = ANY(ARRAY(SELECT document_id FROM found)) OFFSET 0) AS d \
             JOIN found ON found.document_id = d.id \
             ORDER BY found.parent, d.slug, found.start_at, found.end_at"
        ))
        .giving("document_id, start_at, end_at, rule, quote")
    };
}

/// Evidence of a single fact: a report, a task, an act cited, a figure.
pub const EVIDENCE_OF_FACT: Group<EvidenceRow> =
    evidence!("SELECT id AS parent, id AS fact_id FROM unnest($1::uuid[]) AS id");

/// Evidence of a meeting: that of all reports of it.
pub const EVIDENCE_OF_MEETING: Group<EvidenceRow> =
    evidence!("SELECT meeting_id AS parent, id AS fact_id FROM meeting_reports WHERE meeting_id = ANY($1)");

/// Evidence of a participant: that of all reports of them at that meeting.
pub const EVIDENCE_OF_PARTICIPANT: Group<EvidenceRow> =
    evidence!("SELECT participant_id AS parent, id AS fact_id FROM participant_reports WHERE participant_id = ANY($1)");

/// Evidence of an award: that of all reports of it.
pub const EVIDENCE_OF_AWARD: Group<EvidenceRow> =
    evidence!("SELECT award_id AS parent, id AS fact_id FROM award_reports WHERE award_id = ANY($1)");

/// A rule that took something.
#[derive(Clone, Debug)]
pub struct RuleRow {
    /// Its name.
    pub rule: String,
}

impl FromFields for RuleRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
        Ok(Self { rule: row.try_get("rule")? })
    }
}

/// The rules in the evidence of each `parent`, each once; `fact` is the fact's id in `table`.
macro_rules! rules {
    ($parent:literal, $fact:literal, $table:literal) => {
        Group::new(concat!(
            "SELECT DISTINCT x.",
            $parent,
            " AS parent, e.rule FROM ",
            $table,
            " x JOIN evidence e ON e.fact_id = x.",
            $fact,
            " WHERE x.",
            $parent,
            " = ANY($1) ORDER BY 1, 2"
        ))
    };
}

/// The rules in a single fact's evidence.
pub const RULES_OF_FACT: Group<RuleRow> = rules!("id", "id", "facts");
/// The rules in the evidence of all reports of a meeting.
pub const RULES_OF_MEETING: Group<RuleRow> = rules!("meeting_id", "id", "meeting_reports");
/// The rules in the evidence of all reports of a participant.
pub const RULES_OF_PARTICIPANT: Group<RuleRow> = rules!("participant_id", "id", "participant_reports");
/// The rules in the evidence of all reports of an award.
pub const RULES_OF_AWARD: Group<RuleRow> = rules!("award_id", "id", "award_reports");
