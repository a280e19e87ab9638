//! Bytes of a file to a clean [`Source`](crate::domain::Source): formats, front matter, NFC, refusals.
