//! Scalars of our own: their names are the contract's, their form is fixed. And text as clients give it.

use std::borrow::Cow;

use async_graphql::{InputType, InputValueError, InputValueResult, Scalar, ScalarType, Value, registry::Registry};
use chrono::{Datelike, NaiveDate, SecondsFormat, Utc};

/// GraphQL's String, as what arguments that are looked up take: no text of a document, and so no name or slug, holds a
/// NUL, and PostgreSQL would not even look for one.
#[derive(Clone, Debug)]
pub struct Text(pub String);

impl InputType for Text {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        <String as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <String as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value.unwrap_or_default() {
            Value::String(text) if text.contains('\0') => {
                Err(InputValueError::custom("no text here holds a NUL (U+0000)"))
            }
            Value::String(text) => Ok(Self(text)),
            value => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

/// How a value of the scalar `of_type` is written, for whoever has written one otherwise.
pub fn words(of_type: &str) -> Option<&'static str> {
    Some(match of_type.trim_end_matches('!') {
        "Date" => DATE,
        "DateTime" => DATE_TIME,
        "Decimal" => DECIMAL,
        "Int" => "a whole number from -2147483648 to 2147483647 is needed here",
        "Float" => "a number is needed here",
        "Boolean" => "true or false is needed here",
        "String" => "a string is needed here",
        "ID" => "an id is needed here, a string",
        _ => return None,
    })
}

const DATE: &str = "a date is written like 2021-12-23, its year with four digits";
const DATE_TIME: &str = "a time is written as RFC 3339 has it, like 2021-12-23T01:30:00Z";
const DECIMAL: &str = "a decimal number is written like \"12.5\"";

/// A calendar date (ngày) in ISO 8601, as in `2021-12-23`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date(pub NaiveDate);

/// A calendar date (ngày) in ISO 8601, as in `2021-12-23`.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            // As RFC 3339 has it; chrono reads years that PostgreSQL has no dates in.
            Ok(date) if date.to_string() == *text && (0..=9999).contains(&date.year()) => Ok(Self(date)),
            _ => Err(InputValueError::custom(DATE)),
        }
    }

    // So that validation finds it, which tells its path.
    fn is_valid(value: &Value) -> bool {
        <Self as ScalarType>::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A point in time in RFC 3339, in UTC.
#[derive(Clone, Copy, Debug)]
pub struct DateTime(pub chrono::DateTime<Utc>);

/// A point in time (thời điểm) in RFC 3339, always in UTC, as in `2021-12-23T01:30:00Z`.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        let time = chrono::DateTime::parse_from_rfc3339(text);
        time.map(|time| Self(time.to_utc())).map_err(|_| InputValueError::custom(DATE_TIME))
    }

    fn is_valid(value: &Value) -> bool {
        <Self as ScalarType>::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// An exact decimal number.
#[derive(Clone, Copy, Debug)]
pub struct Decimal(pub rust_decimal::Decimal);

/// An exact decimal number (số thập phân), as a string without exponent and without trailing zeros, as in `"12.5"`.
#[Scalar(specified_by_url = "https://www.w3.org/TR/xmlschema11-2/#decimal")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = match &value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return Err(InputValueError::expected_type(value)),
        };
        text.parse().map(Self).map_err(|_| InputValueError::custom(DECIMAL))
    }

    fn is_valid(value: &Value) -> bool {
        <Self as ScalarType>::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.normalize().to_string())
    }
}
