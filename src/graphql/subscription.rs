//! `changes` as a subscription: what a subscriber has not read yet, and then whatever changes, page by page.
//!
//! A subscriber is no more than its place in the log of changes. When something has changed, it is carried a page on, by
//! one run of its operation, which reads one state of the database like any request. So a slow one holds nothing but its
//! place, and each page costs what `changes` costs.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_graphql::{Context, Result, Subscription};
use futures_util::{Stream, stream};
use tokio::sync::watch;

use super::{
    changes::{self, Asked, ChangeConnection, Place},
    enums::NodeType,
    execute::{Api, Call, Operation, Outcome},
    limits::page_cost,
};
use crate::{
    domain::NodeKind,
    store::read::{self, ChangesAsked, Snapshot},
};

/// Between two pages that come because something changed, at least; what changes meanwhile comes together.
const PAUSE: Duration = Duration::from_millis(100);
/// How often to look for what we were told of, a pause apart.
const LOOKS: usize = 100;

/// How far each field of a subscription has come.
#[derive(Default)]
pub struct Standing(Mutex<HashMap<String, Stand>>);

#[derive(Clone)]
struct Stand {
    place: Place,
    kinds: Vec<NodeKind>,
    has_next: bool,
}

impl Standing {
    fn all(&self) -> HashMap<String, Stand> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn of(&self, field: &str) -> Option<Place> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(field).map(|stand| stand.place)
    }

    fn set(&self, field: String, stand: Stand) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(field, stand);
    }
}

/// The root of subscriptions.
pub struct Subscriptions;

/// What can be waited for (đăng ký theo dõi), over a WebSocket (graphql-transport-ws) or as server-sent events
/// (graphql-sse).
#[Subscription(name = "Subscription")]
impl Subscriptions {
    /// What changes (thay đổi), as soon as it does: the same as the query `changes`, page after page. With `since`, first
    /// whatever has changed behind it; without, what changes from now on, and at once an empty page with the cursor to
    /// come back with. Whoever was cut off gives the last `pageInfo.endCursor` as `since`, and misses nothing.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A cursor that `changes` has given; what changed behind it comes first.")] since: Option<
            String,
        >,
        #[graphql(desc = "How many changes a page has: 1 to 100, 20 if not given.")] first: Option<i32>,
        #[graphql(desc = "Only objects of these types; a cursor goes with the types it was made with.")] types: Option<
            Vec<NodeType>,
        >,
    ) -> Result<impl Stream<Item = ChangeConnection>> {
        let standing = ctx.data::<Arc<Standing>>()?;
        let field = ctx.item.node.response_key().node.to_string();
        if first.is_some_and(|first| first < 1) {
            return Err(super::error::bad_input(
                ctx,
                "first",
                "a page of no changes would never end: ask for one or more",
            ));
        }
        let kinds = changes::kinds(types.as_deref());
        let (place, is_new) = match (standing.of(&field), since) {
            (Some(place), _) => (place, false),
            (None, Some(cursor)) => (Place::parse(ctx, &cursor)?, false),
            (None, None) => (changes::now(ctx, &kinds).await?, true),
        };
        let (page, place) = changes::page(ctx, Asked { since: Some(place), first, types }).await?;
        standing.set(field, Stand { place, kinds, has_next: page.has_next() });
        let is_told = is_new || !page.is_empty();
        Ok(stream::iter(is_told.then_some(page)))
    }
}

/// A subscription under way.
struct Following {
    api: Api,
    operation: Operation,
    call: Call,
    standing: Arc<Standing>,
    latest: watch::Receiver<i64>,
    ready: VecDeque<Outcome>,
    stage: Stage,
}

#[derive(PartialEq, Eq)]
enum Stage {
    New,
    Open,
    Over,
}

impl Api {
    /// Whatever comes of an operation: of a subscription, page after page until it fails; of a query, its answer.
    pub fn follow(&self, operation: Operation, call: Call) -> impl Stream<Item = Outcome> + Send + use<> {
        let following = Following {
            api: self.clone(),
            operation,
            call,
            standing: Arc::default(),
            latest: self.latest(),
            ready: VecDeque::new(),
            stage: Stage::New,
        };
        stream::unfold(following, |mut following| async move { Some((following.next().await?, following)) })
    }
}

impl Following {
    async fn next(&mut self) -> Option<Outcome> {
        loop {
            if let Some(outcome) = self.ready.pop_front() {
                return Some(outcome);
            }
            match self.stage {
                Stage::Over => return None,
                Stage::New => self.stage = Stage::Open,
                Stage::Open => self.wait().await,
            }
            self.latest.mark_unchanged();
            let (outcomes, is_subscription) =
                self.api.run(self.operation.clone(), &self.call, Arc::clone(&self.standing)).await;
            if !is_subscription || outcomes.iter().any(|outcome| !outcome.errors.is_empty()) {
                self.stage = Stage::Over;
            }
            self.ready.extend(outcomes);
        }
    }

    /// Until there is something to read.
    async fn wait(&mut self) {
        while !self.standing.all().values().any(|stand| stand.has_next) {
            // Whoever tells of changes is there as long as we are.
            let _ = self.latest.changed().await;
            if self.has_news().await {
                tokio::time::sleep(PAUSE).await;
                return;
            }
        }
    }

    /// Whether anything that is asked for has changed: looked up before the operation is run, and paid for.
    async fn has_news(&self) -> bool {
        for _ in 0..LOOKS {
            match self.look().await {
                Ok(Seen::Nothing) => return false,
                // Where we read may be a copy that lags behind what we were told of.
                Ok(Seen::NotYet) => tokio::time::sleep(PAUSE).await,
                // What it is, or why it cannot be looked up, the operation will tell.
                Ok(Seen::News) | Err(_) => return true,
            }
        }
        false
    }

    async fn look(&self) -> Result<Seen, sqlx::Error> {
        let told = *self.latest.borrow();
        let snapshot = Snapshot::new(self.api.connections());
        let version = read::data_version(&snapshot).await?;
        for Stand { place, kinds, .. } in self.standing.all().into_values() {
            let asked = ChangesAsked { kinds, after: place.read, without_gone_until: 0, limit: 1 };
            let is_other = version.database != place.database || version.number < place.read;
            if is_other || !read::changes(&snapshot, &asked).await?.is_empty() {
                return Ok(Seen::News);
            }
        }
        Ok(if version.number < told { Seen::NotYet } else { Seen::Nothing })
    }
}

/// What a look has found.
enum Seen {
    News,
    Nothing,
    NotYet,
}
