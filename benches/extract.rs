//! How fast facts are taken out of text, on one core: `cargo bench`.
//!
//! The figures to watch: MB/s over the project's own documents (`documents`), and whether the time for the `same_rate`
//! inputs grows with their size and no faster, whatever they repeat.

// A benchmark that panics has failed, which is what unwrap is for here.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::path::Path;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hoinghi::document;
use hoinghi::domain::{Source, SourceMeta};
use hoinghi::extract::extract;

fn documents() -> Vec<Source> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> = ["seeds", "tests/extract/documents"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(top.join(folder)).expect("the project's documents"))
        .map(|entry| entry.unwrap().path())
        // Beside the documents lies what is said of them.
        .filter(|path| document::Format::of(path.to_str().unwrap()).is_ok())
        .collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        document::read(path.file_name().unwrap().to_str().unwrap(), &std::fs::read(path).unwrap()).unwrap()
    };
    paths.iter().map(read).collect()
}

fn of(text: String) -> Source {
    Source { slug: "bench".to_owned(), title: "bench".to_owned(), meta: SourceMeta::default(), text }
}

fn bytes(text: &str) -> Throughput {
    Throughput::Bytes(text.len() as u64)
}

/// The project's documents, each by itself: bytes and documents a second.
fn real(c: &mut Criterion) {
    let sources = documents();
    let all: String = sources.iter().map(|source| source.text.as_str()).collect();
    let mut group = c.benchmark_group("documents");
    for (unit, throughput) in [("MB", bytes(&all)), ("count", Throughput::Elements(sources.len() as u64))] {
        group.throughput(throughput);
        group.bench_function(unit, |b| b.iter(|| sources.iter().map(|s| extract(s).tasks.len()).sum::<usize>()));
    }
    group.finish();
}

/// Long and strange texts at sizes that double: the rate must stay.
fn same_rate(c: &mut Criterion) {
    let document = documents().iter().map(|source| source.text.clone()).collect::<Vec<_>>().join("\n\n");
    let mut group = c.benchmark_group("same_rate");
    group.sample_size(10).warm_up_time(Duration::from_millis(100)).measurement_time(Duration::from_secs(1));
    let kibi = 1024;
    for (name, piece) in [
        ("documents", document.as_str()),
        ("address", "Đồng chí "),
        ("name", "Đồng chí Nguyễn Văn An, Bí thư Tỉnh ủy, "),
        ("names_only", "Nguyễn Anh "),
        ("marks", ":;"),
        ("parentheses", "("),
        ("quotes", "“"),
        ("one_sentence", "các sở ngành và địa phương tiếp tục phối hợp "),
        ("dates", "ngày 24/12/2021, "),
        ("acts", "Quyết định số 12/QĐ-TTg ngày 1/2/2020 "),
        ("bullets", "- tăng cường công tác tuyên truyền;\n"),
        ("counts", "36 tập thể, 12 cá nhân, "),
        ("lines", "\n\nHội nghị "),
    ] {
        for size in [64 * kibi, 128 * kibi, 256 * kibi] {
            let source = of(piece.repeat(size / piece.len() + 1));
            group.throughput(bytes(&source.text));
            group.bench_with_input(BenchmarkId::new(name, size / kibi), &source, |b, source| {
                b.iter(|| extract(source));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, real, same_rate);
criterion_main!(benches);
