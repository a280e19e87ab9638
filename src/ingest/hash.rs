//! Whether a document has changed since it was loaded.

use sha2::{Digest, Sha256};

use crate::domain::Source;

/// A digest of the sources of the rules that extract and put together, worked out by the build (`build/rules.rs`).
pub const RULES: &str = env!("HOINGHI_RULES");

/// SHA-256 of everything that what is stored depends on: the document as read, and the version of the rules that
/// extract from it and put it together.
pub fn of(source: &Source) -> Vec<u8> {
    let mut digest = Sha256::new();
    let day = source.meta.published_on.map(|day| day.to_string());
    let parts = [
        Some(RULES),
        Some(&source.slug),
        Some(&source.title),
        source.meta.publisher.as_deref(),
        source.meta.url.as_deref(),
        day.as_deref(),
        Some(&source.text),
    ];
    for part in parts {
        // With lengths, so that no two lists of parts run together into one text; absent differs from empty.
        digest.update(part.map_or(u64::MAX, |part| part.len() as u64).to_le_bytes());
        digest.update(part.unwrap_or_default());
    }
    digest.finalize().to_vec()
}
