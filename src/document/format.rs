//! What kinds of files there are, by extension.

use std::path::Path;

use super::ReadError;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text, or Markdown, which is one.
    Text,
    /// A saved web page.
    Html,
    /// A Word file.
    Docx,
    /// A PDF with a text layer.
    Pdf,
}

const MIB: usize = 1024 * 1024;

/// The longest text, in bytes.
pub const MAX_TEXT: usize = 4 * MIB;
/// The largest file with more in it than its text: scripts, pictures, fonts.
const MAX_CONTAINER: usize = 16 * MIB;

/// Extensions of files that can be read, in lower case.
pub const EXTENSIONS: [&str; 6] = ["txt", "md", "html", "htm", "docx", "pdf"];

impl Format {
    /// The format of a file of this name.
    pub fn of(file_name: &str) -> Result<Self, ReadError> {
        let extension = Path::new(file_name).extension().and_then(|e| e.to_str()).unwrap_or_default();
        match extension.to_lowercase().as_str() {
            "txt" | "md" => Ok(Self::Text),
            "html" | "htm" => Ok(Self::Html),
            "docx" => Ok(Self::Docx),
            "pdf" => Ok(Self::Pdf),
            _ => Err(ReadError::Extension(extension.to_owned())),
        }
    }

    /// The largest file of this format that is read, in bytes.
    pub fn max_bytes(self) -> usize {
        match self {
            Self::Text => MAX_TEXT,
            Self::Html | Self::Docx | Self::Pdf => MAX_CONTAINER,
        }
    }

    /// Whether its reader may hang or use up the memory, so that it is better read by a process of its own.
    pub fn is_read_apart(self) -> bool {
        self == Self::Pdf
    }

    /// Refuses what is too large.
    pub fn check_size(self, bytes: &[u8]) -> Result<(), ReadError> {
        let limit = self.max_bytes();
        if bytes.len() > limit { Err(ReadError::TooLarge(limit / MIB)) } else { Ok(()) }
    }
}
