//! `filter`: conditions on a thing's columns and on what it is related to, joined by `and`, `or`, `not`.

use std::{borrow::Cow, marker::PhantomData, sync::Arc};

use async_graphql::{Context, InputType, InputValueResult, Name, Result, Value, registry::Registry};

use super::{
    field_name,
    operators::{
        CodeFilter, ConfidenceFilter, IdFilter, NameFilter, RangeFilter, RolesFilter, TextFilter, WordFilter, read,
    },
    registered::{field, input_object},
};
use crate::{
    graphql::{
        enums::{DocumentKind, MeetingKind, MeetingLevel, MeetingMode, PartOfDay, ParticipantKind},
        error::bad_input,
        limits::{MAX_CONDITIONS, MAX_RELATIONS, MAX_RELATIONS_DEEP, filter_cost},
        scalars::{Date, DateTime},
    },
    store::read::{Column, Condition, Entity, Kind, Quantifier, Size, Table, Vocabulary},
};

/// The conditions on an `E` that a client gives.
#[derive(Clone, Debug)]
pub struct Filter<E> {
    read: Result<Arc<Condition>, Wrong>,
    of: PhantomData<fn() -> E>,
}

impl<E> Filter<E> {
    /// What finding the rows that meet them costs.
    pub fn cost(filter: Option<&Self>) -> usize {
        let read = filter.and_then(|filter| filter.read.as_ref().ok());
        filter_cost(read.map_or(0, |condition| condition.size().conditions))
    }

    /// As the store takes them; or what is wrong with them, told with its path.
    pub fn condition(self, ctx: &Context<'_>) -> Result<Arc<Condition>> {
        self.read.map_err(|wrong| {
            let path: Vec<&str> = ["filter"].into_iter().chain(wrong.path.iter().rev().map(String::as_str)).collect();
            let path = path.join(".");
            bad_input(ctx, &path, format!("`{path}`: {}", wrong.words))
        })
    }
}

/// The operators' type of each kind of column: `$then!(type)` of the one that is this column's.
macro_rules! operators_of {
    ($column:expr, $then:ident) => {
        match $column.kind {
            Kind::Id => $then!(IdFilter),
            Kind::Text => $then!(TextFilter),
            Kind::Name | Kind::BodyName => $then!(NameFilter),
            Kind::Code => $then!(CodeFilter),
            Kind::Number => $then!(RangeFilter<i32>),
            Kind::Day => $then!(RangeFilter<Date>),
            Kind::Time => $then!(RangeFilter<DateTime>),
            Kind::Rules => $then!(ConfidenceFilter),
            Kind::Roles => $then!(RolesFilter),
            Kind::Word(Vocabulary::DocumentKind) => $then!(WordFilter<DocumentKind>),
            Kind::Word(Vocabulary::MeetingKind) => $then!(WordFilter<MeetingKind>),
            Kind::Word(Vocabulary::MeetingLevel) => $then!(WordFilter<MeetingLevel>),
            Kind::Word(Vocabulary::MeetingMode) => $then!(WordFilter<MeetingMode>),
            Kind::Word(Vocabulary::PartOfDay) => $then!(WordFilter<PartOfDay>),
            Kind::Word(Vocabulary::ParticipantKind) => $then!(WordFilter<ParticipantKind>),
        }
    };
}

/// Puts the filter of a table into the schema, and those of whatever it is related to. Returns its name.
fn register(registry: &mut Registry, table: &Table) -> String {
    let name = format!("{}Filter", table.name);
    let description = format!(
        "Conditions on {}; all that are given must hold. A condition on an absent value does not hold, so `not` of it does.",
        table.things
    );
    input_object(registry, &name, &description, |registry| {
        let columns: Vec<_> = table.columns.iter().filter(|column| column.is_filter).collect();
        let mut fields: Vec<_> = columns
            .into_iter()
            .map(|column| {
                macro_rules! name_of {
                    ($operators:ty) => {
                        <$operators>::create_type_info(registry)
                    };
                }
                let of = operators_of!(column, name_of);
                field(field_name(column.name), of.trim_end_matches('!').to_owned(), column.doc)
            })
            .collect();
        for relation in table.relations {
            let of = if relation.many { register_list(registry, relation.to) } else { register(registry, relation.to) };
            let doc = if relation.many {
                relation.doc.to_owned()
            } else {
                format!("{} There is one, and it meets these conditions.", relation.doc)
            };
            fields.push(field(field_name(relation.name), of, &doc));
        }
        fields.push(field("and".to_owned(), format!("[{name}!]"), "All of these hold (và); of none, all do."));
        fields.push(field(
            "or".to_owned(),
            format!("[{name}!]"),
            "At least one of these holds (hoặc); of none, none does.",
        ));
        fields.push(field("not".to_owned(), name.clone(), "This does not hold (không): not all of its conditions do."));
        fields
    });
    name
}

/// Puts the filter of lists of a table into the schema. Returns its name.
fn register_list(registry: &mut Registry, table: &Table) -> String {
    let name = format!("{}ListFilter", table.name);
    let description =
        format!("Conditions on all of something's {} together; all that are given must hold.", table.things);
    input_object(registry, &name, &description, |registry| {
        let of = register(registry, table);
        vec![
            field(
                "some".to_owned(),
                of.clone(),
                "At least one meets these conditions (có); of no conditions: there is one.",
            ),
            field(
                "none".to_owned(),
                of.clone(),
                "Not one meets these conditions (không có); of no conditions: there is none.",
            ),
            field("every".to_owned(), of, "Each one meets these conditions (tất cả), also if there is none at all."),
        ]
    });
    name
}

/// What is wrong with a filter, and where in it, from inside out.
#[derive(Clone, Debug)]
struct Wrong {
    path: Vec<String>,
    words: String,
}

impl Wrong {
    fn below(mut self, name: &str) -> Self {
        self.path.push(name.to_owned());
        self
    }
}

fn wrong(words: impl Into<String>) -> Wrong {
    Wrong { path: Vec::new(), words: words.into() }
}

/// The fields of an object that are given and not null.
fn fields(value: Value) -> Result<impl Iterator<Item = (String, Value)>, Wrong> {
    match value {
        Value::Object(fields) => {
            let given = fields.into_iter().filter(|(_, value)| *value != Value::Null);
            Ok(given.map(|(name, value)| (name.to_string(), value)))
        }
        _ => Err(wrong("an object of conditions is needed here")),
    }
}

/// The conditions of a filter of this table.
fn condition(table: &'static Table, value: Value) -> Result<Condition, Wrong> {
    let mut all = Vec::new();
    for (name, value) in fields(value)? {
        let part = part(table, &name, value).map_err(|wrong| wrong.below(&name))?;
        match part {
            Condition::All(parts) => all.extend(parts),
            part => all.push(part),
        }
    }
    Ok(Condition::All(all))
}

/// What the field `name` of such a filter asks for.
fn part(table: &'static Table, name: &str, value: Value) -> Result<Condition, Wrong> {
    match name {
        "and" => return Ok(Condition::All(conditions(table, value)?)),
        "or" => return Ok(Condition::Any(conditions(table, value)?)),
        "not" => return Ok(Condition::Not(Box::new(condition(table, value)?))),
        _ => {}
    }
    if let Some(column) = table.columns.iter().find(|column| column.is_filter && field_name(column.name) == name) {
        return tests(table, column, value);
    }
    let Some(relation) = table.relations.iter().find(|relation| field_name(relation.name) == name) else {
        return Err(wrong(format!("there is no such field in a {}Filter", table.name)));
    };
    let related = |quantifier, value| -> Result<Condition, Wrong> {
        Ok(Condition::Related(relation, quantifier, Box::new(condition(relation.to, value)?)))
    };
    if !relation.many {
        return related(Quantifier::Some, value);
    }
    let mut all = Vec::new();
    for (name, value) in fields(value)? {
        let quantifier = match name.as_str() {
            "some" => Quantifier::Some,
            "none" => Quantifier::None,
            "every" => Quantifier::Every,
            _ => return Err(wrong(format!("there is no such field in a {}ListFilter", relation.to.name)).below(&name)),
        };
        all.push(related(quantifier, value).map_err(|wrong| wrong.below(&name))?);
    }
    Ok(Condition::All(all))
}

/// A list of filters; one alone is a list of one, as in all of GraphQL.
fn conditions(table: &'static Table, value: Value) -> Result<Vec<Condition>, Wrong> {
    match value {
        Value::List(values) => {
            let numbered = values.into_iter().enumerate();
            numbered.map(|(i, value)| condition(table, value).map_err(|wrong| wrong.below(&i.to_string()))).collect()
        }
        value => Ok(vec![condition(table, value)?]),
    }
}

/// What the operators of a column ask for.
fn tests(table: &Table, column: &'static Column, value: Value) -> Result<Condition, Wrong> {
    let mut all = Vec::new();
    for (name, value) in fields(value)? {
        // One at a time, so that it is known which is wrong.
        let alone = |value| Value::Object([(Name::new(&name), value)].into_iter().collect());
        let read = |value: Value| {
            macro_rules! operators {
                ($operators:ty) => {
                    read::<$operators>(alone(value), table.name)
                };
            }
            operators_of!(column, operators)
        };
        let operators = read(value.clone()).map_err(|words| {
            let values = if let Value::List(values) = value { values } else { Vec::new() };
            let of_list = values.into_iter().enumerate().find_map(|(i, value)| {
                read(Value::List(vec![value])).err().map(|words| wrong(words).below(&i.to_string()))
            });
            of_list.unwrap_or_else(|| wrong(words)).below(&name)
        })?;
        all.extend(operators.into_iter().map(|operator| Condition::Test(column, operator)));
    }
    Ok(Condition::All(all))
}

/// The conditions of a whole filter, which is no larger than it may be.
fn whole(table: &'static Table, value: Value) -> Result<Condition, Wrong> {
    let condition = condition(table, value)?;
    let Size { conditions, relations, depth } = condition.size();
    if conditions > MAX_CONDITIONS {
        let counted = "each `not` counts as one, each `{}` in a list, each hundred values of an `in`";
        return Err(wrong(format!("{conditions} conditions ({counted}), where {MAX_CONDITIONS} are allowed")));
    }
    if relations > MAX_RELATIONS {
        return Err(wrong(format!("{relations} relations, where {MAX_RELATIONS} are allowed")));
    }
    if depth > MAX_RELATIONS_DEEP {
        return Err(wrong(format!("{depth} relations one behind the other, where {MAX_RELATIONS_DEEP} are allowed")));
    }
    Ok(condition)
}

impl<E: Entity> InputType for Filter<E> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        format!("{}Filter", E::TABLE.name).into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        register(registry, E::TABLE);
        Self::qualified_type_name()
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        // What is wrong is told by whoever asks for the condition, who can tell where.
        Ok(Self { read: whole(E::TABLE, value.unwrap_or_default()).map(Arc::new), of: PhantomData })
    }

    fn to_value(&self) -> Value {
        // Told of defaults only, and no argument has one of this type.
        Value::Null
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}
