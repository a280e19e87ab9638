//! Lines to paragraphs: what was broken because the column ends is one line again.

use super::columns::median;
use super::lines::Line;

/// Signs before the items of a list, as word processors draw them; private ones are of symbol fonts.
const BULLETS: &str = "•●▪◦‣➢➤✓❖▶■□○◆♦⁃·\u{f0b7}\u{f0a7}\u{f0d8}\u{f0fc}\u{fffd}";
/// What stands before items in texts.
const BULLET: &str = "- ";
/// Between the cells of a row, as in other formats.
const CELL: &str = " | ";
/// A gap wider than this, in sizes, may part two cells.
const CELL_GAP: f64 = 1.2;
/// A line that is set in farther than this, in sizes, begins a paragraph.
const INDENT: f64 = 0.8;
/// A paragraph ends where the next line is farther down than this, in the distances of lines.
const FAR: f64 = 1.35;

/// What stands between two lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    /// The column's end: one sentence goes on.
    Nothing,
    /// Rows of a table, items of a list.
    Line,
    /// Paragraphs.
    Blank,
}

/// The text of blocks of lines (columns, pages), in this order.
pub fn text(blocks: impl IntoIterator<Item = Vec<Line>>) -> String {
    let mut text = String::new();
    let mut before: Option<(Row, Margins, usize)> = None;
    for (number, block) in blocks.into_iter().enumerate() {
        let margins = Margins::of(&block);
        for line in block {
            let row = Row::of(&line);
            let between = match &before {
                None => Between::Nothing,
                Some((last, _, block)) if *block == number => margins.between(last, &row),
                Some((last, theirs, _)) => across(last, theirs, &row, &margins),
            };
            join(&mut text, between, &row.text);
            // What goes on belongs to an item if what it goes on from does.
            let item_at = match (&before, between) {
                (Some((last, ..)), Between::Nothing) => last.item_at,
                _ => row.item_at,
            };
            before = Some((Row { item_at, ..row }, margins, number));
        }
    }
    text
}

fn join(text: &mut String, between: Between, line: &str) {
    match between {
        Between::Blank if !text.is_empty() => text.push_str("\n\n"),
        Between::Line if !text.is_empty() => text.push('\n'),
        Between::Nothing if text.ends_with('\u{ad}') => {
            text.pop();
        }
        // `2021-` and `2025`: Vietnamese words are not divided, so the hyphen belongs to what is written.
        Between::Nothing if text.ends_with('-') && !text.ends_with(" -") => {}
        Between::Nothing if !text.is_empty() => text.push(' '),
        _ => {}
    }
    text.push_str(line);
}

/// A line, and what it looks like.
struct Row {
    text: String,
    left: f64,
    right: f64,
    base: f64,
    size: f64,
    /// How wide its first word is.
    first: f64,
    /// Where the words of an item begin, behind its sign or number.
    item_at: Option<f64>,
    is_bullet: bool,
    has_cells: bool,
}

impl Row {
    fn of(line: &Line) -> Self {
        let (left, right, base, size) = (line.left(), line.right(), line.base, line.size());
        let gaps: Vec<f64> = line.words.windows(2).filter_map(pair_gap).collect();
        let (narrow, wide) = gaps.iter().fold((f64::INFINITY, 0.0_f64), |(n, w), gap| (n.min(*gap), w.max(*gap)));
        // Where a line is stretched to the margin, all gaps are wide.
        let is_stretched = gaps.len() > 1 && wide < 1.5 * narrow;
        let sign =
            line.words.first().filter(|_| line.words.len() > 1).map(|word| word.text.clone()).unwrap_or_default();
        let is_bullet =
            sign.chars().count() == 1 && (BULLETS.contains(&sign) || ["-", "+", "–", "*"].contains(&&*sign));
        let is_numbered = is_number(&sign);
        let mut text = String::new();
        let mut has_cells = false;
        for (n, word) in line.words.iter().enumerate() {
            let gap = n.checked_sub(1).and_then(|n| gaps.get(n)).copied().unwrap_or_default();
            // A sign may stand far before its words.
            let may_part = n > 1 || !(is_bullet || is_numbered);
            match n {
                0 if is_bullet && BULLETS.contains(&sign) => text.push_str(BULLET.trim_end()),
                0 => text.push_str(&word.text),
                _ => {
                    let is_cell = may_part && gap > CELL_GAP * size && !is_stretched;
                    has_cells |= is_cell;
                    text.push_str(if is_cell { CELL } else { " " });
                    text.push_str(&word.text);
                }
            }
        }
        Self {
            text,
            left,
            right,
            base,
            size,
            first: line.words.first().map_or(0.0, |word| word.right - word.left),
            item_at: line.words.get(1).filter(|_| is_bullet || is_numbered).map(|word| word.left),
            is_bullet,
            has_cells,
        }
    }

    /// Whether a sentence or an item may end here.
    fn ends(&self) -> bool {
        self.text.trim_end_matches(['"', '”', '»', ')', '/']).ends_with(['.', ';', ':', '!', '?', '…'])
    }
}

/// Whether a word is an item's number: `1.`, `12)`, `a)`, `(2)`.
fn is_number(word: &str) -> bool {
    let Some(number) = word.strip_suffix(['.', ')']) else { return false };
    let number = number.strip_prefix('(').unwrap_or(number);
    let is_letter = number.chars().count() == 1 && number.starts_with(char::is_lowercase);
    is_letter || (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}

fn pair_gap(pair: &[super::lines::Word]) -> Option<f64> {
    match pair {
        [one, other] => Some(other.left - one.right),
        _ => None,
    }
}

/// Where the lines of a block begin and end, and how far they stand apart.
#[derive(Clone, Copy)]
struct Margins {
    left: f64,
    right: f64,
    apart: f64,
}

impl Margins {
    fn of(lines: &[Line]) -> Self {
        let apart: Vec<f64> = lines
            .windows(2)
            .filter_map(|pair| match pair {
                [one, other] => Some((other.base - one.base) / other.size().max(1.0)),
                _ => None,
            })
            .collect();
        Self {
            left: lines.iter().map(Line::left).fold(f64::INFINITY, f64::min),
            right: lines.iter().map(Line::right).fold(f64::NEG_INFINITY, f64::max),
            apart: median(apart).unwrap_or(1.2).clamp(0.9, 1.8),
        }
    }

    /// Whether the next line's first word would have had room on this line: then somebody ended it.
    fn had_room(&self, last: &Row, next: &Row) -> bool {
        if last.text.ends_with('-') {
            return false;
        }
        let free = if self.centres(last) {
            (self.right - self.left) - (last.right - last.left)
        } else {
            self.right - last.right
        };
        // Lines that are not stretched end where the printer liked; a sentence that goes on was hardly ended there.
        let doubt = if last.ends() || !next.text.starts_with(char::is_lowercase) { 0.6 } else { 6.0 };
        free > next.first + doubt * last.size
    }

    /// Whether a row stands in the middle, or is as wide as the column.
    fn balances(&self, row: &Row) -> bool {
        ((row.left - self.left) - (self.right - row.right)).abs() < row.size
    }

    fn centres(&self, row: &Row) -> bool {
        row.left - self.left > row.size && self.balances(row)
    }

    fn between(&self, last: &Row, next: &Row) -> Between {
        let apart = (next.base - last.base) / next.size.max(1.0);
        let larger = next.size.max(last.size) / next.size.min(last.size).max(1.0);
        if last.has_cells && next.has_cells {
            return Between::Line;
        }
        if next.is_bullet && last.item_at.is_some() && apart < 1.6 * self.apart {
            return Between::Line;
        }
        let is_set_off = apart > FAR * self.apart || larger > 1.15 || last.has_cells || next.has_cells;
        let is_beside = (next.left - last.right).max(last.left - next.right) > 3.0 * next.size;
        if is_set_off || is_beside || next.is_bullet || self.had_room(last, next) {
            return Between::Blank;
        }
        match last.item_at {
            // The words of an item stand below each other, or go on at the margin.
            Some(at) if (next.left - at).abs() < next.size || next.left <= last.left + 0.1 * next.size => {
                if next.item_at.is_some() && last.ends() { Between::Line } else { Between::Nothing }
            }
            _ if next.item_at.is_some() && last.ends() => Between::Blank,
            _ if self.balances(last) && self.centres(next) && !last.ends() => Between::Nothing,
            _ if next.left - last.left > INDENT * next.size => Between::Blank,
            _ if last.ends() && next.left - self.left > INDENT * next.size => Between::Blank,
            _ => Between::Nothing,
        }
    }
}

/// What stands between the end of a column or a page and the beginning of the next.
fn across(last: &Row, theirs: &Margins, next: &Row, margins: &Margins) -> Between {
    // On one page, what goes on goes up to the head of the next column, or is the next line below all the same.
    let apart = (next.base - last.base) / next.size.max(1.0);
    let is_next = apart <= 0.0 || apart < FAR * theirs.apart && (next.left - last.left).abs() < next.size;
    let same_size = (last.size - next.size).abs() < 0.05 * last.size;
    let goes_on = next.text.starts_with(char::is_lowercase) || !last.ends();
    let indented = next.left - margins.left > INDENT * next.size;
    if next.is_bullet && last.item_at.is_some() {
        Between::Line
    } else if same_size
        && is_next
        && goes_on
        && !next.is_bullet
        && !last.has_cells
        && !next.has_cells
        && !theirs.had_room(last, next)
        && !(indented && last.item_at.is_none())
    {
        Between::Nothing
    } else {
        Between::Blank
    }
}
