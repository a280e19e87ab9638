//! What the programs share at their edges: logging, being told to stop, telling a person what went wrong.

mod signals;

use std::error::Error;
use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

pub use signals::Signals;

/// Logs to standard error what `filter` lets through: a level, or directives such as `hoinghi=debug`. Call it once.
pub fn log(filter: &str) -> Result<(), ParseError> {
    let filter = EnvFilter::try_new(filter)?;
    let colours = std::io::stderr().is_terminal();
    // A second call changes nothing; the first one counts.
    let _ =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours).try_init();
    Ok(())
}

/// What went wrong and why, each cause once; some libraries repeat the words of the cause in their own.
pub fn told(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let words = cause.to_string();
        if !text.contains(&words) {
            text = format!("{text}: {words}");
        }
        next = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_is_told_once() {
        let error = anyhow::anyhow!("connection refused").context("cannot connect: connection refused").context("no");
        assert_eq!(told(error.as_ref()), "no: cannot connect: connection refused");
        assert!(log("hoinghi=loud").is_err());
    }
}
