//! Which charset a page is in: its byte order mark tells, then what it says itself, then its bytes.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};

use crate::document::ReadError;

/// How far into a page its charset is looked for, in bytes: the standard says 1024, but pages open with comments.
const HEAD: usize = 8192;

/// The page as text. Bytes that are none in its charset become U+FFFD, as browsers show them.
pub fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => stated(bytes).unwrap_or_else(|| guess(bytes)),
    };
    // In a page of another charset, a NUL shows that it is none: text in UTF-16 without a mark, or no text at all.
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    if let Some(at) = bytes.iter().take(HEAD).position(|&byte| byte == 0 && !wide) {
        return Err(ReadError::Nul(at));
    }
    Ok(encoding.decode(bytes).0.into_owned())
}

/// Of `<meta charset=utf-8>` and `<meta http-equiv=Content-Type content="text/html; charset=utf-8">` alike.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let head: String = head.iter().map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
    let tags = head.split("<meta").skip(1).filter_map(|rest| rest.split('>').next());
    let label = |tag: &str| {
        let value = tag.split_once("charset")?.1.trim_start().strip_prefix('=')?;
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        value.split(|c: char| c.is_whitespace() || "\"';/".contains(c)).next().map(str::to_owned)
    };
    let encoding = tags.filter_map(label).find_map(|label| Encoding::for_label(label.as_bytes()))?;
    // It could not have been read this far as UTF-16; the standard says to take UTF-8.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// UTF-8 if it can be that; otherwise what Windows used for Vietnamese before.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1258 }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn the_charset_is_marked_stated_or_guessed() {
        let utf_16: Vec<u8> =
            [0xfeff_u16].into_iter().chain("Hội nghị".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let stated = |tag: &str, rest: &[u8]| [tag.as_bytes(), rest].concat();
        // ê is a letter of windows-1258 and the dot below a mark behind it; windows-1252 and ISO-8859-1 know no ộ.
        for (bytes, says) in [
            ("\u{feff}Hội nghị".as_bytes().to_vec(), "Hội nghị"),
            ("Hội nghị".as_bytes().to_vec(), "Hội nghị"),
            (utf_16, "Hội nghị"),
            (b"h\xf4\xf2i ngh\x69\xf2".to_vec(), "hội nghị"),
            (stated("<!-- c --><meta charset=windows-1258>", b"h\xf4\xf2i"), "hội"),
            (stated("<META http-equiv='Content-Type' content='text/html; Charset = windows-1258'>", b"\xea\xf2"), "ệ"),
            (stated("<meta charset='utf-16'/>", "ệ".as_bytes()), "ệ"),
            (stated("<meta charset=nonsense>", "ệ".as_bytes()), "ệ"),
            (stated("<meta charset=utf-8>", b"a\xffb"), "a\u{fffd}b"),
            (stated("<meta charset=gb2312>", b"\xd6\xd0"), "中"),
        ] {
            let text: String = decode(&bytes).unwrap().nfc().collect();
            assert!(text.ends_with(says), "{text}");
        }
        assert_eq!(decode(b"a\0b"), Err(ReadError::Nul(1)));
    }
}
