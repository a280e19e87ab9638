//! How many took part and how many sites were connected: totals of the whole meeting.

use std::ops::Range;

use super::numbers::quantity;
use super::sites::sites as named_sites;
use crate::domain::Count;
use crate::extract::structure::Doc;

/// Nouns for those who attend; the first alone is enough, the others need a verb of attending in the sentence.
const ATTENDEES: [&[&str]; 9] = [
    &["đại", "biểu"],
    &["học", "viên"],
    &["cán", "bộ"],
    &["đảng", "viên"],
    &["báo", "cáo", "viên"],
    &["người", "tham", "dự"],
    &["người", "dự"],
    &["hội", "viên"],
    &["đoàn", "viên"],
];

/// Sentences that may speak of the whole meeting: without a connected site of their own.
fn of_the_whole(doc: &Doc, account: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let within = |s: &&Range<usize>| s.start >= account.start && s.end <= account.end;
    let early = doc
        .paragraphs
        .iter()
        .filter(|p| p.tokens.end > account.start)
        .take(12)
        .flat_map(|p| doc.sentences.get(p.sentences.clone()).unwrap_or_default());
    let of_all = |s: &&Range<usize>| named_sites(doc, (*s).clone()).iter().all(|site| site.site.is_none());
    let sentences: Vec<Range<usize>> = early.filter(within).filter(of_all).cloned().collect();
    sentences.into_iter()
}

/// `1.240 điểm cầu` within a meeting's account: the count and its token.
pub fn sites(doc: &Doc, account: Range<usize>) -> Option<(Count, usize)> {
    of_the_whole(doc, account).find_map(|sentence| {
        sentence.clone().find_map(|at| {
            let number = quantity(doc, at)?;
            let sites = doc.reads(number.end, &["điểm", "cầu"]) || doc.reads(number.end, &["đầu", "cầu"]);
            let count = Count { value: number.whole()?, qualifier: number.qualifier };
            sites.then_some((count, at))
        })
    })
}

/// `hơn 10 vạn đại biểu tham dự` within a meeting's account: the count and its token.
pub fn attendees(doc: &Doc, account: Range<usize>) -> Option<(Count, usize)> {
    of_the_whole(doc, account).find_map(|sentence| {
        let attends = sentence.clone().any(|i| {
            doc.reads(i, &["tham", "dự"])
                || doc.reads(i, &["tham", "gia"])
                || doc.reads(i, &["theo", "dõi"])
                || doc.key(i) == "dự"
        });
        sentence.clone().find_map(|at| {
            let number = quantity(doc, at)?;
            let noun = ATTENDEES.iter().position(|noun| doc.reads(number.end, noun))?;
            // one group among others: ... và 120 đại biểu là ..., 5 đại biểu tham luận
            let group = doc.reads(number.end + 2, &["đã"]) || doc.reads(number.end + 2, &["phát"]);
            let count = Count { value: number.whole()?, qualifier: number.qualifier };
            (!group && (noun < 2 || attends)).then_some((count, at))
        })
    })
}
