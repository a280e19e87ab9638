//! Operations that were seen before: what is known of their texts need not be found out again.
//!
//! A client sends few texts, again and again, with other variables. Of each that was executed, its parsed form is kept,
//! and that it fits the schema. What depends on the variables is looked at every time.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use async_graphql::parser::types::ExecutableDocument;
use lru::LruCache;

/// Bytes of texts that are kept at most; their parsed forms take about ten times as much.
const MOST_BYTES: usize = 512 * 1024;

/// A text that has passed `check::document`.
pub struct Document {
    /// Its parsed form.
    pub parsed: ExecutableDocument,
    is_valid: AtomicBool,
    is_brief: AtomicBool,
}

impl Document {
    /// Nothing else is known of it yet.
    pub fn new(parsed: ExecutableDocument) -> Self {
        Self { parsed, is_valid: AtomicBool::new(false), is_brief: AtomicBool::new(false) }
    }

    /// Whether it is known to fit the schema, with some variables.
    pub fn is_valid(&self) -> bool {
        self.is_valid.load(Ordering::Relaxed)
    }

    /// Whether a single statement was all it took when it was executed last. A guess for the next time.
    pub fn is_brief(&self) -> bool {
        self.is_brief.load(Ordering::Relaxed)
    }

    /// It fits the schema.
    pub fn set_valid(&self) {
        self.is_valid.store(true, Ordering::Relaxed);
    }

    /// Whether it took a single statement this time.
    pub fn set_brief(&self, is_brief: bool) {
        self.is_brief.store(is_brief, Ordering::Relaxed);
    }
}

/// The texts that are kept, those that were not sent for longest going first.
pub struct Documents(Mutex<Kept>);

struct Kept {
    bytes: usize,
    texts: LruCache<String, Arc<Document>>,
}

impl Default for Documents {
    fn default() -> Self {
        Self(Mutex::new(Kept { bytes: 0, texts: LruCache::unbounded() }))
    }
}

impl Documents {
    /// What is known of this text, if anything is.
    pub fn get(&self, text: &str) -> Option<Arc<Document>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).texts.get(text).cloned()
    }

    /// Keeps what is known of it.
    pub fn keep(&self, text: &str, document: &Arc<Document>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.texts.put(text.to_owned(), Arc::clone(document)).is_none() {
            kept.bytes += text.len();
        }
        while kept.bytes > MOST_BYTES
            && let Some((text, _)) = kept.texts.pop_lru()
        {
            kept.bytes -= text.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_has_an_end() {
        let documents = Documents::default();
        let document = Arc::new(Document::new(async_graphql::parser::parse_query("{ a }").unwrap()));
        let text = |i: usize| format!("{i}{}", " ".repeat(MOST_BYTES / 4));
        for i in 0..4 {
            documents.keep(&text(i), &document);
            documents.keep(&text(i), &document);
        }
        let known: Vec<bool> = (0..4).map(|i| documents.get(&text(i)).is_some()).collect();
        assert_eq!(known, [false, true, true, true]);
    }
}
