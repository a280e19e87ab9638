//! What one document says, as extracted: the first of the two layers.
//!
//! A value the text does not support is `None` or absent. Every fact carries at least one [`Evidence`]. People and
//! bodies stand as worded; who is who is decided in `resolve`.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::{
    CountQualifier, DocumentKind, Evidence, MeetingKind, MeetingLevel, MeetingMode, PartOfDay, ParticipantKind,
    ParticipantRole, ProvinceId, Span,
};

/// Everything one document states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Extraction {
    /// What the document is.
    pub kind: DocumentKind,
    /// The meetings it reports as held, in the text's order.
    pub meetings: Vec<MeetingReport>,
    /// Tasks set out for a coming period, in the text's order.
    pub tasks: Vec<Task>,
    /// Awards given or decided at the meetings, in the text's order.
    pub awards: Vec<AwardReport>,
    /// Numbered acts cited in the body, each once.
    pub directives: Vec<Directive>,
    /// Quantities with a unit, in the text's order.
    pub figures: Vec<Figure>,
    /// The sentences of its body, in the text's order: what search finds. No fact, so not part of what is printed.
    #[serde(skip)]
    pub sentences: Vec<Span>,
}

/// How many, and how exactly that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The number as stated, multiplied out (`10 vạn` is 100,000).
    pub value: i64,
    /// Whether more, fewer or about as many.
    pub qualifier: CountQualifier,
}

/// One document's account of one meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeetingReport {
    /// The full name, abbreviations the document introduces written out, without date or place.
    pub title: String,
    /// What kind of meeting.
    pub kind: MeetingKind,
    /// Its first day.
    pub date: Option<NaiveDate>,
    /// Part of the day, where it lasted one.
    pub part_of_day: Option<PartOfDay>,
    /// In person, online or both, where stated.
    pub mode: Option<MeetingMode>,
    /// Whose meeting it is.
    pub level: Option<MeetingLevel>,
    /// The place named for the main meeting.
    pub venue: Option<String>,
    /// The province of that place, or of the body whose meeting it is.
    pub province: Option<ProvinceId>,
    /// The year under review.
    pub review_year: Option<i16>,
    /// The year planned for.
    pub plan_year: Option<i16>,
    /// Connected sites in total.
    pub site_count: Option<Count>,
    /// Attendees in total.
    pub attendee_count: Option<Count>,
    /// Bodies that hold it, as worded, abbreviations written out.
    pub organizers: Vec<String>,
    /// Bodies it is held together with.
    pub co_organizers: Vec<String>,
    /// People and delegations, in the text's order, each once.
    pub participants: Vec<ParticipantReport>,
    /// Where it stands.
    pub evidence: Vec<Evidence>,
}

/// One document's account of one participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParticipantReport {
    /// A named person or a delegation.
    pub kind: ParticipantKind,
    /// The name without titles, ranks or forms of address; the delegation as worded.
    pub name: String,
    /// All that the text supports, in the enum's order; never empty.
    pub roles: Vec<ParticipantRole>,
    /// Titles, each as its own text, in the text's order.
    pub positions: Vec<Position>,
    /// The connected site where they took part; `None` at the main site.
    pub site: Option<Site>,
    /// Where it stands; a person's holds the name.
    pub evidence: Vec<Evidence>,
}

/// A title someone holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// The whole title, abbreviations written out (`Phó Chủ tịch UBND tỉnh`).
    pub title: String,
    /// The body in it, where the title names one (`UBND tỉnh`).
    pub organization: Option<String>,
}

/// A connected site (điểm cầu) of a meeting.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Site {
    /// The place, without `điểm cầu`.
    pub name: String,
    /// Its province, where the name tells it.
    pub province: Option<ProvinceId>,
}

/// Something set out to be done in a coming period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Task {
    /// The task as written, without the lead-in.
    pub text: String,
    /// The year to do it in, where stated.
    pub year: Option<i16>,
    /// The name of the person who sets it, if a person does.
    pub assigned_by: Option<String>,
    /// Index into [`Extraction::meetings`] of the meeting it was set at.
    pub meeting: Option<usize>,
    /// Where it stands: the task's text.
    pub evidence: Vec<Evidence>,
}

/// One document's account of one kind of award by one grantor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AwardReport {
    /// `Bằng khen`, `Giải Nhất`.
    pub name: String,
    /// Who grants it, as worded.
    pub granted_by: Option<String>,
    /// tập thể
    pub collective_count: Option<i32>,
    /// cá nhân
    pub individual_count: Option<i32>,
    /// tác phẩm, giải
    pub work_count: Option<i32>,
    /// The year of the merit.
    pub year: Option<i16>,
    /// Recipients that are named.
    pub recipients: Vec<String>,
    /// Index into [`Extraction::meetings`] of the meeting it was given at.
    pub meeting: Option<usize>,
    /// Where it stands.
    pub evidence: Vec<Evidence>,
}

/// A numbered act, cited by its full code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Directive {
    /// `57-KL/TW`
    pub code: String,
    /// Who issued it, where the text says so.
    pub issued_by: Option<String>,
    /// When, where the text says so.
    pub issued_on: Option<NaiveDate>,
    /// Where it stands.
    pub evidence: Vec<Evidence>,
}

/// A quantity written in digits, with its unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Multiplied out: `1.234,5 tỷ đồng` is 1234500000000.
    pub value: Decimal,
    /// The first noun that follows.
    pub unit: String,
    /// Whether more, fewer or about as many.
    pub qualifier: CountQualifier,
    /// Where it stands.
    pub evidence: Vec<Evidence>,
}

/// The province that a meeting's participants are to be looked for in, where nothing says otherwise: its own, unless
/// people come to it from the whole country.
pub fn local_province(level: Option<MeetingLevel>, province: Option<ProvinceId>) -> Option<ProvinceId> {
    province.filter(|_| level != Some(MeetingLevel::National))
}
