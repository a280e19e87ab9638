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
    #[error("cannot migrate the database")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The database refused a statement or went away.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// A row holds what this version does not know, such as a word added by a later one.
    #[error("the database holds what this version cannot read")]
    Unknown(#[from] crate::domain::UnknownWord),
}
