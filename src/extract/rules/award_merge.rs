//! What several sentences say of one award, put together.

use crate::domain::AwardReport;

/// Whether two names may stand for one grantor: a body, and the office of who leads it (`Bộ trưởng Bộ ...`).
fn one_grantor(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    // Chủ tịch nước, and with the country's name behind it
    let longer = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
    // Ban Chấp hành Trung ương Đoàn, Trung ương Đoàn: its board
    let board = |name: &str| {
        let boards = ["ban chấp hành ", "ban thường vụ ", "ban thường trực "];
        boards.iter().find_map(|board| name.strip_prefix(board)).unwrap_or(name).to_owned()
    };
    let (x, y) = (board(&a), board(&b));
    x == y
        || longer(&x, &y)
        || longer(&y, &x)
        || longer(&a, &b)
        || longer(&b, &a)
        || a.ends_with(&b) && a.starts_with("bộ trưởng")
        || b.ends_with(&a) && b.starts_with("bộ trưởng")
}

/// One award that several sentences speak of is one: counts and names that the first lacks come from the later.
pub fn merge(found: &mut Vec<AwardReport>, award: AwardReport) {
    // được nhận huân chương: the order that was named in full before
    let bare = award.collective_count.or(award.individual_count).or(award.work_count).is_none()
        && award.recipients.is_empty()
        && award.granted_by.is_none();
    let in_full = |a: &AwardReport| a.name.to_lowercase().starts_with(&format!("{} ", award.name.to_lowercase()));
    if bare && found.iter().rev().take(64).any(in_full) {
        return;
    }
    let same_name = |a: &AwardReport| {
        // danh hiệu “Tập thể giỏi”, and without the marks
        let plain = |name: &str| name.to_lowercase().replace(['"', '“', '”'], "");
        let (known, new) = (plain(&a.name), plain(&award.name));
        // Kỷ niệm chương; Kỷ niệm chương “Vì sự nghiệp ...”
        let titled = ["kỷ niệm chương", "huy hiệu"].iter().any(|w| known.starts_with(w) && new.starts_with(w));
        let longer = titled && (known.starts_with(&new) || new.starts_with(&known));
        known == new
            || longer
            || ["bằng công nhận", "bằng chứng nhận"].iter().any(|w| known.starts_with(w) && new.starts_with(w))
    };
    let fits = |a: &AwardReport| {
        same_name(a)
            && one_grantor(a.granted_by.as_deref(), award.granted_by.as_deref())
            && [
                (a.collective_count, award.collective_count),
                (a.individual_count, award.individual_count),
                (a.work_count, award.work_count),
            ]
            .iter()
            .all(|(x, y)| x.is_none() || y.is_none() || x == y)
    };
    // the latest of its kind decides; a document has few
    if let Some(known) = found.iter_mut().rev().take(64).rev().find(|a| fits(a)) {
        // the caption tells it in other words
        if known.name.to_lowercase() != award.name.to_lowercase() && known.granted_by.is_none() {
            known.name.clone_from(&award.name);
        }
        // whoever the sentence with the counts names
        let counted = |a: &AwardReport| a.collective_count.or(a.individual_count).or(a.work_count).is_some();
        known.granted_by = if counted(&award) && !counted(known) {
            award.granted_by.or(known.granted_by.take())
        } else {
            known.granted_by.take().or(award.granted_by)
        };
        known.collective_count = known.collective_count.or(award.collective_count);
        known.individual_count = known.individual_count.or(award.individual_count);
        known.work_count = known.work_count.or(award.work_count);
        known.year = known.year.or(award.year);
        for name in award.recipients {
            if !known.recipients.contains(&name) {
                known.recipients.push(name);
            }
        }
        for place in award.evidence {
            if !known.evidence.contains(&place) {
                known.evidence.push(place);
            }
        }
        return;
    }
    // trao Huân chương Độc lập: what is told by grades behind it
    let general = |a: &AwardReport| {
        let none = a.collective_count.or(a.individual_count).or(a.work_count).is_none() && a.recipients.is_empty();
        none && award.name.to_lowercase().starts_with(&format!("{} hạng", a.name.to_lowercase()))
    };
    if found.last().is_some_and(general) {
        found.pop();
    }
    found.push(award);
}
