// Apollo Client: the cache keeps every node once, by its id, and joins the pages of a connection.
import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client/core/index.js";
import { relayStylePagination } from "@apollo/client/utilities/index.js";
import assert from "node:assert/strict";
import { address } from "../address.js";
import { MeetingsDocument, NodeDocument } from "../typescript/generated.js";

const client = new ApolloClient({
  link: new HttpLink({ uri: address }),
  cache: new InMemoryCache({
    // Pages of one filter belong together; `first`, `after` and the like do not tell lists apart.
    typePolicies: { Query: { fields: { meetings: relayStylePagination(["filter", "orderBy"]) } } },
    possibleTypes: {},
  }),
});

const list = client.watchQuery({ query: MeetingsDocument, variables: { first: 2 } });
const { data: first } = await list.refetch();
assert(first);
const { pageInfo, totalCount } = first.meetings;
assert.equal(pageInfo.hasNextPage, true);
await list.fetchMore({ variables: { after: pageInfo.endCursor ?? null } });

// Both pages, from the cache alone.
const both = client.readQuery({ query: MeetingsDocument, variables: { first: 2 } });
const ids = both?.meetings.edges.map(({ node }) => node.id) ?? [];
assert.equal(ids.length, Math.min(4, totalCount));
assert.equal(new Set(ids).size, ids.length);

// A node asked for by its id adds to the one that is there.
const [id] = ids;
assert(id);
await client.query({ query: NodeDocument, variables: { id } });
const kept = (client.cache.extract() as Record<string, object>)[`Meeting:${id}`] ?? {};
assert("venue" in kept && "date" in kept);
for (const edge of both?.meetings.edges ?? []) console.log(edge.node.date ?? "undated", edge.node.title);
