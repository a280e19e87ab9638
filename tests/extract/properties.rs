//! What holds of any text: extraction answers, every place lies in the text, and the same text gives the same facts.
//!
//! The texts are the same in every run (`.cargo/config.toml` sets the seed). For others, and more of them:
//! `PROPTEST_RNG_SEED=$RANDOM PROPTEST_CASES=20000 cargo test --test extract properties`. What that finds becomes a case
//! here before it is mended.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use hoinghi::domain::{Evidence, Extraction, ParticipantKind, ParticipantReport, Source, name_key};
use hoinghi::extract::extract;
use proptest::prelude::*;

use crate::documents;

/// Words that rules look at, to be strung together without sense.
const WORDS: [&str; 60] = [
    "Hội nghị",
    "tổng kết",
    "công tác",
    "năm 2021",
    "tổ chức",
    "Sáng 24/12",
    "ngày",
    "23/12/2021",
    "tại",
    "Hà Nội",
    "Đồng chí",
    "Nguyễn Văn A",
    "Trần Thị B",
    ",",
    ";",
    ":",
    ".",
    "\n",
    "\n\n",
    "- ",
    "(",
    ")",
    "“",
    "”",
    "Phó",
    "Chủ tịch",
    "UBND tỉnh",
    "Bí thư",
    "Tỉnh ủy",
    "chủ trì",
    "đồng chủ trì",
    "dự",
    "có",
    "phát biểu",
    "đề nghị",
    "cần",
    "phải",
    "các sở, ngành",
    "Một là",
    "Thứ hai",
    "trao",
    "Bằng khen",
    "cho",
    "36",
    "tập thể",
    "cá nhân",
    "của",
    "57-KL/TW",
    "1.234,5",
    "tỷ đồng",
    "68,4%",
    "điểm cầu",
    "và",
    "phối hợp với",
    "Ban",
    "Bộ Ngoại giao",
    "là",
    "Giải Nhất",
    "giao Ban",
    "\u{ad}",
];

fn places(extraction: &Extraction) -> Vec<&Evidence> {
    let meetings = extraction
        .meetings
        .iter()
        .flat_map(|m| m.evidence.iter().chain(m.participants.iter().flat_map(|p| &p.evidence)));
    meetings
        .chain(extraction.tasks.iter().flat_map(|f| &f.evidence))
        .chain(extraction.awards.iter().flat_map(|f| &f.evidence))
        .chain(extraction.directives.iter().flat_map(|f| &f.evidence))
        .chain(extraction.figures.iter().flat_map(|f| &f.evidence))
        .collect()
}

/// Whether one of a person's places in the text holds the name: all its syllables in order, however they are parted.
fn shown(source: &Source, participant: &ParticipantReport) -> bool {
    let text: Vec<char> = source.text.chars().collect();
    let name = format!(" {} ", name_key(&participant.name));
    participant.evidence.iter().any(|e| {
        let (start, end) = (usize::try_from(e.span.start).unwrap(), usize::try_from(e.span.end).unwrap());
        // a word that a soft hyphen parts is one word
        let place: String = text[start..end].iter().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}')).collect();
        // a key is bounded, a place is not
        let words: Vec<&str> = place.split_whitespace().collect();
        (0..words.len()).step_by(12).any(|at| {
            let piece = words[at..words.len().min(at + 24)].join(" ");
            format!(" {} ", name_key(&piece)).contains(&name)
        })
    })
}

fn holds(source: &Source) {
    let extraction = extract(source);
    let length = u32::try_from(source.text.chars().count()).unwrap();
    for place in places(&extraction) {
        assert!(
            place.span.start < place.span.end && place.span.end <= length,
            "{place:?} of {length} in {:?}",
            source.text
        );
    }
    for participant in extraction.meetings.iter().flat_map(|m| &m.participants) {
        assert!(!participant.roles.is_empty() && !participant.evidence.is_empty(), "{participant:?}");
        assert!(participant.kind != ParticipantKind::Person || shown(source, participant), "{participant:?}");
    }
    assert_eq!(extraction, extract(source));
}

#[test]
fn a_document_cut_anywhere_still_gives_facts_in_its_text() {
    for source in documents::all() {
        let points: Vec<usize> = source.text.char_indices().map(|(at, _)| at).collect();
        for at in points.iter().step_by(points.len() / 24 + 1) {
            for text in [&source.text[..*at], &source.text[*at..]] {
                holds(&Source { text: text.to_owned(), ..source.clone() });
            }
        }
    }
}

/// Rules look some words back and some ahead, so what a text begins and ends with is where they may step out of it.
#[test]
fn a_few_words_from_anywhere_in_a_document() {
    for source in documents::all() {
        let words: Vec<&str> = source.text.split(' ').collect();
        for (at, _) in words.iter().enumerate() {
            let few = &words[at..words.len().min(at + 1 + at % 9)];
            holds(&Source { text: few.join(" "), ..source.clone() });
        }
    }
}

#[test]
fn any_two_words() {
    for one in WORDS {
        for other in WORDS {
            holds(&Source { text: format!("{one} {other}"), ..documents::of("x") });
        }
    }
}

/// Found by the fuzz target (`fuzz/`) and by the properties below.
#[test]
fn found_before() {
    for text in [
        "a.) Đ",
        "Hội nghị (có điểm cầu.) Đồng chí A",
        "“Phải làm tốt.” Đồng chí A nói.",
        "a!”) B?” C",
        "1.234,5 Đồng chí dự",
    ] {
        holds(&documents::of(text));
    }
}

/// Pieces that rules look at, to be said over and over: addresses, names, lists, brackets that never close.
const PIECES: [&str; 24] = [
    "Đồng chí ",
    "Đồng chí Nguyễn Văn An, Bí thư Tỉnh ủy, ",
    "Nguyễn Anh ",
    "ông ",
    ":;",
    "(",
    "((“",
    "“",
    "”.",
    "- - ",
    "1. ",
    "\n- tăng cường công tác tuyên truyền;",
    "\n\nHội nghị ",
    "Hội nghị tổng kết công tác ",
    "ngày 24/12/2021, ",
    "Quyết định số 12/QĐ-TTg ngày 1/2/2020 ",
    "36 tập thể, 12 cá nhân, ",
    "1.234,5 tỷ đồng; ",
    "Phó Chủ tịch, ",
    "yêu cầu các sở, ngành cần ",
    "Một là, ",
    "tặng Bằng khen cho ",
    "\u{ad}\u{200b}",
    "a\u{301}",
];

/// Four times the text takes four times as long, and not sixteen. The machine may be busy with other things, so a pattern
/// has three attempts; it fails if each of them takes too long, or takes longer by more than its length explains.
#[test]
fn a_pattern_repeated_endlessly_takes_no_longer_than_its_length() {
    let time = |piece: &str, bytes: usize| {
        let source = documents::of(&piece.repeat(bytes / piece.len() + 1));
        let started = Instant::now();
        extract(&source);
        started.elapsed()
    };
    for piece in PIECES {
        let is_linear = || {
            let (short, long) = (time(piece, 8 * 1024), time(piece, 32 * 1024));
            long < Duration::from_millis(500) || long < 10 * short && long < Duration::from_secs(20)
        };
        assert!((0..3).any(|_| is_linear()), "{piece:?}");
    }
}

/// So many texts, or as many as `PROPTEST_CASES` says.
fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(asked.unwrap_or(usual)) }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn a_few_words_without_sense(words in prop::collection::vec(prop::sample::select(&WORDS[..]), 1..8)) {
        holds(&Source { text: words.join(" "), ..documents::of("x") });
    }
}

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn words_without_sense(words in prop::collection::vec(prop::sample::select(&WORDS[..]), 0..160)) {
        holds(&Source { text: words.join(" "), ..documents::of("x") });
    }

    #[test]
    fn any_unicode(text in any::<String>()) {
        holds(&Source { text, ..documents::of("x") });
    }
}

// Longer texts, fewer of them.
proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn documents_shuffled_and_mixed(
        picks in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..40),
        between in prop::sample::select(&["\n\n", "\n", " "][..]),
        by_sentence: bool,
    ) {
        static ALL: LazyLock<Vec<Source>> = LazyLock::new(documents::all);
        let pick = |(document, part): &(prop::sample::Index, prop::sample::Index)| {
            let text = &document.get(&ALL).text;
            let parts: Vec<&str> = if by_sentence { text.split(". ").collect() } else { text.split('\n').collect() };
            part.get(&parts).to_string()
        };
        let text = picks.iter().map(pick).collect::<Vec<_>>().join(between);
        holds(&Source { text, ..documents::of("x") });
    }

    #[test]
    fn patterns_within_patterns(
        pieces in prop::collection::vec((prop::sample::select(&PIECES[..]), 1_usize..40), 1..8), times in 1_usize..6,
    ) {
        let once = pieces.iter().map(|(piece, times)| piece.repeat(*times)).collect::<String>();
        holds(&Source { text: once.repeat(times), ..documents::of("x") });
    }
}
