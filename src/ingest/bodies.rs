//! Which bodies stored mentions mean, once something else is told of bodies than before.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use crate::domain::{BodyRef, Corrections, Organization, Relations, local_province};
use crate::resolve::{Bodies, BodyContext};
use crate::store::{self, BodyPlace, Error};

/// What moved from one body to another.
#[derive(Debug, Default)]
pub struct Moved {
    /// The documents that name them.
    pub slugs: Vec<String>,
    /// The bodies, those from where and those to where.
    pub organizations: Vec<Uuid>,
}

/// Decides anew which body each mention means that the corrections `before` or `told` speak of, as
/// [`identify`](super::identify) does when a document is loaded.
pub async fn identify_again(
    transaction: &mut Transaction<'_, Postgres>,
    before: &Corrections,
    told: &Corrections,
) -> Result<Moved, Error> {
    let keys = linked_keys(&before.organizations, &told.organizations);
    if keys.is_empty() {
        return Ok(Moved::default());
    }
    let bodies = Bodies::told(&told.organizations);
    let mut moves: Vec<(BodyPlace, Uuid)> = Vec::new();
    let mut organizations: BTreeMap<Uuid, Organization> = BTreeMap::new();
    for place in store::body_places(transaction, &keys).await? {
        let meeting = local_province(place.level, place.province);
        let province = place.site_province.or(meeting);
        let body = bodies.body(&place.name, BodyContext { slug: &place.slug, province, site: place.site.as_deref() });
        if body.id != place.organization {
            moves.push((place, body.id));
            organizations.entry(body.id).or_insert(body);
        }
    }
    let all: Vec<&Organization> = organizations.values().collect();
    store::add_organizations(transaction, &all).await?;
    store::move_bodies(transaction, &moves).await?;
    let slugs: BTreeSet<String> = moves.iter().map(|(place, _)| place.slug.clone()).collect();
    let touched: BTreeSet<Uuid> = moves.iter().flat_map(|(place, to)| [place.organization, *to]).collect();
    Ok(Moved { slugs: slugs.into_iter().collect(), organizations: touched.into_iter().collect() })
}

/// The names of which something else is told, and all that are or were told to be one with them.
fn linked_keys(before: &Relations<BodyRef>, told: &Relations<BodyRef>) -> Vec<String> {
    let mut keys: BTreeSet<String> = told.changed(before).into_iter().map(|body| body.key.clone()).collect();
    loop {
        let lists = before.same.iter().chain(&told.same);
        let linked = lists.filter(|list| list.iter().any(|body| keys.contains(&body.key)));
        let new: Vec<String> =
            linked.flatten().map(|body| body.key.clone()).filter(|key| !keys.contains(key)).collect();
        if new.is_empty() {
            return keys.into_iter().collect();
        }
        keys.extend(new);
    }
}
