// urql with its normalised cache, which knows Relay's connections.
import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import assert from "node:assert/strict";
import { address } from "../address.js";
import { MeetingsDocument } from "../typescript/generated.js";

// Parts without an id of their own belong to what they are in.
const part = () => null;
const client = new Client({
  url: address,
  preferGetMethod: false,
  exchanges: [
    cacheExchange({ resolvers: { Query: { meetings: relayPagination() } }, keys: { Position: part } }),
    fetchExchange,
  ],
});

const first = await client.query(MeetingsDocument, { first: 2 }).toPromise();
assert.equal(first.error, undefined);
const after = first.data?.meetings.pageInfo.endCursor;
assert(after);
const second = await client.query(MeetingsDocument, { first: 2, after }).toPromise();
assert.equal(second.error, undefined);
// The cache answers with the pages read so far as one list.
const ids = second.data?.meetings.edges.map(({ node }) => node.id) ?? [];
assert.equal(ids.length, Math.min(4, second.data?.meetings.totalCount ?? 0));
assert.equal(new Set(ids).size, ids.length);
for (const edge of second.data?.meetings.edges ?? []) {
  console.log(edge.node.title, "-", edge.node.participants.edges.map(({ node }) => node.name).join(", "));
}
