//! A request that never came to be a GraphQL request, answered with an HTTP status and a code.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};

use super::{answer::answer, media::Answer};
use crate::graphql::{Code, single_error};

/// Why there is no answer.
#[derive(Debug)]
pub struct Refusal {
    /// The code that clients get.
    pub code: Code,
    /// What is wrong and what to do.
    pub message: String,
    /// After how many seconds to ask again.
    pub retry_after: Option<u64>,
}

/// When whoever found no place may ask again, in seconds: places get free as others leave, which nobody can foretell.
const RETRY_AFTER: u64 = 30;

impl Refusal {
    /// In words of its own.
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), retry_after: None }
    }

    /// There is no place at the moment.
    pub(super) fn no_place(message: impl Into<String>) -> Self {
        Self { retry_after: Some(RETRY_AFTER), ..Self::new(Code::RateLimited, message) }
    }

    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(Code::BadRequest, message)
    }

    /// As the body of an answer, or as one of a batch.
    pub(super) fn to_json(&self) -> serde_json::Value {
        let mut body = single_error(&self.message, self.code);
        let extensions = body.pointer_mut("/errors/0/extensions").and_then(serde_json::Value::as_object_mut);
        if let (Some(extensions), Some(seconds)) = (extensions, self.retry_after) {
            extensions.insert("retryAfter".to_owned(), seconds.into());
        }
        body
    }

    /// As a response.
    pub(super) fn response(&self, media: Answer) -> Response {
        let mut response = answer(status(self.code, media), media, &self.to_json());
        match self.code {
            Code::MethodNotAllowed => {
                response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, POST"));
            }
            Code::Unauthenticated => {
                let scheme = HeaderValue::from_static("Bearer realm=\"hoinghi\"");
                response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
            }
            _ => {}
        }
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self::new(code, code.message())
    }
}

/// Gives the answer to a request that took too long altogether, which comes empty, a body.
pub(super) async fn timed_out(response: Response) -> Response {
    if response.status() != StatusCode::REQUEST_TIMEOUT {
        return response;
    }
    let refusal = Refusal::new(Code::Timeout, "this took too long, or the request came too slowly; try again");
    answer(StatusCode::REQUEST_TIMEOUT, Answer::Json, &refusal.to_json())
}

/// The status of a request that was refused as a whole: with `application/json` 200 for whatever was a GraphQL request,
/// but for what is to be told whoever stands between us and the client, too.
pub(super) fn status(code: Code, media: Answer) -> StatusCode {
    match code {
        Code::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
        Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::BadRequest | Code::BatchingNotSupported | Code::BatchTooLarge => StatusCode::BAD_REQUEST,
        Code::TrustedDocumentsOnly | Code::IntrospectionDisabled if media == Answer::GraphQl => StatusCode::FORBIDDEN,
        // Not 400: some of Apollo's clients take that for a server that keeps no queries at all.
        Code::PersistedQueryNotFound | Code::PersistedDocumentNotFound if media == Answer::GraphQl => {
            StatusCode::NOT_FOUND
        }
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        _ if media == Answer::GraphQl => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    }
}
