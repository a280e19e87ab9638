//! The meetings a document reports as held: their names, times, bodies and size.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::dates::{DateMention, dates, part_of_day};
use super::headings::nameless;
use super::held::{is_another, of_a_period, overlap, second_of_prose, was_held};
use super::page_date::dateline;
use super::titles::{Candidate, candidates};
use super::year_hints::{
    anniversary, jubilee, of_an_old_prize, parts_of_a_year, reckoned, said_in_passing, soon, told_long_after,
    year_behind,
};
use super::years::{implied, infer, month_in_name, reported, review_and_plan, year_in_name};
use super::{counts, directives, holders, level, mode, venue};
use crate::domain::{Count, Directive, MeetingKind, MeetingLevel, MeetingReport, PartOfDay};
use crate::extract::abbreviations::Glossary;
use crate::extract::structure::{Doc, ParagraphKind};

/// How surely a name must stand for a meeting to be reported by it.
const ENOUGH: i32 = 7;
/// The same where the sentence itself tells of someone's part in it.
const ENOUGH_WHERE_ACTED: i32 = 0;
/// The same for the heading of a report that nothing else names the meeting of.
const ENOUGH_ABOVE: i32 = 5;
/// The same for a second meeting in one document.
const ENOUGH_FOR_MORE: i32 = 10;

/// The most meetings of one document: a digest of a week's news has fewer.
const MOST: usize = 12;

/// A meeting and where in the document its account begins.
#[derive(Debug)]
pub struct Found {
    /// The report, without participants.
    pub report: MeetingReport,
    /// The sentence that names it.
    pub sentence: Range<usize>,
    /// Its name's tokens.
    pub title: Range<usize>,
}

/// The meetings reported, in the text's order. `acted` holds the first token of every sentence in which
/// someone takes part in something: without a date and without people, a name alone is no meeting that was held.
pub fn meetings(
    doc: &Doc,
    glossary: &Glossary,
    acts: &[Directive],
    published: Option<NaiveDate>,
    acted: &[usize],
) -> Vec<Found> {
    let dates = dates(doc);
    let all = candidates(doc, &dates);
    // Ngày 15/6, ... tổ chức lễ phát động ..., among a period's results: nobody is told of, and it does not open the text
    let (of_a_period, second) = (of_a_period(doc), second_of_prose(doc));
    let item = |c: &Candidate| doc.paragraphs.get(c.paragraph).is_some_and(|p| p.kind == ParagraphKind::Item);
    let midst = |c: &Candidate| {
        let untold = acted.is_empty() && (second.is_some_and(|p| p < c.paragraph) || c.date.is_none());
        // + Tổ chức hội nghị tuyên truyền cho 640 lượt người, do ông A chủ trì: one of many works
        of_a_period && (untold || c.date.is_none() && item(c))
    };
    let sure =
        |c: &&Candidate| c.score >= ENOUGH && (c.date.is_some() || !acted.is_empty() || was_held(doc, c)) && !midst(c);
    // Phát biểu tại buổi lễ trao giải ..., ông A ...: where someone speaks, it was held
    let acted_at =
        |c: &&Candidate| !midst(c) && c.score >= ENOUGH_WHERE_ACTED && acted.binary_search(&c.sentence.start).is_ok();
    let best = |c: &&Candidate| (c.score, std::cmp::Reverse(c.title.start));
    let named = all.iter().filter(sure).max_by_key(best).or_else(|| all.iter().filter(acted_at).max_by_key(best));
    // UBND phường tổ chức hội nghị lần thứ 11, above a report that names it nowhere
    let headed = |c: &&Candidate| c.score >= ENOUGH_ABOVE && c.verb && c.paragraph < 3 && !acted.is_empty();
    let above = || all.iter().filter(headed).max_by_key(best).cloned();
    let Some(main) = named.cloned().or_else(|| nameless(doc, &dates, acted)).or_else(above) else {
        return Vec::new();
    };
    let mut chosen = vec![main.clone()];
    for other in &all {
        if chosen.len() >= MOST {
            break;
        }
        let apart = chosen.iter().all(|c| c.sentence != other.sentence && is_another(doc, c, other));
        // Chiều cùng ngày, tại ..., UBND tỉnh tổ chức ...: told as the first one was, wherever in the article
        let told = other.date.is_some_and(|d| d.start <= other.sentence.start + 1 && d.part_of_day.is_some())
            && doc.reads(other.title.start.saturating_sub(2), &["tổ", "chức"]);
        // Theo kế hoạch, sáng ngày 26/8, Phòng đã tổ chức Hội nghị ...: what went before
        let before = (doc.reads(other.sentence.start, &["theo", "kế", "hoạch"])
            || doc.reads(other.sentence.start, &["trước", "đó"]))
            && other.date.zip(main.date).is_some_and(|(other, main)| (other.month, other.day) < (main.month, main.day));
        if before {
            continue;
        }
        if other.score + if told { 3 } else { 0 } >= ENOUGH_FOR_MORE && other.verb && apart {
            chosen.push(other.clone());
        }
    }
    chosen.sort_by_key(|c| c.title.start);
    let published = published.or_else(|| dateline(doc));
    // one account reaches to the next; the first from the beginning
    let starts: Vec<usize> = chosen.iter().map(|c| c.sentence.start).collect();
    let begin = |n: usize| if n == 0 { Some(0) } else { starts.get(n).copied() };
    let account = |n: usize| begin(n).unwrap_or(0)..begin(n + 1).unwrap_or(doc.tokens.len());
    let page = Page { doc, glossary, acts, published, dates: &dates, all: &all };
    let mut found: Vec<Found> = Vec::new();
    for (n, c) in chosen.iter().enumerate() {
        let before = found.last().map(|f| &f.report);
        let mut next = report(&page, c, account(n), before);
        if let Some(before) = before {
            inherit(doc, &mut next, before);
        }
        found.push(next);
    }
    found
}

/// What a further meeting of one article has in common with the one before it: `cũng tại đây`, the same province.
fn inherit(doc: &Doc, next: &mut Found, before: &MeetingReport) {
    let here = next.sentence.clone().any(|i| doc.reads(i, &["tại", "đây"]));
    let report = &mut next.report;
    if here && report.venue.is_none() {
        report.venue.clone_from(&before.venue);
        report.province = report.province.or(before.province);
    }
    let local = matches!(report.level, Some(MeetingLevel::Provincial | MeetingLevel::District | MeetingLevel::Commune));
    if local && report.level == before.level {
        report.province = report.province.or(before.province);
    }
}

/// What all meetings of one document are read against.
struct Page<'a, 'd> {
    doc: &'a Doc<'d>,
    glossary: &'a Glossary,
    acts: &'a [Directive],
    published: Option<NaiveDate>,
    dates: &'a [DateMention],
    all: &'a [Candidate],
}

/// The place that the naming sentence gives, or another that names the same meeting, or the main of connected sites.
fn place_of(
    doc: &Doc,
    all: &[Candidate],
    c: &Candidate,
    date: Option<NaiveDate>,
    level: Option<MeetingLevel>,
) -> venue::Venue {
    let day = |c: &Candidate| c.date.map(|d| (d.day, d.month));
    let twin = |other: &&Candidate| {
        other.sentence != c.sentence
            && other.head.kind == c.head.kind
            && (day(other) == day(c) || other.date.is_none() || c.date.is_none())
            && !other.sentence.clone().any(|i| doc.key(i) == "sẽ")
            && overlap(doc, other.title.clone(), c.title.clone()) > 0.8
    };
    let own = venue::venue(doc, c, date);
    if own.name.is_some() {
        return own;
    }
    let others = all.iter().filter(twin).take(3).map(|other| venue::venue(doc, other, date));
    let other = others.into_iter().find(|place| place.name.is_some());
    other.or_else(|| venue::main_site(doc, level, date)).unwrap_or_default()
}

fn report(page: &Page, c: &Candidate, account: Range<usize>, before: Option<&MeetingReport>) -> Found {
    let Page { doc, glossary, acts, published, dates, all } = *page;
    let (mut review, mut plan) = match c.head.kind {
        MeetingKind::Training | MeetingKind::Seminar => (None, None),
        _ => review_and_plan(doc, c.title.clone()),
    };
    // Hội nghị Đại biểu nhân dân nhằm bàn phương hướng ... năm 2026: what it is held for
    let aim = matches!(doc.key(c.title.end + usize::from(doc.key(c.title.end) == ",")), "nhằm" | "để")
        && (c.head.kind == MeetingKind::Conference || doc.key(c.title.start) == "kỳ");
    if aim && (review, plan) == (None, None) {
        (review, plan) = review_and_plan(doc, c.title.end..c.sentence.end);
    }
    // tổng kết 10 năm thực hiện Chỉ thị ...: what has long been put into effect
    let back = c.title.clone().any(|i| doc.reads(i, &["năm", "thực", "hiện"]));
    let act = directives::first_in(doc, c.title.clone(), acts).filter(|_| !back);
    let mention = c.date.or_else(|| {
        dates
            .iter()
            .find(|d| {
                let today = d.part_of_day.is_some() || d.year.is_some() && doc.key(d.start) == "hôm";
                today && doc.paragraph_of(d.start).is_some_and(|p| p <= c.paragraph + 1)
            })
            .copied()
    });
    let today = today(doc);
    let date = match mention {
        Some(m) => m.in_year(year_of(page, c, &m, (review, plan), act, before)),
        None => today.and(published),
    };
    let held = date.and_then(|day| i16::try_from(day.year()).ok());
    let open = (plan.is_none() || review.is_none()) && c.head.kind == MeetingKind::Conference;
    let heard = open.then(|| reported(doc, account.clone(), review, held)).flatten();
    if let Some(years) = heard.filter(|years| plan.is_none_or(|plan| plan == years.1)) {
        (review, plan) = (Some(years.0), Some(years.1));
    }
    if (review, plan) == (None, None) {
        let (first, rest) = parts_of_a_year(doc, c.title.clone());
        (review, plan) = (held.filter(|_| first), held.filter(|_| rest));
    }
    let part = match mention {
        Some(m) if m.several => None,
        Some(m) => m.part_of_day.or_else(|| same_day(dates, m)).or(today),
        None => today,
    };
    let title = capital(&without_days(doc, glossary, c.title.clone()));
    let title = subject_behind(doc, c).map_or(title.clone(), |range| title + " " + &glossary.written_out(doc, range));
    let held_by = holders::holders(doc, dates, c);
    let bodies = |list: &[Range<usize>]| list.iter().map(|b| glossary.written_out(doc, b.clone())).collect::<Vec<_>>();
    let level = level::level(doc, c, &held_by.organizers);
    let place = place_of(doc, all, c, date, level);
    let province = place.province.or_else(|| level::province(doc, c, &held_by, level, date));
    let mut evidence = vec![doc.evidence(c.sentence.clone(), "meeting.named")];
    evidence.extend(place.sentence.filter(|s| *s != c.sentence).map(|s| doc.evidence(s, "meeting.venue")));
    let attendee_count = attendance(doc, c, account.clone());
    let site_count = counts::sites(doc, account);
    for (count, rule) in [(&site_count, "meeting.site_count"), (&attendee_count, "meeting.attendee_count")] {
        if let Some((_, at)) = count {
            let sentence = doc.sentence_of(*at);
            if !evidence.iter().any(|e| e.span == doc.span(sentence.clone())) {
                evidence.push(doc.evidence(sentence, rule));
            }
        }
    }
    let report = MeetingReport {
        title,
        kind: kind(doc, c),
        date,
        part_of_day: part,
        mode: mode::mode(doc, c),
        level,
        venue: place.name,
        province,
        review_year: review,
        plan_year: plan,
        site_count: site_count.map(|(count, _)| count),
        attendee_count: attendee_count.map(|(count, _)| count),
        organizers: bodies(&held_by.organizers),
        co_organizers: bodies(&held_by.partners),
        participants: Vec::new(),
        evidence,
    };
    Found { report, sentence: c.sentence.clone(), title: c.title.clone() }
}

/// The year of a day that a text gives without one: the surest of what its name, its page and its account lead to.
fn year_of(
    page: &Page,
    c: &Candidate,
    m: &DateMention,
    (review, plan): (Option<i16>, Option<i16>),
    act: Option<NaiveDate>,
    before: Option<&MeetingReport>,
) -> Option<i16> {
    let Page { doc, published, dates, .. } = *page;
    // a second meeting of one article, days after the first
    let soon_after = || {
        let first = before?.date?;
        let months = i64::from(m.month) - i64::from(first.month());
        i16::try_from(first.year()).ok().filter(|_| (0..=1).contains(&months))
    };
    let said = || {
        let published = published.filter(|_| !of_an_old_prize(doc, c.title.clone(), published));
        let late = told_long_after(doc, m, published);
        late.filter(|_| review.is_none() && act.is_none()).or_else(|| infer(m, review, act, published))
    };
    let named = || {
        year_in_name(doc, c.title.clone())
            .filter(|_| plan.is_none())
            .or_else(|| anniversary(doc, m).or_else(|| jubilee(doc, c.title.clone())))
    };
    // a caption that names the meeting with its year
    let again = || {
        let twins = page.all.iter().filter(|other| other.sentence != c.sentence && other.title.len() > 5);
        // Hội nghị tổng kết công tác năm 2022: the year under review, not the meeting's
        let twins = twins.filter(|other| review_and_plan(doc, other.title.clone()) == (None, None));
        let same = twins.filter(|other| overlap(doc, other.title.clone(), c.title.clone()) > 0.85).take(3);
        same.into_iter().find_map(|other| year_in_name(doc, other.title.clone())).filter(|_| plan.is_none())
    };
    month_in_name(doc, c.title.clone(), m.month)
        .or_else(said)
        .or_else(named)
        .or_else(again)
        .or_else(|| implied(doc, c.title.clone(), plan, m.month))
        .or_else(|| year_behind(doc, c.title.end..c.sentence.end, m.month))
        .or_else(|| soon(doc, dates, m, c.head.kind == MeetingKind::PressConference))
        .or_else(soon_after)
        .or_else(|| said_in_passing(doc, m))
        .or_else(|| reckoned(doc, m))
}

/// How many were there: whom its name says it was for, else what its account counts.
fn attendance(doc: &Doc, c: &Candidate, account: Range<usize>) -> Option<(Count, usize)> {
    // named in the heading alone: tổ chức lớp tập huấn | cho hơn 70 cán bộ
    let above = c.title.end <= c.sentence.start;
    let there = || {
        let heads = c.sentence.clone().filter(|&i| above && doc.reads(i, &["tổ", "chức"]));
        heads
            .filter_map(|i| Some(i + 2 + super::titles::head_at(doc, i + 2, c.sentence.end)?.0))
            .find_map(|end| counts::addressed(doc, end))
    };
    // có buổi đối thoại với trên 200 thanh niên
    let audience = || c.title.clone().filter(|&at| doc.key(at) == "với").find_map(|at| counts::addressed(doc, at));
    counts::addressed(doc, c.title.end)
        .or_else(there)
        .or_else(audience)
        .or_else(|| counts::attendees(doc, account.clone()))
}

/// The head's kind, unless the name goes on with another's word (`Hội nghị toàn quốc tập huấn ...`).
fn kind(doc: &Doc, c: &Candidate) -> MeetingKind {
    let start = c.title.start;
    let early = |word: &[&str]| (start + 2..(start + 6).min(c.title.end)).any(|i| doc.reads(i, word));
    match c.head.kind {
        // bế giảng hội nghị tập huấn, khai giảng lớp bồi dưỡng
        MeetingKind::Ceremony
            if matches!(doc.key(start), "bế" | "khai")
                && (start + 2..(start + 8).min(c.title.end)).any(|i| {
                    doc.reads(i, &["tập", "huấn"])
                        || doc.reads(i, &["bồi", "dưỡng"])
                        || doc.reads(i, &["đào", "tạo"])
                        || doc.reads(i, &["lớp", "dạy", "nghề"])
                }) =>
        {
            MeetingKind::Training
        }
        MeetingKind::Conference if early(&["tập", "huấn"]) || early(&["bồi", "dưỡng"]) => {
            MeetingKind::Training
        }
        // lễ khai mạc lớp bồi dưỡng
        MeetingKind::Ceremony
            if (doc.reads(start + 1, &["khai", "mạc"])
                || doc.reads(start + 1, &["khai", "giảng"])
                || doc.reads(start + 1, &["bế", "giảng"]))
                && (early(&["tập", "huấn"]) || early(&["bồi", "dưỡng"])) =>
        {
            MeetingKind::Training
        }
        MeetingKind::Conference if early(&["giao", "ban"]) => MeetingKind::Briefing,
        // tổ chức tổng kết và trao giải ...
        MeetingKind::Conference if doc.key(start) != "hội" && early(&["trao", "giải"]) => MeetingKind::Ceremony,
        kind => kind,
    }
}

/// `sáng nay`, without a date.
fn today(doc: &Doc) -> Option<PartOfDay> {
    let body = doc.paragraphs.iter().flat_map(|p| p.tokens.clone());
    body.into_iter().find_map(|i| part_of_day(doc.key(i)).filter(|_| matches!(doc.key(i + 1), "nay" | "qua")))
}

/// `sáng cùng ngày`, or the same date with a part of day elsewhere in the body.
fn same_day(dates: &[DateMention], date: DateMention) -> Option<PartOfDay> {
    dates
        .iter()
        .find(|d| (d.day, d.month) == (date.day, date.month) && d.part_of_day.is_some())
        .and_then(|d| d.part_of_day)
}

/// A name without the days of anniversaries in parentheses: `... (26/3/1965 - 26/3/2025) và đón nhận ...`.
fn without_days(doc: &Doc, glossary: &Glossary, title: Range<usize>) -> String {
    let mut said = String::new();
    let mut from = title.start;
    let gap = (from..title.end.min(from + 6)).find_map(|at| super::titles::audience(doc, at, title.end));
    if let Some(gap) = gap {
        said.push_str(&glossary.written_out(doc, from..gap.start));
        said.push(' ');
        from = gap.end;
    }
    while let Some(open) = (from..title.end).find(|&i| doc.key(i) == "(" && super::dates::holds_a_day(doc, i))
        && let Some(close) = (open..title.end).find(|&i| doc.key(i) == ")")
    {
        said.push_str(&glossary.written_out(doc, from..open));
        from = close + 1;
        said.push_str(if matches!(doc.key(from), "," | ";") { "" } else { " " });
    }
    said.push_str(&glossary.written_out(doc, from..title.end));
    said.trim().to_owned()
}

/// What a working session was about, where the sentence behind says no more: `... đến làm việc tại huyện A. Nội dung là |
/// về việc ...`.
fn subject_behind(doc: &Doc, c: &Candidate) -> Option<Range<usize>> {
    let at = c.sentence.end;
    let ends = c.head.kind == MeetingKind::WorkingSession && c.title.end + 1 == at;
    let behind = (ends && doc.reads(at, &["nội", "dung"])).then(|| doc.sentence_of(at))?;
    let about = (at + 2..at + 8).find(|&i| doc.key(i) == "về")?;
    let end = behind.end - usize::from(doc.before(behind.end) == ".");
    let long = end.saturating_sub(about) > super::titles::LONGEST;
    (about < end && !long && !(at..about).any(|i| matches!(doc.key(i), "," | ";" | ":"))).then_some(about..end)
}

fn capital(title: &str) -> String {
    let mut chars = title.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
