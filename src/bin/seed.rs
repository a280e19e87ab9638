//! The seeder: files and folders in, a summary out. What loading means is said in `hoinghi::ingest`.

use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use clap::Parser;
use hoinghi::config::{self, CommonConfig};
use hoinghi::document::{EXTENSIONS, Format};
use hoinghi::domain::{Corrections, FactKind};
use hoinghi::ingest::{
    Apart, Content, DocumentReport, Event, Found, Item, Options, Status, Summary, apart, correct, find, load_items,
    read_resolutions, settle,
};
use hoinghi::postgres::Database;
use hoinghi::program::{self, Signals};
use hoinghi::{document, explain, extract, store};
use indicatif::{ProgressBar, ProgressStyle};
use sqlx::PgPool;

/// Nothing could be done at all; as clap's own.
const CANNOT_RUN: u8 = 2;
/// Connections: one writes, the others look what is there.
const POOL_SIZE: u32 = 4;

/// How long the documents that are being written may take to their end, once we are told to stop.
const CLOSE: Duration = Duration::from_secs(3);

/// Loads documents: reads and extracts on all cores, puts together, stores, up to some hundred in one transaction.
///
/// Exit status: 0 if every document is in, 1 if some were refused, 2 if nothing could be done.
#[derive(Parser)]
#[command(name = "seed", version)]
struct Arguments {
    #[command(flatten)]
    common: CommonConfig,

    /// Files, folders (every .txt, .md, .html, .htm, .docx and .pdf in and below them), or - for a
    /// text on standard input
    #[arg(value_name = "PATH", default_value = "seeds")]
    paths: Vec<PathBuf>,

    /// Slug of the document on standard input [default: stdin]
    #[arg(long, value_name = "SLUG")]
    slug: Option<String>,

    #[command(flatten)]
    instead: Instead,

    /// Write one JSON document for machines; with --dry-run, it holds each document's text and all its facts
    #[arg(long)]
    json: bool,

    /// Afterwards, remove the documents that are not in the folders; with --dry-run, say which these are, for which a
    /// database is needed
    #[arg(long)]
    prune: bool,
}

/// What to do instead of loading.
#[derive(clap::Args)]
struct Instead {
    /// Store nothing and say what would be loaded; needs no database
    #[arg(long)]
    dry_run: bool,

    /// Store nothing and print each text with every place a rule took something from underlined, and the sentences that
    /// no rule touched; needs no database
    #[arg(long, conflicts_with_all = ["json", "prune"])]
    explain: bool,
}

fn main() -> ExitCode {
    // Documents of some formats are read by this program, started anew.
    if let Some(ended) = apart::serve() {
        return ended;
    }
    start().unwrap_or_else(|error| {
        // Not eprintln!, which panics where nobody reads.
        let _ = writeln!(std::io::stderr(), "seed: {}", store::told(error.as_ref()));
        ExitCode::from(CANNOT_RUN)
    })
}

fn start() -> anyhow::Result<ExitCode> {
    config::read_dotenv()?;
    let arguments = Arguments::parse();
    let log = &arguments.common.log;
    program::log(log).with_context(|| format!("--log {log:?} is no level or filter"))?;
    let found = gather(&arguments)?;
    if arguments.instead.explain {
        return explain(found);
    }
    let runtime = tokio::runtime::Runtime::new()?;
    let result = runtime.block_on(run(&arguments, found));
    // Whoever is told to stop does not wait for a document that is being read.
    runtime.shutdown_timeout(Duration::from_secs(1));
    result
}

/// The documents to load, standard input read.
fn gather(arguments: &Arguments) -> anyhow::Result<Found> {
    let is_stdin = |path: &PathBuf| path == Path::new("-");
    if let Some(path) = arguments.paths.iter().find(|path| arguments.prune && (is_stdin(path) || path.is_file())) {
        bail!("--prune needs folders only, because it removes what is not in them; {} is none", path.display());
    }
    if arguments.slug.is_some() && !arguments.paths.iter().any(is_stdin) {
        bail!("--slug is for standard input only: name - as a path, or rename the file, whose stem is its slug");
    }
    let files: Vec<PathBuf> = arguments.paths.iter().filter(|path| !is_stdin(path)).cloned().collect();
    let mut found = find(&files);
    if arguments.paths.iter().any(is_stdin) {
        let slug = arguments.slug.as_deref().unwrap_or("stdin");
        let file_name = format!("{slug}.txt");
        if document::slug(&file_name).ok().as_deref() != Some(slug) {
            bail!("--slug {slug:?} is no slug: it needs 1 to 255 bytes, and no / or control characters");
        }
        let mut bytes = Vec::new();
        let limit = u64::try_from(Format::Text.max_bytes())?.saturating_add(1);
        std::io::stdin().take(limit).read_to_end(&mut bytes).context("cannot read standard input")?;
        found.items.push(Item { path: "-".into(), content: Content::Bytes { file_name, bytes } });
    }
    let mut complaints: Vec<String> =
        found.problems.iter().map(|problem| format!("{}: {}", problem.path.display(), problem.reason)).collect();
    for folder in files.iter().filter(|path| path.is_dir()) {
        let below = find(std::slice::from_ref(folder));
        if below.items.is_empty() && below.problems.is_empty() {
            complaints.push(format!("{}: no document is in it (.{})", folder.display(), EXTENSIONS.join(", .")));
        }
    }
    if found.items.is_empty() {
        bail!("{}; nothing has been done", complaints.join("; "));
    }
    // Problems are told again as documents that are refused, each in its place.
    for complaint in complaints.iter().skip(found.problems.len()) {
        let _ = writeln!(std::io::stderr(), "seed: {complaint}");
    }
    Ok(found)
}

/// Prints what the rules see in each document.
fn explain(found: Found) -> anyhow::Result<ExitCode> {
    let mut status = ExitCode::SUCCESS;
    let mut refuse = |path: &Path, reason: &str| {
        let _ = writeln!(std::io::stderr(), "{} {}: {reason}", Status::Refused.as_str(), path.display());
        status = ExitCode::FAILURE;
    };
    for problem in found.problems {
        refuse(&problem.path, &problem.reason);
    }
    let apart = Apart::by_this_program()?;
    let mut out = std::io::stdout().lock();
    for item in found.items {
        let (path, name) = (item.path.clone(), item.file_name().map(str::to_owned));
        let read = name.ok_or_else(|| "its name is not UTF-8".to_owned()).and_then(|name| {
            let bytes = item.bytes()?;
            apart::read(&name, &bytes, Some(&apart))
        });
        match read {
            Ok(source) => writeln!(out, "{}", explain::explain(&source, &extract::extract(&source)))?,
            Err(reason) => refuse(&path, &reason),
        }
    }
    Ok(status)
}

async fn run(arguments: &Arguments, found: Found) -> anyhow::Result<ExitCode> {
    let mut output = Output::new(arguments.json);
    let (dry_run, prune) = (arguments.instead.dry_run, arguments.prune);
    let apart = Some(Apart::by_this_program()?);
    let options = Options { apart, keep_extractions: arguments.json && dry_run, prune, dry_run };
    let complete = found.problems.is_empty();
    // Before anything is loaded: what is wrong with it is found at once.
    let told = read_resolutions(arguments.common.resolutions.as_deref()).map_err(anyhow::Error::msg)?;
    // What would be removed is known to the database only.
    let summary = if dry_run && !prune {
        load_items(None, found, options, &mut |event| output.event(event)).await?
    } else {
        // A private server has to be let go whatever happens, being told to stop included.
        let mut signals = Signals::new()?;
        let common = &arguments.common;
        let (database, pool) = tokio::select! {
            opened = open(common) => opened?,
            () = signals.next() => bail!("stopped; nothing has been done"),
        };
        let loaded = tokio::select! {
            loaded = load(&pool, found, told.as_ref(), options, &mut output) => loaded,
            () = signals.next() => Err(anyhow!("stopped; what was loaded before is in")),
        };
        // The documents that are being written are written to their end.
        let _ = tokio::time::timeout(CLOSE, pool.close()).await;
        database.close().await;
        if !dry_run {
            // However it ended, something may be in.
            settle().await;
        }
        loaded?
    };
    output.finish(&summary)?;
    if arguments.prune && !complete {
        let _ = writeln!(std::io::stderr(), "seed: nothing was removed, because not everything could be read");
    }
    Ok(if summary.count(Status::Refused) > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn open(common: &CommonConfig) -> anyhow::Result<(Database, PgPool)> {
    let database = Database::open(common.database_url(), &common.data_dir).await?;
    let pool = store::connect_loader(database.url(), POOL_SIZE).await?;
    Ok((database, pool))
}

/// Loads, and then puts to use what is told of who is who: behind the documents, so that what it names and no document
/// is called can be said.
async fn load(
    pool: &PgPool,
    found: Found,
    told: Option<&Corrections>,
    options: Options,
    output: &mut Output,
) -> anyhow::Result<Summary> {
    store::migrate(pool).await?;
    let dry_run = options.dry_run;
    let summary = load_items(Some(pool), found, options, &mut |event| output.event(event)).await?;
    if !dry_run {
        // Who loads by himself decides what is in; no server adds its seeds.
        store::end_first_load(pool).await?;
    }
    if let Some(told) = told.filter(|_| !dry_run) {
        for slug in correct(pool, told).await? {
            let _ = writeln!(std::io::stderr(), "seed: the resolutions speak of {slug}, which no document is called");
        }
    }
    Ok(summary)
}

/// What is shown meanwhile and in the end: a bar on a terminal, lines elsewhere, or JSON.
struct Output {
    bar: Option<ProgressBar>,
    json: bool,
    documents: Vec<DocumentReport>,
}

impl Output {
    fn new(json: bool) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}");
            ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Self { bar, json, documents: Vec::new() }
    }

    fn event(&mut self, event: Event) {
        match (event, &self.bar) {
            (Event::Started(count), Some(bar)) => bar.set_length(u64::try_from(count).unwrap_or(u64::MAX)),
            (Event::Started(_), None) => {}
            (Event::Done(report), bar) => {
                let as_usual = matches!(report.status, Status::Loaded | Status::Replaced | Status::Unchanged);
                let is_news = !as_usual || report.nothing_found || !report.warnings.is_empty();
                match bar {
                    Some(bar) => {
                        bar.inc(1);
                        bar.set_message(report.slug.clone().unwrap_or_default());
                        if is_news {
                            bar.suspend(|| self.line(&report));
                        }
                    }
                    None => self.line(&report),
                }
                if self.json {
                    self.documents.push(*report);
                }
            }
        }
    }

    /// One document's line. What was refused goes to standard error, so that it is seen even if the rest is not.
    fn line(&self, report: &DocumentReport) {
        let path = report.path.as_deref().map(|path| path.display().to_string()).unwrap_or_default();
        let name = report.slug.as_deref().unwrap_or(&path);
        let status = report.status.as_str();
        if let Some(reason) = &report.reason {
            let _ = writeln!(std::io::stderr(), "{status} {path}: {reason}");
        } else if !self.json {
            let facts = report.facts.iter().filter(|(_, n)| **n > 0).map(|(kind, n)| format!("{n} {}", words(*kind)));
            let facts = if report.nothing_found { NOTHING.to_owned() } else { facts.collect::<Vec<_>>().join(", ") };
            let said: Vec<_> = [facts].into_iter().filter(|facts| !facts.is_empty()).collect();
            let said = [said, report.warnings.clone()].concat().join("; ");
            let _ = writeln!(std::io::stdout(), "{status} {name}{}{said}", if said.is_empty() { "" } else { ": " });
        }
    }

    fn finish(self, summary: &Summary) -> anyhow::Result<()> {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        let mut out = std::io::stdout().lock();
        if self.json {
            #[derive(serde::Serialize)]
            struct Everything<'a> {
                documents: Vec<DocumentReport>,
                summary: &'a Summary,
            }
            serde_json::to_writer_pretty(&mut out, &Everything { documents: self.documents, summary })?;
            writeln!(out)?;
        } else {
            write!(out, "{}", table(summary))?;
        }
        Ok(())
    }
}

/// Said of a document that was read and states nothing that is looked for.
const NOTHING: &str = "nothing found";

fn words(kind: FactKind) -> &'static str {
    match kind {
        FactKind::MeetingReport => "meetings",
        FactKind::ParticipantReport => "participants",
        FactKind::Task => "tasks",
        FactKind::AwardReport => "awards",
        FactKind::Directive => "directives",
        FactKind::Figure => "figures",
    }
}

/// The summary, one figure a line.
fn table(summary: &Summary) -> String {
    let mut rows = vec![("documents".to_owned(), summary.documents.values().sum::<usize>().to_string())];
    rows.extend(summary.documents.iter().map(|(status, n)| (format!("  {}", status.as_str()), n.to_string())));
    if summary.nothing_found > 0 {
        rows.push((format!("  {NOTHING}"), summary.nothing_found.to_string()));
    }
    rows.push(("facts".to_owned(), summary.facts.values().sum::<usize>().to_string()));
    let found = summary.facts.iter().filter(|(_, n)| **n > 0);
    rows.extend(found.map(|(kind, n)| (format!("  {}", words(*kind)), n.to_string())));
    rows.push(("seconds".to_owned(), format!("{:.2}", summary.time.as_secs_f64())));
    rows.into_iter().map(|(name, figure)| format!("{name:<16}{figure:>8}")).collect::<Vec<_>>().join("\n") + "\n"
}
