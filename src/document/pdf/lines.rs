//! Letters to lines of words.

use super::letters::Letter;

/// Letters whose bases differ by less than this, in sizes, stand on one line.
const SAME_BASE: f64 = 0.12;
/// A gap wider than this, in sizes, parts two words even without a space.
const GAP: f64 = 0.17;
/// Raised letters are smaller than this, in sizes of their neighbours,
const SMALLER: f64 = 0.95;
/// and stand so far above them.
const RAISED: std::ops::Range<f64> = 0.2..0.6;

/// A word on a line.
#[derive(Clone, Debug)]
pub struct Word {
    pub text: String,
    pub left: f64,
    pub right: f64,
    pub size: f64,
}

/// Words on one base, from left to right. Never without a word.
#[derive(Clone, Debug)]
pub struct Line {
    pub words: Vec<Word>,
    pub base: f64,
}

impl Line {
    /// Where its first word begins.
    pub fn left(&self) -> f64 {
        self.words.first().map_or(0.0, |word| word.left)
    }

    /// Where its last word ends.
    pub fn right(&self) -> f64 {
        self.words.last().map_or(0.0, |word| word.right)
    }

    /// Its largest letters' size.
    pub fn size(&self) -> f64 {
        self.words.iter().map(|word| word.size).fold(0.0, f64::max)
    }

    /// Its words with a space between them.
    pub fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// The lines that letters make, from top to bottom.
pub fn of(mut letters: Vec<Letter>) -> Vec<Line> {
    letters.retain(|letter| [letter.left, letter.right, letter.base, letter.size].iter().all(|n| n.is_finite()));
    letters.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut rows: Vec<Vec<Letter>> = Vec::new();
    for letter in letters {
        match rows.last_mut() {
            Some(row) if row.first().is_some_and(|first| same_base(first, &letter)) => row.push(letter),
            _ => rows.push(vec![letter]),
        }
    }
    for row in &mut rows {
        // Stable: letters at one place, as marks and what bears them, stay in the order they are drawn in.
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    let mut lines: Vec<Line> = lower(rows).into_iter().filter_map(line).collect();
    lines.sort_by(|a, b| a.base.total_cmp(&b.base));
    lines
}

fn same_base(a: &Letter, b: &Letter) -> bool {
    (a.base - b.base).abs() < SAME_BASE * a.size.min(b.size).max(1.0)
}

/// Puts raised figures (`km²`, notes) into the line below them.
fn lower(rows: Vec<Vec<Letter>>) -> Vec<Vec<Letter>> {
    let mut lowered: Vec<Vec<Letter>> = Vec::new();
    for row in rows {
        let Some(above) = lowered.last_mut() else {
            lowered.push(row);
            continue;
        };
        let mut row = row;
        let mut staying = Vec::new();
        for raised in std::mem::take(above) {
            let stands_by = |letter: &&Letter| {
                raised.size < SMALLER * letter.size
                    && RAISED.contains(&((letter.base - raised.base) / letter.size))
                    && (raised.left - letter.right).abs() < GAP * letter.size
            };
            // The letter before it; the row is sorted.
            let before = row.partition_point(|letter| letter.left <= raised.left);
            let bearer = row.get(before.saturating_sub(2)..before).unwrap_or_default().iter().rev().find(stands_by);
            match (bearer.copied(), superscript(raised.c)) {
                (Some(bearer), Some(c)) => {
                    row.insert(before, Letter { c, base: bearer.base, size: bearer.size, ..raised });
                }
                _ => staying.push(raised),
            }
        }
        *above = staying;
        if above.is_empty() {
            *above = row;
        } else {
            lowered.push(row);
        }
    }
    lowered
}

fn superscript(c: char) -> Option<char> {
    let digit = usize::try_from(c.to_digit(10)?).ok()?;
    ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'].get(digit).copied()
}

/// The words of a row of letters; `None` if there are none.
fn line(row: Vec<Letter>) -> Option<Line> {
    let base = row.first()?.base;
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    let mut last: Option<Letter> = None;
    for letter in row {
        if letter.c.is_whitespace() || letter.c.is_control() {
            open = false;
            continue;
        }
        if let Some(last) = last {
            // Bold letters are often drawn twice, a little apart.
            if last.c == letter.c && (letter.left - last.left).abs() < 0.1 * letter.size {
                continue;
            }
            open &= letter.left - last.right <= GAP * letter.size.max(last.size);
        }
        last = Some(letter);
        match words.last_mut() {
            Some(word) if open => {
                word.text.push_str(spelled(letter.c, &mut [0; 4]));
                word.right = word.right.max(letter.right);
                word.size = word.size.max(letter.size);
            }
            _ => words.push(Word {
                text: spelled(letter.c, &mut [0; 4]).to_owned(),
                left: letter.left,
                right: letter.right.max(letter.left),
                size: letter.size,
            }),
        }
        open = true;
    }
    (!words.is_empty()).then_some(Line { words, base })
}

/// A letter, or the letters that a ligature is of.
fn spelled(c: char, buffer: &mut [u8; 4]) -> &str {
    match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        c => c.encode_utf8(buffer),
    }
}
