//! Offices that hold for every person of a list: `các Phó Chủ tịch UBND tỉnh: A, B`, `bầu 4 Phó Chủ tịch gồm A, B`.

use std::ops::Range;

use super::mentions::Mention;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// Offices that hold for every person of a list.
pub struct Shared {
    /// Those offices.
    pub offices: Vec<Range<usize>>,
    /// Where the last person's mention ends.
    pub last: usize,
    /// Whether each person of the list has further offices before the name: `các Ủy viên Bộ Chính trị: Phó Thủ tướng A`.
    pub further: bool,
    /// The mark behind the first person.
    pub separator: Option<String>,
}

impl Shared {
    /// Whether the list goes on with this mention.
    pub fn holds_for(&self, doc: &Doc, mention: &Mention, before: bool) -> bool {
        let gap = self.last..mention.tokens.start;
        // what follows the first `;` of a list with commas has other offices
        let same = doc.key(gap.start) != ";" || self.separator.as_deref().is_none_or(|mark| mark == ";");
        let others = self.further && same;
        (!before || others) && alike(doc, mention) && joined(doc, gap)
    }
}

/// The offices before a name that hold for the whole list it begins: `các Phó Chủ tịch UBND tỉnh: A, B`, `các đồng chí
/// Phó Bí thư Tỉnh ủy A và B`.
pub fn shared_offices(doc: &Doc, mention: &Mention, from: usize) -> Option<Shared> {
    let mut offices: Vec<Range<usize>> =
        mention.positions.iter().filter(|p| p.end <= mention.name.start).cloned().collect();
    let first = offices.first()?;
    let plural = (from.max(first.start.saturating_sub(4))..first.start)
        .any(|i| matches!(doc.key(i), "các" | "hai" | "ba"))
        || several(doc, first.start);
    let introduced = offices.last().is_some_and(|office| doc.key(office.end) == ":");
    // các Ủy viên Bộ Chính trị: Phó Thủ tướng A, Bộ trưởng B
    let colon = offices.iter().position(|office| doc.key(office.end) == ":").filter(|_| plural);
    let further = colon.is_some_and(|colon| colon + 1 < offices.len());
    if let Some(colon) = colon.filter(|_| further) {
        offices.truncate(colon + 1);
    }
    (plural || introduced).then_some(Shared { offices, last: 0, further, separator: None })
}

/// Whether an office is that of several: `các Phó Chủ tịch`, `4 Phó Chủ tịch`.
pub fn several(doc: &Doc, office: usize) -> bool {
    let number = office.checked_sub(1).and_then(|i| doc.tokens.get(i)).is_some_and(|t| t.kind == TokenKind::Number);
    number || matches!(doc.before(office), "các" | "hai" | "ba" | "bốn")
}

/// Whether a mention has no form of address of its own, which would begin another kind of guests: `; ông Cao Kỳ Vinh`.
fn alike(doc: &Doc, mention: &Mention) -> bool {
    lexicon().addresses.len_at(doc.slice(mention.tokens.clone())).is_none()
}

/// Whether only a list's separator lies between.
fn joined(doc: &Doc, range: Range<usize>) -> bool {
    !range.is_empty() && range.len() <= 2 && range.clone().all(|i| matches!(doc.key(i), "," | ";" | "và"))
}
