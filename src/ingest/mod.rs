//! A document's way in: read, extract, put together, store, one transaction a document.
