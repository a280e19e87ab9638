//! Documents, the acts they cite and the figures they state.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::{
    ahead::{Ahead, Look},
    award::AwardsInDocument,
    connection::{Listed, paged},
    enums::{CountQualifier, DocumentKind},
    evidence::{Evidence, confidence},
    ids,
    limits::list_cost,
    loaders::{OverRow, by_id, referenced, rows, text},
    meeting::MeetingReport,
    organization::Organization,
    out::{Out, Outs},
    scalars::{Date, DateTime, Decimal},
    task::TasksInDocument,
    times::{self, Times},
};
use crate::domain::NodeKind;
use crate::store::read::{
    DIRECTIVES, DOCUMENTS, DirectiveRow, DocumentRow, EVIDENCE_OF_FACT, FIGURES, FigureRow, REPORTS_IN_DOCUMENT,
    RULES_OF_FACT,
};

/// A document.
pub struct Document(DocumentRow);

impl From<DocumentRow> for Document {
    fn from(row: DocumentRow) -> Self {
        Self(row)
    }
}

impl OverRow for Document {
    type Row = DocumentRow;

    fn over(row: DocumentRow) -> Self {
        Self(row)
    }
}

impl Listed for Document {
    const CONNECTION: &'static str = "DocumentConnection";
    const EDGE: &'static str = "DocumentEdge";
}

paged! {
    /// All documents (tài liệu), by slug.
    DocumentList.documents: Document = DOCUMENTS
}

impl Ahead for Document {
    fn ahead(look: &mut Look<'_, '_>) {
        look.rows::<_, MeetingReport>("reports", REPORTS_IN_DOCUMENT);
        TasksInDocument::ahead(look);
        AwardsInDocument::ahead(look);
        look.rows::<_, Directive>("directives", DIRECTIVES);
        look.rows::<_, Figure>("figures", FIGURES);
    }
}

/// A document (tài liệu: bài báo, báo cáo) as it was loaded, and everything it says.
#[Object]
impl Document {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        ids::global(NodeKind::Document, self.0.id)
    }

    #[graphql(flatten)]
    fn times(&self) -> Times {
        Times(NodeKind::Document, self.0.id)
    }

    /// The file's stem: unique, stable, the key that loading again goes by.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The title (tiêu đề).
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What the document is.
    async fn kind(&self) -> DocumentKind {
        self.0.kind.into()
    }

    /// Who published it (nơi đăng), if known.
    async fn publisher(&self) -> Option<&str> {
        self.0.publisher.as_deref()
    }

    /// Where it was published, if known.
    async fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }

    /// When it was published (ngày đăng), if known.
    async fn published_on(&self) -> Option<Date> {
        self.0.published_on.map(Date)
    }

    /// When it was last loaded with a change (thời điểm nạp): the same as `updatedAt`.
    async fn loaded_at(&self, ctx: &Context<'_>) -> Result<DateTime> {
        times::changed_at(ctx, NodeKind::Document, self.0.id).await
    }

    /// The whole text (toàn văn) in Unicode's form NFC: what all offsets of evidence count in.
    #[graphql(complexity = "crate::graphql::limits::TEXT_COST")]
    async fn text(&self, ctx: &Context<'_>) -> Result<Arc<str>> {
        Ok(text(ctx, self.0.id).await?.text())
    }

    /// What this document says, meeting by meeting, in the text's order.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn reports(&self, ctx: &Context<'_>) -> Result<Outs<MeetingReport>> {
        rows(ctx, REPORTS_IN_DOCUMENT, self.0.id).await
    }

    #[graphql(flatten)]
    fn tasks(&self) -> TasksInDocument {
        TasksInDocument(Some(self.0.id))
    }

    #[graphql(flatten)]
    fn awards(&self) -> AwardsInDocument {
        AwardsInDocument(Some(self.0.id))
    }

    /// Numbered acts (văn bản chỉ đạo) that the document cites, each once, in the text's order.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn directives(&self, ctx: &Context<'_>) -> Result<Outs<Directive>> {
        rows(ctx, DIRECTIVES, self.0.id).await
    }

    /// Quantities with a unit (số liệu), in the text's order.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn figures(&self, ctx: &Context<'_>) -> Result<Outs<Figure>> {
        rows(ctx, FIGURES, self.0.id).await
    }
}

/// A numbered act.
pub struct Directive(DirectiveRow);

impl From<DirectiveRow> for Directive {
    fn from(row: DirectiveRow) -> Self {
        Self(row)
    }
}

impl OverRow for Directive {
    type Row = DirectiveRow;

    fn over(row: DirectiveRow) -> Self {
        Self(row)
    }
}

impl Ahead for Directive {
    fn ahead(look: &mut Look<'_, '_>) {
        look.one::<Organization>("issuedBy", "issued_by_id");
        look.one::<Document>("document", "document_id");
        look.rows::<_, ()>("confidence", RULES_OF_FACT);
        look.rows::<_, Evidence>("evidence", EVIDENCE_OF_FACT);
    }
}

/// A numbered act (văn bản: chỉ thị, kết luận, quyết định) that a document cites.
#[Object]
impl Directive {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        ids::global(NodeKind::Directive, self.0.id)
    }

    #[graphql(flatten)]
    fn times(&self) -> Times {
        Times(NodeKind::Directive, self.0.id)
    }

    /// Its number and mark (số, ký hiệu), as in `57-KL/TW`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Who issued it (cơ quan ban hành), where the text says so.
    async fn issued_by(&self, ctx: &Context<'_>) -> Option<Result<Out<Organization>>> {
        by_id(ctx, self.0.issued_by?).await.transpose()
    }

    /// When it was issued (ngày ban hành), where the text says so.
    async fn issued_on(&self) -> Option<Date> {
        self.0.issued_on.map(Date)
    }

    /// The document (tài liệu) that cites it.
    async fn document(&self, ctx: &Context<'_>) -> Result<Out<Document>> {
        referenced(ctx, self.0.document).await
    }

    /// How sure that is (độ tin cậy), in [0, 1]: the confidence of the most reliable rule in its evidence.
    async fn confidence(&self, ctx: &Context<'_>) -> Result<Option<f64>> {
        confidence(ctx, RULES_OF_FACT, self.0.id).await
    }

    /// Where it stands.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Outs<Evidence>> {
        rows(ctx, EVIDENCE_OF_FACT, self.0.id).await
    }
}

/// A quantity.
pub struct Figure(FigureRow);

impl From<FigureRow> for Figure {
    fn from(row: FigureRow) -> Self {
        Self(row)
    }
}

impl Ahead for Figure {
    fn ahead(look: &mut Look<'_, '_>) {
        look.rows::<_, ()>("confidence", RULES_OF_FACT);
        look.rows::<_, Evidence>("evidence", EVIDENCE_OF_FACT);
    }
}

/// A quantity with its unit (số liệu), as a document states it.
#[Object]
impl Figure {
    /// The number, multiplied out: `1.234,5 tỷ đồng` is 1234500000000.
    async fn value(&self) -> Decimal {
        Decimal(self.0.value)
    }

    /// The noun that follows it (đơn vị tính).
    async fn unit(&self) -> &str {
        &self.0.unit
    }

    /// How exact it is.
    async fn qualifier(&self) -> CountQualifier {
        self.0.qualifier.into()
    }

    /// How sure that is (độ tin cậy), in [0, 1]: the confidence of the most reliable rule in its evidence.
    async fn confidence(&self, ctx: &Context<'_>) -> Result<Option<f64>> {
        confidence(ctx, RULES_OF_FACT, self.0.id).await
    }

    /// Where it stands.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Outs<Evidence>> {
        rows(ctx, EVIDENCE_OF_FACT, self.0.id).await
    }
}
