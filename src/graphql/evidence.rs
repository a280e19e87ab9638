//! The place in a document that supports a fact.

use async_graphql::{Context, Object, Result};

use uuid::Uuid;

use super::{
    ahead::{Ahead, Look},
    document::Document,
    loaders::{referenced, rows_read, text},
    out::Out,
    passage::Passage,
};
use crate::{
    extract,
    store::read::{EvidenceRow, Group, RuleRow},
};

/// A place in a document.
pub struct Evidence(EvidenceRow);

impl From<EvidenceRow> for Evidence {
    fn from(row: EvidenceRow) -> Self {
        Self(row)
    }
}

impl Ahead for Evidence {
    fn ahead(look: &mut Look<'_, '_>) {
        look.one::<Document>("document", "document_id");
    }
}

/// The place in a document that a fact was taken from (dẫn chứng). Offsets count Unicode code points of
/// `Document.text`.
#[Object]
impl Evidence {
    /// The document (tài liệu).
    async fn document(&self, ctx: &Context<'_>) -> Result<Out<Document>> {
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

    /// The sentence or line that the quote stands in (ngữ cảnh): exactly the text, from `contextStart` on. All of them if
    /// the quote is of several; of what stands ahead of the quote and behind it, 200 code points each at most.
    async fn context(&self, ctx: &Context<'_>) -> Result<String> {
        self.in_context(ctx, |passage| passage.words.to_owned()).await
    }

    /// Where `context` begins: how many code points of the text stand ahead of it. The quote begins `start` minus this
    /// many into it.
    async fn context_start(&self, ctx: &Context<'_>) -> Result<i32> {
        self.in_context(ctx, |passage| i32::try_from(passage.start).unwrap_or(self.0.start)).await
    }

    /// The name of the extraction rule (quy tắc trích xuất) that took the fact from here.
    async fn rule(&self) -> &str {
        &self.0.rule
    }

    /// How often what this rule says is right (độ tin cậy), in [0, 1], as counted on the project's gold documents; null
    /// for a rule of an earlier version that there is no longer.
    async fn confidence(&self) -> Option<f64> {
        extract::confidence(&self.0.rule)
    }
}

impl Evidence {
    /// What is asked of the passage around the quote.
    async fn in_context<T>(&self, ctx: &Context<'_>, asked: impl FnOnce(Passage<'_>) -> T) -> Result<T> {
        let point = |offset: i32| usize::try_from(offset).unwrap_or(0);
        let text = text(ctx, self.0.document).await?;
        Ok(asked(text.around(point(self.0.start), point(self.0.end))))
    }
}

/// The confidence in a stored fact: that of the most reliable rule in its evidence.
pub async fn confidence(ctx: &Context<'_>, group: Group<RuleRow>, id: Uuid) -> Result<Option<f64>> {
    let rules = rows_read(ctx, group, id).await?;
    Ok(strongest(rules.iter().map(|row| row.rule.as_str())))
}

/// The confidence of the most reliable of these rules; `None` if none of them is known.
pub fn strongest<'a>(rules: impl Iterator<Item = &'a str>) -> Option<f64> {
    rules.filter_map(extract::confidence).max_by(f64::total_cmp)
}
