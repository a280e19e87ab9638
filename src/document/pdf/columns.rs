//! The lines of a page in the order of reading: where the page has columns, one column after the other.

use super::lines::{Line, Word};

/// Fewer lines side by side than this are no columns.
const LINES: usize = 4;
/// Nothing stands so far to the left and to the right of the middle of a gutter, in sizes.
const HALF_GUTTER: f64 = 0.3;
/// Columns of text are at least this wide, in sizes; narrower ones are a table's.
const WIDTH: f64 = 10.0;
/// Of the lines on the right, so many in ten begin at one place.
const ALIGNED: usize = 6;
/// The most gutters side by side.
const DEPTH: usize = 3;

/// The columns of all pages, and what stands above and below them, each by itself.
pub fn in_order(pages: Vec<Vec<Line>>) -> Vec<Vec<Line>> {
    // The last page's columns may have few lines; they begin where those of other pages do.
    let mut known = Vec::new();
    for page in &pages {
        known.extend(gutter(page, &[]).map(|gutter| gutter.begins));
    }
    let mut blocks = Vec::new();
    for page in pages {
        cut(page, DEPTH, &known, &mut blocks);
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

fn cut(mut lines: Vec<Line>, depth: usize, known: &[f64], blocks: &mut Vec<Vec<Line>>) {
    let Some(gutter) = (depth > 0).then(|| gutter(&lines, known)).flatten() else {
        blocks.push(lines);
        return;
    };
    let below = lines.split_off(gutter.to);
    let beside = lines.split_off(gutter.from);
    cut(lines, depth - 1, known, blocks);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in beside {
        let (one, other): (Vec<Word>, Vec<Word>) = line.words.into_iter().partition(|word| word.right <= gutter.at);
        for (words, side) in [(one, &mut left), (other, &mut right)] {
            if !words.is_empty() {
                side.push(Line { words, base: line.base });
            }
        }
    }
    cut(left, depth - 1, known, blocks);
    cut(right, depth - 1, known, blocks);
    cut(below, depth - 1, known, blocks);
}

/// A place that parts the words of some lines into two columns.
#[derive(Clone, Copy)]
struct Gutter {
    at: f64,
    /// Where the lines on the right begin.
    begins: f64,
    from: usize,
    to: usize,
}

/// The gutter between the most lines, if there is one. Where columns are known to begin, few lines are enough.
fn gutter(lines: &[Line], known: &[f64]) -> Option<Gutter> {
    let size = median(lines.iter().map(Line::size).collect())?;
    // Where the right-hand column may begin: behind a gap, or where a line begins farther to the right than others.
    let left = lines.iter().map(Line::left).fold(f64::INFINITY, f64::min);
    let wide = |pair: &[Word]| match pair {
        [one, other] if other.left - one.right > 2.0 * HALF_GUTTER * size => Some(other.left),
        _ => None,
    };
    let behind_gaps = lines.iter().flat_map(|line| line.words.windows(2).filter_map(wide));
    let indented = lines.iter().map(Line::left).filter(|at| at - left > WIDTH * size);
    let mut places: Vec<f64> = behind_gaps.chain(indented).collect();
    places.sort_by(f64::total_cmp);
    places.dedup_by(|a, b| (*a - *b).abs() < 0.1 * size);
    let places = places.into_iter().map(|right| right - HALF_GUTTER * size);
    places.filter_map(|at| beside(lines, at, size, known)).max_by_key(|gutter| gutter.to - gutter.from)
}

/// The most lines one below the other that a gutter at `at` parts, if they make two columns.
fn beside(lines: &[Line], at: f64, size: f64, known: &[f64]) -> Option<Gutter> {
    let half = HALF_GUTTER * size;
    let is_crossed = |line: &Line| {
        let after = line.words.partition_point(|word| word.right <= at - half);
        // What stands in a column's first place may begin right at the gutter's edge.
        line.words.get(after).is_some_and(|word| word.left < at + half * 0.9)
    };
    let mut best: Option<Gutter> = None;
    let mut from = 0;
    for to in 0..=lines.len() {
        if lines.get(to).is_some_and(|line| !is_crossed(line)) {
            continue;
        }
        let run = lines.get(from..to).unwrap_or_default();
        if best.is_none_or(|best| to - from > best.to - best.from)
            && let Some(begins) = columns(run, at, size, known)
        {
            best = Some(Gutter { at, begins, from, to });
        }
        from = to + 1;
    }
    best
}

/// Where the right one of two columns begins, if that is what a place parts these lines into.
fn columns(lines: &[Line], at: f64, size: f64, known: &[f64]) -> Option<f64> {
    let is_left = |word: &&Word| word.right <= at;
    let lefts = lines.iter().filter(|line| line.left() <= at);
    let left: Vec<(f64, f64)> =
        lefts.filter_map(|line| Some((line.left(), line.words.iter().rfind(is_left)?.right))).collect();
    let firsts = lines.iter().filter_map(|line| Some((line.words.iter().find(|word| word.left > at)?, line.right())));
    let right: Vec<(f64, f64)> = firsts.map(|(first, end)| (first.left, end)).collect();
    let wide = |column: &[(f64, f64)]| {
        let widest = column.iter().map(|(left, right)| right - left).fold(0.0, f64::max);
        // Most lines of a text are about as wide as the column is.
        let full = column.iter().filter(|(left, right)| right - left > 0.6 * widest).count();
        column.len() >= LINES && widest > WIDTH * size && full * 2 >= column.len()
    };
    let begins = median(right.iter().map(|(left, _)| *left).collect())?;
    let aligned = right.iter().filter(|(left, _)| (left - begins).abs() < 0.2 * size).count();
    let is_known = !left.is_empty() && known.iter().any(|known| (known - begins).abs() < 0.2 * size);
    let is_aligned = aligned * 10 >= right.len() * ALIGNED;
    (is_known || wide(&left) && wide(&right) && is_aligned).then_some(begins)
}

/// The middle one by size, the smaller of two.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied()
}
