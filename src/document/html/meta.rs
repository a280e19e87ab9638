//! What a page states about its article, for machines: Open Graph, JSON-LD, microdata and plain HTML.

use chrono::{DateTime, FixedOffset, NaiveDate};
use dom_query::Document;
use serde_json::Value;

use crate::document::one_line;
use crate::domain::SourceMeta;

/// Vietnam's time, in which a moment becomes a day.
const OFFSET_SECONDS: i32 = 7 * 3600;

/// Where a page says when it was published, the surest first: what to look for, and in which attribute.
const PUBLISHED: [(&str, &str); 7] = [
    ("meta[property='article:published_time']", "content"),
    ("meta[name='article:published_time']", "content"),
    ("meta[itemprop='datePublished']", "content"),
    ("meta[name='pubdate']", "content"),
    ("meta[name='DC.date.issued']", "content"),
    ("[itemprop='datePublished'][datetime]", "datetime"),
    ("article time[datetime]", "datetime"),
];

/// What the page states; the title only where it is beyond doubt.
pub fn read(page: &Document) -> SourceMeta {
    let first = |(selector, attribute): (&str, &str)| {
        page.select(selector)
            .iter()
            .filter_map(|found| found.attr(attribute))
            .map(|value| one_line(&value))
            .find(|v| !v.is_empty())
    };
    let article = json_ld(page);
    let in_article = |path: &str| article.as_ref()?.pointer(path)?.as_str().map(one_line);
    let urls = [("link[rel='canonical']", "href"), ("meta[property='og:url']", "content")];
    let is_web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    let mut published = PUBLISHED.into_iter().filter_map(first).chain(in_article("/datePublished"));
    SourceMeta {
        title: title(page),
        publisher: first(("meta[property='og:site_name']", "content"))
            .or_else(|| in_article("/publisher/name"))
            .filter(|name| !name.is_empty()),
        url: urls.into_iter().filter_map(first).find(is_web),
        published_on: published.find_map(|value| day(&value)),
    }
}

/// The page's only headline, if the title it gives itself begins with it: the rest is the site's name.
fn title(page: &Document) -> Option<String> {
    let headlines: Vec<String> =
        page.select("h1").iter().map(|found| one_line(&found.text())).filter(|text| !text.is_empty()).collect();
    let [headline] = headlines.as_slice() else { return None };
    let named = [page.select("meta[property='og:title']").attr("content"), Some(page.select("title").text())];
    let begins = |title: &str| one_line(title).to_lowercase().starts_with(&headline.to_lowercase());
    named.into_iter().flatten().any(|title| begins(&title)).then(|| headline.clone())
}

/// The first article among the page's JSON-LD.
fn json_ld(page: &Document) -> Option<Value> {
    for script in &page.select("script[type='application/ld+json']") {
        // serde_json refuses what is nested too deeply.
        let Ok(value) = serde_json::from_str::<Value>(script.text().trim()) else { continue };
        let mut values = vec![value];
        while let Some(value) = values.pop() {
            match value {
                Value::Array(inner) => values.extend(inner.into_iter().rev()),
                Value::Object(mut object) => {
                    let is_article = match object.get("@type") {
                        Some(Value::String(kind)) => kind.ends_with("Article"),
                        Some(Value::Array(kinds)) => {
                            kinds.iter().any(|kind| kind.as_str().is_some_and(|kind| kind.ends_with("Article")))
                        }
                        _ => false,
                    };
                    if is_article {
                        return Some(Value::Object(object));
                    }
                    values.extend(object.remove("@graph"));
                }
                _ => {}
            }
        }
    }
    None
}

/// The day in Vietnam of a moment, or the day a page states without one. ISO 8601 only: nothing tells 03/04 from 04/03.
fn day(value: &str) -> Option<NaiveDate> {
    let vietnam = FixedOffset::east_opt(OFFSET_SECONDS)?;
    let moment =
        DateTime::parse_from_rfc3339(value).or_else(|_| DateTime::parse_from_str(value, "%Y-%m-%dT%H:%M:%S%z"));
    if let Ok(moment) = moment {
        return Some(moment.with_timezone(&vietnam).date_naive());
    }
    value.get(..10)?.parse().ok()
}
