//! Who asks: by API key, or else by address; and what that client has left, in the headers of each answer.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use serde_json::Value;
use sqlx::PgPool;

use super::{Settings, media::Answer, refusal::Refusal, request_id, ws};
use crate::{
    access::{Budgets, Client, Keys, Network, WINDOW, Who},
    graphql::Code,
};

/// What is left (draft-ietf-httpapi-ratelimit-headers).
pub(super) const LEFT: HeaderName = HeaderName::from_static("ratelimit");
/// Of how much.
pub(super) const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// All that can ask.
pub(super) struct Clients {
    keys: Arc<Keys>,
    budgets: Budgets,
    limit: Option<u32>,
    proxies: Vec<Network>,
    key_needed: bool,
}

impl Clients {
    pub(super) fn new(pool: PgPool, settings: &Settings) -> Arc<Self> {
        Arc::new(Self {
            keys: Arc::new(Keys::new(pool.clone(), settings.clock.clone())),
            budgets: Budgets::shared(pool, settings.clock.clone()),
            limit: settings.rate_limit,
            proxies: settings.trusted_proxies.clone(),
            key_needed: settings.require_api_key,
        })
    }

    /// Whoever sends these headers from this address.
    pub(super) async fn find(&self, headers: &HeaderMap, peer: IpAddr) -> Result<Client, Refusal> {
        if let Some(key) = headers.get(header::AUTHORIZATION).and_then(|value| bearer(value.to_str().ok()?)) {
            return self.with_key(key).await;
        }
        let who = Who::at(self.address(headers, peer));
        let budget = self.limit.map(|limit| self.budgets.of(who, limit));
        let client = Client { who: Some(who), budget, keys: None };
        // No page can send this header with a WebSocket; whoever opens one may send the key in the first message.
        if ws::is_asked_for(headers) { Ok(client) } else { self.admitted(client) }
    }

    /// Whoever opens a WebSocket with this as its first message; `client` is what was known before.
    pub(super) async fn introduced(&self, client: &Client, payload: &Value) -> Result<Client, Refusal> {
        let told = ["Authorization", "authorization"].into_iter().find_map(|name| payload.get(name)?.as_str());
        match told.and_then(bearer) {
            Some(key) => self.with_key(key).await,
            None => self.admitted(client.clone()),
        }
    }

    /// Unless it has no key and needs one.
    fn admitted(&self, client: Client) -> Result<Client, Refusal> {
        if self.key_needed && !client.has_key() {
            let message = "an API key is needed here: send it in the header `Authorization: Bearer KEY`";
            return Err(Refusal::new(Code::Unauthenticated, message));
        }
        Ok(client)
    }

    async fn with_key(&self, key: &str) -> Result<Client, Refusal> {
        match self.keys.find(key).await {
            Ok(Some((key, own_limit))) => {
                let who = Who::Key(key);
                let budget = own_limit.or(self.limit).map(|limit| self.budgets.of(who, limit));
                Ok(Client { who: Some(who), budget, keys: Some(Arc::clone(&self.keys)) })
            }
            Ok(None) => Err(Refusal::new(Code::Unauthenticated, "this API key is not known here, or has been revoked")),
            Err(error) => {
                tracing::error!(error = error.told(), "the API keys cannot be read");
                Err(Code::Unavailable.into())
            }
        }
    }

    /// The address a request comes from: as told by a proxy of ours, who was told by another, up to the first that is
    /// not ours. What that one tells may be invented.
    fn address(&self, headers: &HeaderMap, peer: IpAddr) -> IpAddr {
        let is_ours = |address: IpAddr| self.proxies.iter().any(|network| network.holds(address));
        let told = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let told: Vec<&str> = told.flat_map(|value| value.split(',')).map(str::trim).collect();
        let mut address = peer;
        for told in told.iter().rev() {
            match address_in(told) {
                Some(next) if is_ours(address) => address = next,
                _ => break,
            }
        }
        address
    }
}

/// An address as proxies write it: alone, with a port, in brackets.
fn address_in(told: &str) -> Option<IpAddr> {
    let bracketed = || told.strip_prefix('[')?.strip_suffix(']')?.parse().ok().map(IpAddr::V6);
    told.parse().ok().or_else(|| told.parse().ok().map(|told: SocketAddr| told.ip())).or_else(bracketed)
}

/// The key in the value of a header `Authorization`, if it has one.
fn bearer(value: &str) -> Option<&str> {
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

/// Finds out who asks, for whatever answers, and tells them what they have left.
pub(super) async fn identified(State(clients): State<Arc<Clients>>, mut request: Request, next: Next) -> Response {
    // Without a socket, as in tests, everybody asks from here.
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(peer)| peer.ip());
    let client = match clients.find(request.headers(), peer).await {
        Ok(client) => client,
        Err(refusal) => {
            tracing::info!(request_id = request_id::current(), code = refusal.code.as_str(), "refused a client");
            return refusal.response(Answer::negotiated(request.headers()).unwrap_or(Answer::Json));
        }
    };
    request.extensions_mut().insert(client.clone());
    let mut response = next.run(request).await;
    if let Some(budget) = client.budget {
        let left = budget.balance().await;
        let window = WINDOW.as_secs();
        for (name, value) in [
            (POLICY, format!("\"cost\";q={};w={window};qu=\"cost\"", left.limit)),
            (LEFT, format!("\"cost\";r={};t={}", left.remaining, left.reset_in.as_secs())),
        ] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
    }
    response
}
