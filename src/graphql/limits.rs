//! What a single request may ask for. Every limit has its own code and is told to the client in words.

use std::collections::HashMap;

use async_graphql::{
    Positioned,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

/// Rows of a page when none is asked for.
pub const PAGE_DEFAULT: u16 = 20;
/// Rows of a page at most.
pub const PAGE_MAX: u16 = 100;
/// Fields inside fields; GraphiQL's introspection takes 13.
pub const MAX_DEPTH: usize = 20;
/// Fields in the answer, at most, if every page is full and short lists have [`SHORT_LIST`] rows.
pub const MAX_COMPLEXITY: usize = 50_000;
/// What a document's whole text costs: a full page of documents with their texts fits twice, the same text fifty times
/// over does not.
pub const TEXT_COST: usize = 200;
/// Aliases in a request.
pub const MAX_ALIASES: usize = 50;
/// Directives on one field.
pub const MAX_DIRECTIVES: usize = 5;
/// Bytes of query text.
pub const MAX_QUERY_BYTES: usize = 16 * 1024;
/// Bytes of a subscription's variables, as JSON: they are kept for as long as it is open.
pub const MAX_KEPT: usize = 64 * 1024;
/// Conditions of one filter, with those on what is related and each `not`; each hundred values of an `in` count as one,
/// and so does `{}` in a list.
pub const MAX_CONDITIONS: usize = 200;
/// Relations of one filter in all; each is looked up for each row that is looked at.
pub const MAX_RELATIONS: usize = 20;
/// Relations that a filter follows one behind the other.
pub const MAX_RELATIONS_DEEP: usize = 6;
/// Keys of an order.
pub const MAX_ORDER_KEYS: usize = 5;
/// Groups that are told when no number is asked for.
pub const GROUPS_DEFAULT: u16 = 100;
/// Groups at most.
pub const GROUPS_MAX: u16 = 1000;
/// Keys that a list is counted by at once.
pub const MAX_GROUP_KEYS: usize = 5;
/// What counting a list in groups costs besides them: it reads all of the list.
const GROUPING_COST: usize = 50;
/// What each condition of a filter costs, and each relation in it.
const CONDITION_COST: usize = 2;
/// Ids in one `nodes(ids:)`.
pub const MAX_NODES: usize = 100;
/// Code points of a text given to `extract`: twenty long articles.
pub const MAX_TEXT: usize = 100_000;
/// Code points of all evidence of what is found in such a text: a sentence with a thousand names is quoted for each.
pub const MAX_QUOTED: u64 = 1_000_000;
/// Texts that are read at once for all requests together; each keeps one core busy.
pub const EXTRACTIONS_AT_ONCE: usize = 4;
/// Seconds that `extract` waits for its turn, and after which a client that got none may ask again.
pub const RETRY_AFTER: u64 = 2;
/// Lists of fields, input fields, interfaces or possible types inside each other when the schema is asked for: code
/// generators and playgrounds need one.
pub const MAX_INTROSPECTION: usize = 2;
/// What `extract` costs besides the fields below it: nine fit into a request.
pub const EXTRACTION_COST: usize = 5_000;
/// Brackets inside brackets in the query text; more than any depth that passes, few enough for the parser's stack.
const MAX_NESTING: usize = 64;
/// Selections in a request once every fragment is written out where it is used. Counted before anything walks them,
/// because fragments that use each other twice double with every step.
pub const MAX_SELECTIONS: usize = 5_000;
/// What a short list (reports, evidence, positions) is taken to have when a query's cost is estimated.
pub const SHORT_LIST: usize = 3;

/// More is not counted: it is beyond the limit, and [`MAX_SELECTIONS`] of it do not reach [`PER_LIST`].
const COST_CAP: usize = 1 << 17;
/// What is below a connection is counted once for each row, but what is told of the whole list once: the library knows
/// one number only, so that stands in its upper half until the connection takes it apart.
const PER_LIST: u32 = 32;
/// What counting all of a list costs.
pub const COUNT_COST: usize = 10 << PER_LIST;

/// The cost of a page: what is below it, once for each row it may have.
pub fn page_cost(first: Option<i32>, last: Option<i32>, child: usize) -> usize {
    let size = first.or(last).and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::from(PAGE_DEFAULT));
    let (per_list, per_row) = (child >> PER_LIST, child & ((1 << PER_LIST) - 1));
    size.min(usize::from(PAGE_MAX)).saturating_mul(per_row).saturating_add(per_list).saturating_add(1).min(COST_CAP)
}

/// What a search costs besides its page: it ranks everything that is found.
const SEARCH_COST: usize = 100;

/// The cost of a search among so many kinds, each narrowed by a filter of this cost.
pub fn search_cost(kinds: usize, filter: usize) -> usize {
    SEARCH_COST.saturating_add(kinds.saturating_mul(filter)).min(COST_CAP)
}

/// The cost of finding what meets so many conditions.
pub fn filter_cost(conditions: usize) -> usize {
    conditions.saturating_mul(CONDITION_COST)
}

/// The cost of groups of a list: what is below one, once for each there may be.
pub fn groups_cost(first: Option<i32>, child: usize) -> usize {
    let groups = first.and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::from(GROUPS_DEFAULT));
    let cost = groups.min(usize::from(GROUPS_MAX)).saturating_mul(child).saturating_add(GROUPING_COST);
    cost.min(COST_CAP) << PER_LIST
}

/// The cost of a short list.
pub fn list_cost(child: usize) -> usize {
    SHORT_LIST.saturating_mul(child).saturating_add(1).min(COST_CAP)
}

/// Whether brackets stand deeper inside each other than a parser can follow.
pub fn nested_too_deep(query: &str) -> bool {
    let (mut depth, mut in_string, mut escaped, mut in_comment) = (0_usize, false, false, false);
    for byte in query.bytes() {
        match byte {
            b'\n' | b'\r' => (in_comment, in_string) = (false, false),
            _ if in_comment => {}
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'#' => in_comment = true,
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_NESTING {
            return true;
        }
    }
    false
}

/// How many selections the request has with every fragment written out, if these are too many.
pub fn too_many_selections(document: &ExecutableDocument) -> Option<usize> {
    let mut known = HashMap::new();
    let total = document.operations.iter().fold(0_usize, |sum, (_, operation)| {
        sum.saturating_add(size(document, &operation.node.selection_set, &mut known))
    });
    (total > MAX_SELECTIONS).then_some(total)
}

/// Selections in a set, fragments written out. One that is in the making counts nothing: validation refuses cycles.
fn size<'d>(
    document: &'d ExecutableDocument,
    set: &'d Positioned<SelectionSet>,
    known: &mut HashMap<&'d str, usize>,
) -> usize {
    let mut total = 0_usize;
    for selection in &set.node.items {
        let below = match &selection.node {
            Selection::Field(field) => size(document, &field.node.selection_set, known),
            Selection::InlineFragment(fragment) => size(document, &fragment.node.selection_set, known),
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                match (known.get(name.as_str()), document.fragments.get(name)) {
                    (Some(size), _) => *size,
                    (None, None) => 0,
                    (None, Some(fragment)) => {
                        known.insert(name, 0);
                        let below = size(document, &fragment.node.selection_set, known);
                        known.insert(name, below);
                        below
                    }
                }
            }
        };
        total = total.saturating_add(below).saturating_add(1);
    }
    total
}

#[cfg(test)]
mod tests {
    use super::nested_too_deep;

    #[test]
    fn brackets_count_outside_strings_and_comments_only() {
        assert!(nested_too_deep(&"{a".repeat(65)));
        assert!(nested_too_deep(&format!("{{ a(x: {}", "[".repeat(70))));
        assert!(!nested_too_deep(&format!("{{ a(x: \"{}\") # {}\n }}", "[".repeat(70), "{".repeat(70))));
        assert!(!nested_too_deep(&"{a}".repeat(500)));
    }
}
