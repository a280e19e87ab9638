"""Python's gql: checks the query against the server's own schema, then pages through a list by cursor."""

import os

from gql import Client, gql
from gql.transport.requests import RequestsHTTPTransport

address = os.environ.get("HOINGHI_URL", "http://127.0.0.1:8000/graphql")
client = Client(transport=RequestsHTTPTransport(url=address), fetch_schema_from_transport=True)

query = gql(
    """
    query Awards($after: String) {
      awards(first: 2, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { name year collectiveCount individualCount grantedBy { name } evidence { quote } }
      }
    }
    """
)

with client as session:
    after = None
    while True:
        query.variable_values = {"after": after}
        page = session.execute(query)["awards"]
        for award in page["nodes"]:
            by = award["grantedBy"]["name"] if award["grantedBy"] else "?"
            print(f"{award['year']}: {award['name']}, {by}: {len(award['evidence'])} place(s)")
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
