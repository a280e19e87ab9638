//! Whose meeting it is, and in which province.

use std::ops::Range;

use chrono::NaiveDate;

use super::holders::Holders;
use super::level_words::WORDS;
use super::titles::Candidate;
use crate::domain::{MeetingKind, MeetingLevel, ProvinceId, province_named};
use crate::extract::lexicon::Place;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

fn words_in(doc: &Doc, range: &Range<usize>, phrase: &str) -> bool {
    let words: Vec<&str> = phrase.split(' ').collect();
    // thông tấn xã, hợp tác xã, xã hội are no communes
    let commune =
        |i: usize| words != ["xã"] || !matches!(doc.before(i), "tấn" | "tác" | "thị") && doc.key(i + 1) != "hội";
    // Đảng bộ, cán bộ, toàn bộ: no ministry
    let ministry = |i: usize| {
        words != ["bộ"] || !matches!(doc.before(i), "đảng" | "cán" | "chi" | "nội" | "toàn" | "tiến" | "đồng" | "cục")
    };
    // hội trường, họp báo, báo cáo: no association, no paper
    let ordinary = |i: usize| match phrase {
        "hội" => {
            matches!(doc.key(i + 1), "trường" | "nghị" | "thảo" | "thi" | "diễn" | "viên")
                || matches!(doc.before(i), "lễ" | "cơ" | "xã" | "đại" | "ngày" | "vũ")
        }
        // tại TP. Vinh: where, not whose
        "tp" | "thành phố" => matches!(doc.before(i), "tại" | "ở"),
        "trường" => matches!(doc.before(i), "hội" | "quảng" | "thị" | "môi" | "hiện"),
        "báo" => {
            matches!(doc.before(i), "họp" | "thông" | "cảnh" | "dự" | "tin") || matches!(doc.key(i + 1), "cáo" | "chí")
        }
        _ => false,
    };
    // Ủy viên Ban Chấp hành Trung ương Đảng: someone's rank, not whose meeting it is
    let rank = |i: usize| {
        phrase == "trung ương"
            && (i.saturating_sub(6)..i).any(|j| doc.key(j) == "viên" && matches!(doc.before(j), "ủy" | "thành"))
    };
    // trên địa bàn huyện, cán bộ cấp xã, các xã: whom it is about
    let about = |i: usize| {
        // các phòng giao dịch của 18 huyện
        let counted = matches!(phrase, "huyện" | "quận" | "xã" | "phường")
            && i.checked_sub(1)
                .and_then(|b| doc.tokens.get(b))
                .is_some_and(|t| t.kind == TokenKind::Number && t.key.len() <= 3);
        counted
            || matches!(doc.before(i), "bàn" | "cấp" | "các" | "mỗi" | "từng" | "với")
            || doc.before(i) == "tuyến" && doc.before(i.saturating_sub(1)) != "trực"
    };
    // T.Ư; T.Ư Đoàn is a union's own
    if phrase == "trung ương"
        && range.clone().any(|i| {
            i + 3 <= range.end
                && doc.reads(i, &["t", ".", "ư"])
                && !rank(i)
                && !matches!(doc.key(i + 3), "đoàn" | "hội")
        })
    {
        return true;
    }
    range.clone().any(|i| {
        i + words.len() <= range.end
            && doc.reads(i, &words)
            && commune(i)
            && ministry(i)
            && !rank(i)
            && !about(i)
            && !ordinary(i)
    })
}

/// The level of a meeting: by its name (`toàn quốc`), else by who holds it, else by who chairs it in the same
/// sentence.
pub fn level(doc: &Doc, c: &Candidate, organizers: &[Range<usize>]) -> Option<MeetingLevel> {
    let opening = c.title.start..c.title.end.min(c.title.start + 12);
    // phong trào “Cả nước chung sức ...”: what a movement is called
    let whole = opening.clone().any(|i| doc.reads(i, &["cả", "nước"]) && doc.before(i) != "\"");
    // Lễ tổng kết và trao giải thưởng Hội thi Tin học trẻ toàn quốc
    let contest = c.title.clone().any(|i| {
        doc.reads(i, &["toàn", "quốc"])
            && (c.title.start..i).any(|j| doc.key(j) == "thi" && matches!(doc.before(j), "hội" | "cuộc"))
    });
    let nationwide =
        contest || whole || ["toàn quốc", "báo cáo viên trung ương"].iter().any(|words| words_in(doc, &opening, words));
    // Đại hội đại biểu toàn quốc Hội Sinh vật cảnh Việt Nam: an association's own
    let association = c.title.clone().any(|i| {
        let union = matches!(doc.key(i + 3), "phụ" | "nông" | "cựu" | "liên" | "người" | "chữ");
        doc.reads(i, &["toàn", "quốc", "hội"]) && !union && !matches!(doc.key(i + 3), "nghị" | "đồng")
    });
    if nationwide && association && doc.reads(c.title.start, &["đại", "hội"]) {
        return Some(MeetingLevel::Institutional);
    }
    if nationwide {
        return Some(MeetingLevel::National);
    }
    let by = |range: &Range<usize>| {
        // Khối thi đua các hội đặc thù tỉnh A: the province's
        if doc.key(range.start + 1) == "thi" && range.clone().any(|i| doc.key(i) == "tỉnh" && doc.before(i) != "các")
        {
            return Some(MeetingLevel::Provincial);
        }
        // Viện Pasteur thành phố Hồ Chí Minh
        let institute = doc.key(range.start) == "viện" && !matches!(doc.key(range.start + 1), "kiểm" | "ksnd");
        if society(doc, range) || institute {
            return Some(MeetingLevel::Institutional);
        }
        // Hội Nhà báo Thái Bình, Liên đoàn Lao động Bạc Liêu
        if matches!(doc.key(range.start), "hội" | "liên" | "đoàn") && of_a_province(doc, range) {
            return Some(MeetingLevel::Provincial);
        }
        let (word, level) = WORDS.iter().find(|(word, _)| words_in(doc, range, word))?;
        // UBND TP. Vinh: a city of a province
        let town = |i: usize| matches!(super::names::place_at(doc, i), Some((_, Some(Place::District(_)))));
        if matches!(*word, "thành phố" | "tp") && range.clone().any(|i| matches!(doc.key(i), "thành" | "tp") && town(i))
        {
            return Some(MeetingLevel::District);
        }
        // xã Phú Linh huyện Vị Xuyên: the smaller place comes first
        let district = range.clone().find(|&i| doc.key(i) == "huyện").unwrap_or(range.end);
        let commune = ["xã", "phường", "thị trấn"].iter().any(|word| words_in(doc, &(range.start..district), word));
        Some(if *level == MeetingLevel::District && commune { MeetingLevel::Commune } else { *level })
    };
    let visitors = || by(&(c.sentence.start..c.title.start)).filter(|_| c.head.kind == MeetingKind::WorkingSession);
    // Trung tâm Khuyến nông (Sở Nông nghiệp và Môi trường): the parent's
    let parent = |body: &Range<usize>| {
        let close = (body.end..doc.tokens.len().min(body.end + 14)).find(|&i| doc.key(i) == ")")?;
        let body = super::offices::body_at(doc, body.end + 1, close).filter(|_| doc.key(body.end) == "(")?;
        by(&body)
    };
    // hội nghị trực tuyến của Chính phủ về ..., wherever it is followed
    let of = (opening.start..opening.start + 7).find(|&i| doc.key(i) == "của");
    let its = of.and_then(|i| super::offices::body_at(doc, i + 1, c.title.end)).and_then(|body| by(&body));
    if its == Some(MeetingLevel::National) {
        return its;
    }
    let held = organizers.first().and_then(|body| parent(body).or_else(|| local(doc, body)).or_else(|| by(body)));
    // Tổ chức Y tế thế giới và Viện Pasteur: by whichever tells
    let held = held.or_else(|| organizers.iter().skip(1).find_map(&by)).or_else(visitors);
    if held.is_none() && a_ministers(doc, c) {
        return Some(MeetingLevel::National);
    }
    held.or_else(|| {
        by(&c.title)
            .filter(|level| matches!(level, MeetingLevel::Provincial | MeetingLevel::District | MeetingLevel::Commune))
    })
    .or_else(|| words_in(doc, &c.title, "cụm thi đua").then_some(MeetingLevel::Institutional))
    .or_else(|| by(&(behind_permission(doc, c.sentence.start)..c.title.start)))
    .or_else(|| at_a_press_conference(doc, c))
    // Hội thi Tin học trẻ TP. Hồ Chí Minh
    .or_else(|| {
        let contest = c.title.clone().any(|i| doc.key(i) == "thi" && matches!(doc.before(i), "hội" | "cuộc"));
        (contest && named(doc, &c.title, None).is_some()).then_some(MeetingLevel::Provincial)
    })
    // Ban Tổ chức Festival Ninh Bình
    .or_else(|| {
        organizers
            .first()
            .filter(|body| doc.key(body.start) == "ban" && named(doc, body, None).is_some())
            .map(|_| MeetingLevel::Provincial)
    })
}

/// Behind whoever allowed or told somebody to meet: `Được sự cho phép của Đảng ủy xã, | chi bộ ...`, `Thực hiện Công văn số 5
/// của Sở, | ...`.
pub fn behind_permission(doc: &Doc, start: usize) -> usize {
    let opens = doc.reads(start, &["được", "sự"]) || doc.reads(start, &["thực", "hiện"]) || doc.key(start) == "theo";
    let comma = doc.sentence_of(start).take(60).find(|&i| doc.key(i) == ",").filter(|_| opens);
    comma.map_or(start, |comma| comma + 1)
}

/// `Hội Làm vườn tỉnh`, `Hội Người cao tuổi huyện`: an association, whose meeting is its own. Unions that are a part of
/// politics (`Hội Nông dân tỉnh`) belong to their place.
fn society(doc: &Doc, body: &Range<usize>) -> bool {
    let union = matches!(
        doc.key(body.start + 1),
        "nông"
            | "phụ"
            | "liên"
            | "lhpn"
            | "lhtn"
            | "nd"
            | "cựu"
            | "ccb"
            | "nhà"
            | "chữ"
            | "đồng"
            | "nghị"
            | "sinh"
            | "thi"
            | "trường"
            | "thề"
            | "thảo"
    );
    doc.key(body.start) == "hội" && doc.tokens.get(body.start).is_some_and(|t| t.capital) && body.len() > 2 && !union
}

/// Whether a minister or a higher one chairs before the name of a conference to which other places are connected: the whole
/// country's, where nobody is said to hold it.
fn a_ministers(doc: &Doc, c: &Candidate) -> bool {
    let before = c.sentence.start..c.title.start;
    let minister = before.clone().any(|i| {
        doc.reads(i, &["bộ", "trưởng"]) && !matches!(doc.before(i), "cán" | "nguyên") || doc.reads(i, &["thủ", "tướng"])
    });
    let chairs = before.clone().any(|i| doc.reads(i, &["chủ", "trì"]));
    let online = c.title.clone().any(|i| doc.reads(i, &["trực", "tuyến"]));
    minister && chairs && online
}

/// Whose press conference it is, where nobody is said to hold it: those who lead the province answer.
fn at_a_press_conference(doc: &Doc, c: &Candidate) -> Option<MeetingLevel> {
    let from = doc.sentences.partition_point(|s| s.start < c.sentence.start);
    let near = doc.sentences.iter().skip(from).take(5).filter(|_| c.head.kind == MeetingKind::PressConference);
    let led = |i: usize| doc.reads(i, &["ubnd", "tỉnh"]) || doc.reads(i, &["ủy", "ban", "nhân", "dân", "tỉnh"]);
    near.flat_map(Clone::clone).any(led).then_some(MeetingLevel::Provincial)
}

/// Whether a body's name ends in a province's: `Hội Nhà báo Thái Bình`.
fn of_a_province(doc: &Doc, body: &Range<usize>) -> bool {
    body.clone().skip(2).any(|i| {
        super::names::place_at(doc, i)
            .is_some_and(|(len, place)| i + len == body.end && matches!(place, Some(Place::Province(_))))
    })
}

/// The province whose name a range holds.
fn named(doc: &Doc, range: &Range<usize>, date: Option<NaiveDate>) -> Option<ProvinceId> {
    range.clone().find_map(|i| {
        let (_, place) = super::names::place_at(doc, i)?;
        match place? {
            // tư tưởng Hồ Chí Minh: the man; TP. Hồ Chí Minh: the city
            Place::Province("Hồ Chí Minh")
                if doc.key(i) == "hồ" && !matches!(doc.before(i), "phố" | "tp" | "." | "ủy" | "đoàn") =>
            {
                None
            }
            Place::Province(name) => province_named(name, date),
            Place::District(_) => None,
        }
    })
}

/// The one province that the whole report speaks of, as a province's (`Tỉnh ủy Lào Cai`, `tỉnh Đồng Tháp`): a local
/// meeting is held there. None where it names two.
fn spoken_of(doc: &Doc, date: Option<NaiveDate>) -> Option<ProvinceId> {
    let mut only: Option<ProvinceId> = None;
    for i in doc.paragraphs.iter().flat_map(|p| p.tokens.clone()) {
        let head = matches!(doc.key(i), "tỉnh" | "thành" | "đô");
        let at = i + 1 + usize::from(matches!(doc.key(i + 1), "ủy" | "phố" | "đoàn"));
        let Some((_, Some(Place::Province(name)))) = head.then(|| super::names::place_at(doc, at)).flatten() else {
            continue;
        };
        let Some(found) = province_named(name, date) else { continue };
        if only.is_some_and(|known| known != found) {
            return None;
        }
        only = Some(found);
    }
    only
}

/// The level that a union's name tells where it stands again in full: `Hội Nông dân đã tổ chức ...`, and above it `Hội
/// Nông dân tỉnh`.
fn local(doc: &Doc, body: &Range<usize>) -> Option<MeetingLevel> {
    if !matches!(doc.key(body.start), "hội" | "đoàn" | "công" | "liên" | "ủy" | "mặt") {
        return None;
    }
    let words: Vec<&str> = body.clone().map(|i| doc.key(i)).collect();
    let top = doc.paragraphs.iter().take(4).flat_map(|p| p.tokens.clone());
    let mut ends = top.filter(|i| doc.reads(*i, &words)).map(|i| i + words.len());
    ends.find_map(|end| match doc.key(end) {
        "tỉnh" => Some(MeetingLevel::Provincial),
        "huyện" | "quận" => Some(MeetingLevel::District),
        "xã" | "phường" => Some(MeetingLevel::Commune),
        _ => None,
    })
}

/// The words behind a body's name where it stands again, and a place follows: `Sở Thông tin ... tổ chức`, and then `Sở
/// Thông tin ... Hải Phòng`.
fn named_elsewhere(doc: &Doc, body: &Range<usize>) -> Option<Range<usize>> {
    let words: Vec<&str> = body.clone().map(|i| doc.key(i)).collect();
    let again = |i: &usize| doc.reads(*i, &words) && !body.contains(i);
    let ends = doc.paragraphs.iter().flat_map(|p| p.tokens.clone()).filter(again).map(|i| i + words.len());
    ends.map(|end| end..end + 1).find(|next| super::names::place_at(doc, next.start).is_some())
}

/// The province of the body whose meeting it is, or that its name has; nothing for a meeting of the whole country.
pub fn province(
    doc: &Doc,
    c: &Candidate,
    held_by: &Holders,
    level: Option<MeetingLevel>,
    date: Option<NaiveDate>,
) -> Option<ProvinceId> {
    let named = |range: &Range<usize>| named(doc, range, date);
    // thăm và làm việc với Công an tỉnh Hà Giang: where whoever is visited is
    if level == Some(MeetingLevel::Institutional) && c.head.kind == MeetingKind::WorkingSession {
        let visited = c.title.clone().find(|&i| matches!(doc.key(i), "tỉnh" | "phố") && i + 1 < c.title.end);
        return visited.and_then(|i| named(&(i + 1..i + 2)));
    }
    // Hội Văn nghệ Tiền Giang: in whose name it stands
    let own = held_by.organizers.first().filter(|body| society(doc, body)).and_then(&named);
    if own.is_some() {
        return own;
    }
    if level == Some(MeetingLevel::National) || level == Some(MeetingLevel::Institutional) {
        return None;
    }
    // UBND huyện Hải Hậu (tỉnh Nam Định); Đảng ủy xã Tân Phú, tỉnh Tây Ninh
    let beside = |body: &Range<usize>| {
        matches!(doc.key(body.end), "(" | ",").then(|| named(&(body.end + 1..body.end + 2))).flatten()
    };
    // cuộc họp ... về cao tốc Hạ Long - Hải Phòng: words that describe it, not whose it is
    let of_place =
        || c.title.clone().any(|i| matches!(doc.key(i), "tỉnh" | "phố" | "tp") && named(&(i + 1..i + 3)).is_some());
    let bodies = held_by.organizers.iter().chain(&held_by.partners);
    bodies
        .clone()
        .find_map(|body| named(body).or_else(|| beside(body)))
        .or_else(|| named(&c.title).filter(|_| !c.head.weak || of_place()))
        .or_else(|| bodies.clone().find_map(|body| named_elsewhere(doc, body).and_then(|place| named(&place))))
        .or_else(|| {
            (c.head.kind == MeetingKind::WorkingSession).then(|| named(&(c.sentence.start..c.title.start))).flatten()
        })
        .or_else(|| level.and_then(|_| spoken_of(doc, date)))
}
