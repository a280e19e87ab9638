//! Ids derived from content: the same content has the same id in every database, whatever was loaded before it.
//!
//! RFC 9562 version 5 (name-based) UUIDs under a namespace of this project.

use uuid::Uuid;

use super::FactKind;

/// The project's namespace: a version 4 UUID drawn once.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f0c_5f1e_2f1b_4b7e_9a55_0d7c_3f6e_8a21);
/// Joins the parts of a name; cannot occur in cleaned text.
const SEPARATOR: &str = "\u{1f}";

/// The id of the document with this slug.
pub fn document_id(slug: &str) -> Uuid {
    resolved_id(&["document", slug])
}

/// The id of a document's fact: `key` is what makes it itself (a task's text, a person's name), `nth` tells apart
/// facts of one document with the same key.
pub fn fact_id(slug: &str, kind: FactKind, key: &str, nth: usize) -> Uuid {
    resolved_id(&["fact", slug, kind.as_str(), key, &nth.to_string()])
}

/// The id of something put together; `parts` begin with its type and identify it among all of that type.
pub fn resolved_id(parts: &[&str]) -> Uuid {
    Uuid::new_v5(&NAMESPACE, parts.join(SEPARATOR).as_bytes())
}
