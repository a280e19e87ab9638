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
    code::Code,
    enums::NodeType,
    error,
    execute::{Api, Call, Operation},
    limits::{MAX_KEPT, page_cost},
    outcome::Outcome,
};
use crate::{
    access::Overdrawn,
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

/// How far one field has.
#[derive(Clone)]
pub(super) struct Stand {
    place: Place,
    kinds: Vec<NodeKind>,
    has_next: bool,
}

impl Standing {
    pub(super) fn all(&self) -> HashMap<String, Stand> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn of(&self, field: &str) -> Option<Place> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(field).map(|stand| stand.place)
    }

    /// Forgets how far it has come since it was like this.
    pub(super) fn put_back(&self, before: HashMap<String, Stand>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = before;
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
            return Err(error::bad_input(ctx, "first", "a page of no changes would never end: ask for one or more"));
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
    /// Of a subscription only.
    latest: Option<watch::Receiver<i64>>,
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
    /// Whatever comes of an operation: of a subscription, page after page until it fails or the client's key is not good
    /// any more; of a query, its answer.
    pub fn follow(&self, operation: Operation, call: Call) -> impl Stream<Item = Outcome> + Send + use<> {
        let latest = self.is_subscription(&operation).then(|| self.latest());
        let following = Following {
            api: self.clone(),
            operation,
            call,
            standing: Arc::default(),
            latest,
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
            let is_first = self.stage == Stage::New;
            match self.stage {
                Stage::Over => return None,
                Stage::New => self.stage = Stage::Open,
                Stage::Open => self.wait().await,
            }
            if let Some(latest) = &mut self.latest {
                latest.mark_unchanged();
            }
            let mut outcomes = self.outcomes().await;
            // Whoever has used up what he may when he begins is told; later it comes when there is enough again.
            while let Some(time) = outcomes.iter().find_map(|outcome| rest(outcome).filter(|_| !is_first)) {
                tokio::time::sleep(time).await;
                outcomes = self.outcomes().await;
            }
            if self.latest.is_none() || outcomes.iter().any(|outcome| !outcome.errors.is_empty()) {
                self.stage = Stage::Over;
            }
            self.ready.extend(outcomes);
        }
    }

    /// What is to be told now.
    async fn outcomes(&self) -> Vec<Outcome> {
        let refused = |code, words| vec![Outcome::refused(vec![error::refusal_in_words(code, words)])];
        match self.call.client.is_known().await {
            Ok(true) => {}
            Ok(false) => return refused(Code::Unauthenticated, "this API key has been revoked".to_owned()),
            Err(_) => return refused(Code::Unavailable, Code::Unavailable.message()),
        }
        if self.latest.is_none() {
            return vec![self.api.execute(self.operation.clone(), self.call.clone()).await];
        }
        if serde_json::json!(self.operation.variables).to_string().len() > MAX_KEPT {
            return refused(Code::PayloadTooLarge, format!("a subscription's variables may have {MAX_KEPT} bytes"));
        }
        // Whatever it was told of, and has told, has to be there: a copy of the database may not have got so far.
        let told = self.latest.as_ref().map_or(0, |latest| *latest.borrow());
        let read = self.standing.all().values().map(|stand| stand.place.read).max().unwrap_or_default();
        self.api.run(&self.operation, &self.call, &self.standing, told.max(read)).await
    }

    /// Until there is something to read.
    async fn wait(&mut self) {
        while !self.standing.all().values().any(|stand| stand.has_next) {
            let Some(latest) = &mut self.latest else { return };
            // Whoever tells of changes is there as long as we are.
            let _ = latest.changed().await;
            let told = *latest.borrow_and_update();
            self.pay_for_looking().await;
            if self.has_news(told).await {
                tokio::time::sleep(PAUSE).await;
                return;
            }
        }
    }

    /// One for each place that is looked at. Where not even that is left, until it is.
    async fn pay_for_looking(&self) {
        let cost = self.standing.all().len();
        let Some(budget) = &self.call.client.budget else { return };
        while let Err(Overdrawn::For(time)) = budget.take(cost).await {
            tokio::time::sleep(time).await;
        }
    }

    /// Whether anything that is asked for has changed: looked up before the operation is run.
    async fn has_news(&self, told: i64) -> bool {
        for _ in 0..LOOKS {
            match self.look(told).await {
                Ok(Seen::Nothing) => return false,
                // What tells us may be ahead of where we read: a pooler in between may lead elsewhere.
                Ok(Seen::NotYet) => tokio::time::sleep(PAUSE).await,
                // What it is, or why it cannot be looked up, the operation will tell.
                Ok(Seen::News) | Err(_) => return true,
            }
        }
        false
    }

    async fn look(&self, told: i64) -> Result<Seen, sqlx::Error> {
        let stands = self.standing.all();
        let since = stands.values().map(|stand| stand.place.read).fold(told, i64::max);
        let snapshot = Snapshot::new(self.api.connections(since));
        let version = read::data_version(&snapshot).await?;
        for Stand { place, kinds, .. } in stands.into_values() {
            let asked = ChangesAsked { kinds, after: place.read, without_gone_until: 0, limit: 1 };
            let is_other = version.database != place.database || version.number < place.read;
            if is_other || !read::changes(&snapshot, &asked).await?.is_empty() {
                return Ok(Seen::News);
            }
        }
        Ok(if version.number < told { Seen::NotYet } else { Seen::Nothing })
    }
}

/// How long to wait before asking again, if this was refused for now.
fn rest(outcome: &Outcome) -> Option<Duration> {
    let is_for_now = outcome.refusal() == Some(Code::RateLimited);
    outcome.retry_after().filter(|_| is_for_now).map(|seconds| Duration::from_secs(seconds.max(1)))
}

/// What a look has found.
enum Seen {
    News,
    Nothing,
    NotYet,
}
