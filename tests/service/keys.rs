//! API keys as whoever runs a server makes them: by a command, while it runs.

use crate::process::{Home, Server, Starting, connect, read_all};
use std::io::Write;

/// What the command says: whether it succeeded, its lines on standard output.
fn keys(home: &Home, arguments: &[&str]) -> (bool, Vec<String>) {
    let (status, said, _) = Starting::command(home, &[&["keys"], arguments].concat()).wait();
    (status.success(), said.lines().map(str::to_owned).collect())
}

fn status(server: &Server, key: &str) -> String {
    let mut stream = connect(server.address);
    let head =
        "GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: mine";
    write!(stream, "{head}\r\nAuthorization: Bearer {key}\r\n\r\n").unwrap();
    read_all(&mut stream).split(' ').nth(1).unwrap().to_owned()
}

#[test]
fn keys_are_made_and_revoked_while_a_server_runs() {
    let home = Home::new();
    let server = Server::spawn_with(&home, &["--require-api-key", "--seeds", "none", "--log", "trace"]).ready();
    let (made, said) = keys(&home, &["create", "--name", "tòa soạn", "--limit", "50000"]);
    let key = said[0].clone();
    assert!(made && said.len() == 1 && key.starts_with("hoinghi_"), "{said:?}");
    assert_eq!((status(&server, "hoinghi_0").as_str(), status(&server, &key).as_str()), ("401", "200"));
    let (listed, list) = keys(&home, &["list"]);
    assert!(
        listed && list.len() == 2 && list[1].starts_with("tòa soạn\t50000\t") && list[1].ends_with("\t-"),
        "{list:?}"
    );
    assert!(!list.concat().contains(&key));
    assert!(!keys(&home, &["create", "--name", "tòa soạn"]).0, "the name is taken");
    assert!(!keys(&home, &["revoke", "nobody"]).0);
    assert!(keys(&home, &["revoke", "tòa soạn"]).0);
    // Within seconds, and without anybody telling the server.
    crate::process::wait_until("the key is good no longer", || status(&server, &key) == "401");
    let (_, _, log) = server.stop(rustix::process::Signal::TERM);
    assert!(!log.contains(&key));
    assert!(log.contains("id=\"mine\"") && log.contains("status=401"), "each request is there at the level of info");
}
