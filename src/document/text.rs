//! Bytes to text with plain line ends.

use super::ReadError;

/// The text in `bytes` without byte order mark, its line ends `\n`. Form feeds and vertical tabs, which word
/// processors leave at the end of pages and lines, are line ends too.
pub fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(ReadError::Utf16);
    }
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return Err(ReadError::Nul(at));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| ReadError::NotUtf8(error.valid_up_to()))?;
    let is_binary = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}');
    if let Some((at, c)) = text.char_indices().find(|&(_, c)| is_binary(c)) {
        return Err(ReadError::Control { code: c.into(), at });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}'], "\n"))
}
