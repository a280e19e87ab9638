//! Delegations that are told of by what they do: a body's people who speak, deputies who chair, a party that comes under
//! its head.

use std::ops::Range;

use super::mentions::mention_at;
use super::offices::{body_at, office_at, verb_at};
use crate::domain::ParticipantRole;
use crate::extract::lexicon::{Cue, Roles};
use crate::extract::structure::Doc;

/// `Đại diện Ngân hàng A giới thiệu ...`, `; đại diện Sở B nêu khó khăn`: a body's people who do something, and what.
pub fn acting(doc: &Doc, sentence: &Range<usize>) -> Vec<(Range<usize>, Roles)> {
    let near = || sentence.clone().take(90);
    let heads = near().filter(|&i| doc.reads(i, &["đại", "diện"])).filter_map(|at| act(doc, sentence, at));
    let deputies = near().filter(|&i| doc.key(i) == "các").filter_map(|at| chairing(doc, sentence, at));
    let parties = near().filter(|&i| doc.key(i) == "đoàn").filter_map(|at| party(doc, sentence, at));
    let mut found: Vec<(Range<usize>, Roles)> = heads.chain(deputies).map(|(who, cue)| (who, cue.roles)).collect();
    found.extend(parties.map(|who| (who, Roles::one(ParticipantRole::Attendee))));
    found
}

/// What the people of the body do who are told of at a token.
fn act(doc: &Doc, sentence: &Range<usize>, at: usize) -> Option<(Range<usize>, Cue)> {
    let earlier = doc.key(sentence.start) == "trước" && matches!(doc.key(sentence.start + 1), "đó" | "đây");
    let opens = !earlier && (at == sentence.start || matches!(doc.before(at), "," | ";" | "và" | ":" | "nghe"));
    let leaders = doc.reads(at + 2, &["lãnh", "đạo"]);
    let led = at + 2 + usize::from(leaders) * 2;
    let body = body_at(doc, led, sentence.end).filter(|_| opens && doc.tokens.get(led).is_some_and(|t| t.capital));
    // đại diện lãnh đạo huyện báo cáo
    let place = matches!(doc.key(led), "tỉnh" | "huyện" | "xã" | "phường" | "sở") && leaders && opens;
    let end = body.map(|body| further(doc, body.end, sentence.end)).or_else(|| place.then_some(led + 1))?;
    let verb = end + usize::from(matches!(doc.key(end), "đã" | "cũng" | "lên"));
    let (_, cue) =
        verb_at(doc, verb, sentence.end).filter(|(_, cue)| cue.roles != Roles::one(ParticipantRole::Attendee))?;
    // ông A, đại diện Ngân hàng B cho biết: who he is
    let person = |i: usize| {
        let mention = mention_at(doc, i, at, false).map(|(mention, _)| mention);
        mention.is_some_and(|m| m.tokens.start < m.name.start || !m.positions.is_empty())
    };
    (doc.before(at) != "," || !(sentence.start..at).any(person)).then_some((at..end, cue))
}

/// `đại diện UBND huyện A, Đồn Biên phòng B | đã tham luận`, `đại diện Sở C Lâm Đồng, Yên Bái | chia sẻ`: where a list of
/// bodies or places ends that one body begins.
fn further(doc: &Doc, body: usize, limit: usize) -> usize {
    let capital = |i: usize| doc.tokens.get(i).is_some_and(|t| t.capital);
    let mut end = body;
    for _ in 0..4 {
        let next = end + 1;
        if !matches!(doc.key(end), "," | "và") || !capital(next) || mention_at(doc, next, limit, false).is_some() {
            break;
        }
        let place = (next..next + 4).take_while(|&i| capital(i)).count();
        end = body_at(doc, next, limit).map_or(next + place, |b| b.end);
    }
    end
}

/// `và các Thứ trưởng Bộ A đồng chủ trì`: several who hold one office and do something.
fn chairing(doc: &Doc, sentence: &Range<usize>, at: usize) -> Option<(Range<usize>, Cue)> {
    let opens = at == sentence.start || matches!(doc.before(at), "và" | "cùng" | ",");
    let office = office_at(doc, at + 1, sentence.end).filter(|o| opens && o.start == at + 1)?;
    let capital = doc.tokens.get(office.start).is_some_and(|t| t.capital);
    let chairs = |cue: &Cue| {
        let roles = cue.roles.list();
        roles.contains(&ParticipantRole::Chair) || roles.contains(&ParticipantRole::CoChair)
    };
    let (_, cue) = verb_at(doc, office.end, sentence.end).filter(|(_, cue)| capital && chairs(cue))?;
    Some((at..office.end, cue))
}

/// `Đoàn công tác của Bộ A do ông B làm trưởng đoàn`, `ông B dẫn đầu đoàn đại biểu tỉnh C`: a party and whose it is.
fn party(doc: &Doc, sentence: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let what: [&[&str]; 7] = [
        &["công", "tác"],
        &["kiểm", "tra"],
        &["giám", "sát"],
        &["khảo", "sát"],
        &["thanh", "tra"],
        &["đại", "biểu"],
        &["cán", "bộ"],
    ];
    let kind = what.iter().find(|words| doc.reads(at + 1, words)).map(|words| at + 1 + words.len())?;
    let whose = kind + usize::from(doc.key(kind) == "của");
    let capital = |i: usize| doc.tokens.get(i).is_some_and(|t| t.capital);
    let place = whose + usize::from(matches!(doc.key(whose), "tỉnh" | "huyện" | "xã"));
    let named = (place..place + 4).take_while(|&i| i < sentence.end && capital(i)).count();
    let body = body_at(doc, whose, sentence.end).filter(|_| capital(whose)).map(|body| body.end);
    let end = body.or_else(|| (named > 0).then_some(place + named))?;
    // sẽ có đoàn ...; trưởng đoàn đại biểu ...: no party that is there
    let other = sentence.clone().take(12).any(|i| matches!(doc.key(i), "sẽ") || doc.reads(i, &["trước", "đó"]));
    let of_whom = matches!(doc.before(at), "trưởng" | "phó" | "viên" | "của");
    let heads = |i: usize| doc.reads(i, &["trưởng", "đoàn"]) || doc.reads(i, &["dẫn", "đầu"]);
    let led = doc.key(end) == "do" && (end..sentence.end).take(40).any(heads);
    let leads = doc.reads_before(at, &["dẫn", "đầu"]) && attends(doc, end);
    (!other && !of_whom && (led || leads)).then_some(at..end)
}

/// Whether a verb of coming stands here.
fn attends(doc: &Doc, at: usize) -> bool {
    let verb = at + usize::from(doc.key(at) == "đã");
    ["tham dự", "dự", "đến dự", "tới dự", "về dự"].iter().any(|w| super::task_text::phrase(doc, verb, w))
}
