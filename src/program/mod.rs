//! What the programs share at their edges: logging, being told to stop.

mod signals;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_is_none_is_refused() {
        assert!(log("hoinghi=loud").is_err());
    }
}
