//! What a search box shows while somebody types: `suggest`.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, Object, Result, SimpleObject, dataloader::Loader};

use super::{
    error::bad_input,
    limits::{page_cost, search_cost},
    loaders::{ReadError, Reader, load},
    query::Node,
    scalars::Text,
    search::{SearchType, node, terms},
    snippet::Highlight,
};
use crate::store::read::{self, SearchKind, Suggested, Terms};

/// Suggestions where no number is given.
const DEFAULT: u16 = 10;
/// Suggestions at most.
const MOST: u16 = 20;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Asked {
    terms: Terms,
    kinds: Vec<SearchKind>,
    size: u16,
}

impl Loader<Asked> for Reader {
    type Value = Arc<Vec<Suggested>>;
    type Error = ReadError;

    async fn load(&self, keys: &[Asked]) -> Result<HashMap<Asked, Arc<Vec<Suggested>>>, ReadError> {
        let mut found = HashMap::with_capacity(keys.len());
        for asked in keys {
            let names = read::suggest(self.snapshot(), &asked.terms, &asked.kinds, asked.size).await?;
            found.insert(asked.clone(), Arc::new(names));
        }
        Ok(found)
    }
}

/// The part of the root that suggests.
#[derive(Default)]
pub struct SuggestField;

#[Object]
impl SuggestField {
    /// Names of people and organizations and titles of meetings that hold these words (gợi ý khi gõ), those that begin
    /// with them first, the shorter ones ahead. Case and marks make no difference.
    #[graphql(complexity = "page_cost(first.or(Some(10)), None, child_complexity) + search_cost(0, 0)")]
    async fn suggest(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What has been typed so far; the last word may be only begun. 200 characters at most.")]
        prefix: Text,
        #[graphql(
            desc = "What to suggest; meetings, people and organizations, if not given. The other types have no names to suggest."
        )]
        types: Option<Vec<SearchType>>,
        #[graphql(desc = "How many at most: 0 to 20, 10 if not given.")] first: Option<i32>,
    ) -> Result<Vec<Suggestion>> {
        let size = match first.map(u16::try_from) {
            None => DEFAULT,
            Some(Ok(size)) if size <= MOST => size,
            _ => return Err(bad_input(ctx, "first", format!("`first` must be from 0 to {MOST}"))),
        };
        let named = vec![SearchKind::Person, SearchKind::Organization, SearchKind::Meeting];
        let mut kinds: Vec<SearchKind> = types.map_or(named, |types| types.into_iter().map(Into::into).collect());
        kinds.sort_unstable();
        kinds.dedup();
        // An empty box is no mistake.
        if prefix.0.trim().is_empty() {
            return Ok(Vec::new());
        }
        let terms = terms(ctx, "prefix", &prefix)?;
        let found = load(ctx, Asked { terms: terms.clone(), kinds, size }).await?.unwrap_or_default();
        let suggestion = async |row: &Suggested| {
            Ok(Suggestion {
                kind: row.kind.into(),
                text: row.text.clone(),
                highlights: terms
                    .found_in(&row.text)
                    .into_iter()
                    .map(|(start, end, _)| Highlight { start, end })
                    .collect(),
                node: node(ctx, row.kind, row.id).await?,
            })
        };
        futures_util::future::try_join_all(found.iter().map(suggestion)).await
    }
}

/// A name or title to go on with (gợi ý).
#[derive(SimpleObject)]
pub struct Suggestion {
    /// What has this name (loại).
    #[graphql(name = "type")]
    kind: SearchType,
    /// The name or title, whole.
    text: String,
    /// Where in `text` stands what was typed.
    highlights: Vec<Highlight>,
    /// The thing itself.
    node: Node,
}
