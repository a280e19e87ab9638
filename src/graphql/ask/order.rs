//! `orderBy`: the keys that a list is put in order by, one behind the other.

use std::{borrow::Cow, marker::PhantomData};

use async_graphql::{Enum, InputType, InputValueError, InputValueResult, Value, registry::Registry};

use super::{
    registered::{enumeration, field, input_object},
    value_name,
};
use crate::store::read::{Entity, Sort};

/// Which way a list runs (chiều sắp xếp).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum OrderDirection {
    /// From the smallest, earliest or first in the alphabet on (tăng dần).
    Asc,
    /// From the greatest, latest or last in the alphabet on (giảm dần).
    Desc,
}

/// Where rows stand in which the value is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum OrderNulls {
    /// Ahead of all others (lên đầu), whichever way the list runs.
    First,
    /// Behind all others (xuống cuối), whichever way the list runs.
    Last,
}

/// A key of an order of a list of `E`.
#[derive(Clone, Debug)]
pub struct Order<E> {
    /// As the store takes it.
    pub sort: Sort,
    of: PhantomData<fn() -> E>,
}

fn nullable(of: &str) -> String {
    of.trim_end_matches('!').to_owned()
}

impl<E: Entity> InputType for Order<E> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        format!("{}Order", E::TABLE.name).into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let (name, table) = (Self::type_name(), E::TABLE);
        let description = format!("A key that a list of {} is put in order by (sắp xếp).", table.things);
        input_object(registry, &name, &description, |registry| {
            let fields = format!("{name}Field");
            let values: Vec<_> = table.orders().map(|column| (value_name(column.name), column.doc)).collect();
            enumeration(
                registry,
                &fields,
                &format!("What a list of {} can be put in order by.", table.things),
                &values,
            );
            let mut direction =
                field("direction".to_owned(), OrderDirection::create_type_info(registry), "Which way (chiều).");
            direction.default_value = Some("ASC".to_owned());
            let mut nulls = field(
                "nulls".to_owned(),
                nullable(&OrderNulls::create_type_info(registry)),
                "Where rows without a value stand.",
            );
            nulls.default_value = Some("LAST".to_owned());
            vec![field("field".to_owned(), format!("{fields}!"), "By what."), direction, nulls]
        });
        Self::qualified_type_name()
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let Some(Value::Object(mut given)) = value else {
            return Err(InputValueError::expected_type(value.unwrap_or_default()));
        };
        // As in all of this API, null is as good as nothing.
        let mut take = |name: &str| given.swap_remove(name).filter(|value| *value != Value::Null);
        let word = match take("field") {
            Some(Value::Enum(word)) => word.to_string(),
            Some(Value::String(word)) => word,
            other => return Err(InputValueError::expected_type(other.unwrap_or_default())),
        };
        let column = E::TABLE.orders().find(|column| value_name(column.name) == word);
        let column = column.ok_or_else(|| InputValueError::custom(format_args!("`{word}` is no field of an order")))?;
        let direction = take("direction").map(|value| OrderDirection::parse(Some(value)));
        let nulls = take("nulls").map(|value| OrderNulls::parse(Some(value)));
        let direction = direction.transpose().map_err(InputValueError::propagate)?.unwrap_or(OrderDirection::Asc);
        let nulls = nulls.transpose().map_err(InputValueError::propagate)?.unwrap_or(OrderNulls::Last);
        let sort =
            Sort { column, descending: direction == OrderDirection::Desc, nulls_first: nulls == OrderNulls::First };
        Ok(Self { sort, of: PhantomData })
    }

    fn to_value(&self) -> Value {
        // Told of defaults only, and no argument has one of this type.
        Value::Null
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}
