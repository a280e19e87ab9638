//! Which of its two media types a GraphQL answer comes in, and whether a body is JSON in UTF-8.

use axum::http::{HeaderMap, header};

/// A media type that GraphQL over HTTP answers in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// `application/graphql-response+json`: the status tells whether the request was executed.
    GraphQl,
    /// `application/json`: a well-formed request is answered with 200, whatever came of it.
    Json,
}

impl Answer {
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// The one that the Accept header likes best; `None` if it takes neither. Without one, or where both would do,
    /// JSON, as the specification wants it until clients have moved on.
    pub(super) fn negotiated(headers: &HeaderMap) -> Option<Self> {
        let mut ranges = headers.get_all(header::ACCEPT).iter().peekable();
        if ranges.peek().is_none() {
            return Some(Self::Json);
        }
        let ranges: Vec<Range> = ranges
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(Range::parse)
            .collect();
        let liking = |subtype: &str| {
            // The most specific range that matches decides (RFC 9110, section 12.5.1).
            let fitting = ranges.iter().filter_map(|range| range.specificity(subtype).map(|s| (s, range.quality)));
            fitting.max_by_key(|(specificity, _)| *specificity).filter(|(_, quality)| *quality > 0)
        };
        match (liking("graphql-response+json"), liking("json")) {
            (None, None) => None,
            (Some(_), None) => Some(Self::GraphQl),
            (None, Some(_)) => Some(Self::Json),
            // Named in full and liked as well: the newer one. By a wildcard only: JSON.
            (Some((specificity, graphql)), Some((_, json))) => {
                Some(if graphql > json || (graphql == json && specificity == 2) { Self::GraphQl } else { Self::Json })
            }
        }
    }
}

/// An element of an Accept header.
struct Range<'a> {
    kind: &'a str,
    /// In thousandths.
    quality: u16,
    utf8: bool,
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Self {
        let mut parts = text.split(';').map(str::trim);
        let mut range = Self { kind: parts.next().unwrap_or_default(), quality: 1000, utf8: true };
        for parameter in parts {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            if name.eq_ignore_ascii_case("charset") {
                range.utf8 = is_utf8(value);
            } else if name.eq_ignore_ascii_case("q") {
                // At most three decimals, by the grammar; whatever is no number counts as no.
                let quality = value.parse::<f32>().unwrap_or(0.0).clamp(0.0, 1.0) * 1000.0;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1000")]
                let quality = quality as u16;
                range.quality = quality;
            }
        }
        range
    }

    /// 2 for the type itself, 1 for `application/*`, 0 for `*/*`.
    fn specificity(&self, subtype: &str) -> Option<u8> {
        let (kind, sub) = self.kind.split_once('/')?;
        match (kind, sub) {
            _ if !self.utf8 => None,
            ("*", "*") => Some(0),
            _ if !kind.eq_ignore_ascii_case("application") => None,
            (_, "*") => Some(1),
            _ => sub.eq_ignore_ascii_case(subtype).then_some(2),
        }
    }
}

/// Whether it is a browser that opens an address: no client of an API asks for a page.
pub(super) fn wants_a_page(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .map(Range::parse)
        .any(|range| range.kind.eq_ignore_ascii_case("text/html") && range.quality > 0)
}

/// When answers are to come as server-sent events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Events {
    /// Never: they are not accepted.
    Never,
    /// Where there is more than one: clients that take all there is name them too, and mean JSON for the rest.
    OfSubscriptions,
    /// Always: they are liked better than JSON, or nothing else is accepted.
    Always,
}

impl Events {
    /// What the Accept header says of it.
    pub(super) fn negotiated(headers: &HeaderMap) -> Self {
        let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let (mut events, mut json) = (0, 0);
        for range in values.flat_map(|value| value.split(',')).map(Range::parse) {
            if range.kind.eq_ignore_ascii_case("text/event-stream") {
                events = events.max(range.quality);
            } else if ["graphql-response+json", "json"].iter().any(|subtype| range.specificity(subtype).is_some()) {
                json = json.max(range.quality);
            }
        }
        match events {
            0 => Self::Never,
            _ if events > json => Self::Always,
            _ => Self::OfSubscriptions,
        }
    }
}

/// Whether a body is `application/json` in UTF-8, which is what it is without a charset.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let mut parts = value.split(';').map(str::trim);
    parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"))
        && parts
            .filter_map(|parameter| parameter.split_once('='))
            .all(|(name, value)| !name.eq_ignore_ascii_case("charset") || is_utf8(value))
}

fn is_utf8(charset: &str) -> bool {
    let charset = charset.trim_matches('"');
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_for_who_means_them() {
        for (accept, expected) in [
            ("text/event-stream", Events::Always),
            ("text/event-stream, application/json;q=0.9", Events::Always),
            ("text/event-stream;q=0.1, application/json", Events::OfSubscriptions),
            ("application/graphql-response+json, application/json, text/event-stream", Events::OfSubscriptions),
            ("text/event-stream, */*", Events::OfSubscriptions),
            ("text/event-stream;q=0, application/json", Events::Never),
            ("*/*", Events::Never),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT, axum::http::HeaderValue::from_static(accept))]);
            assert_eq!(Events::negotiated(&headers), expected, "{accept}");
        }
    }

    #[test]
    fn the_best_liked_type_answers() {
        use Answer::{GraphQl, Json};
        for (accept, expected) in [
            (None, Some(Json)),
            (Some("*/*"), Some(Json)),
            (Some("application/*"), Some(Json)),
            (Some("application/json"), Some(Json)),
            (Some("application/json; charset=utf-8"), Some(Json)),
            (Some("Application/GraphQL-Response+JSON"), Some(GraphQl)),
            (Some("application/graphql-response+json, application/json"), Some(GraphQl)),
            (Some("application/json, application/graphql-response+json"), Some(GraphQl)),
            (Some("application/graphql-response+json;q=0.5, application/json"), Some(Json)),
            (Some("application/graphql-response+json;q=0, */*"), Some(Json)),
            (Some("text/html, */*;q=0.1"), Some(Json)),
            (Some("application/json;q=0, application/graphql-response+json;q=0"), None),
            (Some("text/html"), None),
            (Some("application/json; charset=iso-8859-1"), None),
            (Some(""), None),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(accept) = accept {
                headers.insert(header::ACCEPT, axum::http::HeaderValue::from_static(accept));
            }
            assert_eq!(Answer::negotiated(&headers), expected, "{accept:?}");
        }
    }
}
