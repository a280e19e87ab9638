//! Numbers as Vietnamese writes them: `1.234,5`, `12 500`, `gần 1,1 triệu`, `hơn 10 vạn`; small ones in words.

use rust_decimal::Decimal;

use crate::domain::CountQualifier;
use crate::extract::structure::Doc;
use crate::extract::text::{Gap, TokenKind};

/// A number in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Its first token, qualifier included.
    pub start: usize,
    /// One past its last token, multiplier included.
    pub end: usize,
    /// Multiplied out.
    pub value: Decimal,
    /// Whether more, fewer or about as many.
    pub qualifier: CountQualifier,
}

impl Quantity {
    /// The value, where it is a whole number that fits.
    pub fn whole(&self) -> Option<i64> {
        if self.value.fract().is_zero() { i64::try_from(self.value).ok() } else { None }
    }
}

/// The value of one number token: dots separate thousands and a comma the fraction, or the other way round where
/// only that makes sense (`1.5`, `1,234,567`).
pub fn decimal(raw: &str) -> Option<Decimal> {
    let thousands = |mark: char| {
        let mut parts = raw.split(mark);
        parts.next().is_some_and(|p| (1..=3).contains(&p.len())) && parts.all(|p| p.len() == 3)
    };
    let plain = match (raw.matches('.').count(), raw.matches(',').count()) {
        (0, 0) => raw.to_owned(),
        (_, 0) if thousands('.') => raw.replace('.', ""),
        (1, 0) => raw.to_owned(),
        (0, 1) => raw.replace(',', "."),
        (0, _) if thousands(',') => raw.replace(',', ""),
        (_, 1) => raw.replace('.', "").replace(',', "."),
        _ => return None,
    };
    plain.parse().ok()
}

/// What a word multiplies by.
fn multiplier(word: &str) -> Option<i64> {
    Some(match word {
        "chục" => 10,
        "trăm" => 100,
        "nghìn" | "ngàn" => 1_000,
        "vạn" => 10_000,
        "triệu" => 1_000_000,
        "tỷ" | "tỉ" => 1_000_000_000,
        _ => return None,
    })
}

/// The qualifier a word is.
fn qualifier(word: &str) -> Option<CountQualifier> {
    Some(match word {
        "hơn" | "trên" => CountQualifier::MoreThan,
        "gần" => CountQualifier::Nearly,
        "khoảng" | "chừng" => CountQualifier::About,
        _ => return None,
    })
}

/// The number whose digits begin at token `at`.
pub fn quantity(doc: &Doc, at: usize) -> Option<Quantity> {
    let groups_of_three = |key: &str| key.len() == 3 && key.bytes().all(|b| b.is_ascii_digit());
    let token = doc.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
    let mut value = decimal(&token.key)?;
    let mut end = at + 1;
    // 12 500: groups of three, one blank apart
    if token.key.len() <= 3 && token.key.bytes().all(|b| b.is_ascii_digit()) && !token.key.starts_with('0') {
        while let Some(next) = doc.tokens.get(end).filter(|t| t.gap == Gap::Space && groups_of_three(&t.key)) {
            value = value.checked_mul(Decimal::ONE_THOUSAND)?.checked_add(decimal(&next.key)?)?;
            end += 1;
        }
    }
    while let Some(factor) = multiplier(doc.key(end)) {
        value = value.checked_mul(Decimal::from(factor))?;
        end += 1;
    }
    let found = at.checked_sub(1).and_then(|before| qualifier(doc.key(before)));
    Some(Quantity {
        start: if found.is_some() { at - 1 } else { at },
        end,
        value: value.normalize(),
        qualifier: found.unwrap_or(CountQualifier::Exact),
    })
}

/// A number from 1 to 99 in words at token `at`: how many tokens, and which number.
pub fn in_words(doc: &Doc, at: usize) -> Option<(usize, i64)> {
    let digit = |word: &str| {
        Some(match word {
            "một" | "mốt" => 1,
            "hai" => 2,
            "ba" => 3,
            "bốn" | "tư" => 4,
            "năm" | "lăm" => 5,
            "sáu" => 6,
            "bảy" | "bẩy" => 7,
            "tám" => 8,
            "chín" => 9,
            _ => return None,
        })
    };
    if doc.key(at) == "mười" {
        return Some(digit(doc.key(at + 1)).map_or((1, 10), |d| (2, 10 + d)));
    }
    let first = digit(doc.key(at))?;
    if matches!(doc.key(at + 1), "mươi" | "chục") {
        return Some(digit(doc.key(at + 2)).map_or((2, first * 10), |d| (3, first * 10 + d)));
    }
    Some((1, first))
}
