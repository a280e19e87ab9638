//! Finding things by words: `search`, the best first, each with a snippet that shows why.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use async_graphql::{
    Context, Enum, Object, Result, SimpleObject,
    connection::{CursorType, OpaqueCursor},
    dataloader::Loader,
};

use uuid::Uuid;

use super::{
    ask::Filter,
    connection::PageInfo,
    error::bad_input,
    limits::{COUNT_COST, PAGE_DEFAULT, PAGE_MAX, page_cost, search_cost},
    loaders::{ReadError, Reader, load, referenced},
    query::Node,
    scalars::Text,
    snippet::{Snippet, snippet},
};
use crate::store::read::{self, FoundAt, FoundRow, Hit, MeetingRow, SearchKind, Terms, search_count};

/// Code points of a search's text; names and phrases, not pages.
const MAX_SEARCH: usize = 200;

/// What can be searched (loại kết quả).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "SearchKind")]
pub enum SearchType {
    /// Meetings (hội nghị, cuộc họp), by title and venue.
    Meeting,
    /// People (cá nhân), by name, also by one that is spelled a little otherwise.
    Person,
    /// Organizations (cơ quan, đơn vị), by name, also by one that is spelled a little otherwise.
    Organization,
    /// Tasks (nhiệm vụ), by their text.
    Task,
    /// Awards (khen thưởng), by their name and their recipients'.
    Award,
    /// Documents (tài liệu), by their title and by each sentence of the article.
    Document,
}

/// Why something was found (lý do tìm thấy).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Enum)]
pub enum SearchMatch {
    /// The words stand in it, case and marks aside.
    Words,
    /// The last word that was typed begins a word of it.
    Prefix,
    /// It is a name that is spelled nearly so (gần đúng).
    Similar,
}

/// A page of what a search found (kết quả tìm kiếm), the best first.
pub struct SearchConnection(Page);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Page {
    search: read::Search,
    after: Option<Cursor>,
    size: u16,
}

/// A place in the order, as a cursor holds it: the rank by its bits, because it has to come back as it was.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
struct Cursor(u64, String, Uuid, i32);

impl From<&FoundAt> for Cursor {
    fn from((rank, kind, id, ordinal): &FoundAt) -> Self {
        Self(rank.to_bits(), kind.clone(), *id, *ordinal)
    }
}

impl Cursor {
    fn place(&self) -> FoundAt {
        (f64::from_bits(self.0), self.1.clone(), self.2, self.3)
    }

    fn opaque(&self, search: &read::Search) -> String {
        OpaqueCursor((signature(search), self.clone())).encode_cursor()
    }

    /// The cursor that this text is, if it is one of this very search.
    fn parse(ctx: &Context<'_>, search: &read::Search, text: &str) -> Result<Self> {
        match OpaqueCursor::<(String, Self)>::decode_cursor(text) {
            Ok(OpaqueCursor((name, cursor)))
                if name == signature(search) && f64::from_bits(cursor.0).is_finite() && !cursor.1.contains('\0') =>
            {
                Ok(cursor)
            }
            _ => Err(bad_input(
                ctx,
                "after",
                "`after` is no cursor of this search; take one from its `edges` or `pageInfo`",
            )),
        }
    }
}

/// What a cursor is of: a place in one search says nothing of another.
fn signature(search: &read::Search) -> String {
    let mut hasher = DefaultHasher::new();
    search.hash(&mut hasher);
    format!("search {:x}", hasher.finish())
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct CountOf(read::Search);

type Found = Arc<Vec<(FoundAt, FoundRow)>>;

impl Loader<Page> for Reader {
    type Value = Found;
    type Error = ReadError;

    async fn load(&self, keys: &[Page]) -> Result<HashMap<Page, Found>, ReadError> {
        let mut found = HashMap::with_capacity(keys.len());
        for page in keys {
            let after = page.after.as_ref().map(Cursor::place);
            // One more than asked for tells whether there are more.
            let rows = read::search(self.snapshot(), &page.search, after.as_ref(), page.size + 1).await?;
            found.insert(page.clone(), Arc::new(rows));
        }
        Ok(found)
    }
}

impl Loader<CountOf> for Reader {
    type Value = i64;
    type Error = ReadError;

    async fn load(&self, keys: &[CountOf]) -> Result<HashMap<CountOf, i64>, ReadError> {
        let mut counts = HashMap::with_capacity(keys.len());
        for key in keys {
            counts.insert(key.clone(), search_count(self.snapshot(), &key.0).await?);
        }
        Ok(counts)
    }
}

/// The part of the root that searches.
#[derive(Default)]
pub struct SearchField;

#[Object]
impl SearchField {
    /// Whatever holds all these words (tìm kiếm): meetings, people, organizations, tasks, awards, and sentences of the
    /// documents; the best first: names ahead of titles, titles ahead of what is said in passing. Case and marks make no
    /// difference: `hoi nghi` finds `Hội nghị`.
    #[graphql(
        complexity = "page_cost(first, None, child_complexity) + search_cost(SearchKind::ALL.len(), Filter::cost(filter.as_ref()))"
    )]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The words, 200 characters at most: all of them must stand in what is found; what stands in quotes, just so; of the last one, unless a space follows it, the beginning is enough."
        )]
        query: Text,
        #[graphql(desc = "What to look among; everything, if not given.")] types: Option<Vec<SearchType>>,
        #[graphql(desc = "Only what belongs to such a meeting: that was said, given or set there, or who took part.")]
        filter: Option<Filter<MeetingRow>>,
        #[graphql(desc = "How many, from the best (or behind `after`): 0 to 100, 20 if not given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes behind this cursor.")] after: Option<String>,
    ) -> Result<SearchConnection> {
        let size = match first.map(u16::try_from) {
            None => PAGE_DEFAULT,
            Some(Ok(size)) if size <= PAGE_MAX => size,
            _ => {
                return Err(bad_input(
                    ctx,
                    "first",
                    format!("`first` must be from 0 to {PAGE_MAX}; use cursors for more"),
                ));
            }
        };
        let terms = terms(ctx, "query", &query)?;
        let mut kinds: Vec<SearchKind> =
            types.map_or(SearchKind::ALL.to_vec(), |types| types.into_iter().map(Into::into).collect());
        kinds.sort_unstable();
        kinds.dedup();
        if kinds.is_empty() {
            return Err(bad_input(ctx, "types", "`types` is empty; leave it out to look among everything"));
        }
        let meeting = filter.map(|filter| filter.condition(ctx)).transpose()?;
        let search = read::Search { terms, kinds, meeting };
        let after = after.map(|cursor| Cursor::parse(ctx, &search, &cursor)).transpose()?;
        // A resolver has to be async; this one reads nothing yet.
        std::future::ready(Ok(SearchConnection(Page { search, after, size }))).await
    }
}

/// The words in the value of this argument.
pub(super) fn terms(ctx: &Context<'_>, argument: &str, value: &Text) -> Result<Terms> {
    if value.0.chars().count() > MAX_SEARCH {
        return Err(bad_input(ctx, argument, format!("`{argument}` is longer than {MAX_SEARCH} characters")));
    }
    let none = || bad_input(ctx, argument, format!("`{argument}` has no word (letter or digit) to look for"));
    Terms::parse(&value.0).ok_or_else(none)
}

impl SearchConnection {
    async fn rows(&self, ctx: &Context<'_>) -> Result<Found> {
        Ok(load(ctx, self.0.clone()).await?.unwrap_or_default())
    }

    fn page<'r>(&self, rows: &'r Found) -> &'r [(FoundAt, FoundRow)] {
        rows.get(..usize::from(self.0.size)).unwrap_or(rows)
    }

    async fn hit(&self, ctx: &Context<'_>, row: &FoundRow) -> Result<SearchHit> {
        SearchHit::of(ctx, &self.0.search.terms, row).await
    }
}

/// A page of what a search found (kết quả tìm kiếm), the best first.
#[Object]
impl SearchConnection {
    /// The rows of this page, each with its cursor.
    async fn edges(&self, ctx: &Context<'_>) -> Result<Vec<SearchEdge>> {
        let rows = self.rows(ctx).await?;
        let edge = async |(at, row): &(FoundAt, FoundRow)| {
            Ok(SearchEdge { cursor: Cursor::from(at).opaque(&self.0.search), node: self.hit(ctx, row).await? })
        };
        futures_util::future::try_join_all(self.page(&rows).iter().map(edge)).await
    }

    /// The rows of this page, without cursors.
    async fn nodes(&self, ctx: &Context<'_>) -> Result<Vec<SearchHit>> {
        let rows = self.rows(ctx).await?;
        futures_util::future::try_join_all(self.page(&rows).iter().map(|(_, row)| self.hit(ctx, row))).await
    }

    /// Where this page stands in the list.
    async fn page_info(&self, ctx: &Context<'_>) -> Result<PageInfo> {
        let rows = self.rows(ctx).await?;
        let page = self.page(&rows);
        let cursor = |row: Option<&(FoundAt, FoundRow)>| row.map(|(at, _)| Cursor::from(at).opaque(&self.0.search));
        let more = rows.len() > page.len();
        Ok(PageInfo::new(more, self.0.after.is_some(), cursor(page.first()), cursor(page.last())))
    }

    /// How much is found (tổng số), on all pages. Counted only when selected.
    #[graphql(complexity = "COUNT_COST")]
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(load(ctx, CountOf(self.0.search.clone())).await?.unwrap_or(0))
    }
}

/// Something that was found, with its cursor.
#[derive(SimpleObject)]
pub struct SearchEdge {
    /// Where it stands in the list; opaque, for `after` of the same search.
    cursor: String,
    /// What was found.
    node: SearchHit,
}

/// Something that was found (kết quả), and why.
#[derive(SimpleObject)]
pub struct SearchHit {
    /// What it is (loại).
    #[graphql(name = "type")]
    kind: SearchType,
    /// The thing itself; of a sentence, the document it stands in.
    node: Node,
    /// How well it answers (độ phù hợp); more is better. Comparable within one search only.
    score: f64,
    /// Why it was found.
    matched: Vec<SearchMatch>,
    /// The text it was found by, as much as shows why.
    snippet: Snippet,
    /// Of a sentence, where it begins: how many code points of the document's text stand ahead of it.
    start: Option<i32>,
    /// Of a sentence, where it ends, exclusive.
    end: Option<i32>,
}

impl SearchHit {
    async fn of(ctx: &Context<'_>, terms: &Terms, row: &FoundRow) -> Result<Self> {
        let found = row.texts.iter().map(|text| (text, terms.found_in(text)));
        // The text that says most of it; of several, the foremost.
        let (text, places) = found.rev().max_by_key(|(_, places)| places.len()).unzip();
        let places = places.unwrap_or_default();
        let mut matched: Vec<SearchMatch> = if row.alike {
            vec![SearchMatch::Similar]
        } else {
            let why = |hit: &Hit| if *hit == Hit::Word { SearchMatch::Words } else { SearchMatch::Prefix };
            places.iter().map(|(_, _, hit)| why(hit)).collect()
        };
        matched.sort_unstable();
        matched.dedup();
        let places: Vec<(usize, usize)> = places.iter().map(|(start, end, _)| (*start, *end)).collect();
        Ok(Self {
            kind: row.kind.into(),
            node: node(ctx, row.kind, row.id).await?,
            score: row.rank,
            matched,
            snippet: snippet(text.map_or("", String::as_str), &places),
            start: row.place.map(|place| place.0),
            end: row.place.map(|place| place.1),
        })
    }
}

/// What was found.
pub(super) async fn node(ctx: &Context<'_>, kind: SearchKind, id: Uuid) -> Result<Node> {
    Ok(match kind {
        SearchKind::Meeting => Node::Meeting(referenced(ctx, id).await?),
        SearchKind::Person => Node::Person(referenced(ctx, id).await?),
        SearchKind::Organization => Node::Organization(referenced(ctx, id).await?),
        SearchKind::Task => Node::Task(referenced(ctx, id).await?),
        SearchKind::Award => Node::Award(referenced(ctx, id).await?),
        SearchKind::Document => Node::Document(referenced(ctx, id).await?),
    })
}
