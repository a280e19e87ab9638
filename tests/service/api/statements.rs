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
    let sizes = [(1, 1, 1), (10, 10, 5), (12, 30, 9), (30, 60, 12)].map(|(meetings, participants, tasks)| Size {
        meetings,
        participants,
        tasks,
    });
    let mut counted = Vec::new();
    for size in sizes {
        counted.push(statements(&Server::with(size).await, DEEP).await);
    }
    // A change of this number is a change of what the query costs: look at it before writing it down.
    // Of few rows, everything that they refer to was read for another.
    assert_eq!(counted, [7, 7, 8, 8]);
}

#[tokio::test]
async fn are_only_those_that_the_selection_needs() {
    let server = Server::with(Size { meetings: 3, participants: 2, tasks: 1 }).await;
    let cases = [
        ("{ __typename }", 0),
        ("{ meetings { nodes { title province { name } siteCount { value } } } }", 1),
        ("{ meetings { totalCount } }", 1),
        ("{ meetings { totalCount nodes { id } edges { cursor } pageInfo { hasNextPage } } }", 2),
        ("{ documents { nodes { slug } } }", 1),
        ("{ documents { nodes { slug text } } }", 2),
        ("{ a: document(slug: \"doc-001\") { title } b: document(slug: \"doc-002\") { title } }", 2),
    ];
    let mut counted = Vec::new();
    for (query, _) in cases {
        counted.push((query, statements(&server, query).await));
    }
    assert_eq!(counted, cases);
}
