//! Errors as clients see them: a sentence, where it belongs, and a stable code. The database's words stay in the log.

use std::{sync::Arc, time::Duration};

use async_graphql::{Context, Error, ErrorExtensionValues, PathSegment, Pos, QueryPathSegment, ServerError, Value};

use super::{blame, code::Code, execute::Operation, limits::MAX_COMPLEXITY, limits::RETRY_AFTER, loaders::ReadError};

/// What a resolver's error carries besides its words: where it belongs and, if a statement failed, why.
///
/// The library cuts the path of an error off at the innermost list on its way out, so it is kept here.
struct Failure {
    path: Vec<PathSegment>,
    cause: Cause,
}

/// Why a resolver failed.
enum Cause {
    /// The value at this path of arguments and their fields.
    Input(String),
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

/// An error in the value of an argument of this field; `argument` is its path, as in `filter.date.gte` or `first`.
pub(super) fn bad_input(ctx: &Context<'_>, argument: impl Into<String>, message: impl Into<String>) -> Error {
    failure(ctx, message.into(), Cause::Input(argument.into()))
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

/// An error of the whole request, in words of its own.
pub(super) fn refusal_in_words(code: Code, message: impl Into<String>) -> ServerError {
    coded(ServerError::new(message, None), code)
}

fn coded(error: ServerError, code: Code) -> ServerError {
    with(error, "code", code.as_str())
}

/// Adds something to an error's `extensions`.
pub(super) fn with(mut error: ServerError, name: &str, value: impl Into<Value>) -> ServerError {
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set(name, value);
    error
}

/// Gives an error its place in the query.
pub(super) fn at(mut error: ServerError, position: Pos) -> ServerError {
    error.locations = vec![position];
    error
}

/// This client has used its budget up: a request of this cost may come again after `time`.
pub(super) fn rate_limited(cost: usize, time: Duration) -> ServerError {
    let seconds = time.as_secs();
    let message = format!("you have asked for as much as you may for now; this costs {cost}: ask again in {seconds} s");
    let error = refusal_in_words(Code::RateLimited, message);
    with(with(error, "retryAfter", seconds), "cost", cost)
}

/// Costs more than `limit`; both are told.
pub(super) fn too_complex(cost: usize, limit: usize) -> ServerError {
    let error = if limit < MAX_COMPLEXITY {
        let message = format!(
            "this costs {cost}, and you may use {limit} a minute; ask for smaller pages, or for less of each row"
        );
        refusal_in_words(Code::QueryTooComplex, message)
    } else {
        refusal(Code::QueryTooComplex)
    };
    with(with(error, "cost", cost), "limit", limit)
}

/// The code that an error has got.
pub(super) fn code_of(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        _ => None,
    }
}

/// A variable that the operation needs was not sent.
pub(super) fn missing_variable(name: &str, of_type: &impl std::fmt::Display, position: Pos) -> ServerError {
    let message = format!("the variable `${name}` of the type `{of_type}` is missing");
    with(coded(ServerError::new(message, Some(position)), Code::BadUserInput), "argument", format!("${name}"))
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
    if code_of(&error).is_some() {
        return error;
    }
    if let Some((argument, words)) = blame::told_by_validation(&error.message) {
        error.message = format!("`{argument}`: {words}");
        return with(coded(error, Code::BadUserInput), "argument", argument);
    }
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

/// Whether an error is in the library's words: neither a resolver's nor one that has its code already.
pub(super) fn is_of_library(error: &ServerError) -> bool {
    let is_failure = error.source.as_ref().is_some_and(|source| source.is::<Failure>());
    !is_failure && code_of(error).is_none()
}

/// Gives an error of a field its code. What the database said goes to the log, under `request_id`.
pub(super) fn of_field(mut error: ServerError, operation: &Operation, request_id: &str) -> ServerError {
    let Some(failure) = error.source.take().and_then(|source| source.downcast::<Failure>().ok()) else {
        // Not from a resolver: a value that its argument's type does not take.
        let Some(argument) = blame::found_in(operation, &error) else { return coded(error, Code::BadUserInput) };
        error.message = format!("`{argument}`: {}", blame::words(&error.message));
        return with(coded(error, Code::BadUserInput), "argument", argument);
    };
    if failure.path.len() > error.path.len() {
        error.path.clone_from(&failure.path);
    }
    let code = match &failure.cause {
        Cause::Input(argument) => return with(coded(error, Code::BadUserInput), "argument", argument.clone()),
        Cause::Busy => return with(coded(error, Code::RateLimited), "retryAfter", RETRY_AFTER),
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
        return with(error, "requestId", request_id);
    }
    error
}

/// Away, too slow, or our mistake.
pub(super) fn read_failure(cause: &sqlx::Error) -> Code {
    match cause {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => {
            Code::Unavailable
        }
        sqlx::Error::Database(error) => match error.code().as_deref() {
            // query_canceled
            Some("57014") => Code::Timeout,
            // operator intervention, insufficient resources, connection exceptions
            Some(code) if ["57P", "53", "08", "3D"].iter().any(|class| code.starts_with(class)) => Code::Unavailable,
            _ => Code::Internal,
        },
        _ => Code::Internal,
    }
}
