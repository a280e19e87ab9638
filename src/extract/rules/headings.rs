//! Meetings that only the document's heading names: `Mở lớp tập huấn ...`, `Tổng kết công tác ...`.

use std::ops::Range;

use super::dates::{DateMention, within};
use super::title_end::title_end;
use super::titles::{Candidate, head_at, of_an_act};
use crate::domain::MeetingKind;
use crate::extract::lexicon::{EventHead, lexicon};
use crate::extract::structure::{Doc, Paragraph, ParagraphKind};
use crate::extract::text::TokenKind;

/// A meeting that no words name: a sentence with a date, a word for a meeting and someone who takes part in it. The
/// document's title describes it.
pub fn nameless(doc: &Doc, dates: &[DateMention], acted: &[usize]) -> Option<Candidate> {
    // the first line that is words, not a day and an hour
    let words = |p: &&Paragraph| doc.slice(p.tokens.clone()).iter().filter(|t| t.kind == TokenKind::Word).count() > 2;
    // or the one below the page's own that begins with a meeting's name
    let line = |p: &&Paragraph| p.kind == ParagraphKind::Line && words(p);
    let named = |p: &&Paragraph| {
        let (first, limit) = (p.tokens.start, p.tokens.end);
        let head = head_at(doc, first, limit).filter(|(_, head)| !head.weak);
        head.is_some_and(|(len, _)| doc.key(first + len) == ":" && limit > first + len + 4)
    };
    let top = || doc.paragraphs.iter().take(6);
    // Mở lớp tập huấn ..., Tổng kết công tác ..., under the name of the page's section
    let speaks = |p: &&Paragraph| {
        let head = head_at(doc, p.tokens.start, p.tokens.end).filter(|(_, head)| !head.weak);
        let opens = heading_name(doc, p).start > p.tokens.start || doing_head(doc, p).is_some() || head.is_some();
        opens && p.tokens.len() > 5 && !within(dates, p.tokens.clone()).iter().any(|d| d.year.is_some())
    };
    let title =
        top().filter(line).find(|p| named(p) || speaks(p)).or_else(|| top().take(4).find(words).filter(line))?;
    // A phối hợp với B tổ chức lớp tập huấn cho 70 cán bộ: what about, only the heading says
    let holds_one = |s: &Range<usize>| {
        let bare = |at: usize| {
            let head = head_at(doc, at, s.end).filter(|(_, head)| !head.weak);
            head.is_some_and(|(len, _)| matches!(doc.key(at + len), "tại" | "." | "," | "nhằm" | "để"))
        };
        let counted = |i: usize| audience_at(doc, i + 2, s.end) || bare(i + 2);
        s.clone().any(|i| doc.reads(i, &["tổ", "chức"]) && counted(i))
    };
    let told_day = doc.paragraphs.iter().enumerate().take(6).find_map(|(index, paragraph)| {
        let sentences = doc.sentences.get(paragraph.sentences.clone()).unwrap_or_default();
        sentences.iter().enumerate().find_map(|(n, sentence)| {
            // Hội nghị được Ban Tuyên giáo tổ chức chiều 11/8: held, whoever took part
            let planned = sentence.clone().any(|i| doc.key(i) == "sẽ" || doc.reads(i, &["dự", "kiến"]));
            let took_place = !planned
                && sentence.clone().any(|i| doc.reads(i, &["tổ", "chức"]) || doc.reads(i, &["diễn", "ra"]))
                && (head_at(doc, behind_day(doc, dates, sentence), sentence.end).is_some() || holds_one(sentence));
            // Chiều 29/5, UBND tỉnh thảo luận ... Ông A chủ trì hội nghị: told in the sentence behind
            let told = |s: &&Range<usize>| acted.binary_search(&s.start).is_ok();
            let named = |s: &Range<usize>| s.clone().find_map(|at| head_at(doc, at, s.end));
            let near = || sentences.iter().skip(n).take(2).filter(told);
            let holds = holds_one(sentence);
            let sure = |d: &&DateMention| (d.part_of_day.is_some() || d.year.is_some() || holds) && !of_an_act(doc, d);
            // ..., các xã báo cáo trước ngày 30/6: the day until which something is to be done
            let until = |d: &DateMention| matches!(doc.before(d.start), "trước" | "đến" | "nhất" | "hạn");
            let date = within(dates, sentence.clone()).iter().filter(|d| !until(d)).rfind(sure);
            let head = if took_place { named(sentence) } else { near().find_map(named) };
            let (_, head) = head?;
            // Tập huấn kỹ năng ..., and below it that somebody held it, whatever the day
            let above = head_at(doc, title.tokens.start, title.tokens.end).is_some();
            if date.is_none() && !(took_place && holds && above) {
                return None;
            }
            Some(Candidate {
                title: heading_name(doc, title),
                sentence: sentence.clone(),
                paragraph: index,
                head,
                date: date.copied(),
                verb: true,
                score: 0,
            })
        })
    });
    told_day.or_else(|| entitled(doc, title, acted))
}

/// A heading's words for the meeting: behind `Mở` or `Tổ chức`, and before its place.
fn heading_name(doc: &Doc, title: &Paragraph) -> Range<usize> {
    let (start, limit) = (title.tokens.start, title.tokens.end);
    let opens = usize::from(doc.key(start) == "mở") + 2 * usize::from(doc.reads(start, &["tổ", "chức"]));
    let named = head_at(doc, start + opens, limit).filter(|_| opens > 0);
    let end = named.map(|(len, _)| title_end(doc, start + opens + len, limit, false));
    end.map_or(title.tokens.clone(), |end| start + opens..end)
}

/// What is held by the first words of a heading: `Tổng kết công tác giữ nước ...`.
fn doing_head(doc: &Doc, title: &Paragraph) -> Option<(usize, EventHead)> {
    lexicon().doings.longest(doc.slice(title.tokens.start..title.tokens.end))
}

/// Whether a training's head stands here, and right behind it how many it is for: `lớp tập huấn | cho hơn 70 cán bộ`.
fn audience_at(doc: &Doc, at: usize, limit: usize) -> bool {
    let head = head_at(doc, at, limit).filter(|(_, head)| head.kind == MeetingKind::Training);
    head.is_some_and(|(len, _)| super::counts::addressed(doc, at + len).is_some())
}

/// Behind the day that a sentence begins with: `Ngày 24/11, | Hội thảo được tổ chức ...`; else its beginning.
fn behind_day(doc: &Doc, dates: &[DateMention], sentence: &Range<usize>) -> usize {
    let first = within(dates, sentence.clone()).first().filter(|d| d.start == sentence.start && d.year.is_some());
    first.map_or(sentence.start, |d| d.end + usize::from(doc.key(d.end) == ","))
}

/// A meeting that only the document's title names, whose day nobody tells, where people took part in it.
fn entitled(doc: &Doc, title: &Paragraph, acted: &[usize]) -> Option<Candidate> {
    let (at, limit) = (title.tokens.start, title.tokens.end);
    // Tổng kết công tác hội năm 2021, where people are told of at `hội nghị`
    let meets = |s: &&usize| {
        let end = doc.sentence_of(**s).end;
        (**s..end.min(**s + 12)).any(|i| doc.reads(i, &["hội", "nghị"]) || doc.reads(i, &["buổi", "lễ"]))
    };
    let doing = || doing_head(doc, title).filter(|_| acted.iter().take(4).any(|s| meets(&s)));
    let (len, head) = head_at(doc, at, limit).filter(|(_, head)| !head.weak && !acted.is_empty()).or_else(doing)?;
    let end = title_end(doc, at + len, limit, false);
    let index = doc.paragraph_of(at)?;
    (end >= at + len + 3).then(|| Candidate {
        title: at..end,
        sentence: title.tokens.clone(),
        paragraph: index,
        head,
        date: None,
        verb: true,
        score: 0,
    })
}
