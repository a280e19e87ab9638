//! What the server is told about answering: to whom, how much, for how long.

use std::path::PathBuf;

use clap::{Args, builder::FalseyValueParser};

/// Settings of how requests are answered. Texts are checked by whoever uses them.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Answering")]
pub struct AnsweringConfig {
    /// Let pages of this origin ask, such as https://example.org; * for any. Several: again, or with commas
    #[arg(long = "cors-origin", env = "HOINGHI_CORS_ORIGINS", value_name = "ORIGIN", value_delimiter = ',')]
    pub cors_origins: Vec<String>,

    /// For how many seconds answers to GET may be used without asking whether they still hold
    #[arg(long, env = "HOINGHI_MAX_AGE", value_name = "SECONDS", default_value_t = 0)]
    pub max_age: u32,

    /// How many MiB of answers are kept until something is loaded; 0 for none
    #[arg(long, env = "HOINGHI_ANSWER_CACHE", value_name = "MIB", default_value_t = 16,
          value_parser = clap::value_parser!(u16).range(0..=4096))]
    pub answer_cache: u16,

    /// Most operations in one request; with 0, batches are refused
    #[arg(long, env = "HOINGHI_MAX_BATCH", value_name = "COUNT", default_value_t = 0,
          value_parser = clap::value_parser!(u16).range(0..=100))]
    pub max_batch: u16,

    /// How many queries are kept under their hashes (automatic persisted queries); 0 for none
    #[arg(long, env = "HOINGHI_PERSISTED_QUERIES", value_name = "COUNT", default_value_t = 1000)]
    pub persisted_queries: u16,

    /// Operations known by their ids: a folder of .graphql files, or a manifest in JSON
    #[arg(long, env = "HOINGHI_TRUSTED_DOCUMENTS", value_name = "PATH")]
    pub trusted_documents: Option<PathBuf>,

    /// Answer nothing but trusted documents
    #[arg(long, env = "HOINGHI_TRUSTED_ONLY", value_parser = FalseyValueParser::new())]
    pub trusted_only: bool,

    /// Cost a minute that a client may use, by API key or address; 0 for no limit [default: no limit on a loopback
    /// address, else 1000000]
    #[arg(long, env = "HOINGHI_RATE_LIMIT", value_name = "COST",
          value_parser = clap::value_parser!(u32).range(0..=i64::from(i32::MAX)))]
    pub rate_limit: Option<u32>,

    /// Believe X-Forwarded-For of this address or network, such as 10.0.0.0/8. Several: again, or with commas
    #[arg(long = "trusted-proxy", env = "HOINGHI_TRUSTED_PROXIES", value_name = "ADDRESS", value_delimiter = ',')]
    pub trusted_proxies: Vec<String>,

    /// Answer nobody without an API key; `hoinghi keys` makes them
    #[arg(long, env = "HOINGHI_REQUIRE_API_KEY", value_parser = FalseyValueParser::new())]
    pub require_api_key: bool,

    /// Do not tell the schema: no introspection, no /schema.graphql
    #[arg(long, env = "HOINGHI_NO_INTROSPECTION", value_parser = FalseyValueParser::new())]
    pub no_introspection: bool,
}

/// What a client may use a minute where others can reach us: twenty of the costliest queries.
const RATE_LIMIT: u32 = 1_000_000;

impl AnsweringConfig {
    /// The limit of whoever has none of its own, on an address that others reach or not; `None` for no limit.
    pub fn rate_limit(&self, is_loopback: bool) -> Option<u32> {
        let default = if is_loopback { 0 } else { RATE_LIMIT };
        Some(self.rate_limit.unwrap_or(default)).filter(|limit| *limit > 0)
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{AnsweringConfig, RATE_LIMIT};

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        answering: AnsweringConfig,
    }

    #[test]
    fn clients_are_limited_where_others_reach_us_unless_told_otherwise() {
        for (arguments, loopback, elsewhere) in [
            (&["hoinghi"][..], None, Some(RATE_LIMIT)),
            (&["hoinghi", "--rate-limit", "60"][..], Some(60), Some(60)),
            (&["hoinghi", "--rate-limit", "0"][..], None, None),
        ] {
            let answering = Program::parse_from(arguments).answering;
            assert_eq!(
                (answering.rate_limit(true), answering.rate_limit(false)),
                (loopback, elsewhere),
                "{arguments:?}"
            );
        }
    }
}
