//! What stands on every page and is no part of the text: running headers and footers, page numbers.

use std::collections::HashMap;

use super::Page;
use super::lines::Line;

/// How many lines at the top and at the bottom of a page may be furniture.
const LINES: usize = 3;
/// A gap of so many sizes sets furniture off from the text.
const WIDE: f64 = 1.9;
/// Furniture stands at the same height of each page, give or take so many points.
const SAME_HEIGHT: f64 = 8.0;

/// Takes the furniture off the pages.
pub fn remove(pages: &mut [Page]) {
    let several = pages.len() > 1;
    let mut places: HashMap<(bool, String), Vec<f64>> = HashMap::new();
    for page in pages.iter() {
        for (is_top, line, at) in edges(page) {
            places.entry((is_top, key(line))).or_default().push(at);
        }
    }
    // Left and right pages may have headers of their own.
    let enough = |count: usize| count > 1 && count * 5 >= pages.len() * 2;
    let repeats = |is_top: bool, line: &Line, at: f64| {
        let others = places.get(&(is_top, key(line)));
        others.is_some_and(|others| enough(others.iter().filter(|other| (*other - at).abs() < SAME_HEIGHT).count()))
    };
    let furniture: Vec<Vec<f64>> = pages
        .iter()
        .map(|page| edges(page).filter(|(top, line, at)| repeats(*top, line, *at)).map(|(.., at)| at).collect())
        .collect();
    for (number, (page, furniture)) in pages.iter_mut().zip(furniture).enumerate() {
        let top = page.height.start;
        page.lines.retain(|line| !furniture.iter().any(|at| (line.base - top - at).abs() < f64::EPSILON));
        let is_number = |line: &Line| several && numbers(&line.text()) == Some(number + 1);
        if page.lines.last().is_some_and(|line| is_number(line) || is_address(&line.text())) {
            page.lines.pop();
        }
        if page.lines.first().is_some_and(|line| is_number(line) || is_printing_time(&line.text())) {
            page.lines.remove(0);
        }
    }
}

/// The first and last lines of a page that are set off from the text, each with how far from the top it stands.
fn edges(page: &Page) -> impl Iterator<Item = (bool, &Line, f64)> {
    let at = |line: &Line| line.base - page.height.start;
    let top = set_off(page.lines.iter()).map(move |line| (true, line, at(line)));
    let bottom = set_off(page.lines.iter().rev()).map(move |line| (false, line, at(line)));
    top.chain(bottom)
}

/// The lines before the first wide gap, if that comes early: text runs on without one.
fn set_off<'a>(lines: impl Iterator<Item = &'a Line> + Clone) -> impl Iterator<Item = &'a Line> {
    let pairs = lines.clone().zip(lines.clone().skip(1)).take(LINES);
    let wide = |(one, other): &(&Line, &Line)| (other.base - one.base).abs() > WIDE * one.size().max(other.size());
    let count = pairs.enumerate().filter(|(_, pair)| wide(pair)).map(|(n, _)| n + 1).last().unwrap_or_default();
    lines.take(count)
}

/// What stays of a line when its figures change.
fn key(line: &Line) -> String {
    let mut key = String::new();
    for c in line.text().to_lowercase().chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if c != '#' || !key.ends_with('#') {
            key.push(c);
        }
    }
    key
}

/// The page that a line of nothing but a page number names: `2`, `- 2 -`, `Trang 2/5`.
fn numbers(line: &str) -> Option<usize> {
    let line = line.to_lowercase();
    let line = ["trang", "page"].iter().find_map(|word| line.trim().strip_prefix(word)).unwrap_or(&line);
    let mut parts = line.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let number = parts.next()?.parse().ok()?;
    let rest = parts.all(|part| part.parse::<u16>().is_ok() || ["of", "trên"].contains(&part));
    rest.then_some(number)
}

/// What browsers print at the foot of a page: `https://example.org/tin/12 1/1`.
fn is_address(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let begins =
        words.next().is_some_and(|word| ["http://", "https://", "file://"].iter().any(|s| word.starts_with(s)));
    begins
        && words.next().is_some_and(|word| word.split('/').all(|n| n.parse::<u16>().is_ok()))
        && words.next().is_none()
}

/// What browsers print at the head of a page: `11/22/26, 8:05 AM` and the title.
fn is_printing_time(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let figures = |word: Option<&str>, between: char, count: usize| {
        word.is_some_and(|word| word.split(between).filter(|n| n.parse::<u16>().is_ok()).count() == count)
    };
    let day = words.next().and_then(|word| word.strip_suffix(','));
    // Vietnamese browsers put the time first: `08:05, 22/11/2026`.
    figures(day, '/', 3) && figures(words.next(), ':', 2)
        || figures(day, ':', 2) && {
            let mut words = line.split_whitespace().skip(1);
            figures(words.next(), '/', 3)
        }
}
