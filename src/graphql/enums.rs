//! The closed vocabularies, each a remote enum over the one of `domain`, described for clients.

use async_graphql::Enum;

use crate::domain;

/// What a document (tài liệu) is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "domain::DocumentKind")]
pub enum DocumentKind {
    /// Reports at least one meeting that took place (tin về hội nghị).
    MeetingReport,
    /// Reports a period's work (báo cáo công tác).
    ActivityReport,
    /// Anything else.
    Other,
}

/// What kind of meeting it is (loại cuộc họp).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "domain::MeetingKind")]
pub enum MeetingKind {
    /// hội nghị
    Conference,
    /// tập huấn, lớp bồi dưỡng
    Training,
    /// hội thảo, tọa đàm
    Seminar,
    /// lễ trao giải, lễ kỷ niệm
    Ceremony,
    /// buổi làm việc
    WorkingSession,
    /// giao ban, buổi thông tin
    Briefing,
    /// họp báo
    PressConference,
    /// Anything else.
    Other,
}

/// Whose meeting it is (cấp).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "domain::MeetingLevel")]
pub enum MeetingLevel {
    /// The country's or the Party's central bodies' (toàn quốc, trung ương).
    National,
    /// A province's or centrally run city's (cấp tỉnh).
    Provincial,
    /// A district's (cấp huyện).
    District,
    /// A commune's or ward's (cấp xã).
    Commune,
    /// A ministry's, an association's, a company's own (cơ quan, đơn vị).
    Institutional,
}

/// How people took part (hình thức); only where it is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "domain::MeetingMode")]
pub enum MeetingMode {
    /// trực tiếp
    InPerson,
    /// trực tuyến
    Online,
    /// trực tiếp kết hợp trực tuyến
    Hybrid,
}

/// When in the day (buổi) it was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "domain::PartOfDay")]
pub enum PartOfDay {
    /// sáng
    Morning,
    /// chiều
    Afternoon,
    /// tối
    Evening,
}

/// Whether a participant is named (thành phần tham dự).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "domain::ParticipantKind")]
pub enum ParticipantKind {
    /// A named person (cá nhân).
    Person,
    /// A delegation without a name, as worded (đoàn, đại diện).
    Group,
}

/// What a participant did at the meeting (vai trò).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "domain::ParticipantRole")]
pub enum ParticipantRole {
    /// chủ trì, điều hành
    Chair,
    /// đồng chủ trì, cùng chủ trì
    CoChair,
    /// dự và chỉ đạo, phát biểu chỉ đạo
    Directing,
    /// phát biểu, kết luận, or is reported as saying something
    Speaker,
    /// trình bày, báo cáo, quán triệt, tham luận
    Presenter,
    /// trao (thưởng, tặng)
    AwardPresenter,
    /// dự, tham dự; only where none of the others is
    Attendee,
}

/// How exact a number is (mức chính xác).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "domain::CountQualifier")]
pub enum CountQualifier {
    /// As stated, without qualifier.
    Exact,
    /// hơn, trên
    MoreThan,
    /// gần
    Nearly,
    /// khoảng
    About,
}

/// A type whose objects have a global id (loại đối tượng).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "domain::NodeKind")]
pub enum NodeType {
    /// tài liệu
    Document,
    /// hội nghị, cuộc họp
    Meeting,
    /// đại biểu
    Participant,
    /// cá nhân
    Person,
    /// cơ quan, đơn vị
    Organization,
    /// nhiệm vụ
    Task,
    /// khen thưởng
    Award,
    /// văn bản chỉ đạo
    Directive,
}

/// What became of an object (thay đổi).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum ChangeOperation {
    /// It is new (thêm mới): it was not there, or was gone, when whoever asks last had read everything.
    Created,
    /// It was there, and something in it is another (cập nhật).
    Updated,
    /// It is gone (xóa). It may be one that whoever asks never had.
    Deleted,
}
