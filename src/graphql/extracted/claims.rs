//! Tasks, awards, acts and figures of a text that is stored nowhere.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};

use super::super::{
    enums::CountQualifier,
    evidence::strongest,
    limits::list_cost,
    scalars::{Date, Decimal},
};
use super::{ExtractedEvidence, ExtractedOrganization, Read};
use crate::domain;

/// A person (cá nhân) as the text names them.
#[derive(SimpleObject)]
struct ExtractedPerson {
    /// The name (họ tên), without titles.
    name: String,
}

/// A task.
pub(super) struct ExtractedTask {
    pub(super) read: Arc<Read>,
    pub(super) task: domain::Task,
}

/// Something that the text sets out to be done in a coming period (nhiệm vụ, phương hướng).
#[Object]
impl ExtractedTask {
    /// The task as written (nội dung), without what leads in to it.
    async fn text(&self) -> &str {
        &self.task.text
    }

    /// The year to do it in (năm thực hiện), where stated.
    async fn year(&self) -> Option<i32> {
        self.task.year.map(i32::from)
    }

    /// The person who sets it (người giao nhiệm vụ), if a person does.
    async fn assigned_by(&self) -> Option<ExtractedPerson> {
        self.task.assigned_by.clone().map(|name| ExtractedPerson { name })
    }

    /// Which of `Extraction.reports`, from 0, is of the meeting (hội nghị) it was set at; null if it was at none.
    async fn report_index(&self) -> Option<i32> {
        i32::try_from(self.task.meeting?).ok()
    }

    /// How sure that is (độ tin cậy), in [0, 1]: the confidence of the most reliable rule in its evidence.
    async fn confidence(&self) -> Option<f64> {
        strongest(self.task.evidence.iter().map(|place| place.rule))
    }

    /// Where it stands.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn evidence(&self) -> Vec<ExtractedEvidence> {
        self.read.evidence(&self.task.evidence)
    }
}

/// An award.
pub(super) struct ExtractedAward {
    pub(super) read: Arc<Read>,
    pub(super) award: domain::AwardReport,
}

/// One kind of award by one grantor (khen thưởng: bằng khen, giải), as the text reports it.
#[Object]
impl ExtractedAward {
    /// What is given (hình thức khen thưởng).
    async fn name(&self) -> &str {
        &self.award.name
    }

    /// Who grants it (cơ quan khen thưởng), where stated.
    async fn granted_by(&self) -> Option<ExtractedOrganization> {
        self.award.granted_by.clone().map(|name| ExtractedOrganization { name })
    }

    /// How many collectives (tập thể) it went to, where stated.
    async fn collective_count(&self) -> Option<i32> {
        self.award.collective_count
    }

    /// How many individuals (cá nhân) it went to, where stated.
    async fn individual_count(&self) -> Option<i32> {
        self.award.individual_count
    }

    /// How many works or prizes (tác phẩm, giải) it is, where stated.
    async fn work_count(&self) -> Option<i32> {
        self.award.work_count
    }

    /// The year of the merit (năm thành tích), where stated.
    async fn year(&self) -> Option<i32> {
        self.award.year.map(i32::from)
    }

    /// Recipients that are named (đơn vị, cá nhân được khen thưởng).
    async fn recipients(&self) -> &[String] {
        &self.award.recipients
    }

    /// Which of `Extraction.reports`, from 0, is of the meeting (hội nghị) it was given at; null if it was at none.
    async fn report_index(&self) -> Option<i32> {
        i32::try_from(self.award.meeting?).ok()
    }

    /// How sure that is (độ tin cậy), in [0, 1]: the confidence of the most reliable rule in its evidence.
    async fn confidence(&self) -> Option<f64> {
        strongest(self.award.evidence.iter().map(|place| place.rule))
    }

    /// Where it stands.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn evidence(&self) -> Vec<ExtractedEvidence> {
        self.read.evidence(&self.award.evidence)
    }
}

/// A numbered act (văn bản: chỉ thị, kết luận, quyết định) that the text cites.
#[derive(SimpleObject)]
pub(super) struct ExtractedDirective {
    /// Its number and mark (số, ký hiệu), as in `57-KL/TW`.
    pub(super) code: String,
    /// Who issued it (cơ quan ban hành), where the text says so.
    pub(super) issued_by: Option<ExtractedOrganization>,
    /// When it was issued (ngày ban hành), where the text says so.
    pub(super) issued_on: Option<Date>,
    /// How sure that is (độ tin cậy), in [0, 1]: the confidence of the most reliable rule in its evidence.
    pub(super) confidence: Option<f64>,
    /// Where it stands.
    pub(super) evidence: Vec<ExtractedEvidence>,
}

/// A quantity with its unit (số liệu), as the text states it.
#[derive(SimpleObject)]
pub(super) struct ExtractedFigure {
    /// The number, multiplied out: `1.234,5 tỷ đồng` is 1234500000000.
    pub(super) value: Decimal,
    /// The noun that follows it (đơn vị tính).
    pub(super) unit: String,
    /// How exact it is.
    pub(super) qualifier: CountQualifier,
    /// How sure that is (độ tin cậy), in [0, 1]: the confidence of the most reliable rule in its evidence.
    pub(super) confidence: Option<f64>,
    /// Where it stands.
    pub(super) evidence: Vec<ExtractedEvidence>,
}
