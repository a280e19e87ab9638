//! What can go wrong on the way in, apart from files that cannot be read.

use crate::store;

/// A document that did not get in.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed or refused it.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Extraction broke down, which it never should, whatever the text.
    #[error(
        "extracting from it broke down, which is a fault of this program and not of the document: please report it"
    )]
    Extraction,
}

impl Error {
    /// Whether it is about this document alone, so that others may fare better.
    pub fn is_about_document(&self) -> bool {
        match self {
            Self::Store(error) => error.is_about_data(),
            Self::Extraction => true,
        }
    }

    /// The whole chain of causes, for whoever runs the program; never for a client.
    pub fn told(&self) -> String {
        match self {
            Self::Store(error) => error.told(),
            Self::Extraction => self.to_string(),
        }
    }
}
