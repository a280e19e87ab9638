//! What lists can be narrowed by: an object of fields, each with an object of operators, all of which must hold.

use async_graphql::InputObject;

use super::{
    enums::{DocumentKind, MeetingKind, MeetingLevel, ParticipantKind, ParticipantRole},
    scalars::{Date, Text},
};
use crate::{
    extract,
    store::read::{self, RuleTest, Test},
};

/// Conditions on a value of a closed vocabulary; all that are given must hold, and an absent value meets none.
#[derive(Clone, Debug, InputObject)]
#[graphql(
    concrete(name = "DocumentKindFilter", params(DocumentKind)),
    concrete(name = "MeetingKindFilter", params(MeetingKind)),
    concrete(name = "MeetingLevelFilter", params(MeetingLevel)),
    concrete(name = "ParticipantKindFilter", params(ParticipantKind)),
    concrete(name = "ParticipantRolesFilter", params(ParticipantRole))
)]
pub struct Word<T: async_graphql::InputType> {
    /// Is this value; of a list of values: holds it.
    eq: Option<T>,
    /// Is one of these values; of a list of values: holds at least one of them.
    r#in: Option<Vec<T>>,
}

impl<T: async_graphql::InputType> Word<T> {
    fn test<U: From<T>>(self) -> Test<U> {
        Test {
            eq: self.eq.map(U::from),
            one_of: self.r#in.map(|values| values.into_iter().map(U::from).collect()),
            ..Test::default()
        }
    }
}

/// Conditions on a number or a date; all that are given must hold, and an absent value meets none.
#[derive(Clone, Debug, InputObject)]
#[graphql(concrete(name = "IntFilter", params(i32)), concrete(name = "DateFilter", params(Date)))]
pub struct Ordered<T: async_graphql::InputType> {
    /// Is this value.
    eq: Option<T>,
    /// Is one of these values.
    r#in: Option<Vec<T>>,
    /// Is this value or a greater or later one (từ).
    gte: Option<T>,
    /// Is this value or a smaller or earlier one (đến).
    lte: Option<T>,
}

impl<T: async_graphql::InputType> Ordered<T> {
    fn test<U>(self, f: impl Fn(T) -> U) -> Test<U> {
        Test {
            eq: self.eq.map(&f),
            one_of: self.r#in.map(|values| values.into_iter().map(&f).collect()),
            gte: self.gte.map(&f),
            lte: self.lte.map(&f),
        }
    }
}

/// Conditions on a name; all that are given must hold. Case and the place of the tone mark make no difference
/// (`Hoà` is `Hòa`), the marks themselves do.
#[derive(Clone, Debug, Default, InputObject)]
pub struct NameFilter {
    /// Is this name, whole.
    eq: Option<Text>,
    /// Is one of these names, whole.
    r#in: Option<Vec<Text>>,
}

impl NameFilter {
    fn test(self) -> Test<String> {
        Test {
            eq: self.eq.map(|name| name.0),
            one_of: self.r#in.map(|names| names.into_iter().map(|name| name.0).collect()),
            ..Test::default()
        }
    }
}

/// Conditions on how sure a fact is; all that are given must hold, and a fact that only rules of an earlier version
/// know meets none.
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub struct ConfidenceFilter {
    /// Is this sure or surer (từ), as in 0.9.
    gte: Option<f64>,
    /// Is this sure at most (đến).
    lte: Option<f64>,
}

impl ConfidenceFilter {
    /// A fact is as sure as the most reliable of its rules.
    fn test(self) -> RuleTest {
        let rules = |test: &dyn Fn(f64) -> bool| {
            let all = extract::tallies().iter();
            all.filter(|(_, tally)| test(tally.confidence())).map(|(rule, _)| *rule).collect::<Vec<_>>()
        };
        RuleTest {
            some_of: Some(rules(&|sure| self.gte.is_none_or(|least| sure >= least))),
            none_of: self.lte.map(|most| rules(&|sure| sure > most)),
        }
    }
}

/// Conditions on documents (tài liệu).
#[derive(Clone, Debug, Default, InputObject)]
pub struct DocumentFilter {
    /// What the document is.
    kind: Option<Word<DocumentKind>>,
}

impl From<DocumentFilter> for read::DocumentFilter {
    fn from(filter: DocumentFilter) -> Self {
        Self { kind: filter.kind.map(Word::test).unwrap_or_default() }
    }
}

/// Conditions on meetings (hội nghị, cuộc họp).
#[derive(Clone, Debug, Default, InputObject)]
pub struct MeetingFilter {
    /// The first day (ngày họp).
    date: Option<Ordered<Date>>,
    /// The kind of meeting (loại).
    kind: Option<Word<MeetingKind>>,
    /// Whose meeting it is (cấp).
    level: Option<Word<MeetingLevel>>,
    /// The year under review (năm tổng kết).
    review_year: Option<Ordered<i32>>,
    /// The year planned for (năm triển khai).
    plan_year: Option<Ordered<i32>>,
}

impl From<MeetingFilter> for read::MeetingFilter {
    fn from(filter: MeetingFilter) -> Self {
        Self {
            date: filter.date.map(|date| date.test(|day| day.0)).unwrap_or_default(),
            kind: filter.kind.map(Word::test).unwrap_or_default(),
            level: filter.level.map(Word::test).unwrap_or_default(),
            review_year: filter.review_year.map(|year| year.test(|year| year)).unwrap_or_default(),
            plan_year: filter.plan_year.map(|year| year.test(|year| year)).unwrap_or_default(),
        }
    }
}

/// Conditions on participants (đại biểu).
#[derive(Clone, Debug, Default, InputObject)]
pub struct ParticipantFilter {
    /// Named person or delegation.
    kind: Option<Word<ParticipantKind>>,
    /// What they did (vai trò).
    roles: Option<Word<ParticipantRole>>,
    /// How sure that is (độ tin cậy), in [0, 1].
    confidence: Option<ConfidenceFilter>,
}

impl From<ParticipantFilter> for read::ParticipantFilter {
    fn from(filter: ParticipantFilter) -> Self {
        let (role, any_role) = filter.roles.map(|roles| (roles.eq, roles.r#in)).unwrap_or_default();
        Self {
            kind: filter.kind.map(Word::test).unwrap_or_default(),
            role: role.map(Into::into),
            any_role: any_role.map(|roles| roles.into_iter().map(Into::into).collect()),
            rules: filter.confidence.map(ConfidenceFilter::test).unwrap_or_default(),
        }
    }
}

/// Conditions on tasks (nhiệm vụ).
#[derive(Clone, Debug, Default, InputObject)]
pub struct TaskFilter {
    /// The year to do it in (năm thực hiện).
    year: Option<Ordered<i32>>,
    /// How sure that is (độ tin cậy), in [0, 1].
    confidence: Option<ConfidenceFilter>,
}

impl From<TaskFilter> for read::TaskFilter {
    fn from(filter: TaskFilter) -> Self {
        Self {
            year: filter.year.map(|year| year.test(|year| year)).unwrap_or_default(),
            rules: filter.confidence.map(ConfidenceFilter::test).unwrap_or_default(),
        }
    }
}

/// Conditions on awards (khen thưởng).
#[derive(Clone, Debug, Default, InputObject)]
pub struct AwardFilter {
    /// The year of the merit (năm thành tích).
    year: Option<Ordered<i32>>,
    /// How sure that is (độ tin cậy), in [0, 1].
    confidence: Option<ConfidenceFilter>,
}

impl From<AwardFilter> for read::AwardFilter {
    fn from(filter: AwardFilter) -> Self {
        Self {
            year: filter.year.map(|year| year.test(|year| year)).unwrap_or_default(),
            rules: filter.confidence.map(ConfidenceFilter::test).unwrap_or_default(),
        }
    }
}

/// Conditions on people (cá nhân).
#[derive(Clone, Debug, Default, InputObject)]
pub struct PersonFilter {
    /// The name (họ tên), without titles.
    name: Option<NameFilter>,
}

impl From<PersonFilter> for read::PersonFilter {
    fn from(filter: PersonFilter) -> Self {
        Self { name: filter.name.map(NameFilter::test).unwrap_or_default() }
    }
}

/// Conditions on organizations (cơ quan, đơn vị).
#[derive(Clone, Debug, Default, InputObject)]
pub struct OrganizationFilter {
    /// The name (tên cơ quan); common abbreviations are read as written out (`UBND` is `Ủy ban nhân dân`).
    name: Option<NameFilter>,
}

impl From<OrganizationFilter> for read::OrganizationFilter {
    fn from(filter: OrganizationFilter) -> Self {
        Self { name: filter.name.map(NameFilter::test).unwrap_or_default() }
    }
}
