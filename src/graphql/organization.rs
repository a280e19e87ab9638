//! Organizations and provinces.

use async_graphql::{ID, Object, SimpleObject};

use super::{
    ahead::{Ahead, Look},
    connection::{Listed, paged},
    ids,
    loaders::OverRow,
    times::Times,
};
use crate::{
    domain::NodeKind,
    domain::{self, ProvinceId},
    store::read::{ORGANIZATIONS, OrganizationRow},
};

/// An organization.
pub struct Organization(OrganizationRow);

impl From<OrganizationRow> for Organization {
    fn from(row: OrganizationRow) -> Self {
        Self(row)
    }
}

impl OverRow for Organization {
    type Row = OrganizationRow;

    fn over(row: OrganizationRow) -> Self {
        Self(row)
    }
}

impl Listed for Organization {
    const CONNECTION: &'static str = "OrganizationConnection";
    const EDGE: &'static str = "OrganizationEdge";
}

paged! {
    /// All organizations (cơ quan, đơn vị), by name.
    OrganizationList.organizations: Organization = ORGANIZATIONS
}

impl Ahead for Organization {
    fn ahead(_: &mut Look<'_, '_>) {}
}

/// A body (cơ quan, đơn vị): one, however documents abbreviate or capitalise it. A name that leaves its province open
/// (`Sở Ngoại vụ`) means that of the province it is read in; the same with the province in it (`Sở Ngoại vụ tỉnh Cà Mau`)
/// is kept as another, unless the resolutions say that they are one.
#[Object]
impl Organization {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        ids::global(NodeKind::Organization, self.0.id)
    }

    #[graphql(flatten)]
    fn times(&self) -> Times {
        Times(NodeKind::Organization, self.0.id)
    }

    /// The name in full (tên đầy đủ).
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its province (tỉnh, thành phố), where the name alone does not say which province's body it is; null otherwise.
    async fn province(&self) -> Option<Province> {
        self.0.province.and_then(Province::of)
    }
}

/// A first-level unit (tỉnh, thành phố trực thuộc trung ương).
#[derive(Clone, SimpleObject)]
pub struct Province {
    /// The official code (mã tỉnh): two digits, of the series before or since July 2025 by the meeting's day.
    code: &'static str,
    /// The name, without `tỉnh` or `thành phố`.
    name: &'static str,
}

impl Province {
    /// The province with this key.
    pub fn of(id: ProvinceId) -> Option<Self> {
        domain::province(id).map(|province| Self { code: province.code, name: province.name })
    }
}
