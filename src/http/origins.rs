//! Which other sites' pages may ask (CORS): none, unless the settings name them.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use std::{str::FromStr, time::Duration};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::{clients, request_id};

/// For how long a browser may believe what it was told.
const BELIEVED: Duration = Duration::from_hours(1);

/// An origin, as in `https://example.org`, or `*` for any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(HeaderValue);

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no origin, as https://example.org or http://localhost:3000 is, and not *");
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let is_origin = uri.authority().is_some_and(|authority| {
            uri.scheme_str().is_some_and(|scheme| text == format!("{scheme}://{authority}"))
                && !authority.as_str().contains('@')
        });
        if is_origin || text == "*" { HeaderValue::from_str(text).map(Self).map_err(|_| wrong()) } else { Err(wrong()) }
    }
}

/// The sites whose pages may ask, besides our own.
#[derive(Clone, Debug, Default)]
pub struct Origins(Vec<Origin>);

impl Origins {
    /// These.
    pub fn new(origins: Vec<Origin>) -> Self {
        Self(origins)
    }

    /// Whether whoever sends this may open what CORS does not guard, such as a WebSocket: a page of ours, of a site that
    /// is named, or no page at all.
    pub fn allow(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN) else { return true };
        let is_ours = || {
            let (origin, host) = (origin.to_str().ok()?, headers.get(header::HOST)?.to_str().ok()?);
            Some(origin.split_once("://")?.1.eq_ignore_ascii_case(host))
        };
        self.are_all() || self.0.iter().any(|named| named.0 == *origin) || is_ours().unwrap_or(false)
    }

    fn are_all(&self) -> bool {
        self.0.iter().any(|origin| origin.0 == "*")
    }

    /// Tells browsers; `None` where there is nothing to tell.
    pub(super) fn layer(&self) -> Option<CorsLayer> {
        if self.0.is_empty() {
            return None;
        }
        let named = self.0.iter().map(|origin| origin.0.clone());
        let origins = if self.are_all() { AllowOrigin::any() } else { AllowOrigin::list(named) };
        let asked: [HeaderName; 5] =
            [header::CONTENT_TYPE, header::AUTHORIZATION, header::ACCEPT, header::IF_NONE_MATCH, request_id::HEADER];
        let told = [header::ETAG, header::RETRY_AFTER, clients::LEFT, clients::POLICY, request_id::HEADER];
        // No credentials: keys are sent by scripts, never by the browser on its own.
        let layer = CorsLayer::new().allow_origin(origins).allow_methods([Method::GET, Method::POST]);
        Some(layer.allow_headers(asked).expose_headers(told).max_age(BELIEVED))
    }
}
