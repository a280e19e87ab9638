//! The closed vocabularies of the API, one enum each.
//!
//! Their words (`as_str`) are the ones of GraphQL and of the database's CHECK constraints alike.

use serde::Serialize;

/// A word that names no value of the enum it was read for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is no {of}")]
pub struct UnknownWord {
    /// The word as found.
    pub word: String,
    /// The enum's name.
    pub of: &'static str,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word for it in GraphQL and in the database.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;
            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownWord { word: word.to_owned(), of: stringify!($name) }),
                }
            }
        }
    };
}

words!(
    /// What a document is.
    DocumentKind {
        /// Reports at least one meeting that took place.
        MeetingReport = "MEETING_REPORT",
        /// Reports a period's work.
        ActivityReport = "ACTIVITY_REPORT",
        /// Anything else.
        Other = "OTHER",
    }
);
words!(
    /// What a meeting is.
    MeetingKind {
        /// hội nghị
        Conference = "CONFERENCE",
        /// tập huấn, lớp bồi dưỡng
        Training = "TRAINING",
        /// hội thảo, tọa đàm
        Seminar = "SEMINAR",
        /// lễ trao giải, lễ kỷ niệm
        Ceremony = "CEREMONY",
        /// buổi làm việc
        WorkingSession = "WORKING_SESSION",
        /// giao ban, buổi thông tin
        Briefing = "BRIEFING",
        /// họp báo
        PressConference = "PRESS_CONFERENCE",
        /// Anything else.
        Other = "OTHER",
    }
);
words!(
    /// Whose meeting it is.
    MeetingLevel {
        /// The country's or the Party's central bodies'.
        National = "NATIONAL",
        /// A province's or centrally run city's.
        Provincial = "PROVINCIAL",
        /// A district's.
        District = "DISTRICT",
        /// A commune's or ward's.
        Commune = "COMMUNE",
        /// A ministry's, an association's, a company's own.
        Institutional = "INSTITUTIONAL",
    }
);
words!(
    /// How people took part, only where it is stated.
    MeetingMode {
        /// trực tiếp
        InPerson = "IN_PERSON",
        /// trực tuyến
        Online = "ONLINE",
        /// trực tiếp và trực tuyến
        Hybrid = "HYBRID",
    }
);
words!(
    /// When in the day it was held.
    PartOfDay {
        /// sáng
        Morning = "MORNING",
        /// chiều
        Afternoon = "AFTERNOON",
        /// tối
        Evening = "EVENING",
    }
);
words!(
    /// A named person, or a delegation without a name.
    ParticipantKind {
        /// A named person.
        Person = "PERSON",
        /// A delegation, as worded.
        Group = "GROUP",
    }
);
words!(
    /// What a participant did at the meeting.
    ParticipantRole {
        /// chủ trì, điều hành
        Chair = "CHAIR",
        /// đồng chủ trì, cùng chủ trì
        CoChair = "CO_CHAIR",
        /// dự và chỉ đạo, phát biểu chỉ đạo
        Directing = "DIRECTING",
        /// phát biểu, kết luận, or is reported as saying something
        Speaker = "SPEAKER",
        /// trình bày, báo cáo, quán triệt, tham luận
        Presenter = "PRESENTER",
        /// trao
        AwardPresenter = "AWARD_PRESENTER",
        /// dự, tham dự; only where none of the others is
        Attendee = "ATTENDEE",
    }
);
words!(
    /// How exact a count is.
    CountQualifier {
        /// No qualifier, or "tổng số".
        Exact = "EXACT",
        /// hơn, trên
        MoreThan = "MORE_THAN",
        /// gần
        Nearly = "NEARLY",
        /// khoảng
        About = "ABOUT",
    }
);
words!(
    /// Whether a body holds a meeting or helps to.
    OrganizerRole {
        /// tổ chức
        Organizer = "ORGANIZER",
        /// phối hợp với
        CoOrganizer = "CO_ORGANIZER",
    }
);
words!(
    /// Which list of an [`Extraction`](crate::domain::Extraction) a fact stands in.
    FactKind {
        /// A meeting, as one document reports it.
        MeetingReport = "MEETING_REPORT",
        /// A participant, as one document reports them.
        ParticipantReport = "PARTICIPANT_REPORT",
        /// A task.
        Task = "TASK",
        /// An award, as one document reports it.
        AwardReport = "AWARD_REPORT",
        /// A numbered act that is cited.
        Directive = "DIRECTIVE",
        /// A quantity with a unit.
        Figure = "FIGURE",
    }
);
words!(
    /// What has a global id, and so is told of when it changes.
    NodeKind {
        /// tài liệu
        Document = "DOCUMENT",
        /// hội nghị, cuộc họp
        Meeting = "MEETING",
        /// đại biểu
        Participant = "PARTICIPANT",
        /// cá nhân
        Person = "PERSON",
        /// cơ quan, đơn vị
        Organization = "ORGANIZATION",
        /// nhiệm vụ
        Task = "TASK",
        /// khen thưởng
        Award = "AWARD",
        /// văn bản chỉ đạo
        Directive = "DIRECTIVE",
    }
);
words!(
    /// What kind of first-level unit a province is.
    ProvinceKind {
        /// tỉnh
        Province = "PROVINCE",
        /// thành phố trực thuộc trung ương
        City = "CITY",
    }
);
