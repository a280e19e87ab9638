//! Input types that stand in the schema without a Rust type of their own.

use async_graphql::registry::{MetaEnumValue, MetaInputValue, MetaType, Registry};

/// A field of an input object.
pub fn field(name: String, of: String, description: &str) -> MetaInputValue {
    MetaInputValue { description: Some(description.to_owned()), ..MetaInputValue::new(name, of) }
}

/// Puts an input object into the schema, unless it is there. Its fields may lead back to it.
pub fn input_object(
    registry: &mut Registry,
    name: &str,
    description: &str,
    fields: impl FnOnce(&mut Registry) -> Vec<MetaInputValue>,
) {
    let object = |fields: Vec<MetaInputValue>| MetaType::InputObject {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        input_fields: fields.into_iter().map(|field| (field.name.clone(), field)).collect(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: None,
        oneof: false,
        directive_invocations: Vec::new(),
    };
    if !registry.types.contains_key(name) {
        registry.types.insert(name.to_owned(), object(Vec::new()));
        let fields = fields(registry);
        registry.types.insert(name.to_owned(), object(fields));
    }
}

/// Puts an enum into the schema, unless it is there.
pub fn enumeration(registry: &mut Registry, name: &str, description: &str, values: &[(String, &str)]) {
    let value = |(name, description): &(String, &str)| {
        let value = MetaEnumValue { description: Some((*description).to_owned()), ..MetaEnumValue::new(name.clone()) };
        (name.clone(), value)
    };
    registry.types.entry(name.to_owned()).or_insert_with(|| MetaType::Enum {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        enum_values: values.iter().map(value).collect(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: None,
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    });
}
