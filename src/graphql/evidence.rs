//! The place in a document that supports a fact.

use async_graphql::{Context, Object, Result};

use super::{document::Document, loaders::referenced};
use crate::store::read::EvidenceRow;

/// A place in a document.
pub struct Evidence(EvidenceRow);

impl From<EvidenceRow> for Evidence {
    fn from(row: EvidenceRow) -> Self {
        Self(row)
    }
}

/// The place in a document that a fact was taken from (dẫn chứng). Offsets count Unicode code points of
/// `Document.text`.
#[Object]
impl Evidence {
    /// The document (tài liệu).
    async fn document(&self, ctx: &Context<'_>) -> Result<Document> {
        referenced(ctx, self.0.document).await
    }

    /// The words themselves (nguyên văn): exactly the text from `start` to `end`.
    async fn quote(&self) -> &str {
        &self.0.quote
    }

    /// Where they begin: how many code points of the text stand ahead of them.
    async fn start(&self) -> i32 {
        self.0.start
    }

    /// Where they end, exclusive.
    async fn end(&self) -> i32 {
        self.0.end
    }

    /// The name of the extraction rule (quy tắc trích xuất) that took the fact from here.
    async fn rule(&self) -> &str {
        &self.0.rule
    }
}
