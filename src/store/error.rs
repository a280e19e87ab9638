//! What can go wrong with the database, told apart as far as a caller can act on it.
//!
//! No message contains an address's password: only host and database name are ever taken from one.

/// A failed call of this module.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is no PostgreSQL address. The parser's words are left out, because they may quote the password.
    #[error("the database's address cannot be read: write it as postgres://USER:PASSWORD@HOST:PORT/DATABASE")]
    Address,
    /// Nobody answers there, or whoever does refuses us.
    #[error("cannot connect to database {database:?} at {place}: is PostgreSQL running there, and may this user in?")]
    Connect {
        /// Host and port, or the socket's folder.
        place: String,
        /// The database's name.
        database: String,
        /// What the driver says.
        #[source]
        source: sqlx::Error,
    },
    /// The schema could not be brought up to date.
    #[error("cannot bring the database up to date{}", other_version(.0))]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The database refused a statement or went away.
    #[error("the database failed or refused this")]
    Database(#[from] sqlx::Error),
    /// A row holds what this version does not know, such as a word added by a later one.
    #[error("the database holds what this version cannot read")]
    Unknown(#[from] crate::domain::UnknownWord),
}

/// What to do about a database that another version of the program has made.
fn other_version(error: &sqlx::migrate::MigrateError) -> &'static str {
    use sqlx::migrate::MigrateError::{Dirty, VersionMismatch, VersionMissing, VersionTooNew};
    match error {
        VersionMissing(_) | VersionTooNew(..) | VersionMismatch(_) | Dirty(_) => {
            ": another version of this program has made it; use that version, or another database or data folder"
        }
        _ => "",
    }
}

impl Error {
    /// Whether one document's data are to blame, so that others may fare better: the database is there and refused
    /// just them.
    pub fn is_about_data(&self) -> bool {
        // Class 22 is data exceptions, 23 violated constraints, 54 limits exceeded (an index entry too large).
        let refused = |code: &str| ["22", "23", "54"].iter().any(|class| code.starts_with(class));
        match self {
            Self::Database(sqlx::Error::Database(error)) => error.code().is_some_and(|code| refused(&code)),
            Self::Database(sqlx::Error::Encode(_)) => true,
            _ => false,
        }
    }

    /// The whole chain of causes, for whoever runs the program; never for a client.
    pub fn told(&self) -> String {
        told(self)
    }
}

/// What went wrong and why, each cause once: some libraries repeat the words of the cause in their own.
pub fn told(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = plain(&error.to_string()).to_owned();
    let mut next = error.source();
    while let Some(cause) = next {
        let words = cause.to_string();
        let words = plain(&words);
        if !text.contains(words) {
            text = format!("{text}: {words}");
        }
        next = cause.source();
    }
    text
}

/// Without the line of PostgreSQL's own source that the driver adds to the server's words: it reads like one of the
/// document's or of a statement.
fn plain(words: &str) -> &str {
    match words.rsplit_once(" at line ") {
        Some((before, line)) if line.bytes().all(|byte| byte.is_ascii_digit()) => before,
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn each_cause_is_told_once_and_without_postgresqls_own_lines() {
        let error = anyhow::anyhow!("connection refused at line 1798").context("cannot connect: connection refused");
        let error = error.context("no");
        assert_eq!(told(error.as_ref()), "no: cannot connect: connection refused");
        assert_eq!(told(anyhow::anyhow!("broken at line 3 or so").as_ref()), "broken at line 3 or so");
    }
}
