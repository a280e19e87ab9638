//! Meetings and participants of a text that is stored nowhere.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};

use super::super::{
    enums::{ParticipantKind, ParticipantRole},
    evidence::strongest,
    limits::list_cost,
    meeting::{Facts, Site},
    organization::Province,
};
use super::{ExtractedEvidence, ExtractedOrganization, Read};
use crate::domain;

/// A report of a meeting.
pub(super) struct ExtractedMeetingReport {
    pub(super) read: Arc<Read>,
    pub(super) report: domain::MeetingReport,
}

/// The text's account of one meeting (tin về một hội nghị).
#[Object]
impl ExtractedMeetingReport {
    #[graphql(flatten)]
    fn facts(&self) -> Facts {
        (&self.report).into()
    }

    /// Bodies that hold it (đơn vị tổ chức).
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn organizers(&self) -> Vec<ExtractedOrganization> {
        ExtractedOrganization::all(&self.report.organizers)
    }

    /// Bodies it is held together with (đơn vị phối hợp).
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn co_organizers(&self) -> Vec<ExtractedOrganization> {
        ExtractedOrganization::all(&self.report.co_organizers)
    }

    /// Who took part (thành phần tham dự), each once.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn participants(&self) -> Vec<ExtractedParticipant> {
        let of = |report: &domain::ParticipantReport| ExtractedParticipant {
            read: self.read.clone(),
            report: report.clone(),
        };
        self.report.participants.iter().map(of).collect()
    }

    /// How sure that is (độ tin cậy), in [0, 1]: the confidence of the most reliable rule in its evidence.
    async fn confidence(&self) -> Option<f64> {
        strongest(self.report.evidence.iter().map(|place| place.rule))
    }

    /// Where it stands.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn evidence(&self) -> Vec<ExtractedEvidence> {
        self.read.evidence(&self.report.evidence)
    }
}

/// A participant.
pub(super) struct ExtractedParticipant {
    pub(super) read: Arc<Read>,
    pub(super) report: domain::ParticipantReport,
}

/// The text's account of one participant (đại biểu).
#[Object]
impl ExtractedParticipant {
    /// Named person or delegation.
    async fn kind(&self) -> ParticipantKind {
        self.report.kind.into()
    }

    /// The person's name (họ tên), or the delegation (đoàn) as worded.
    async fn name(&self) -> &str {
        &self.report.name
    }

    /// What they did (vai trò).
    async fn roles(&self) -> Vec<ParticipantRole> {
        self.report.roles.iter().copied().map(Into::into).collect()
    }

    /// Positions (chức vụ), each as its own text.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn positions(&self) -> Vec<ExtractedPosition> {
        let of = |position: &domain::Position| ExtractedPosition {
            title: position.title.clone(),
            organization: position.organization.clone().map(|name| ExtractedOrganization { name }),
        };
        self.report.positions.iter().map(of).collect()
    }

    /// The connected site (điểm cầu) where they took part; null at the main site.
    async fn site(&self) -> Option<Site> {
        let site = self.report.site.as_ref()?;
        Some(Site { name: site.name.clone(), province: site.province.and_then(Province::of) })
    }

    /// How sure that is (độ tin cậy), in [0, 1]: the confidence of the most reliable rule in its evidence.
    async fn confidence(&self) -> Option<f64> {
        strongest(self.report.evidence.iter().map(|place| place.rule))
    }

    /// Where it stands; a person's holds the name.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn evidence(&self) -> Vec<ExtractedEvidence> {
        self.read.evidence(&self.report.evidence)
    }
}

/// A title that someone holds (chức vụ), as the text has it.
#[derive(SimpleObject)]
struct ExtractedPosition {
    /// The whole title, abbreviations written out.
    title: String,
    /// The body (cơ quan) in it, where the title names one.
    organization: Option<ExtractedOrganization>,
}
