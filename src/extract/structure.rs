//! Paragraphs, sentences and the article's body: what belongs to the document and what is the page around it.

use std::ops::Range;

use super::lexicon::lexicon;
use super::text::{Gap, Token, TokenKind, tokenize};
use crate::domain::{Evidence, Span};

/// What a paragraph looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphKind {
    /// A line without a full stop: a title, a caption, a heading.
    Line,
    /// An item that begins with a bullet or a number.
    Item,
    /// Sentences.
    Prose,
}

/// A paragraph of the body.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Its tokens, without the bullet.
    pub tokens: Range<usize>,
    /// What it looks like.
    pub kind: ParagraphKind,
    /// Its sentences, as indices into [`Doc::sentences`].
    pub sentences: Range<usize>,
}

/// A document, cut up.
#[derive(Debug)]
pub struct Doc<'a> {
    /// The text all offsets count in.
    pub text: &'a str,
    /// All of its tokens.
    pub tokens: Vec<Token>,
    /// The body's paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// The body's sentences, in tokens.
    pub sentences: Vec<Range<usize>>,
    /// All paragraphs, those of the page around the body too.
    pub lines: Vec<Range<usize>>,
}

/// Whether two keys are equal. Nearly always the first byte tells, for which no function has to be called.
fn same(a: &str, b: &str) -> bool {
    a.as_bytes().first() == b.as_bytes().first() && a == b
}

impl<'a> Doc<'a> {
    /// Cuts `text` up.
    pub fn new(text: &'a str) -> Self {
        let tokens = tokenize(text);
        let raw = paragraphs(&tokens);
        let body = super::body::body(&tokens, &raw);
        let mut doc = Self { text, tokens, paragraphs: Vec::new(), sentences: Vec::new(), lines: raw };
        for range in body {
            let (kind, range) = doc.classify(range);
            let first = doc.sentences.len();
            let cut = sentences(&doc.tokens, range.clone());
            doc.sentences.extend(cut);
            doc.paragraphs.push(Paragraph { tokens: range, kind, sentences: first..doc.sentences.len() });
        }
        doc
    }

    /// The tokens of a range; none where it is out of bounds.
    pub fn slice(&self, range: Range<usize>) -> &[Token] {
        self.tokens.get(range).unwrap_or_default()
    }

    /// The text of a range of tokens, as written.
    pub fn raw(&self, range: Range<usize>) -> &'a str {
        match (self.slice(range.clone()).first(), self.slice(range).last()) {
            (Some(first), Some(last)) => self.text.get(first.bytes.start..last.bytes.end).unwrap_or_default(),
            _ => "",
        }
    }

    /// The text of a range of tokens on one line: white space folded, invisible characters dropped.
    pub fn clean(&self, range: Range<usize>) -> String {
        let raw: String =
            self.raw(range).chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}')).collect();
        raw.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Where a range of tokens stands.
    pub fn span(&self, range: Range<usize>) -> Span {
        match (self.slice(range.clone()).first(), self.slice(range).last()) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::new(0, 0),
        }
    }

    /// Evidence for what `rule` took from a range of tokens.
    pub fn evidence(&self, range: Range<usize>, rule: &'static str) -> Evidence {
        Evidence { span: self.span(range), rule }
    }

    /// A token's key, or nothing past the end.
    pub fn key(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.key.as_str())
    }

    /// The key of the token before `at`, or nothing at the beginning.
    pub fn before(&self, at: usize) -> &str {
        self.back(at, 1)
    }

    /// The key of the `n`th token before `at`, or nothing where the text has not begun. Rules ask what stands before a
    /// position by this and [`Doc::reads_before`], and never take from a position themselves: there may be less before it.
    pub fn back(&self, at: usize, n: usize) -> &str {
        self.token_back(at, n).map_or("", |t| t.key.as_str())
    }

    /// The `n`th token before `at`.
    pub fn token_back(&self, at: usize, n: usize) -> Option<&Token> {
        at.checked_sub(n).and_then(|before| self.tokens.get(before))
    }

    /// Whether the tokens right before `at` have these keys.
    pub fn reads_before(&self, at: usize, keys: &[&str]) -> bool {
        at.checked_sub(keys.len()).is_some_and(|from| self.reads(from, keys))
    }

    /// Whether the tokens from `at` on have these keys.
    pub fn reads(&self, at: usize, keys: &[&str]) -> bool {
        keys.iter().enumerate().all(|(i, key)| same(self.key(at + i), key))
    }

    /// The sentence that holds a token.
    pub fn sentence_of(&self, at: usize) -> Range<usize> {
        let after = self.sentences.partition_point(|s| s.end <= at);
        self.sentences.get(after).cloned().unwrap_or(at..at)
    }

    /// The paragraph that holds a token, as an index.
    pub fn paragraph_of(&self, at: usize) -> Option<usize> {
        let after = self.paragraphs.partition_point(|p| p.tokens.end <= at);
        self.paragraphs.get(after).filter(|p| p.tokens.contains(&at)).map(|_| after)
    }

    fn classify(&self, range: Range<usize>) -> (ParagraphKind, Range<usize>) {
        let tokens = self.slice(range.clone());
        if let Some(len) = bullet(tokens) {
            return (ParagraphKind::Item, range.start + len..range.end);
        }
        let stops = tokens.last().is_some_and(|t| matches!(t.key.as_str(), "." | "!" | "?" | ";" | ":"))
            || tokens.last().is_some_and(|t| matches!(t.key.as_str(), "\"" | ")" | "/"))
                && tokens.iter().rev().nth(1).is_some_and(|t| t.key == ".")
            || tokens.len() > LONG_LINE && tokens.windows(2).any(full_stop);
        (if stops { ParagraphKind::Prose } else { ParagraphKind::Line }, range)
    }
}

/// How many tokens a bullet or an item's number takes: `-`, `•`, `+`, `1.`, `2)`, `a)`, `(3)`.
pub fn bullet(tokens: &[Token]) -> Option<usize> {
    let key = |i: usize| tokens.get(i).map_or("", |t| t.key.as_str());
    let number = |i: usize| tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number && t.key.len() <= 2);
    let letter = |i: usize| tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && t.key.len() == 1 && !t.capital);
    let spaced = |i: usize| tokens.get(i).is_some_and(|t| t.gap > Gap::None);
    match key(0) {
        "-" | "•" | "+" if spaced(1) || tokens.get(1).is_some_and(|t| t.capital) => Some(1),
        "(" if (number(1) || letter(1)) && key(2) == ")" => Some(3),
        _ if (number(0) || letter(0)) && key(1) == ")" => Some(2),
        _ if number(0)
            && matches!(key(1), "." | "/" | "-")
            && spaced(2)
            && tokens.get(2).is_some_and(|t| t.capital) =>
        {
            Some(2)
        }
        _ => None,
    }
}

/// What a line of a text wrapped at a width has at the least, in code points.
const WIDTH: u32 = 55;

/// Cuts tokens into paragraphs: at every line break, unless the text was wrapped at a width.
fn paragraphs(tokens: &[Token]) -> Vec<Range<usize>> {
    let wrapped = wrapped(tokens);
    let mut cuts: Vec<usize> = Vec::new();
    let (mut line, mut joined) = (0u32, false); // where the line began, and whether it went on with the one before
    let mut block = false; // whether a line has gone on since the last empty one
    for (i, token) in tokens.iter().enumerate() {
        let item = || tokens.get(i..).and_then(bullet).is_some();
        let cut = match token.gap {
            Gap::Blank => true,
            Gap::Line if !wrapped => {
                let last = i.checked_sub(1).and_then(|b| tokens.get(b));
                let open = last.is_some_and(|l| l.kind != TokenKind::Mark || matches!(l.key.as_str(), "," | "-" | "("));
                // a line that begins in lower case goes on, and so does a full one of the same block
                let full = last.is_some_and(|l| (WIDTH..2 * WIDTH).contains(&l.span.end.saturating_sub(line)));
                // Ngày\n28/7, tại ...
                let day = token.kind == TokenKind::Number && last.is_some_and(|l| l.key == "ngày");
                let goes_on = day || token.kind == TokenKind::Word && (!token.capital || (joined || block) && full);
                joined = open && goes_on && !item();
                block |= joined;
                !joined
            }
            Gap::Line => item(),
            Gap::Space | Gap::None => i == 0,
        };
        if token.gap >= Gap::Line {
            line = token.span.start;
            joined &= !cut;
            block &= token.gap == Gap::Line;
        }
        if cut {
            cuts.push(i);
        }
    }
    cuts.iter().enumerate().map(|(n, &start)| start..cuts.get(n + 1).copied().unwrap_or(tokens.len())).collect()
}

/// Whether lines end where a width ends rather than where a paragraph does: most single line breaks are followed
/// by a lower-case word or come without a sentence's end, and no line is long.
fn wrapped(tokens: &[Token]) -> bool {
    let (mut breaks, mut within, mut line_start, mut longest) = (0u32, 0u32, 0u32, 0u32);
    let mut last: Option<&Token> = None;
    for token in tokens {
        if token.gap >= Gap::Line {
            longest = longest.max(last.map_or(0, |l| l.span.end.saturating_sub(line_start)));
            line_start = token.span.start;
            if token.gap == Gap::Line {
                breaks += 1;
                let open = last.is_some_and(|l| !matches!(l.key.as_str(), "." | ":" | ";" | "!" | "?" | "\""));
                within += u32::from(open && token.kind == TokenKind::Word && !token.capital);
            }
        }
        last = Some(token);
    }
    longest <= 120 && breaks >= 4 && within * 3 > breaks
}

/// A single capital before a full stop is somebody's initial, unless it numbers a quarter, a term or a rank.
fn initial(tokens: &[Token], at: usize) -> bool {
    let single = tokens.get(at).is_some_and(|t| t.key.chars().count() == 1 && t.capital);
    let numbers = at.checked_sub(1).and_then(|b| tokens.get(b)).is_some_and(|t| {
        matches!(
            t.key.as_str(),
            "quý" | "khóa" | "thứ" | "hạng" | "loại" | "nhóm" | "cấp" | "kỳ" | "phần" | "chương" | "mục" | "điện"
        )
    });
    single && !numbers
}

/// Letters between a list's mark and a name are a degree: `; ĐDCKI. Lê Thị Mơ`.
fn degree(tokens: &[Token], at: usize) -> bool {
    let letters = tokens.get(at).is_some_and(|t| t.upper && t.key.chars().count() <= 6);
    let listed = at
        .checked_sub(1)
        .and_then(|b| tokens.get(b))
        .is_some_and(|t| matches!(t.key.as_str(), ";" | "," | ":" | "có" | "và" | "-"));
    letters && listed && lexicon().common_surnames.len_at(tokens.get(at + 2..).unwrap_or_default()).is_some()
}

/// A line of more tokens than this that holds a full stop is sentences, whatever it ends in (a byline, an ellipsis).
const LONG_LINE: usize = 50;

fn full_stop(pair: &[Token]) -> bool {
    matches!(pair, [stop, next] if stop.key == "." && next.capital && next.gap > Gap::None)
}

/// The longest sentence, in tokens: rules that compare the words of a sentence with each other stay cheap on text
/// without full stops. The longest of real reports has some three hundred.
const LONGEST_SENTENCE: usize = 800;

/// Whether the blank behind a full stop was forgotten: `của tỉnh.Báo cáo`, `năm 2022.Chiến dịch`, `“...”.Từ quỹ`.
fn run_on(before: Option<&Token>, next: &Token, stop: bool) -> bool {
    let ends = before.is_some_and(|b| match b.kind {
        // ... tỉnh Đồng Nai.Dịp này, Sở ...
        TokenKind::Word => b.key.chars().count() > 1 && (!b.capital || !b.upper && opener(next)),
        TokenKind::Number => b.key.len() == 4 && b.key.bytes().all(|digit| digit.is_ascii_digit()),
        TokenKind::Mark => matches!(b.key.as_str(), "\"" | ")"),
    });
    stop && ends && next.gap == Gap::None && next.kind == TokenKind::Word && next.capital && !next.upper
}

/// Words that begin a sentence and no name.
fn opener(token: &Token) -> bool {
    matches!(token.key.as_str(), "dịp" | "tại" | "phát" | "theo" | "cũng" | "trong" | "dự" | "tham")
}

/// Cuts a paragraph into sentences: after `.`, `!`, `?` before a capital, a quote or a number, unless the mark
/// belongs to an abbreviation or an initial.
fn sentences(tokens: &[Token], range: Range<usize>) -> Vec<Range<usize>> {
    let mut cut = Vec::new();
    let mut start = range.start;
    for i in range.clone() {
        let Some(token) = tokens.get(i) else { break };
        if i.saturating_sub(start) >= LONGEST_SENTENCE {
            cut.push(start..i);
            start = i;
        }
        if !matches!(token.key.as_str(), "." | "!" | "?") || i + 1 >= range.end {
            continue;
        }
        let Some(next) = tokens.get(i + 1) else { break };
        let closing = matches!(next.key.as_str(), "\"" | ")" | ".") && next.gap == Gap::None;
        let opens =
            next.capital || next.kind == TokenKind::Number || matches!(next.key.as_str(), "\"" | "'" | "(" | "-");
        let before = i.checked_sub(1).and_then(|b| tokens.get(b)).filter(|_| i > start);
        let abbreviation = token.key == "."
            && before.is_some_and(|b| {
                token.gap == Gap::None
                    && b.kind == TokenKind::Word
                    && (lexicon().dotted.contains(b.key.as_str()) || initial(tokens, i - 1) || degree(tokens, i - 1))
            });
        if !closing && (next.gap > Gap::None && opens || run_on(before, next, token.key == ".")) && !abbreviation {
            cut.push(start..i + 1);
            start = i + 1;
        } else if closing
            && next.key != "."
            && tokens.get(i + 2).is_some_and(|t| t.gap > Gap::None && t.capital)
            && i + 2 < range.end
        {
            cut.push(start..i + 2);
            start = i + 2;
        }
    }
    if start < range.end {
        cut.push(start..range.end);
    }
    cut
}
