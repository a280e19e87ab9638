//! Why a file is not read: each reason says what is wrong, where, and what to do about it.

/// The reason for refusing a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No text at all, or white space only.
    #[error("it is empty: there is no text in it")]
    Empty,
    /// The file is larger than files of its format may be.
    #[error("it is too large: at most {0} MiB are read; split it into one file a document")]
    TooLarge(usize),
    /// The text in the file is longer than texts may be.
    #[error("its text is too long: at most {0} MiB are read; split it into one file a document")]
    TooLong(usize),
    /// UTF-16, as some editors save by default.
    #[error("it is UTF-16, not UTF-8: save it again as UTF-8")]
    Utf16,
    /// Bytes that are no UTF-8: a binary file, or a legacy encoding.
    #[error("it is not UTF-8 (at byte {0}): if it is a text file, save it again as UTF-8")]
    NotUtf8(usize),
    /// A NUL, which no text contains.
    #[error("it is binary: there is a NUL byte at byte {0}")]
    Nul(usize),
    /// A control character that no text contains.
    #[error("it is binary: there is a control character (U+{code:04X}) at byte {at}")]
    Control {
        /// Which one.
        code: u32,
        /// Offset in bytes.
        at: usize,
    },
    /// A first line `---` without a second one.
    #[error("its front matter is not closed: it begins with --- in line 1, and no other line is ---")]
    Unclosed,
    /// Front matter that is no YAML, or says something else than it should.
    #[error("its front matter is broken in line {line}: {reason}")]
    FrontMatter {
        /// 1-based, in the file.
        line: u64,
        /// What is wrong there.
        reason: String,
    },
    /// A web page that would take too long to read.
    #[error("it is no page to be read: {0}; copy the article's text into a .txt file")]
    PageSize(String),
    /// A web page that the reader broke down on.
    #[error("the page cannot be made sense of; copy the article's text into a .txt file")]
    Page,
    /// No Word file, or a broken one.
    #[error(
        "it cannot be read as a Word file: {0}; open it in a word processor and save it as .docx, without a password"
    )]
    Docx(String),
    /// A PDF that cannot be read, for this reason.
    #[error(
        "it cannot be read as a PDF: {0}; save its text (for instance with `pdftotext FILE.pdf FILE.txt`) and name that file"
    )]
    Pdf(String),
    /// A PDF of pictures.
    #[error(
        "it is a PDF without text, of scanned pages perhaps: have a program recognise their text (for instance `ocrmypdf`) and name what it makes of them"
    )]
    PdfWithoutText,
    /// A format that cannot be read.
    #[error("{} cannot be read: only .txt, .md, .html, .htm, .docx and .pdf can", if .0.is_empty() { "a file without extension".to_owned() } else { format!(".{}", .0) })]
    Extension(String),
    /// A name that makes no slug.
    #[error("its name makes no slug: before the extension, it needs 1 to 255 bytes and no control characters")]
    Slug,
}
