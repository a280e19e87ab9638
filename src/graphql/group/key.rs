//! What a list is counted by: an enum for each kind of thing.

use std::{borrow::Cow, marker::PhantomData};

use async_graphql::{InputType, InputValueError, InputValueResult, Name, Value, registry::Registry};

use crate::{
    graphql::ask::{enumeration, value_name},
    store::read::{Entity, GroupKey},
};

/// A key that lists of `E` are counted by.
#[derive(Clone, Debug)]
pub struct GroupBy<E> {
    /// As the store takes it.
    pub key: &'static GroupKey,
    of: PhantomData<fn() -> E>,
}

impl<E: Entity> InputType for GroupBy<E> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        format!("{}GroupKey", E::TABLE.name).into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let values: Vec<_> = E::TABLE.groups.iter().map(|key| (value_name(key.name), key.doc)).collect();
        let description = format!("What {} are counted by.", E::TABLE.things);
        enumeration(registry, &Self::type_name(), &description, &values);
        Self::qualified_type_name()
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let word = match value {
            Some(Value::Enum(word)) => word.to_string(),
            Some(Value::String(word)) => word,
            other => return Err(InputValueError::expected_type(other.unwrap_or_default())),
        };
        let key = E::TABLE.groups.iter().find(|key| value_name(key.name) == word);
        let key = key.ok_or_else(|| InputValueError::custom(format_args!("there is no key `{word}`")))?;
        Ok(Self { key, of: PhantomData })
    }

    fn to_value(&self) -> Value {
        Value::Enum(Name::new(value_name(self.key.name)))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}
