//! What can be asked of a single value: an object of operators for each kind of value, all of which must hold.

use async_graphql::{ID, InputObject, InputType, InputValueError, Pos, Value as Given};

use crate::{
    domain, extract,
    graphql::{
        blame,
        enums::{DocumentKind, MeetingKind, MeetingLevel, MeetingMode, PartOfDay, ParticipantKind, ParticipantRole},
        ids,
        scalars::{Date, DateTime, Text},
    },
    store::read::{Comparison, Match, Operator, Value},
};

/// An object of operators.
pub trait Operators: InputType {
    /// Those that are given. `of` names the type that ids must be of.
    fn operators(self, of: &str) -> Result<Vec<Operator>, String>;
}

/// The operators that are there.
fn given<const N: usize>(all: [Option<Operator>; N]) -> Vec<Operator> {
    all.into_iter().flatten().collect()
}

/// A value of a closed vocabulary.
pub trait Word: InputType {
    /// The word of the store for it.
    fn word(self) -> &'static str;
}

macro_rules! words {
    ($($name:ident),+) => {$(
        impl Word for $name {
            fn word(self) -> &'static str {
                domain::$name::from(self).as_str()
            }
        }
    )+};
}
words!(DocumentKind, MeetingKind, MeetingLevel, MeetingMode, ParticipantKind, ParticipantRole, PartOfDay);

/// Conditions on a value of a closed vocabulary; all that are given must hold, and an absent value meets none but
/// `isNull`.
#[derive(Clone, Debug, InputObject)]
#[graphql(
    concrete(name = "DocumentKindFilter", params(DocumentKind)),
    concrete(name = "MeetingKindFilter", params(MeetingKind)),
    concrete(name = "MeetingLevelFilter", params(MeetingLevel)),
    concrete(name = "MeetingModeFilter", params(MeetingMode)),
    concrete(name = "PartOfDayFilter", params(PartOfDay)),
    concrete(name = "ParticipantKindFilter", params(ParticipantKind))
)]
pub struct WordFilter<T: InputType> {
    /// Is this value.
    eq: Option<T>,
    /// Is there and is another value (khác).
    ne: Option<T>,
    /// Is one of these values.
    r#in: Option<Vec<T>>,
    /// Is absent (true) or there (false).
    is_null: Option<bool>,
}

impl<T: Word> Operators for WordFilter<T>
where
    Self: InputType,
{
    fn operators(self, _: &str) -> Result<Vec<Operator>, String> {
        let is = |comparison| move |word: T| Operator::Is(comparison, Value::Word(word.word()));
        Ok(given([
            self.eq.map(is(Comparison::Eq)),
            self.ne.map(is(Comparison::Ne)),
            self.r#in.map(|words| Operator::In(words.into_iter().map(|word| Value::Word(word.word())).collect())),
            self.is_null.map(Operator::IsNull),
        ]))
    }
}

/// Conditions on what a participant did, of which there can be several; all that are given must hold.
#[derive(Clone, Debug, InputObject)]
#[graphql(name = "ParticipantRolesFilter")]
pub struct RolesFilter {
    /// This is among them.
    eq: Option<ParticipantRole>,
    /// This is not among them.
    ne: Option<ParticipantRole>,
    /// At least one of these is among them.
    r#in: Option<Vec<ParticipantRole>>,
    /// All of these are among them.
    has_all: Option<Vec<ParticipantRole>>,
}

impl Operators for RolesFilter {
    fn operators(self, _: &str) -> Result<Vec<Operator>, String> {
        let words = |roles: Vec<ParticipantRole>| roles.into_iter().map(Word::word).collect();
        Ok(given([
            self.eq.map(|role| Operator::HasAll(vec![role.word()])),
            self.ne.map(|role| Operator::HasNot(role.word())),
            self.r#in.map(|roles| Operator::HasAny(words(roles))),
            self.has_all.map(|roles| Operator::HasAll(words(roles))),
        ]))
    }
}

/// Conditions on a number or a time; all that are given must hold, and an absent value meets none but `isNull`.
#[derive(Clone, Debug, InputObject)]
#[graphql(
    concrete(name = "IntFilter", params(i32)),
    concrete(name = "DateFilter", params(Date)),
    concrete(name = "DateTimeFilter", params(DateTime))
)]
pub struct RangeFilter<T: InputType> {
    /// Is this value.
    eq: Option<T>,
    /// Is there and is another value (khác).
    ne: Option<T>,
    /// Is one of these values.
    r#in: Option<Vec<T>>,
    /// Is greater or later than this (sau, hơn).
    gt: Option<T>,
    /// Is this value or a greater or later one (từ).
    gte: Option<T>,
    /// Is smaller or earlier than this (trước, dưới).
    lt: Option<T>,
    /// Is this value or a smaller or earlier one (đến).
    lte: Option<T>,
    /// Is absent (true) or there (false).
    is_null: Option<bool>,
}

/// A value that stands before or behind others.
pub trait Ranged: InputType {
    /// What the store compares.
    fn value(self) -> Value;
}

impl Ranged for i32 {
    fn value(self) -> Value {
        Value::Number(self.into())
    }
}

impl Ranged for Date {
    fn value(self) -> Value {
        Value::Day(self.0)
    }
}

impl Ranged for DateTime {
    fn value(self) -> Value {
        Value::Time(self.0)
    }
}

impl<T: Ranged> Operators for RangeFilter<T>
where
    Self: InputType,
{
    fn operators(self, _: &str) -> Result<Vec<Operator>, String> {
        let is = |comparison| move |value: T| Operator::Is(comparison, value.value());
        Ok(given([
            self.eq.map(is(Comparison::Eq)),
            self.ne.map(is(Comparison::Ne)),
            self.r#in.map(|values| Operator::In(values.into_iter().map(Ranged::value).collect())),
            self.gt.map(is(Comparison::Gt)),
            self.gte.map(is(Comparison::Gte)),
            self.lt.map(is(Comparison::Lt)),
            self.lte.map(is(Comparison::Lte)),
            self.is_null.map(Operator::IsNull),
        ]))
    }
}

/// The longest text that can be asked for, in code points. Titles have a few hundred; and each is compared with every row.
const MAX_TEXT: usize = 1000;

fn is_too_long(text: &str) -> bool {
    text.len() > MAX_TEXT && text.chars().count() > MAX_TEXT
}

/// Objects of operators on text, which differ in what they say of it.
macro_rules! text_filter {
    ($(#[$doc:meta])* $name:ident $graphql:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, InputObject)]
        #[graphql(name = $graphql)]
        pub struct $name {
            /// Is this text, whole.
            eq: Option<Text>,
            /// Is there and is another text (khác).
            ne: Option<Text>,
            /// Is one of these texts, whole.
            r#in: Option<Vec<Text>>,
            /// Holds this text (chứa).
            contains: Option<Text>,
            /// Begins with this text (bắt đầu bằng).
            starts_with: Option<Text>,
            /// Is absent (true) or there (false).
            is_null: Option<bool>,
        }

        impl Operators for $name {
            fn operators(self, _: &str) -> Result<Vec<Operator>, String> {
                let single = [&self.eq, &self.ne, &self.contains, &self.starts_with];
                if single.into_iter().flatten().chain(self.r#in.iter().flatten()).any(|text| is_too_long(&text.0)) {
                    return Err(format!("a text of more than {MAX_TEXT} characters; nothing here is that long"));
                }
                let text = |how| move |text: Text| Operator::Text(how, text.0);
                Ok(given([
                    self.eq.map(text(Match::Eq)),
                    self.ne.map(text(Match::Ne)),
                    self.r#in.map(|texts| Operator::TextIn(texts.into_iter().map(|text| text.0).collect())),
                    self.contains.map(text(Match::Contains)),
                    self.starts_with.map(text(Match::StartsWith)),
                    self.is_null.map(Operator::IsNull),
                ]))
            }
        }
    };
}

text_filter!(
    /// Conditions on text; all that are given must hold, and an absent value meets none but `isNull`. Case, the marks of
    /// letters and tones and the place of a tone mark make no difference: `hoi nghi` finds `Hội nghị`, `hòa` finds `hoà`,
    /// `Dang` finds `Đảng`. A text has 1,000 characters at most.
    TextFilter "TextFilter"
);
text_filter!(
    /// Conditions on a name; all that are given must hold. Case, the marks of letters and tones, the place of a tone mark
    /// and punctuation make no difference: `hoa` finds `Hòa` and `Hoà`, `Dang` finds `Đăng`. A text of punctuation alone
    /// is in no name. A space at an end of `contains`, or behind `startsWith`, is one between words: `le ` begins
    /// `Lê Hòa`, not `Lềnh Hòa`. A text has 1,000 characters at most.
    NameFilter "NameFilter"
);
text_filter!(
    /// Conditions on a slug or code, compared letter by letter; all that are given must hold. A text has 1,000 characters
    /// at most.
    CodeFilter "CodeFilter"
);

/// Conditions on a thing itself, by its global id; all that are given must hold.
#[derive(Clone, Debug, InputObject)]
#[graphql(name = "IDFilter")]
pub struct IdFilter {
    /// Has this id.
    eq: Option<ID>,
    /// Has another id (khác).
    ne: Option<ID>,
    /// Has one of these ids.
    r#in: Option<Vec<ID>>,
}

impl Operators for IdFilter {
    fn operators(self, of: &str) -> Result<Vec<Operator>, String> {
        let value = |id: &ID| match ids::read(id) {
            Some((kind, id)) if ids::type_name(kind) == of => Ok(Value::Id(id)),
            Some((kind, _)) => Err(format!("the id of a {}, not of a {of}", ids::type_name(kind))),
            None => Err("not an id; take ids from the `id` fields of this API, as they are".to_owned()),
        };
        let is = |comparison, id: Option<ID>| -> Result<_, String> {
            id.map(|id| Ok(Operator::Is(comparison, value(&id)?))).transpose()
        };
        let one_of = self.r#in.map(|ids| ids.iter().map(value).collect::<Result<_, String>>()).transpose()?;
        Ok(given([is(Comparison::Eq, self.eq)?, is(Comparison::Ne, self.ne)?, one_of.map(Operator::In)]))
    }
}

/// Conditions on how sure a fact is; all that are given must hold, and a fact that only rules of an earlier version
/// know meets none.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct ConfidenceFilter {
    /// Is this sure or surer (từ), as in 0.9.
    gte: Option<f64>,
    /// Is this sure at most (đến).
    lte: Option<f64>,
}

impl Operators for ConfidenceFilter {
    /// A fact is as sure as the most reliable of its rules.
    fn operators(self, _: &str) -> Result<Vec<Operator>, String> {
        let rules = |test: &dyn Fn(f64) -> bool| {
            let all = extract::tallies().iter();
            all.filter(|(_, tally)| test(tally.confidence())).map(|(rule, _)| *rule).collect::<Vec<_>>()
        };
        if self.gte.is_none() && self.lte.is_none() {
            return Ok(Vec::new());
        }
        Ok(given([
            Some(Operator::SomeRule(rules(&|sure| self.gte.is_none_or(|least| sure >= least)))),
            self.lte.map(|most| Operator::NoRule(rules(&|sure| sure > most))),
        ]))
    }
}

/// What is given for a field, as operators; or what is wrong with it, in words.
pub fn read<T: Operators>(value: Given, of: &str) -> Result<Vec<Operator>, String> {
    let words = |error: InputValueError<T>| error.into_server_error(Pos::default()).message;
    let words = |error| blame::words(&words(error));
    T::parse(Some(value)).map_err(words)?.operators(of)
}
