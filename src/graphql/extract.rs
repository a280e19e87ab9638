//! Trying before loading: `extract` runs the rules on a text that comes with the request, and stores nothing.
//!
//! Bounded in length, in how many run at once, and by the request's time: what was begun ends by itself, because an
//! extraction takes linear time, and gives its turn back only then.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Context, Object, Result};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    error::{bad_input, broken, busy},
    extracted::{Extraction, Read},
    limits::{EXTRACTION_COST, EXTRACTIONS_AT_ONCE, MAX_QUOTED, MAX_TEXT, RETRY_AFTER},
    scalars::Date,
};
use crate::{document, domain::Source};

/// Turns to extract, for all requests together.
#[derive(Clone)]
pub struct Turns(Arc<Semaphore>);

impl Default for Turns {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(EXTRACTIONS_AT_ONCE)))
    }
}

impl Turns {
    /// A turn, if one is free by then.
    async fn next(&self, patience: Duration) -> Option<OwnedSemaphorePermit> {
        tokio::time::timeout(patience, self.0.clone().acquire_owned()).await.ok()?.ok()
    }
}

/// The part of the root that reads texts which are not stored.
pub struct TryOut;

#[Object]
impl TryOut {
    /// What the rules find in this text (trích xuất thử): the same as if it were loaded as a document, evidence
    /// included; nothing is stored, so nothing in it has an id. Send the text as a variable: the query itself may have
    /// 16 KiB only. When too many texts are being read, the error has the code RATE_LIMITED and, in `retryAfter`, after
    /// how many seconds to ask again.
    #[graphql(complexity = "EXTRACTION_COST + child_complexity")]
    async fn extract(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The text (văn bản), as a file would hold it, front matter included; 100000 characters at most."
        )]
        text: String,
        #[graphql(desc = "The slug it would have; `text` if absent. It changes nothing that is found.")] slug: Option<
            String,
        >,
        #[graphql(desc = "When it was published (ngày đăng): decides the year of dates that are written without one.")]
        published_on: Option<Date>,
    ) -> Result<Extraction> {
        let source = source(&text, slug.as_deref().unwrap_or("text"), published_on)
            .map_err(|(argument, message)| bad_input(ctx, argument, message))?;
        let patience = Duration::from_secs(RETRY_AFTER);
        let turn = ctx.data::<Turns>()?.next(patience).await.ok_or_else(|| busy(ctx))?;
        let read = move || {
            let read = Read::of(source);
            drop(turn);
            read
        };
        let read = tokio::task::spawn_blocking(read).await.map_err(|_| broken(ctx))?;
        let quoted = read.quoted(asks_for_context(ctx));
        if quoted > MAX_QUOTED {
            return Err(bad_input(
                ctx,
                "text",
                format!(
                    "the evidence for what `text` says has {quoted} characters, because many facts share long \
                     sentences; {MAX_QUOTED} are answered at most: send it in parts"
                ),
            ));
        }
        Ok(Extraction::of(read))
    }
}

/// Whether the query asks for what stands around the evidence of anything.
fn asks_for_context(ctx: &Context<'_>) -> bool {
    let all = ctx.look_ahead();
    let lists = ["tasks", "awards", "directives", "figures", "reports"].map(|list| all.field(list));
    let participants = all.field("reports").field("participants");
    lists.into_iter().chain([participants]).any(|list| list.field("evidence").field("context").exists())
}

/// The text as if it stood in a file, or what keeps it from that.
fn source(text: &str, slug: &str, published_on: Option<Date>) -> Result<Source, (&'static str, String)> {
    let length = text.chars().count();
    if length > MAX_TEXT {
        return Err(("text", format!("`text` has {length} characters; {MAX_TEXT} are read at most: send it in parts")));
    }
    let file_name = format!("{slug}.txt");
    // A folder or an extension in it would be cut off without a word.
    if document::slug(&file_name).ok().as_deref() != Some(slug) {
        let message = format!("`slug` {slug:?} is no slug: it needs 1 to 255 bytes, and no / or control characters");
        return Err(("slug", message));
    }
    let read = document::read(&file_name, text.as_bytes());
    let mut source = read.map_err(|error| ("text", format!("`text` cannot be read: {error}")))?;
    source.meta.published_on = published_on.map(|day| day.0).or(source.meta.published_on);
    Ok(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_gets_no_turn_is_told_so_and_gets_the_next_one() {
        let turns = Turns::default();
        let mut taken = Vec::new();
        for _ in 0..EXTRACTIONS_AT_ONCE {
            taken.extend(turns.next(Duration::from_millis(1)).await);
        }
        assert_eq!(taken.len(), EXTRACTIONS_AT_ONCE);
        assert!(turns.next(Duration::from_millis(1)).await.is_none());
        taken.pop();
        assert!(turns.next(Duration::from_millis(1)).await.is_some());
    }
}
