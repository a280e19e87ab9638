//! Where a meeting's name ends: before its time, place, form, purpose or company.

use super::titles::LONGEST;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// Where a meeting's name ends: at the sentence's end, or where its time, place, form, purpose or company begin.
pub fn title_end(doc: &Doc, from: usize, limit: usize, session: bool) -> usize {
    let limit = limit.min(from + LONGEST);
    let mut at = from;
    let mut quoted = false;
    while at < limit {
        if let Some(close) = topic(doc, from, at, limit) {
            return close;
        }
        // Hội thảo: “...”; hội nghị lần thứ hai để đánh giá ...: without it, nothing says what it is about
        let theme = doc.key(at) == ":" && doc.key(at + 1) == "\"" && at <= from + 3;
        let bare = at == from && doc.before(at) == "họp";
        let aim = matches!(doc.key(at), "để" | "nhằm") && (doc.key(from) == "lần" && at <= from + 4 || bare);
        // Dự Hội thảo | và gần 90 nhà khoa học: who else was there
        let company = at == from
            && doc.key(at) == "và"
            && (matches!(doc.key(at + 1), "gần" | "hơn" | "trên" | "khoảng")
                || doc.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Number));
        // Đoàn tham dự Hội thảo | gồm A, ...
        if company || at == from && doc.key(at) == "gồm" {
            break;
        }
        if doc.key(at) == "\"" {
            quoted = !quoted;
        } else if !quoted && !theme && !aim && ends_here(doc, at, limit, session) {
            break;
        }
        at += 1;
    }
    while at > from && matches!(doc.before(at), "," | ";" | "." | ":" | "-" | "!" | "…" | "/" | "và" | "đã") {
        at -= 1;
    }
    at
}

/// Behind `với chủ đề: “...”`, which names a meeting that has no other name.
fn topic(doc: &Doc, from: usize, at: usize, limit: usize) -> Option<usize> {
    let names = doc.key(at) == "với"
        && at <= from + 4
        && ["chủ đề", "chuyên đề", "tên gọi", "tựa đề"].iter().any(|w| super::task_text::phrase(doc, at + 1, w));
    let open = names.then(|| (at + 3..limit.min(at + 6)).find(|&i| doc.key(i) == "\""))??;
    (open + 1..limit).find(|&i| doc.key(i) == "\"").map(|close| close + 1)
}

/// Whether the stop at `at` belongs to a degree or a rank in letters: `TS.`, `Th.S.`.
fn rank_before(doc: &Doc, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| lexicon().ranks.len_at(doc.slice(before..at + 1)) == Some(2))
}

fn ends_here(doc: &Doc, at: usize, limit: usize, session: bool) -> bool {
    let next = doc.key(at + 1);
    match doc.key(at) {
        // tiếp và làm việc với GS. A
        "." if at + 1 < limit && rank_before(doc, at) => false,
        "." | "?" | "!" => {
            !(doc.tokens.get(at + 1).is_some_and(|t| t.gap == crate::extract::text::Gap::None) && at + 1 < limit)
        }
        "(" => !closes_soon(doc, at, limit),
        // ...; tổng kết phong trào ...: what else it is held for, behind what was held
        ";" if lexicon().doings.len_at(doc.slice(at + 1..limit)).is_some() => false,
        // đối thoại giữa chính quyền với Mặt trận, các đoàn thể và Nhân dân
        "," if next == "các" && (at.saturating_sub(24)..at).any(|i| doc.key(i) == "giữa") => {
            !(at + 2..limit.min(at + 14)).any(|i| doc.key(i) == "và")
        }
        "," if acts_day(doc, at + 1) => false,
        "," | ";" => at + 1 >= limit || leaves_name(doc, at + 1, limit),
        // what a working session without a name is for describes it
        "để" | "nhằm" | "về" if session => false,
        // cuộc thi sáng tác, điều kiện tối thiểu
        "sáng" if matches!(next, "tác" | "tạo" | "kiến" | "chế" | "lập" | "suốt") => false,
        "tối" if matches!(next, "đa" | "ưu" | "thiểu" | "tân") => false,
        ":" | "vào" | "để" | "do" | "nhằm" | "dưới" | "sáng" | "chiều" | "tối" => true,
        // biểu dương những ai có đóng góp tại Lễ hội ...
        "tại" if next == "lễ" && doc.key(at + 2) == "hội" || next == "hội" && doc.key(at + 2) == "thi" => false,
        "tại" => {
            doc.tokens.get(at + 1).is_some_and(|t| t.capital)
                || matches!(
                    next,
                    "điểm"
                        | "đầu"
                        | "trụ"
                        | "hội"
                        | "nhà"
                        | "trung"
                        | "khách"
                        | "phòng"
                        | "tỉnh"
                        | "thành"
                        | "huyện"
                        | "xã"
                        | "địa"
                        | "thủ"
                )
        }
        // Lễ khai giảng đối với 02 lớp ...
        "với" if doc.before(at) == "đối" => false,
        // Hội nghị giao ban công tác biên phòng với Đại đội Biên phòng 213: who else holds it
        "với"
            if doc.tokens.get(at + 1).is_some_and(|t| t.capital)
                && (at.saturating_sub(24)..at).any(|i| doc.reads(i, &["nghị", "giao", "ban"]))
                && super::offices::body_at(doc, at + 1, limit).is_some() =>
        {
            true
        }
        "với" if session && doc.reads_before(at, &["trực", "tuyến"]) => false,
        "với" => {
            matches!(
                next,
                "sự" | "chủ" | "hơn" | "gần" | "khoảng" | "thời" | "trên" | "các" | "chuyên" | "nội" | "hình"
            ) && matches!(
                doc.key(at + 2),
                "tham" | "đề" | "góp" | "gian" | "dự" | "điểm" | "đại" | "chủ" | "hiện" | "thức" | "dung"
            ) || next.starts_with(|c: char| c.is_ascii_digit())
        }
        // Hội nghị “...” cho cán bộ ...; Hội thảo: “...” theo Quyết định số ...
        "cho" | "theo" if doc.before(at) == "\"" => true,
        // ... năm 2016 cho cán bộ các huyện
        "cho" if super::years::year_at(doc, at.saturating_sub(1)).is_some() => true,
        "cho" => matches!(next, "hơn" | "gần" | "trên" | "khoảng") || next.starts_with(|c: char| c.is_ascii_digit()),
        // Hội nghị rút kinh nghiệm diễn tập
        "diễn" => next == "ra",
        "vinh" => next == "dự",
        // cho các cựu chiến binh đã có thành tích ...
        "đã" if next == "có" && matches!(doc.key(at + 2), "thành" | "công" | "nhiều" | "đóng") => false,
        "được" | "đã" | "vừa" | "sẽ" | "thu" if doc.key(at) != "thu" || next == "hút" => true,
        "theo" if next == "quy" && doc.key(at + 2) == "chế" => true,
        // Đại hội ... trực tuyến tới 64 điểm cầu
        "trực" if next == "tuyến" && matches!(doc.key(at + 2), "tới" | "đến") => true,
        "bằng" | "theo" => next == "hình",
        "có" => {
            matches!(
                next,
                "sự" | "các"
                    | "đồng"
                    | "đại"
                    | "đông"
                    | "gần"
                    | "hơn"
                    | "trên"
                    | "khoảng"
                    | "ông"
                    | "bà"
                    | "lãnh"
                    | "mặt"
                    | "đ"
            ) || next.starts_with(|c: char| c.is_ascii_digit())
                || super::mentions::mention_at(doc, at + 1, limit, false).is_some()
        }
        "dự" => next == "kiến",
        "ngày" if acts_day(doc, at) => false,
        "ngày" => doc.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Number) && !after_code(doc, at),
        "hồi" => matches!(next, "tháng" | "đầu" | "cuối" | "năm" | "tuần"),
        // Tới dự Hội thảo quốc tế về phía Trường ... có A
        "về" => next == "phía",
        "kết" => next == "nối" && matches!(doc.key(at + 2), "tới" | "đến" | "từ" | "trực" | "với"),
        "chủ" => next == "trì",
        "phát" => next == "biểu",
        _ => false,
    }
}

/// `Nghị quyết số 18 | ngày 25/10/2017 của ...`, `Chỉ thị số 03/CT-BCA, | ngày 10/4/2009 của ...`: an act's day, and whose it is.
fn acts_day(doc: &Doc, at: usize) -> bool {
    let date = (doc.key(at) == "ngày").then(|| super::dates::date_at(doc, at)).flatten();
    let numbered = || {
        (at.saturating_sub(10)..at).any(|i| {
            doc.key(i) == "số"
                && matches!(doc.before(i), "quyết" | "thị" | "định" | "luận" | "hoạch" | "tư" | "lệnh" | "án")
        })
    };
    date.is_some_and(|date| doc.key(date.end) == "của") && numbered()
}

/// `ngày ...` behind a code or an act is that act's date, a part of the name.
fn after_code(doc: &Doc, at: usize) -> bool {
    at.checked_sub(1).and_then(|b| doc.tokens.get(b)).is_some_and(|t| t.upper || t.key == "ttg")
}

/// An introduced abbreviation or another short aside, behind which the name goes on.
fn closes_soon(doc: &Doc, at: usize, limit: usize) -> bool {
    let close = (at..limit.min(at + 16)).find(|&i| doc.key(i) == ")");
    // (28/8/1945 - 28/8/2025): an anniversary's days, behind which only `và` goes on
    if let Some(close) = close.filter(|_| super::dates::holds_a_day(doc, at)) {
        // ...; tổng kết phong trào ...
        let more = doc.key(close + 1) == ";" && lexicon().doings.len_at(doc.slice(close + 2..limit)).is_some();
        return more || doc.key(close + 1) == "và" || doc.key(close + 1) == "," && !leaves_name(doc, close + 2, limit);
    }
    // Đại hội đại biểu lần thứ IV (nhiệm kỳ 2016-2021)
    if doc.reads(at + 1, &["nhiệm", "kỳ"]) && close.is_some() {
        return true;
    }
    // kỳ họp thứ 11 (kỳ họp chuyên đề), HĐND huyện khóa XX
    let session = super::titles::head_at(doc, at + 1, limit).is_some();
    let more =
        |close: usize| session && close <= at + 7 && doc.key(close + 1) == "," && !leaves_name(doc, close + 2, limit);
    close.is_some_and(more)
        || close.is_some_and(|close| close + 1 < limit && !matches!(doc.key(close + 1), "." | "," | ";" | ":"))
        || doc.tokens.get(at + 1).is_some_and(|t| t.upper) && doc.key(at + 2) == ")"
}

/// What follows a comma and is no part of the name.
fn leaves_name(doc: &Doc, at: usize, limit: usize) -> bool {
    let first = doc.key(at);
    let date = super::dates::date_at(doc, at).is_some();
    date || doc.reads(at, &["tham", "dự"])
        || matches!(
            first,
            "với"
                | "do"
                | "tại"
                | "dưới"
                | "nhằm"
                | "có"
                | "trong"
                | "cùng"
                | "theo"
                | "bằng"
                | "đây"
                | "diễn"
                | "vào"
                | "được"
                | "thu"
                | "đồng"
                | "để"
                | "sau"
                | "qua"
                | "từ"
                | "kết"
                | "ông"
                | "bà"
                | "đại"
                | "các"
                | "hội"
                | "đã"
                | "sẽ"
                | "một"
                | "lễ"
                | "gồm"
                | "là"
                | "khi"
                | "nơi"
                | "góp"
                | "hướng"
                | "chào"
        ) && !doc.reads(at, &["hội", "nhập"])
            && !doc.reads(at, &["đồng", "bộ"])
            && !doc.reads(at, &["kết", "quả"])
            && !joins_up(doc, at)
        || doc.reads(at, &["xem", "xét"])
        || doc.reads(at, &["cho", "ý", "kiến"])
        || first == "nhân" && matches!(doc.key(at + 1), "dịp" | "kỷ" | "ngày" | "tháng")
        || super::mentions::mention_at(doc, at, limit, false).is_some()
        || officer(doc, at, limit)
}

/// `..., kết nối các doanh nghiệp`, a purpose; `..., kết nối tới 7 điểm cầu` is no part of the name.
fn joins_up(doc: &Doc, at: usize) -> bool {
    let sites = matches!(doc.key(at + 2), "tới" | "đến" | "từ" | "trực" | "với");
    doc.reads(at, &["kết", "nối"]) && !sites
}

/// Whether somebody's offices, joined by hyphens, and his name begin: `Ủy viên Trung ương Đảng - Bí thư Tỉnh ủy A`.
fn officer(doc: &Doc, at: usize, limit: usize) -> bool {
    let office = super::offices::office_at(doc, at, limit).filter(|office| doc.key(office.end) == "-");
    office.is_some_and(|office| super::mentions::mention_at(doc, office.end + 1, limit, false).is_some())
}
