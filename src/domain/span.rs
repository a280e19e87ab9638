//! Where in a document's text a fact stands.

use serde::Serialize;

/// A half-open range of Unicode code points in a document's text: `start` is in, `end` is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// First code point.
    pub start: u32,
    /// One past the last code point; never less than `start`.
    pub end: u32,
}

impl Span {
    /// The range from `start` up to `end`; an `end` before `start` gives the empty range at `start`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Length in code points.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether nothing lies between start and end.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly within this range.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one code point.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// One place that supports a fact, and the name of the rule that took it from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Evidence {
    /// The place, in code points of the document's text.
    pub span: Span,
    /// The extraction rule, as listed in `extract::RULES`.
    pub rule: &'static str,
}
