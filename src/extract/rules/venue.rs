//! Where a meeting is held and in which form.

use std::ops::Range;

use chrono::NaiveDate;

use super::names::place_at;
use super::titles::Candidate;
use crate::domain::{MeetingLevel, ProvinceId, province_named};
use crate::extract::lexicon::{Place, lexicon};
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// The place of the main meeting.
#[derive(Debug, Default)]
pub struct Venue {
    /// As written.
    pub name: Option<String>,
    /// Its province, where the place is one or is said to lie in one.
    pub province: Option<ProvinceId>,
    /// The sentence that says so.
    pub sentence: Option<Range<usize>>,
}

/// The place that the naming sentence gives, or a sentence soon after it that speaks of the meeting's form.
pub fn venue(doc: &Doc, c: &Candidate, date: Option<NaiveDate>) -> Venue {
    let first = doc.sentences.iter().position(|s| s.start >= c.sentence.start).unwrap_or(0);
    for sentence in doc.sentences.iter().skip(first).take(6) {
        let own = *sentence == c.sentence;
        if !own && !about_meeting(doc, sentence) {
            continue;
        }
        // Lễ khai mạc sẽ diễn ra vào ... tại Quảng trường: another event, still to come
        if !own && sentence.clone().any(|i| doc.key(i) == "sẽ") {
            continue;
        }
        // diễn ra hôm qua (10/2) ở Hà Nội
        let near = |i: usize| doc.reads_before(i, &["diễn", "ra"]) || doc.before(i) == ")" || digits(doc, i);
        let at_province = |i: usize| near(i) && province_at(doc, i + 1, date).is_some();
        for at in sentence.clone().filter(|&i| doc.key(i) == "tại" || doc.key(i) == "ở" && at_province(i)) {
            // để đánh giá ... và triển khai ... tại Phòng họp UBND xã.
            let last = || {
                matches!(doc.key(c.title.end), "để" | "nhằm")
                    && matches!(
                        doc.key(at + 1),
                        "trụ" | "hội" | "nhà" | "trung" | "phòng" | "khách" | "quảng" | "cung" | "sân"
                    )
                    && place_end(doc, at + 1, sentence.end) + 1 >= sentence.end
            };
            // named in the heading: the sentence is all about it
            let above = c.title.end <= c.sentence.start;
            // buổi làm việc tại huyện A để khảo sát ...
            let gap = || super::titles::audience(doc, at, c.title.end).is_some();
            if own
                && (c.title.contains(&at) && !gap() || !above && !c.title.contains(&at) && far(doc, c, at) && !last())
            {
                continue;
            }
            // tại Lễ hội văn hóa ...: an event
            let event = doc.reads(at + 1, &["lễ", "hội"]) || doc.reads(at + 1, &["hội", "thi"]);
            if let Some((range, province)) = place_behind(doc, at + 1, sentence.end, date).filter(|_| !event) {
                // Hiệp hội ... tại Thành phố Hồ Chí Minh (JCCH) tổ chức: the seat of whoever holds it
                let behind = super::office_marks::aside(doc, range.end, sentence.end).unwrap_or(range.end);
                let seat = doc.reads(behind, &["tổ", "chức"]) || doc.reads(behind, &["phối", "hợp"]);
                if seat {
                    continue;
                }
                let province = province.or_else(|| around(doc, c, range.end, sentence.end, date));
                return Venue { name: Some(doc.clean(range)), province, sentence: Some(sentence.clone()) };
            }
        }
    }
    Venue::default()
}

/// The province of a place that does not name it: `Mở lớp tập huấn ... tại Nam Định`, in the heading that the meeting's name
/// stands in; `tại thành phố A và tại huyện B, tỉnh C`.
fn around(doc: &Doc, c: &Candidate, from: usize, limit: usize, date: Option<NaiveDate>) -> Option<ProvinceId> {
    let above = c.title.end <= c.sentence.start && doc.key(c.title.end) == "tại";
    let named = |at: usize| match place_at(doc, at)? {
        (_, Some(Place::Province(name))) => province_named(name, date),
        _ => None,
    };
    let behind = || {
        let at = (from..limit.min(from + 16)).find(|&i| doc.key(i) == "tỉnh" && doc.before(i) == ",")?;
        let places = (from..at).any(|i| doc.key(i) == "tại" && matches!(doc.key(i + 1), "huyện" | "thành" | "thị"));
        named(at + 1).filter(|_| places)
    };
    above.then(|| named(c.title.end + 1)).flatten().or_else(behind)
}

/// The place of the main one of connected sites: `tại điểm cầu chính Nhà Quốc hội`; `điểm cầu Hà Nội` of a meeting of the
/// whole country.
pub fn main_site(doc: &Doc, level: Option<MeetingLevel>, date: Option<NaiveDate>) -> Option<Venue> {
    let national = level == Some(MeetingLevel::National);
    doc.sentences.iter().take(12).find_map(|sentence| {
        sentence.clone().find_map(|at| {
            if doc.key(at + 1) != "cầu" || !matches!(doc.key(at), "điểm" | "đầu") {
                return None;
            }
            let main = usize::from(doc.key(at + 2) == "chính")
                + 2 * usize::from(doc.reads(at + 2, &["trung", "tâm"]) || doc.reads(at + 2, &["trung", "ương"]));
            let live = at > sentence.start + 2 && doc.reads_before(at, &["trực", "tiếp", "tại"]);
            let behind = at + 2 + main;
            let place = (behind..behind + 3)
                .find(|&i| !matches!(doc.key(i), "tại" | "đặt" | "ở" | "là" | "(" | ":"))
                .unwrap_or(behind);
            let seat = national
                && (doc.reads(place, &["hà", "nội"])
                    || doc.reads(place, &["trụ", "sở", "chính", "phủ"])
                    || doc.reads(place, &["văn", "phòng", "chính", "phủ"])
                    || doc.reads(place, &["nhà", "quốc", "hội"]));
            if main == 0 && !live && !seat {
                return None;
            }
            let (range, province) = place_behind(doc, place, sentence.end, date)
                .or_else(|| live.then(|| super::offices::body_at(doc, place, sentence.end).map(|b| (b, None)))?)?;
            Some(Venue { name: Some(doc.clean(range)), province, sentence: Some(sentence.clone()) })
        })
    })
}

/// Whether a place behind the meeting's name belongs to something else that the sentence goes on to tell.
fn far(doc: &Doc, c: &Candidate, at: usize) -> bool {
    let between = c.title.end..at;
    let held = |i: usize| doc.reads(i, &["diễn", "ra"]) || doc.reads(i, &["tổ", "chức"]) || doc.key(i) == ",";
    at > c.title.end + 12 && !(at.saturating_sub(8)..at).any(held) || between.clone().any(|i| doc.key(i) == "tại")
}

/// `Hội nghị được tổ chức ...`, `Lễ ... diễn ra ...`, `Từ điểm cầu chính ...`.
pub fn about_meeting(doc: &Doc, sentence: &Range<usize>) -> bool {
    let opens = (sentence.start..sentence.start + 3)
        .any(|i| super::titles::head_at(doc, i, sentence.end).map(|(len, _)| len).is_some());
    let form = sentence.clone().any(|i| {
        doc.reads(i, &["tổ", "chức"])
            || doc.reads(i, &["hình", "thức"])
            || doc.reads(i, &["diễn", "ra"])
            || connects(doc, i)
    });
    let main = sentence
        .clone()
        .any(|i| doc.reads(i, &["điểm", "cầu", "chính"]) || doc.reads(i, &["điểm", "cầu", "trung", "ương"]));
    opens && form || main && sentence.clone().any(|i| doc.key(i) == "đặt")
}

/// `kết nối trực tuyến`, `truyền trực tuyến tới`
pub fn connects(doc: &Doc, at: usize) -> bool {
    doc.reads(at, &["nối", "trực", "tuyến"]) || doc.reads(at, &["truyền", "trực", "tuyến"])
}

/// Acts, which say where something is written, not where it took place.
const ACTS: [&[&str]; 8] = [
    &["quyết", "định"],
    &["nghị", "quyết"],
    &["kế", "hoạch"],
    &["chỉ", "thị"],
    &["công", "văn"],
    &["thông", "báo"],
    &["kết", "luận"],
    &["nghị", "định"],
];

/// First syllables of words for a place that is no name yet: `trụ sở`, `hội trường`, `nhà văn hóa`, `sân vận động`.
const HALLS: [&str; 41] = [
    "trụ",
    "hội",
    "nhà",
    "trung",
    "khách",
    "phòng",
    "khu",
    "quảng",
    "cung",
    "bảo",
    "thư",
    "trường",
    "sân",
    "thành",
    "tỉnh",
    "huyện",
    "thị",
    "xã",
    "văn",
    "phường",
    "quận",
    "thôn",
    "bản",
    "làng",
    "ấp",
    "xóm",
    "đền",
    "đình",
    "chùa",
    "công",
    "tòa",
    "vườn",
    "bệnh",
    "đồn",
    "doanh",
    "phố",
    "tiền",
    "đài",
    "cổng",
    "bến",
    "rạp",
];

/// One past the words of a place: up to the next mark or verb.
fn place_end(doc: &Doc, at: usize, limit: usize) -> usize {
    let mut end = at;
    while end < limit {
        let here = doc.slice(end..limit);
        if let Some((len, _)) = place_at(doc, end) {
            end += len;
            continue;
        }
        // Trung tâm Văn hóa, Thể thao và Học tập cộng đồng
        if let Some(len) = lexicon().named_bodies.len_at(here).filter(|_| end > at) {
            end += len;
            continue;
        }
        let Some(token) = here.first() else { break };
        // TP. Nha Trang
        let short = token.key == "." && end > at && matches!(doc.before(end), "tp" | "tx" | "tt");
        let stop = token.kind == TokenKind::Mark && token.key != "-" && !short
            || matches!(
                token.key.as_str(),
                "và" | "với"
                    | "do"
                    | "cho"
                    | "từ"
                    | "để"
                    | "có"
                    | "nhằm"
                    | "sáng"
                    | "chiều"
                    | "ngày"
                    | "kết"
                    | "dưới"
                    | "ở"
                    | "theo"
                    | "bằng"
            )
            || !token.capital && super::offices::verb_at(doc, end, limit).is_some()
            || !token.capital
                && (doc.reads(end, &["tổ", "chức"]) || matches!(token.key.as_str(), "đã" | "diễn" | "vừa"))
            || !token.capital && doc.reads(end, &["phối", "hợp"])
            || end > at && super::mentions::mention_at(doc, end, limit, false).is_some();
        // hội trường Mặt trận và Khối đoàn thể, Hội A tổ chức ...
        let shared = token.key == "và"
            && matches!(doc.key(at), "hội" | "trụ" | "phòng" | "nhà")
            && doc.tokens.get(end + 1).is_some_and(|t| t.capital)
            && (end + 2..limit.min(end + 8))
                .any(|i| doc.key(i) == "," && doc.tokens.get(i + 1).is_some_and(|t| t.capital));
        if shared {
            end += 2;
            continue;
        }
        // Quảng trường Nguyễn Tất Thành: named after somebody
        if let Some(len) = namesake(doc, at, end, limit) {
            end += len;
            continue;
        }
        if stop {
            break;
        }
        end += 1;
    }
    end
}

/// The place behind `tại`, up to the next mark or verb; none where it is the meeting itself or a connected site.
fn place_behind(
    doc: &Doc,
    at: usize,
    limit: usize,
    date: Option<NaiveDate>,
) -> Option<(Range<usize>, Option<ProvinceId>)> {
    let rest = doc.slice(at..limit);
    let hall = HALLS.contains(&doc.key(at));
    let act = ACTS.iter().any(|a| doc.reads(at, a));
    let meeting = act || super::titles::head_at(doc, at, limit).is_some_and(|_| !doc.reads(at, &["hội", "trường"]));
    if meeting
        || doc.reads(at, &["điểm", "cầu"])
        || doc.reads(at, &["đầu", "cầu"])
        || !(hall || rest.first().is_some_and(|t| t.capital))
    {
        return None;
    }
    let end = place_end(doc, at, limit);
    // địa bàn tỉnh ..., địa phương: no venue; a place needs a name
    let building =
        [&["trụ", "sở"], &["hội", "trường"], &["nhà", "văn"], &["nhà", "lồng"], &["sân", "vận"], &["khách", "sạn"]];
    let owned = end > at + 1
        && building.iter().any(|b| doc.reads(at, *b))
        && (2..7).contains(&(end - at))
        && !doc.reads(end, &["của"])
        || hall
            && end > at + 1
            && matches!(
                doc.key(end.saturating_sub(1)),
                "tỉnh" | "huyện" | "xã" | "phố" | "phường" | "quận" | "sở" | "chính"
            );
    if end == at
        || doc.reads(at, &["việt", "nam"])
        || !owned && !doc.slice(at..end).iter().any(|t| t.capital || t.kind == TokenKind::Number)
    {
        return None;
    }
    let province = whole_province(doc, at..end, date).or_else(|| {
        // Trung tâm Hội nghị tỉnh Thanh Hóa; trụ sở Bộ Ngoại giao (Hà Nội); hội trường ... (thành phố Vị Thanh, tỉnh
        // Hậu Giang); Nhà hát Lớn, Hà Nội
        let inside = (at..end).find_map(|i| matches!(doc.key(i), "tỉnh").then(|| province_at(doc, i, date)).flatten());
        let close = (end..limit.min(end + 14)).find(|&i| doc.key(i) == ")");
        let beside = match (doc.key(end), close) {
            ("(", Some(close)) => (end + 1..close).find_map(|i| province_at(doc, i, date)),
            ("," | "(" | "ở", _) => province_at(doc, end + 1, date),
            _ => None,
        };
        inside.or(beside)
    });
    Some((at..end, province))
}

/// Whether a number stands before a token.
fn digits(doc: &Doc, at: usize) -> bool {
    doc.token_back(at, 1).is_some_and(|t| t.kind == TokenKind::Number)
}

/// The name of somebody right behind the words for a place, without form of address or office: the place's name.
fn namesake(doc: &Doc, at: usize, end: usize, limit: usize) -> Option<usize> {
    let place = matches!(
        doc.before(end),
        "trường" | "viên" | "hóa" | "đường" | "phố" | "học" | "sạn" | "thờ" | "niệm" | "hội" | "tướng" | "cầu"
    );
    let (mention, _) =
        super::mentions::mention_at(doc, end, limit, false).filter(|_| place && end > at && end < at + 6)?;
    (mention.name.start == end && mention.positions.is_empty()).then(|| mention.name.len())
}

fn whole_province(doc: &Doc, range: Range<usize>, date: Option<NaiveDate>) -> Option<ProvinceId> {
    let (len, place) = place_at(doc, range.start)?;
    place.filter(|_| len == range.len()).and_then(|place| of_place(place, date))
}

fn province_at(doc: &Doc, at: usize, date: Option<NaiveDate>) -> Option<ProvinceId> {
    of_place(place_at(doc, at)?.1?, date)
}

/// The province that a place is. A town's is not guessed.
fn of_place(place: Place, date: Option<NaiveDate>) -> Option<ProvinceId> {
    match place {
        Place::Province(name) => province_named(name, date),
        Place::District(_) => None,
    }
}
