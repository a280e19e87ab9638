//! Scalars of our own: their names are the contract's, their form is fixed.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{NaiveDate, SecondsFormat, Utc};

/// A calendar date (ngày) in ISO 8601, as in `2021-12-23`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date(pub NaiveDate);

/// A calendar date (ngày) in ISO 8601, as in `2021-12-23`.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(date) if date.to_string() == *text => Ok(Self(date)),
            _ => Err(InputValueError::custom("a date is written like 2021-12-23")),
        }
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
        time.map(|time| Self(time.to_utc()))
            .map_err(|_| InputValueError::custom("a time is written as RFC 3339 has it"))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// An exact decimal number.
#[derive(Clone, Copy, Debug)]
pub struct Decimal(pub rust_decimal::Decimal);

/// An exact decimal number (số thập phân), as a string without exponent and without trailing zeros, as in `"12.5"`.
#[Scalar]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = match &value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return Err(InputValueError::expected_type(value)),
        };
        text.parse().map(Self).map_err(|_| InputValueError::custom("a decimal number is written like \"12.5\""))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.normalize().to_string())
    }
}
