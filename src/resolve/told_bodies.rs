//! Which body a name means by what is told: bodies that are one in spite of their names, or not one in spite of them.
//!
//! Each mention is decided by itself, from its name, where it stands and what is told, so that the order of loading makes
//! no difference. What is told to be one gets the id of its fullest name where that says it all (`UBND tỉnh Cà Mau`), so
//! whoever knows that body goes on knowing it.

use std::cmp::Reverse;

use super::bodies::{BodyContext, Reach, organization, reach};
use crate::domain::{BodyRef, Organization, Relations, name_key, province, province_named, resolved_id};

/// Bodies, by what is told of them.
#[derive(Clone, Debug, Default)]
pub struct Bodies {
    /// Entries that are one, and the body they are.
    same: Vec<(Vec<BodyRef>, Organization)>,
    different: Vec<Vec<BodyRef>>,
}

/// A name in a document, as entries speak of it.
struct Named<'a> {
    key: &'a str,
    province: Option<String>,
    slug: &'a str,
}

impl Named<'_> {
    fn is_meant(&self, entry: &BodyRef) -> bool {
        entry.key == self.key
            && entry.document.as_ref().is_none_or(|slug| slug == self.slug)
            && entry.province.as_ref().is_none_or(|province| self.province.as_ref() == Some(province))
    }
}

impl Bodies {
    /// By these lists.
    pub fn told(told: &Relations<BodyRef>) -> Self {
        let mut bodies = Self { same: Vec::new(), different: told.different.clone() };
        for list in told.joined(BodyRef::overlaps) {
            let fullest = |entry: &&&BodyRef| {
                (reach(&entry.key) != Reach::Whole, Reverse(entry.key.chars().count()), (**entry).clone())
            };
            if let Some(entry) = list.iter().min_by_key(fullest) {
                let one = bodies.one(entry);
                bodies.same.push((list.into_iter().cloned().collect(), one));
            }
        }
        bodies
    }

    /// The body that `name` means where `context` says.
    pub fn body(&self, name: &str, context: BodyContext<'_>) -> Organization {
        let body = organization(name, context);
        if self.same.is_empty() && self.different.is_empty() {
            return body;
        }
        let in_province = body.province.and_then(province).map(|province| name_key(province.name));
        let named = Named { key: &body.key, province: in_province, slug: context.slug };
        if let Some((_, one)) = self.same.iter().find(|(list, _)| list.iter().any(|entry| named.is_meant(entry))) {
            return Organization { name: name.to_owned(), ..one.clone() };
        }
        let mark = self.mark(&body.key, |entry| named.is_meant(entry));
        with_scope(body, &mark)
    }

    /// The body that entries are whose fullest one is this.
    fn one(&self, entry: &BodyRef) -> Organization {
        let (name, key) = (entry.key.clone(), entry.key.clone());
        let whole = reach(&key) == Reach::Whole;
        let scope = if whole { String::new() } else { format!("told{}", place(entry)) };
        let province = entry.province.as_deref().filter(|_| !whole).and_then(|name| province_named(name, None));
        let mark = self.mark(&key, |other| other == entry);
        with_scope(Organization { id: resolved_id(&[]), name, key, province, scope }, &mark)
    }

    /// What keeps a body apart from others of its name: the entries that mean it, of lists in which others of its name
    /// stand too.
    fn mark(&self, key: &str, is_meant: impl Fn(&BodyRef) -> bool) -> String {
        let of_name = |list: &&Vec<BodyRef>| list.iter().filter(|entry| entry.key == key).count() > 1;
        let lists = self.different.iter().filter(of_name);
        let meant = lists.filter_map(|list| list.iter().find(|entry| is_meant(entry)));
        meant.fold(String::new(), |mark, entry| mark + " apart" + &place(entry))
    }
}

fn with_scope(body: Organization, mark: &str) -> Organization {
    let scope = format!("{}{mark}", body.scope).trim().to_owned();
    Organization { id: resolved_id(&["organization", &body.key, &scope]), scope, ..body }
}

/// Where an entry holds, in words.
fn place(entry: &BodyRef) -> String {
    let province = entry.province.as_ref().map(|name| format!(" in {name}")).unwrap_or_default();
    let document = entry.document.as_ref().map(|slug| format!(" of {slug}")).unwrap_or_default();
    province + &document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::written_out_key;

    fn entry(name: &str, province: Option<&str>, document: Option<&str>) -> BodyRef {
        BodyRef { key: written_out_key(name), province: province.map(name_key), document: document.map(str::to_owned) }
    }

    fn id(bodies: &Bodies, name: &str, slug: &str, province: Option<&str>) -> uuid::Uuid {
        let province = province.map(|name| province_named(name, None).unwrap());
        let body = bodies.body(name, BodyContext { slug, province, site: None });
        assert_eq!(body.id, resolved_id(&["organization", &body.key, &body.scope]), "an id says all that is stored");
        body.id
    }

    #[test]
    fn what_is_told_to_be_one_has_the_id_of_its_fullest_name() {
        let one = vec![entry("UBND tỉnh", Some("Cà Mau"), None), entry("Ủy ban nhân dân tỉnh Cà Mau", None, None)];
        let more = vec![entry("UBND tỉnh Cà Mau", None, None), entry("Ủy ban tỉnh", None, Some("a"))];
        let told = Bodies::told(&Relations { same: vec![one, more], different: vec![] });
        let none = Bodies::default();
        let full = id(&none, "UBND tỉnh Cà Mau", "b", None);
        for (name, slug, province, is_one) in [
            ("UBND tỉnh Cà Mau", "b", None, true),
            ("UBND tỉnh", "b", Some("Cà Mau"), true),
            ("Uỷ ban nhân dân tỉnh", "c", Some("Cà Mau"), true),
            ("Ủy ban tỉnh", "a", None, true),
            ("Ủy ban tỉnh", "b", None, false),
            ("UBND tỉnh", "b", Some("An Giang"), false),
            ("UBND tỉnh", "b", None, false),
        ] {
            let found = id(&told, name, slug, province);
            assert_eq!(found == full, is_one, "{name} {slug} {province:?}");
            assert!(is_one || found == id(&none, name, slug, province), "{name} {slug} {province:?}: as before");
        }
    }

    #[test]
    fn names_that_leave_their_place_open_can_be_one_too() {
        let same = vec![vec![entry("Ban Tổ chức", None, Some("a")), entry("Ban Tổ chức", None, Some("b"))]];
        let told = Bodies::told(&Relations { same, different: vec![] });
        assert_eq!(id(&told, "Ban Tổ chức", "a", None), id(&told, "Ban tổ chức", "b", None));
        assert_ne!(id(&told, "Ban Tổ chức", "a", None), id(&told, "Ban Tổ chức", "c", None));
    }

    #[test]
    fn what_is_told_apart_is_apart_and_the_others_stay() {
        let different = vec![vec![entry("Hội Nông dân", None, Some("a")), entry("Hội Nông dân", None, Some("b"))]];
        let told = Bodies::told(&Relations { same: vec![], different });
        let of = |slug| id(&told, "Hội nông dân", slug, None);
        assert!(of("a") != of("b") && of("a") != of("c") && of("b") != of("c"));
        assert_eq!(of("c"), of("d"));
        assert_eq!(of("c"), id(&Bodies::default(), "Hội Nông dân", "c", None));
    }
}
