//! The letters of a PDF, page by page, each with its place.

use std::mem;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use unicode_normalization::char::is_combining_mark;

use super::super::ReadError;

/// Fonts count in so many parts of their size.
const UNITS: f64 = 1000.0;

/// A letter on its page. Lengths are in points, from the left and from the top as one holds the page to read it.
#[derive(Clone, Copy, Debug)]
pub struct Letter {
    pub c: char,
    pub left: f64,
    pub right: f64,
    /// What it stands on.
    pub base: f64,
    /// Its font's.
    pub size: f64,
    /// Whether the file says that it is no part of the text: a running header, a page number.
    pub artifact: bool,
}

/// A page's letters, in the order they are drawn in.
#[derive(Debug, Default)]
pub struct Page {
    pub letters: Vec<Letter>,
    pub height: Range<f64>,
}

/// All letters.
#[derive(Debug, Default)]
pub struct Letters {
    pub pages: Vec<Page>,
    /// How many glyphs are known to be letters.
    pub named: usize,
    /// How many glyphs show nobody knows what.
    pub nameless: usize,
}

/// The letters of all pages, `most` at most.
pub fn of(pdf: &Pdf, most: usize) -> Result<Letters, ReadError> {
    let cache = InterpreterCache::new();
    let mut all = Letters::default();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let place = Affine::new(page.initial_transform(true).as_coeffs());
        let mut context =
            Context::new(place, Rect::new(0.0, 0.0, width, height), &cache, pdf.xref(), InterpreterSettings::default());
        let left = most.saturating_sub(all.named);
        let mut collector = Collector { page: Rect::new(0.0, 0.0, width, height), left, ..Collector::default() };
        // A page can ask for its parts over and over; the only way out of the library is to unwind.
        let ended = catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut collector)));
        if let Err(thrown) = ended {
            return if thrown.is::<Enough>() {
                Err(ReadError::TooLong(super::super::format::MAX_TEXT / 1024 / 1024))
            } else {
                resume_unwind(thrown)
            };
        }
        all.named += collector.drawn.len();
        all.nameless += collector.nameless;
        all.pages.push(collector.upright());
    }
    Ok(all)
}

/// Text of a PDF's own strings: UTF-16 or UTF-8 with a mark, else one byte a letter.
pub fn decode(bytes: &[u8]) -> String {
    if let Some(utf8) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(utf8).into_owned();
    }
    if bytes.starts_with(b"\xfe\xff") || bytes.starts_with(b"\xff\xfe") {
        return encoding_rs::UTF_16BE.decode(bytes).0.into_owned();
    }
    encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned()
}

/// Thrown where a page has more letters than are taken.
struct Enough;

/// Which way one has to turn the page, in quarters, for a letter to stand upright.
type Turns = u8;

#[derive(Debug, Default)]
struct Collector {
    page: Rect,
    left: usize,
    drawn: Vec<(Turns, Letter)>,
    nameless: usize,
    // Parts of the page that are marked, the innermost last.
    marks: Vec<Mark>,
}

#[derive(Debug)]
enum Mark {
    /// As it is drawn.
    Plain,
    /// No part of the text.
    Artifact,
    /// These words instead of what is drawn, until they are taken.
    Instead(String),
}

impl Collector {
    fn glyph(&mut self, glyph: &Glyph<'_>, place: Affine) {
        let instead = match self.marks.last_mut() {
            Some(Mark::Instead(words)) => Some(mem::take(words)),
            _ => None,
        };
        let words = match (instead, glyph.as_unicode()) {
            (Some(words), _) | (None, Some(BfString::String(words))) => words,
            (None, Some(BfString::Char(c))) => c.to_string(),
            (None, None) => {
                self.nameless += 1;
                char::REPLACEMENT_CHARACTER.to_string()
            }
        };
        let advance = match glyph {
            Glyph::Outline(glyph) => glyph.advance_width(),
            Glyph::Type3(glyph) => glyph.advance_width(),
        };
        let advance = advance.map_or(UNITS / 2.0, f64::from);
        let (start, end) = (place * Point::ZERO, place * Point::new(advance, 0.0));
        let upwards = linear(place, 0.0, UNITS);
        let Some(turns) = turns(linear(place, UNITS, 0.0)) else { return };
        if !self.page.inflate(1.0, 1.0).contains(start) {
            return;
        }
        let (start, end) = (turned(start, turns), turned(end, turns));
        let count = words.chars().count();
        if count == 0 {
            // What is written otherwise ends where the last of it was drawn.
            if let Some((_, last)) = self.drawn.last_mut() {
                last.right = last.right.max(end.x);
            }
        }
        #[allow(clippy::cast_precision_loss)] // a handful
        let share = |n: usize| start.x + (end.x - start.x) * n as f64 / count as f64;
        let artifact = self.marks.iter().any(|mark| matches!(mark, Mark::Artifact));
        for (n, c) in words.chars().enumerate() {
            let mut letter =
                Letter { c, left: share(n), right: share(n + 1), base: start.y, size: upwards.hypot(), artifact };
            if is_combining_mark(c)
                && let Some((_, bearer)) = self.drawn.last()
                && (letter.left - bearer.right).abs() < bearer.size
            {
                // Marks are drawn anywhere above and below; they belong right behind what bears them.
                letter = Letter { c, left: bearer.right, ..*bearer };
            }
            if self.drawn.len() >= self.left {
                resume_unwind(Box::new(Enough));
            }
            self.drawn.push((turns, letter));
        }
    }

    /// The letters that stand as most of the page's do; the others are stamps and seams.
    fn upright(self) -> Page {
        let count = |turns: Turns| self.drawn.iter().filter(|(t, _)| *t == turns).count();
        let most = (0..4).max_by_key(|turns| (count(*turns), 3 - turns)).unwrap_or_default();
        let (one, other) = (turned(self.page.origin(), most).y, turned(Point::new(self.page.x1, self.page.y1), most).y);
        let letters = self.drawn.into_iter().filter(|(turns, _)| *turns == most).map(|(_, letter)| letter);
        Page { letters: letters.collect(), height: one.min(other)..one.max(other) }
    }
}

/// A transform without its moving.
fn linear(place: Affine, x: f64, y: f64) -> Vec2 {
    (place * Point::new(x, y)) - (place * Point::ZERO)
}

/// How many quarters what runs this way is turned; `None` if it runs aslant.
fn turns(way: Vec2) -> Option<Turns> {
    let aslant = way.x.abs().min(way.y.abs()) > 0.05 * way.x.abs().max(way.y.abs());
    match way {
        _ if aslant || !way.is_finite() => None,
        Vec2 { x, y } if x.abs() >= y.abs() => Some(if x >= 0.0 { 0 } else { 2 }),
        Vec2 { y, .. } => Some(if y >= 0.0 { 1 } else { 3 }),
    }
}

/// A place after so many quarters back.
fn turned(at: Point, turns: Turns) -> Point {
    match turns {
        0 => at,
        1 => Point::new(at.y, -at.x),
        2 => Point::new(-at.x, -at.y),
        _ => Point::new(-at.y, at.x),
    }
}

impl Device<'_> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform());
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let instead = properties.and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText".as_slice()));
        self.marks.push(match instead {
            Some(words) => Mark::Instead(decode(words.as_bytes())),
            None if tag == b"Artifact" => Mark::Artifact,
            None => Mark::Plain,
        });
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
