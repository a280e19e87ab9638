//! Small conversions between what columns hold and the domain's types.

use crate::domain::{Count, CountQualifier, ParticipantRole, ProvinceId, Site, UnknownWord};

/// Roles as one parameter: an array of arrays would lose its inner bounds.
pub fn joined(roles: &[ParticipantRole]) -> String {
    roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(",")
}

/// A word of a closed vocabulary that may be absent.
pub fn word<T: std::str::FromStr<Err = UnknownWord>>(word: Option<&str>) -> Result<Option<T>, UnknownWord> {
    word.map(str::parse).transpose()
}

/// Words of a closed vocabulary.
pub fn words<T: std::str::FromStr<Err = UnknownWord>>(words: &[String]) -> Result<Vec<T>, UnknownWord> {
    words.iter().map(|word| word.parse()).collect()
}

/// A count, which has a qualifier exactly if it is there.
pub fn count(value: Option<i64>, qualifier: Option<&str>) -> Result<Option<Count>, UnknownWord> {
    let qualifier: Option<CountQualifier> = word(qualifier)?;
    Ok(value.zip(qualifier).map(|(value, qualifier)| Count { value, qualifier }))
}

/// A site, which has a province only if it is there.
pub fn site(name: Option<String>, province: Option<i16>) -> Option<Site> {
    name.map(|name| Site { name, province: province.and_then(ProvinceId::from_number) })
}
