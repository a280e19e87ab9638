//! How many took part and how many sites were connected: totals of the whole meeting.

use std::ops::Range;

use super::numbers::quantity;
use super::sites::sites as named_sites;
use crate::domain::Count;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// Nouns for those who attend; the first two alone are enough, the others need a verb of attending in the sentence.
const ATTENDEES: [&[&str]; 33] = [
    &["đại", "biểu"],
    &["học", "viên"],
    &["cán", "bộ"],
    &["đảng", "viên"],
    &["báo", "cáo", "viên"],
    &["người", "tham", "dự"],
    &["người", "dự"],
    &["hội", "viên"],
    &["đoàn", "viên"],
    &["giáo", "viên"],
    &["học", "sinh"],
    &["sinh", "viên"],
    &["công", "nhân"],
    &["nông", "dân"],
    &["phụ", "nữ"],
    &["cử", "tri"],
    &["thầy", "thuốc"],
    &["bác", "sĩ"],
    &["nhà", "khoa", "học"],
    &["nhà", "nghiên", "cứu"],
    &["nhà", "quản", "lý"],
    &["nhà", "giáo"],
    &["quần", "chúng"],
    &["phóng", "viên"],
    &["thanh", "niên"],
    &["chuyên", "gia"],
    &["doanh", "nhân"],
    &["nghệ", "nhân"],
    &["tình", "nguyện", "viên"],
    &["thành", "viên"],
    &["chiến", "sĩ"],
    &["người", "có", "mặt"],
    &["người"],
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
    // Trước đó, huyện cũng đã mở một lớp ...: another one
    // Tại điểm cầu cấp huyện có 900 đại biểu: one kind of site
    let one_kind = |s: &&Range<usize>| {
        (*s).clone().take(4).any(|i| doc.reads(i, &["điểm", "cầu", "cấp"]) || doc.reads(i, &["đầu", "cầu", "cấp"]))
    };
    let other = |s: &&Range<usize>| !doc.reads(s.start, &["trước", "đó"]) && !one_kind(s);
    let of_all = |s: &&Range<usize>| named_sites(doc, (*s).clone()).iter().all(|site| site.site.is_none());
    let sentences: Vec<Range<usize>> = early.filter(within).filter(other).filter(of_all).cloned().collect();
    sentences.into_iter()
}

/// `1.240 điểm cầu` within a meeting's account: the count and its token.
pub fn sites(doc: &Doc, account: Range<usize>) -> Option<(Count, usize)> {
    of_the_whole(doc, account).find_map(|sentence| {
        let connected = |end: usize| doc.reads(end, &["điểm", "cầu"]) || doc.reads(end, &["đầu", "cầu"]);
        let first = sentence.clone().find(|&at| quantity(doc, at).is_some_and(|number| connected(number.end)));
        first.and_then(|at| {
            let number = quantity(doc, at)?;
            let count = Count { value: number.whole()?, qualifier: number.qualifier };
            // 63 điểm cầu cấp tỉnh và 701 điểm cầu cấp huyện: parts, of which no sum is told
            let counted = |i: usize| connected(i + 1) && quantity(doc, i).is_some();
            let more = (number.end..sentence.end).find(|&i| counted(i));
            let within = (number.end..more.unwrap_or(number.end))
                .any(|i| matches!(doc.key(i), "gồm" | "là" | ":" | "(") || doc.reads(i, &["trong", "đó"]));
            (more.is_none() || within).then_some((count, at))
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
            // 50/53 đại biểu: those who were there, of those there are
            let slash = doc.key(number.end) == "/";
            let end = if slash { quantity(doc, number.end + 1)?.end } else { number.end };
            let noun = ATTENDEES.iter().position(|noun| doc.reads(end, noun))?;
            // chiến dịch đã huy động gần 2 triệu đoàn viên tham gia; trên 90 đại biểu đại diện các doanh nghiệp, one group
            let raised =
                (sentence.start..number.start).any(|i| doc.reads(i, &["huy", "động"]) || doc.reads(i, &["ôn", "lại"]));
            let stands =
                doc.reads(end + 2, &["đại", "diện", "cho"]) && (end + 5..end + 7).any(|i| quantity(doc, i).is_some());
            let listed = doc.reads(end + 2, &["đại", "diện"])
                && !stands
                && matches!(doc.before(number.start), "," | "và" | "cùng")
                && noun < 2;
            // 14 lớp dạy nghề cho 681 hội viên: whom the classes of a period taught
            let helped = noun >= 2 && doc.before(number.start) == "giúp";
            let taught = helped
                || matches!(doc.before(number.start), "cho" | "với")
                    && (number.start.saturating_sub(14).max(sentence.start)..number.start)
                        .any(|i| matches!(doc.key(i), "lớp" | "cuộc" | "buổi" | "đợt") && counted_before(doc, i));
            if raised || listed || taught {
                return None;
            }
            // 43/43 học viên được công nhận tốt nghiệp, 35 học viên xếp loại khá: results
            let results: [&[&str]; 6] = [
                &["công", "nhận"],
                &["tốt", "nghiệp"],
                &["xếp", "loại"],
                &["đạt"],
                &["cấp", "chứng"],
                &["cấp", "giấy"],
            ];
            let graded = (end + 2..end + 5).any(|i| results.iter().any(|words| doc.reads(i, words)));
            if noun == 1 && graded {
                return None;
            }
            let second = at > sentence.start && doc.before(at) == "/";
            // one group among others: ... và 120 đại biểu là ..., 5 đại biểu tham luận
            let came = doc.reads(end + 3, &["tham", "dự"]) || doc.reads(end + 3, &["về", "dự"]);
            let group = (doc.reads(end + 2, &["đã"]) && !doc.reads(end, &["cử", "tri"]) && !came)
                || doc.reads(end + 2, &["phát"])
                || doc.reads(end + 2, &["tham", "luận"]);
            let near = present(doc, &sentence, number.start, end + 1);
            let there = noun < 2
                || near && (noun + 1 < ATTENDEES.len() || of_meeting(doc, &sentence) || !joins_in(doc, end))
                || noun + 1 < ATTENDEES.len() && of_meeting(doc, &sentence);
            let count = Count { value: number.whole()?, qualifier: number.qualifier };
            // Đại hội sẽ diễn ra ..., với sự tham dự của 450 đại biểu: it is still to come
            if (sentence.start..number.start).any(|i| doc.key(i) == "sẽ" || doc.reads(i, &["dự", "kiến"])) {
                return None;
            }
            // đại diện ...; các tập thể và 150 cán bộ, hội viên: the last of a list of guests
            let last = noun >= 2
                && matches!(doc.before(number.start), "và" | ";")
                && (sentence.start..number.start).any(|i| doc.key(i) == ";");
            // 32/35 đại biểu HĐND huyện: a council's members; 70 đại biểu các bộ; 3.800 đại biểu các xã: no sum is told
            let council = slash && matches!(doc.key(end + 2), "hđnd" | "hội");
            if council || parted(doc, &sentence, number.start, end) {
                return None;
            }
            // giao lưu 02 cán bộ; lớp A (với 64 học viên); kết quả: ...; thu hút 2.000 hội viên; ...: not all who are there
            let few = noun >= 1 && number.whole()? < 10;
            let aside = noun >= 1 && doc.before(number.start) == "với" && doc.back(number.start, 2) == "(";
            let results = noun >= 2
                && sentence.clone().filter(|&i| doc.key(i) == ";").count() > 1
                && !sentence.clone().take(3).any(|i| matches!(doc.key(i), "dự" | "tham"));
            if last || few || aside || results {
                return None;
            }
            // ... lãnh đạo huyện và hơn 120 hội viên tiêu biểu; cùng hơn 250 đoàn viên: one group of guests
            let guests = noun >= 6
                && matches!(doc.before(number.start), "và" | "cùng")
                && (sentence.start..number.start).any(|i| matches!(doc.key(i), "lãnh" | "chí" | "ông" | "bà" | "đạo"));
            if guests {
                return None;
            }
            let stand_for = doc.before(number.start) == "cho" && at >= 3 && doc.back(number.start, 2) == "diện";
            (!group && !second && !stand_for && there && (noun < 2 || attends || near)).then_some((count, at))
        })
    })
}

/// `70 đại biểu các bộ; 3.800 đại biểu các xã`: whether those who were there are counted in parts, none within the other.
fn parted(doc: &Doc, sentence: &Range<usize>, start: usize, end: usize) -> bool {
    let counted = |i: usize| quantity(doc, i).filter(|number| doc.reads(number.end, &["đại", "biểu"]));
    let item = |number: &super::numbers::Quantity| doc.before(number.start) == ";";
    let within = |i: usize| matches!(doc.key(i), "gồm" | ":" | "(") || doc.reads(i, &["trong", "đó"]);
    let next = (end..sentence.end).find_map(|i| counted(i).filter(item));
    let part = next.is_some_and(|next| !(end..next.start).any(within));
    part || doc.before(start) == ";" && (sentence.start..start).any(|i| counted(i).is_some())
}

/// `... tổ chức tập huấn công tác Mặt trận | cho 150 học viên`: right behind the meeting's name.
pub fn addressed(doc: &Doc, title_end: usize) -> Option<(Count, usize)> {
    // buổi đối thoại | với trên 200 thanh niên
    let spoke_with = doc.key(title_end) == "với" && matches!(doc.before(title_end), "thoại" | "gỡ" | "mặt");
    if doc.key(title_end) != "cho" && !spoke_with {
        return None;
    }
    let at = title_end + 1 + usize::from(matches!(doc.key(title_end + 1), "hơn" | "gần" | "trên" | "khoảng"));
    let number = quantity(doc, at)?;
    let people =
        ATTENDEES.iter().any(|noun| doc.reads(number.end, noun)) || doc.reads(number.end, &["vị", "đại", "biểu"]);
    let count = Count { value: number.whole()?, qualifier: number.qualifier };
    people.then_some((count, at))
}

/// Whether a number stands right before a word: `213 | lớp`.
fn counted_before(doc: &Doc, at: usize) -> bool {
    at.checked_sub(1).and_then(|i| doc.tokens.get(i)).is_some_and(|t| t.kind == TokenKind::Number)
}

/// `người tham gia ...`, which may be in a scheme as well as at a meeting.
fn joins_in(doc: &Doc, end: usize) -> bool {
    (end..end + 5).any(|i| doc.reads(i, &["tham", "gia"]))
}

/// Whether a sentence speaks of a meeting.
fn of_meeting(doc: &Doc, sentence: &Range<usize>) -> bool {
    let opens = ["dự", "tham dự", "đến dự", "đến tham dự", "tới dự", "về dự", "cùng dự", "với sự"];
    opens.iter().any(|w| super::task_text::phrase(doc, sentence.start, w))
        || sentence.clone().any(|i| super::titles::head_at(doc, i, sentence.end).is_some())
}

/// `hơn 300 người tham dự`, `thu hút 500 người`, `với sự tham gia của 80 người`: people who were there.
fn present(doc: &Doc, sentence: &Range<usize>, at: usize, end: usize) -> bool {
    let behind = (end..sentence.end.min(end + 4))
        .any(|i| matches!(doc.key(i), "dự") || doc.reads(i, &["tham", "gia"]) || doc.reads(i, &["có", "mặt"]));
    let before = doc.before(at) == "của" && at >= 3 && matches!(doc.back(at, 2), "gia" | "dự" | "mặt");
    // Hơn 90 nhà nghiên cứu, nghệ nhân tham dự.
    let meeting = |i: usize| super::titles::head_at(doc, i, sentence.end).is_some();
    let attends = |i: usize| doc.reads(i, &["tham", "dự"]) && meeting(i + 2);
    let ends = || (sentence.end.saturating_sub(6)..sentence.end).any(attends);
    // Hơn 20 nhà quản lý, nghiên cứu và nghệ nhân biết nghề tham dự hội thảo.
    let of_meeting = at <= sentence.start + 1 && sentence.len() < 40 && ends();
    let whole = at <= sentence.start + 1
        && sentence.len() < 16
        && (doc.reads(sentence.end.saturating_sub(3), &["tham", "dự"])
            || doc.reads(sentence.end.saturating_sub(3), &["tham", "gia"]));
    // Có 90 người là cán bộ các ban, ngành ... tham dự.
    let all = doc.key(sentence.start) == "có"
        && at <= sentence.start + 2
        && sentence.len() < 50
        && (doc.reads(sentence.end.saturating_sub(3), &["tham", "dự"])
            || doc.reads(sentence.end.saturating_sub(3), &["tham", "gia"]));
    all || whole || of_meeting || behind || before || doc.reads_before(at, &["thu", "hút"])
}
