//! The arguments `filter` and `orderBy` of every list, made from the store's descriptions (`store::read::Table`).
//!
//! Their types are not written down here: a column or relation that a description gains is in the schema at once, with
//! its name, its words and the operators of its kind.

mod filter;
mod operators;
mod order;
mod registered;

pub use filter::Filter;
pub use order::Order;
pub use registered::enumeration;

/// `review_year` as GraphQL names a field: `reviewYear`.
pub fn field_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut upper = false;
    for c in name.chars() {
        match c {
            '_' => upper = true,
            c if upper => {
                out.extend(c.to_uppercase());
                upper = false;
            }
            c => out.push(c),
        }
    }
    out
}

/// `review_year` as GraphQL names a value of an enum: `REVIEW_YEAR`.
pub fn value_name(name: &str) -> String {
    name.to_uppercase()
}
