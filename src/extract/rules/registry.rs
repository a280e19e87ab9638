//! Who is meant: everyone the document names in full, and how later words refer to them.

use std::collections::HashMap;
use std::ops::Range;

use super::mentions::{Mention, mentions, speaks_for};
use crate::domain::{Evidence, Site, name_key, written_out_key};
use crate::extract::abbreviations::Glossary;
use crate::extract::lexicon::{Roles, lexicon};
use crate::extract::structure::Doc;
use crate::extract::text::{Gap, TokenKind};

/// Someone the document names in full at least once.
#[derive(Clone, Debug)]
pub struct Person {
    /// The name as first written, in capitals only where it begins a syllable.
    pub name: String,
    /// Offices, each as its own text, in the order of the fullest mention.
    pub positions: Vec<String>,
    /// What they did, sentence by sentence.
    pub parts: Vec<Part>,
    /// The first mention.
    pub first: Range<usize>,
    /// A woman's name or form of address, or a man's.
    pub female: Option<bool>,
}

/// What one sentence says that somebody did.
#[derive(Clone, Debug)]
pub struct Part {
    /// The sentence's first token.
    pub at: usize,
    /// The roles it gives.
    pub roles: Roles,
    /// The connected site it happened at.
    pub site: Option<Site>,
    /// Where the text says so.
    pub evidence: Vec<Evidence>,
}

/// A place in the text that means a person.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Who, as an index into [`Registry::people`].
    pub person: usize,
}

/// Everyone, and every full mention.
#[derive(Debug)]
pub struct Registry {
    /// In the order of first mention.
    pub people: Vec<Person>,
    /// Full mentions in order.
    pub mentions: Vec<(Mention, usize)>,
    /// By name key.
    by_name: HashMap<String, usize>,
    /// By the keys of the last one and two syllables, in the order of first mention.
    by_given: HashMap<String, Vec<usize>>,
    /// The keys of each person's offices, written out.
    offices: Vec<Vec<String>>,
}

/// How many mentions away an office may be from the one who is called by it.
const NEAR: usize = 64;

impl Registry {
    /// Reads all full mentions.
    pub fn new(doc: &Doc, glossary: &Glossary) -> Self {
        let mut registry = Self {
            people: Vec::new(),
            mentions: Vec::new(),
            by_name: HashMap::new(),
            by_given: HashMap::new(),
            offices: Vec::new(),
        };
        for mention in mentions(doc) {
            let person = registry.person(doc, &mention);
            let titles = mention.positions.iter().map(|p| glossary.written_out(doc, p.clone())).collect();
            if let Some(person) = registry.people.get_mut(person) {
                add_positions(&mut person.positions, titles);
            }
            registry.mentions.push((mention, person));
        }
        let keys = |p: &Person| p.positions.iter().map(|title| written_out_key(title)).collect();
        registry.offices = registry.people.iter().map(keys).collect();
        registry
    }

    fn person(&mut self, doc: &Doc, mention: &Mention) -> usize {
        let name = capitalised(&doc.clean(mention.name.clone()));
        let key = name_key(&name);
        if let Some(known) = self.by_name.get(&key) {
            return *known;
        }
        // bà Cẩm Sa, who was Hoàng Ngọc Cẩm Sa before
        if let Some(known) = self.by_given.get(&key).and_then(|all| all.first()).filter(|_| key.contains(' ')) {
            return *known;
        }
        let person = self.people.len();
        let syllables: Vec<&str> = key.split(' ').collect();
        for given in [1, 2].iter().filter(|n| syllables.len() > **n) {
            let tail = syllables.get(syllables.len() - given..).unwrap_or_default().join(" ");
            self.by_given.entry(tail).or_default().push(person);
        }
        self.by_name.insert(key, person);
        self.people.push(Person {
            female: female(doc, mention),
            name,
            positions: Vec::new(),
            parts: Vec::new(),
            first: mention.tokens.clone(),
        });
        person
    }

    /// Whether the mention that begins at token `at` holds its bearer's whole name: `em Nhật Minh` is named only by the
    /// last two syllables of it.
    pub fn in_full(&self, doc: &Doc, at: usize) -> bool {
        let first = self.mentions.partition_point(|(m, _)| m.tokens.start < at);
        self.mentions.get(first).filter(|(m, _)| m.tokens.start == at).is_some_and(|(mention, person)| {
            let whole = self.people.get(*person).map(|p| name_key(&p.name));
            whole.is_some_and(|whole| whole == name_key(&capitalised(&doc.clean(mention.name.clone()))))
        })
    }

    /// Who is meant at token `at`, which begins no full mention: a given name behind a form of address, an office
    /// that one of the people holds, or a bare form of address (`Đồng chí nhấn mạnh`), which means `last`.
    pub fn reference_at(&self, doc: &Doc, at: usize, limit: usize, last: Option<usize>) -> Option<Reference> {
        let lexicon = lexicon();
        let address = lexicon.addresses.len_at(doc.slice(at..limit)).unwrap_or(0);
        // Đại tá Mận, ông Mận
        let rank = lexicon.ranks.len_at(doc.slice(at + address..limit)).unwrap_or(0);
        let i = at + address;
        if let Some(reference) = self.called_by_office(doc, at, at + address, limit) {
            return Some(reference);
        }
        if let Some(end) = office_reference(doc, i, limit).filter(|_| !speaks_for(doc, i)) {
            let person = self.holder(doc, i..end, at)?;
            return Some(Reference { tokens: at..end, person });
        }
        if address + rank == 0 {
            return None;
        }
        let woman = woman(doc.key(at));
        let i = at + address + rank;
        // bà Cẩm Sa, ông Đoạt
        for len in [2, 1] {
            let given = doc.slice(i..(i + len).min(limit));
            if given.len() < len || !given.iter().all(|t| t.capital && t.kind == TokenKind::Word && !t.upper) {
                continue;
            }
            let further = doc.tokens.get(i + len).is_some_and(|t| t.capital && i + len < limit && t.gap == Gap::Space);
            let wanted = name_key(&doc.clean(i..i + len));
            // bà Thoan is the woman of that name, or else whoever is not known to be a man
            let before = |i: &&usize| self.people.get(**i).is_some_and(|p| p.first.start < at);
            let sex = |i: &usize| self.people.get(*i).and_then(|p| p.female);
            let all = self.by_given.get(&wanted).map_or(&[][..], Vec::as_slice);
            let called = all
                .iter()
                .rfind(|i| before(i) && woman.is_some() && sex(i) == woman)
                .or_else(|| all.iter().rfind(|i| before(i) && (woman.is_none() || sex(i).is_none())))
                .copied();
            if let Some(person) = called.filter(|_| !further) {
                return Some(Reference { tokens: at..i + len, person });
            }
        }
        // a pronoun: capitalised, or behind a quote or a comma, and a verb follows
        let verb = rank == 0 && verb_follows(doc, i, limit);
        let one = !matches!(doc.key(at), "các" | "hai");
        (verb && one).then_some(()).and(last).map(|person| Reference { tokens: at..i, person })
    }

    /// `Bộ trưởng Mận`: an office's own word and the given name of someone who holds such an office.
    fn called_by_office(&self, doc: &Doc, at: usize, office: usize, limit: usize) -> Option<Reference> {
        let len = lexicon().offices.len_at(doc.slice(office..limit))?;
        let name = office + len;
        let capital = |i: usize| doc.tokens.get(i).is_some_and(|t| t.capital && !t.upper) && i < limit;
        let given = (name..name + 2).take_while(|&i| capital(i)).count();
        if given == 0 || capital(name + given) {
            return None;
        }
        let called = self.by_given.get(&name_key(&doc.clean(name..name + given)))?;
        let word = written_out_key(&doc.clean(office..name));
        let holds = |i: &usize| self.offices.get(*i).is_some_and(|all| all.iter().any(|held| held.starts_with(&word)));
        let person = called.iter().copied().rfind(holds)?;
        Some(Reference { tokens: at..name + given, person })
    }

    /// The one who holds an office, named last before `at`, or else first behind it.
    fn holder(&self, doc: &Doc, office: Range<usize>, at: usize) -> Option<usize> {
        let wanted = written_out_key(&doc.clean(office));
        let begins = |whole: &str, part: &str| whole.strip_prefix(part).is_some_and(|rest| rest.starts_with(' '));
        let exact = |held: &String| *held == wanted;
        let alike = |held: &String| begins(held, &wanted) || begins(&wanted, held);
        let shortened = |held: &String| shortens(&wanted, held);
        let split = self.mentions.partition_point(|(m, _)| m.name.start < at);
        let (before, behind) = self.mentions.split_at(split);
        let by = |test: &dyn Fn(&String) -> bool| {
            let holds = |(_, i): &&(Mention, usize)| self.offices.get(*i).is_some_and(|all| all.iter().any(test));
            let first = || self.mentions.iter().take(NEAR).find(holds);
            // Tôn Đức Thắng held the office too, but has no part in this
            let acted = |(_, i): &&(Mention, usize)| self.people.get(*i).is_some_and(|p| !p.parts.is_empty());
            let near = || before.iter().rev().take(NEAR);
            near()
                .find(|m| holds(m) && acted(m))
                .or_else(|| near().find(holds))
                .or_else(first)
                .or_else(|| behind.iter().take(NEAR).find(holds))
                .map(|(_, i)| *i)
        };
        by(&exact).or_else(|| by(&alike)).or_else(|| by(&shortened))
    }
}

/// `Phó Chủ tịch quận` for `Phó Chủ tịch Ủy ban nhân dân quận`: the same words with some of the middle left out.
fn shortens(short: &str, held: &str) -> bool {
    let (first, last) = (short.split(' ').next(), short.rsplit(' ').next());
    let mut words = held.split(' ');
    short.split(' ').count() > 2
        && held.split(' ').next() == first
        && held.rsplit(' ').next() == last
        && short.split(' ').all(|word| words.any(|held| held == word))
}

/// Whether a form of address is a woman's, where it tells.
fn woman(address: &str) -> Option<bool> {
    match address {
        "bà" | "chị" | "cô" => Some(true),
        "ông" | "anh" | "thầy" => Some(false),
        _ => None,
    }
}

/// Whether someone is a woman by form of address or name (`Thị`), a man by `Văn`, where it tells.
fn female(doc: &Doc, mention: &Mention) -> Option<bool> {
    let middle = doc.key(mention.name.start + 1);
    woman(doc.key(mention.tokens.start)).or(match middle {
        "thị" => Some(true),
        "văn" if mention.name.len() > 2 => Some(false),
        _ => None,
    })
}

/// The end of an office at `at` that stands as a subject: a verb follows it.
fn office_reference(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let office = super::offices::office_at(doc, at, limit)?;
    verb_follows(doc, office.end, limit).then_some(office.end)
}

/// Whether a verb of taking part follows, light words aside.
pub fn verb_follows(doc: &Doc, at: usize, limit: usize) -> bool {
    let lexicon = lexicon();
    let mut at = at;
    for _ in 0..6 {
        if super::offices::verb_at(doc, at, limit).is_some() {
            return true;
        }
        match lexicon.light.len_at(doc.slice(at..limit)) {
            Some(len) if doc.key(at) != "," => at += len,
            _ => return false,
        }
    }
    false
}

/// A name in capitals throughout, as names are usually written.
fn capitalised(name: &str) -> String {
    if !name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) {
        return name.to_owned();
    }
    let word = |w: &str| {
        let mut chars = w.chars();
        chars.next().map_or_else(String::new, |first| first.to_string() + &chars.as_str().to_lowercase())
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Whether a longer title tells more than the one it continues. `Phó Chủ tịch UBND tỉnh` is whole: `Phó Chủ tịch UBND
/// tỉnh Thái Nguyên` only says again which province, `Hiệu trưởng nhà trường` which school.
fn says_more(title: &str, longer: &str) -> bool {
    let place = ["tỉnh", "huyện", "thành phố", "xã", "phường", "quận", "thị trấn"];
    title.len() < longer.len() && !place.iter().any(|word| title.ends_with(word)) && !longer.ends_with("nhà trường")
}

/// Adds the offices of a further mention. The first mention that names any decides; a later one replaces a title that
/// it continues (`Phó Chủ tịch Hội` → `Phó Chủ tịch Hội Luật gia Việt Nam`) and adds those that resemble none.
fn add_positions(held: &mut Vec<String>, titles: Vec<String>) {
    let words = |title: &str| written_out_key(title).split(' ').map(str::to_owned).collect::<Vec<_>>();
    let before = held.len();
    for title in titles {
        let new = words(&title);
        let known = held.iter().enumerate().position(|(i, t)| {
            let old = words(t);
            new == old || i < before && alike(&new, &old) || new.starts_with(&old) && old.len() > 2
        });
        match known.and_then(|i| held.get_mut(i)) {
            Some(old) if new.starts_with(&words(old)) && says_more(old, &title) => *old = title,
            Some(_) => {}
            None => held.push(title),
        }
    }
}

/// Whether two titles are one office in more or fewer words: they begin alike, and most of the shorter one's words stand
/// in the longer one too.
fn alike(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let common = short.iter().filter(|w| long.contains(w)).count();
    a.get(..2) == b.get(..2) && common * 10 >= short.len() * 7
}
