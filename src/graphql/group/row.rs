//! A group: the values its rows have in common, how many they are, what they add up to.

use std::{borrow::Cow, marker::PhantomData, sync::Arc};

use async_graphql::{
    CacheControl, ContainerType, Context, ContextSelectionSet, Name, OutputType, Positioned, Result, ServerResult,
    Value,
    parser::types::Field,
    registry::{MetaField, MetaType, MetaTypeId, Registry},
    resolver_utils::resolve_container,
};

use super::GroupSum;
use crate::{
    graphql::{
        ask::field_name,
        enums::{DocumentKind, MeetingKind, MeetingLevel, MeetingMode, PartOfDay, ParticipantKind, ParticipantRole},
        loaders::by_id,
        organization::{Organization, Province},
        person::Person,
    },
    store::read::{Entity, GroupKind, GroupRow, GroupValue, Grouping, Vocabulary},
};

/// A group of rows of `E`.
pub struct GroupOf<E> {
    by: Arc<Grouping>,
    row: GroupRow,
    of: PhantomData<fn() -> E>,
}

impl<E> GroupOf<E> {
    /// This group of these.
    pub fn new(by: Arc<Grouping>, row: GroupRow) -> Self {
        Self { by, row, of: PhantomData }
    }
}

/// Puts the type of a key's values into the schema. Returns its name.
fn register(registry: &mut Registry, kind: GroupKind) -> String {
    let of = match kind {
        GroupKind::Number => <i32 as OutputType>::create_type_info(registry),
        GroupKind::Text => <String as OutputType>::create_type_info(registry),
        GroupKind::Role => <ParticipantRole as OutputType>::create_type_info(registry),
        GroupKind::Province => <Province as OutputType>::create_type_info(registry),
        GroupKind::Organization => <Organization as OutputType>::create_type_info(registry),
        GroupKind::Person => <Person as OutputType>::create_type_info(registry),
        GroupKind::Word(vocabulary) => match vocabulary {
            Vocabulary::DocumentKind => <DocumentKind as OutputType>::create_type_info(registry),
            Vocabulary::MeetingKind => <MeetingKind as OutputType>::create_type_info(registry),
            Vocabulary::MeetingLevel => <MeetingLevel as OutputType>::create_type_info(registry),
            Vocabulary::MeetingMode => <MeetingMode as OutputType>::create_type_info(registry),
            Vocabulary::PartOfDay => <PartOfDay as OutputType>::create_type_info(registry),
            Vocabulary::ParticipantKind => <ParticipantKind as OutputType>::create_type_info(registry),
        },
    };
    of.trim_end_matches('!').to_owned()
}

impl<E: Entity> OutputType for GroupOf<E> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Group", E::TABLE.name).into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Object, |registry| {
            let field = |name: String, of: String, description: String| {
                (name.clone(), MetaField { description: Some(description), ..MetaField::new(name, of) })
            };
            let table = E::TABLE;
            let mut fields = vec![field(
                "count".to_owned(),
                <i32 as OutputType>::create_type_info(registry),
                format!("How many {} there are in it (số lượng).", table.things),
            )];
            for key in table.groups {
                let words = "Null of those without one, and where the groups are not by this.";
                let description = format!("{} {words}", key.doc);
                fields.push(field(field_name(key.name), register(registry, key.kind), description));
            }
            for sum in table.sums {
                fields.push(field(field_name(sum.name), GroupSum::create_type_info(registry), sum.doc.to_owned()));
            }
            MetaType::Object {
                name: Self::type_name().into_owned(),
                description: Some(format!("{} that have something in common (nhóm).", capitalised(table.things))),
                fields: fields.into_iter().collect(),
                cache_control: CacheControl::default(),
                extends: false,
                shareable: false,
                resolvable: true,
                keys: None,
                visible: None,
                inaccessible: false,
                interface_object: false,
                tags: Vec::new(),
                is_subscription: false,
                rust_typename: Some(std::any::type_name::<Self>()),
                directive_invocations: Vec::new(),
                requires_scopes: Vec::new(),
            }
        })
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        resolve_container(ctx, self).await
    }
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

impl<E: Entity> ContainerType for GroupOf<E> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let name = ctx.item.node.name.node.as_str();
        if name == "count" {
            return Ok(Some(Value::from(self.row.count)));
        }
        if let Some(at) = E::TABLE.sums.iter().position(|sum| field_name(sum.name) == name) {
            let (sum, stated) = self.row.sums.get(at).copied().unwrap_or_default();
            return object(ctx, &GroupSum { sum, stated }).await;
        }
        let at = self.by.by.iter().position(|key| field_name(key.name) == name);
        let Some((key, value)) = at.and_then(|at| self.by.by.get(at).zip(self.row.values.get(at)?.clone())) else {
            let known = E::TABLE.groups.iter().any(|key| field_name(key.name) == name);
            return Ok(known.then_some(Value::Null));
        };
        match (key.kind, value) {
            (_, GroupValue::Number(number)) => Ok(Some(Value::from(number))),
            (GroupKind::Text, GroupValue::Text(text)) => Ok(Some(Value::from(text))),
            (_, GroupValue::Text(word)) => Ok(Some(Value::Enum(Name::new(word)))),
            (_, GroupValue::Province(id)) => object(ctx, &Province::of(id)).await,
            (GroupKind::Person, GroupValue::Id(id)) => {
                let person: Option<Result<Person>> = by_id(ctx, id).await.transpose();
                object(ctx, &person).await
            }
            (_, GroupValue::Id(id)) => {
                let organization: Option<Result<Organization>> = by_id(ctx, id).await.transpose();
                object(ctx, &organization).await
            }
        }
    }
}

/// What of an object is selected.
async fn object(ctx: &Context<'_>, value: &impl OutputType) -> ServerResult<Option<Value>> {
    let selected = ctx.with_selection_set(&ctx.item.node.selection_set);
    value.resolve(&selected, ctx.item).await.map(Some)
}
