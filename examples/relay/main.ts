// Relay without React: its compiler's artifacts, its store, a connection read page by page, a node read again.
import assert from "node:assert/strict";
import {
  createOperationDescriptor,
  Environment,
  fetchQuery,
  getSingularSelector,
  Network,
  RecordSource,
  Store,
  type GraphQLResponse,
} from "relay-runtime";
import { address } from "../address.js";
import MeetingsQuery, { type queriesMeetingsQuery } from "./__generated__/queriesMeetingsQuery.graphql.js";
import MoreQuery, { type queriesMoreMeetingsQuery } from "./__generated__/queriesMoreMeetingsQuery.graphql.js";
import meetingsFragment, {
  type queries_meetings$data,
} from "./__generated__/queries_meetings.graphql.js";

const environment = new Environment({
  network: Network.create(async ({ text }, variables) => {
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: text, variables }),
    });
    return (await response.json()) as GraphQLResponse;
  }),
  store: new Store(new RecordSource()),
});

function read(): queries_meetings$data {
  const operation = createOperationDescriptor(MeetingsQuery, {});
  environment.retain(operation);
  const root = environment.lookup(operation.fragment).data;
  const selector = getSingularSelector(meetingsFragment, root);
  return environment.lookup(selector!).data as queries_meetings$data;
}

await fetchQuery<queriesMeetingsQuery>(environment, MeetingsQuery, {}).toPromise();
const one = read();
assert.equal(one.meetings.edges.length, 2);
const cursor = environment
  .getStore()
  .getSource()
  .get("client:root:__queries_meetings_connection:pageInfo")?.["endCursor"] as string;
await fetchQuery<queriesMoreMeetingsQuery>(environment, MoreQuery, { count: 2, cursor }).toPromise();
const two = read();
assert(two.meetings.edges.length > 2, "the connection grew by the second page");
assert.equal(new Set(two.meetings.edges.map(({ node }) => node.id)).size, two.meetings.edges.length);
for (const { node } of two.meetings.edges) {
  console.log(node.title, "-", node.participants.edges.map((edge) => edge.node.name).join(", "));
}
