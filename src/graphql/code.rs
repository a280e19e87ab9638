//! The codes that errors carry, one for each thing a client may have to do about one; docs/errors.md is their table.

use super::limits::{
    MAX_ALIASES, MAX_COMPLEXITY, MAX_DEPTH, MAX_DIRECTIVES, MAX_QUERY_BYTES, MAX_SELECTIONS, RETRY_AFTER,
};

/// Declares the codes with the words that clients get, each once.
macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $word:literal,)*) => {
        /// The `code` in an error's `extensions`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $($(#[$doc])* $code,)*
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Self] = &[$(Self::$code),*];

            /// The word clients get.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$code => $word,)*
                }
            }
        }
    };
}

codes! {
    /// A value that its argument does not take: `argument` says where it stands.
    BadUserInput = "BAD_USER_INPUT",
    /// The query is not GraphQL.
    ParseFailed = "GRAPHQL_PARSE_FAILED",
    /// The query does not fit the schema, or its variables do not fit the query.
    ValidationFailed = "GRAPHQL_VALIDATION_FAILED",
    /// Could return more fields than one request may: `cost` and `limit`.
    QueryTooComplex = "QUERY_TOO_COMPLEX",
    /// Fields or brackets inside each other beyond the limit.
    QueryTooDeep = "QUERY_TOO_DEEP",
    /// The query text has too many bytes.
    QueryTooLong = "QUERY_TOO_LONG",
    /// Too many aliases.
    TooManyAliases = "TOO_MANY_ALIASES",
    /// Too many directives on one field.
    TooManyDirectives = "TOO_MANY_DIRECTIVES",
    /// It took longer than a request may.
    Timeout = "TIMEOUT",
    /// The database cannot be reached at the moment.
    Unavailable = "UNAVAILABLE",
    /// This client has used what it may for now, or too many others ask for the same costly thing: `retryAfter` says
    /// after how many seconds to ask again.
    RateLimited = "RATE_LIMITED",
    /// Our mistake; the log has more under the `requestId`.
    Internal = "INTERNAL",
    /// The schema is not told here.
    IntrospectionDisabled = "INTROSPECTION_DISABLED",
    /// No GraphQL request: no JSON, no query, parameters of the wrong kind.
    BadRequest = "BAD_REQUEST",
    /// Neither of the two media types is taken.
    NotAcceptable = "NOT_ACCEPTABLE",
    /// The body is not JSON in UTF-8.
    UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE",
    /// Another method than the ones this is asked with.
    MethodNotAllowed = "METHOD_NOT_ALLOWED",
    /// The body has too many bytes.
    PayloadTooLarge = "PAYLOAD_TOO_LARGE",
    /// Several operations in a request, which this server does not take.
    BatchingNotSupported = "BATCHING_NOT_SUPPORTED",
    /// More operations in a request than it takes.
    BatchTooLarge = "BATCH_TOO_LARGE",
    /// No API key where one is needed, or one that is not known.
    Unauthenticated = "UNAUTHENTICATED",
    /// The hash of a query that is not known (any more): send it with its text.
    PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND",
    /// Queries are not kept here.
    PersistedQueryNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED",
    /// No trusted document has this id.
    PersistedDocumentNotFound = "PERSISTED_DOCUMENT_NOT_FOUND",
    /// Only trusted documents are answered here.
    TrustedDocumentsOnly = "TRUSTED_DOCUMENTS_ONLY",
}

impl Code {
    /// What to say where the cause has no better words.
    pub fn message(self) -> String {
        match self {
            Self::QueryTooComplex => format!(
                "this could return more than {MAX_COMPLEXITY} fields, or selects more than {MAX_SELECTIONS}; ask for \
                 smaller pages, or for less of each row"
            ),
            Self::QueryTooDeep => format!("more than {MAX_DEPTH} fields inside each other; ask in several queries"),
            Self::QueryTooLong => {
                format!("the query is longer than {MAX_QUERY_BYTES} bytes; put values into variables")
            }
            Self::TooManyAliases => format!("more than {MAX_ALIASES} aliases; ask in several queries"),
            Self::TooManyDirectives => format!("more than {MAX_DIRECTIVES} directives on one field"),
            Self::Timeout => "this took too long; ask for smaller pages, or for less of each row".to_owned(),
            Self::Unavailable => "the database cannot be reached at the moment; try again shortly".to_owned(),
            Self::RateLimited => format!("too many texts are being read at the moment; try again in {RETRY_AFTER} s"),
            Self::Internal => "something went wrong on our side".to_owned(),
            Self::IntrospectionDisabled => "introspection (`__schema`, `__type`) is turned off here; the schema is in \
                 the project's schema.graphql"
                .to_owned(),
            Self::NotAcceptable => {
                "answers come as application/graphql-response+json or application/json, in UTF-8".to_owned()
            }
            Self::UnsupportedMediaType => "a POST needs a body of the type application/json, in UTF-8".to_owned(),
            Self::MethodNotAllowed => "ask with GET or POST; GET is for queries only".to_owned(),
            Self::BatchingNotSupported => "one operation a request: an object, not an array".to_owned(),
            // Apollo's clients know these two by their words.
            Self::PersistedQueryNotFound => "PersistedQueryNotFound".to_owned(),
            Self::PersistedQueryNotSupported => "PersistedQueryNotSupported".to_owned(),
            Self::TrustedDocumentsOnly => {
                "only trusted documents are answered here; send one's id as `documentId`".to_owned()
            }
            Self::BadUserInput
            | Self::ParseFailed
            | Self::ValidationFailed
            | Self::BadRequest
            | Self::PayloadTooLarge
            | Self::BatchTooLarge
            | Self::Unauthenticated
            | Self::PersistedDocumentNotFound => "the request cannot be answered".to_owned(),
        }
    }
}
