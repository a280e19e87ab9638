//! Errors as clients see them: a sentence, where it belongs, and a stable code. The database's words stay in the log.

use std::sync::Arc;

use async_graphql::{Context, Error, ErrorExtensionValues, PathSegment, Pos, QueryPathSegment, ServerError};

use super::{
    limits::{MAX_ALIASES, MAX_COMPLEXITY, MAX_DEPTH, MAX_DIRECTIVES, MAX_QUERY_BYTES, RETRY_AFTER},
    loaders::ReadError,
};

/// The `code` in an error's `extensions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// An argument that cannot be: a malformed id or cursor, a page out of bounds.
    BadUserInput,
    /// The query is not GraphQL.
    ParseFailed,
    /// The query does not fit the schema, or its variables do not fit the query.
    ValidationFailed,
    /// Could return more fields than one request may.
    QueryTooComplex,
    /// Fields or brackets inside each other beyond the limit.
    QueryTooDeep,
    /// The query text has too many bytes.
    QueryTooLong,
    /// Too many aliases.
    TooManyAliases,
    /// Too many directives on one field.
    TooManyDirectives,
    /// It took longer than a request may.
    Timeout,
    /// The database cannot be reached at the moment.
    Unavailable,
    /// Too many others ask for the same costly thing; `retryAfter` says after how many seconds to ask again.
    RateLimited,
    /// Our mistake; the log has more under the request id that the error names.
    Internal,
}

impl Code {
    /// The word clients get.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::ParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::ValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::QueryTooComplex => "QUERY_TOO_COMPLEX",
            Self::QueryTooDeep => "QUERY_TOO_DEEP",
            Self::QueryTooLong => "QUERY_TOO_LONG",
            Self::TooManyAliases => "TOO_MANY_ALIASES",
            Self::TooManyDirectives => "TOO_MANY_DIRECTIVES",
            Self::Timeout => "TIMEOUT",
            Self::Unavailable => "UNAVAILABLE",
            Self::RateLimited => "RATE_LIMITED",
            Self::Internal => "INTERNAL",
        }
    }

    /// What to say where the cause has no better words.
    pub(super) fn message(self) -> String {
        match self {
            Self::QueryTooComplex => format!(
                "this could return more than {MAX_COMPLEXITY} fields; ask for smaller pages, or for less of each row"
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
            Self::BadUserInput | Self::ParseFailed | Self::ValidationFailed => {
                "the request cannot be answered".to_owned()
            }
            Self::Internal => "something went wrong on our side".to_owned(),
        }
    }
}

/// What a resolver's error carries besides its words: where it belongs and, if a statement failed, why.
///
/// The library cuts the path of an error off at the innermost list on its way out, so it is kept here.
struct Failure {
    path: Vec<PathSegment>,
    cause: Cause,
}

/// Why a resolver failed.
enum Cause {
    /// An argument.
    Input,
    /// A statement.
    Statement(ReadError),
    /// All that may extract at once do.
    Busy,
    /// The extraction broke down: our mistake.
    Extraction,
}

fn failure(ctx: &Context<'_>, message: String, cause: Cause) -> Error {
    let mut path: Vec<PathSegment> = std::iter::successors(ctx.path_node.as_ref(), |node| node.parent)
        .map(|node| match node.segment {
            QueryPathSegment::Name(name) => PathSegment::Field(name.to_owned()),
            QueryPathSegment::Index(index) => PathSegment::Index(index),
        })
        .collect();
    path.reverse();
    Error { message, source: Some(Arc::new(Failure { path, cause })), extensions: None }
}

/// An error in the value of an argument of this field.
pub(super) fn bad_input(ctx: &Context<'_>, message: impl Into<String>) -> Error {
    failure(ctx, message.into(), Cause::Input)
}

/// No extraction can be begun for this field at the moment.
pub(super) fn busy(ctx: &Context<'_>) -> Error {
    failure(ctx, Code::RateLimited.message(), Cause::Busy)
}

/// The extraction for this field broke down.
pub(super) fn broken(ctx: &Context<'_>) -> Error {
    failure(ctx, Code::Internal.message(), Cause::Extraction)
}

/// A statement for this field failed.
pub(super) fn not_read(ctx: &Context<'_>, cause: ReadError) -> Error {
    failure(ctx, cause.to_string(), Cause::Statement(cause))
}

/// An error of the whole request, before anything was executed.
pub(super) fn refusal(code: Code) -> ServerError {
    coded(ServerError::new(code.message(), None), code)
}

fn coded(mut error: ServerError, code: Code) -> ServerError {
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", code.as_str());
    error
}

/// A variable that the operation needs was not sent.
pub(super) fn missing_variable(name: &str, of_type: &impl std::fmt::Display, position: Pos) -> ServerError {
    coded(
        ServerError::new(format!("the variable `${name}` of the type `{of_type}` is missing"), Some(position)),
        Code::BadUserInput,
    )
}

/// Gives the parser's errors their code, and a sentence where it draws the query with an arrow; where that points to is
/// in the error's `locations`.
pub(super) fn unparsable(mut error: ServerError) -> ServerError {
    let words = error.message.lines().find_map(|line| line.trim_start().strip_prefix("= ")).map(|words| {
        // It names rules of its grammar.
        words.replace("EOI", "the end of the query").replace('_', " ")
    });
    if let Some(words) = words {
        error.message = format!("this is not GraphQL: {words}");
    }
    coded(error, Code::ParseFailed)
}

/// Gives an error of the library's its code and, where that says too little, our words.
///
/// Limits are told apart by the library's fixed sentences; tests pin them, as Cargo.toml pins the library.
pub(super) fn of_request(mut error: ServerError) -> ServerError {
    let code = match error.message.as_str() {
        "Query is too complex." => Code::QueryTooComplex,
        "Query is nested too deep." => Code::QueryTooDeep,
        message if message.starts_with("The recursion depth of the query") => Code::QueryTooDeep,
        message if message.starts_with("The amount of aliases") => Code::TooManyAliases,
        message if message.starts_with("The number of directives") => Code::TooManyDirectives,
        _ => return coded(error, Code::ValidationFailed),
    };
    error.message = code.message();
    coded(error, code)
}

/// Gives an error of a field its code. What the database said goes to the log, under `request_id`.
pub(super) fn of_field(mut error: ServerError, request_id: &str) -> ServerError {
    let Some(failure) = error.source.take().and_then(|source| source.downcast::<Failure>().ok()) else {
        // Not from a resolver: a value that its argument's type does not take.
        return coded(error, Code::BadUserInput);
    };
    if failure.path.len() > error.path.len() {
        error.path.clone_from(&failure.path);
    }
    let code = match &failure.cause {
        Cause::Input => return coded(error, Code::BadUserInput),
        Cause::Busy => {
            let mut error = coded(error, Code::RateLimited);
            error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("retryAfter", RETRY_AFTER);
            return error;
        }
        Cause::Statement(ReadError(cause)) => {
            let code = read_failure(cause);
            tracing::error!(request_id, path = ?failure.path, code = code.as_str(), %cause, "a statement failed");
            code
        }
        Cause::Extraction => {
            tracing::error!(request_id, path = ?failure.path, "an extraction broke down");
            Code::Internal
        }
    };
    error.message = code.message();
    let mut error = coded(error, code);
    if code == Code::Internal {
        error.message = format!("{}; the log has more under request {request_id}", error.message);
        error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("requestId", request_id);
    }
    error
}

/// Away, too slow, or our mistake.
fn read_failure(cause: &sqlx::Error) -> Code {
    match cause {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => {
            Code::Unavailable
        }
        sqlx::Error::Database(error) => match error.code().as_deref() {
            // query_canceled
            Some("57014") => Code::Timeout,
            // operator intervention, insufficient resources, connection exceptions
            Some(code) if ["57P", "53", "08"].iter().any(|class| code.starts_with(class)) => Code::Unavailable,
            _ => Code::Internal,
        },
        _ => Code::Internal,
    }
}
