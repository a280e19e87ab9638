//! Asking for the schema: whether it may be, and how far. A type has fields, which have types, which have fields: the
//! schema is small and what can be asked of it in a few lines is not, and costs nothing by the pages asked for.

use std::collections::HashMap;

use async_graphql::{
    Pos, Positioned, ServerError,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

use super::{code::Code, error, limits::MAX_INTROSPECTION};

/// The fields of `__Type` that lead to lists of things that lead to types again.
const LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// Why the schema is not told, if it is asked for and is not.
pub(super) fn refusal(document: &ExecutableDocument, is_allowed: bool) -> Option<ServerError> {
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set);
    let sets = operations.chain(document.fragments.values().map(|fragment| &fragment.node.selection_set));
    let mut known = HashMap::new();
    for (place, below) in sets.flat_map(asked) {
        if !is_allowed {
            return Some(error::at(error::refusal(Code::IntrospectionDisabled), place));
        }
        if lists(document, below, &mut known) > MAX_INTROSPECTION {
            let message =
                format!("the schema is told {MAX_INTROSPECTION} lists inside each other deep; ask in several queries");
            return Some(error::at(error::refusal_in_words(Code::QueryTooDeep, message), place));
        }
    }
    None
}

/// Where the schema is asked for in this selection, and what of it. `__typename` tells what an answer is, and is none of
/// this.
fn asked(set: &Positioned<SelectionSet>) -> Vec<(Pos, &Positioned<SelectionSet>)> {
    let (mut found, mut sets) = (Vec::new(), vec![set]);
    while let Some(set) = sets.pop() {
        for selection in &set.node.items {
            match &selection.node {
                Selection::Field(field) if ["__schema", "__type"].contains(&field.node.name.node.as_str()) => {
                    found.push((field.pos, &field.node.selection_set));
                }
                Selection::Field(field) => sets.push(&field.node.selection_set),
                Selection::InlineFragment(fragment) => sets.push(&fragment.node.selection_set),
                Selection::FragmentSpread(_) => {}
            }
        }
    }
    found
}

/// How many of these lists stand inside each other. A fragment that is in the making counts nothing: validation refuses
/// cycles.
fn lists<'d>(
    document: &'d ExecutableDocument,
    set: &'d Positioned<SelectionSet>,
    known: &mut HashMap<&'d str, usize>,
) -> usize {
    let below = |selection: &'d Positioned<Selection>| match &selection.node {
        Selection::Field(field) => {
            let is_list = LISTS.contains(&field.node.name.node.as_str());
            usize::from(is_list) + lists(document, &field.node.selection_set, known)
        }
        Selection::InlineFragment(fragment) => lists(document, &fragment.node.selection_set, known),
        Selection::FragmentSpread(spread) => {
            let name = &spread.node.fragment_name.node;
            match (known.get(name.as_str()), document.fragments.get(name)) {
                (Some(deep), _) => *deep,
                (None, None) => 0,
                (None, Some(fragment)) => {
                    known.insert(name, 0);
                    let deep = lists(document, &fragment.node.selection_set, known);
                    known.insert(name, deep);
                    deep
                }
            }
        }
    };
    set.node.items.iter().map(below).max().unwrap_or(0)
}
