//! How many statements a query takes: as many for a thousand rows as for one.

use super::{ask::Server, world::Size};
use crate::support;

/// The statements that answering takes.
pub async fn statements(server: &Server, query: &str) -> usize {
    support::statements(server.data(query)).await
}

/// Every list below every list, every field that reads.
pub const DEEP: &str = "{ meetings(first: 10) { totalCount pageInfo { endCursor } edges { cursor node {
  organizers { name } coOrganizers { name } sites { name } evidence { quote document { slug } }
  participants(first: 10) { totalCount nodes {
    person { names { name count documents { slug } } participations(first: 3) { totalCount nodes { meeting { title } evidence { quote } } } }
    positions { title organization { name } } site { name } evidence { quote document { slug } }
  } }
  tasks(first: 5) { totalCount nodes { assignedBy { name } document { slug } evidence { quote } } }
  awards(first: 5) { nodes { grantedBy { name } recipients evidence { quote } } }
  conflicts { field values { value documents { slug } } }
  reports { document { slug text directives { code issuedBy { name } evidence { quote } } figures { value evidence { quote } }
      tasks(first: 3) { nodes { text } } awards(first: 3) { totalCount nodes { name } } }
    meeting { title } organizers { name } coOrganizers { name } evidence { quote }
    participants { name participant { name } positions { title organization { name } } evidence { quote } } }
} } } }";

#[tokio::test]
async fn do_not_grow_with_rows() {
    let few = Server::with(Size { meetings: 1, participants: 1, tasks: 1 }).await;
    let many = Server::with(Size { meetings: 10, participants: 10, tasks: 5 }).await;
    let (one, hundred) = (statements(&few, DEEP).await, statements(&many, DEEP).await);
    assert_eq!(one, hundred);
    // A change of this number is a change of what the query costs: look at it before writing it down.
    assert_eq!(hundred, 37);
}

#[tokio::test]
async fn are_only_those_that_the_selection_needs() {
    let server = Server::with(Size { meetings: 3, participants: 2, tasks: 1 }).await;
    for (query, expected) in [
        ("{ __typename }", 0),
        ("{ meetings { nodes { title province { name } siteCount { value } } } }", 1),
        ("{ meetings { totalCount } }", 1),
        ("{ meetings { totalCount nodes { id } edges { cursor } pageInfo { hasNextPage } } }", 2),
        ("{ documents { nodes { slug } } }", 1),
        ("{ documents { nodes { slug text } } }", 2),
        ("{ a: document(slug: \"doc-001\") { title } b: document(slug: \"doc-002\") { title } }", 2),
    ] {
        assert_eq!(statements(&server, query).await, expected, "{query}");
    }
}
