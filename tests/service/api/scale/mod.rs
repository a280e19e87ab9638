//! Several servers on one database, asked over HTTP (without a socket).

mod budgets;
mod replica;
mod servers;

use axum::Router;
use hoinghi::http::{Settings, router};

use super::{
    ask::Server,
    trust::{Hands, told},
};
use crate::support;

/// Two servers on one database, told the same, with one clock.
pub async fn two(hands: &Hands, settings: Settings) -> (Server, Server) {
    let settings = Settings { clock: hands.clock(), ..settings };
    let one = told(settings.clone()).await;
    let other = beside(&one, settings).await;
    (one, other)
}

/// Another server on the same database, with connections of its own.
pub async fn beside(server: &Server, settings: Settings) -> Server {
    let url = server.database.url.clone();
    let pool = hoinghi::store::connect(&url, 5).await.unwrap();
    let router: Router = router(pool.clone(), settings);
    Server { router, database: support::Database { pool, url } }
}
