// A script in another service that keeps a copy: everything once, then only what changes, from where it left off.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { createClient } from "graphql-sse";
import assert from "node:assert/strict";
import { address } from "../address.js";
import { ChangesDocument, type ChangesQuery } from "../typescript/generated.js";

type Change = ChangesQuery["changes"]["nodes"][number];

/** What a service would keep in its own database, with the cursor, in one transaction. */
const copy = new Map<string, NonNullable<Change["node"]>>();

function apply({ operation, nodeId, node }: Change): void {
  if (operation === "DELETED" || !node) copy.delete(nodeId);
  else copy.set(nodeId, node);
}

async function ask<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data> {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const answer = (await response.json()) as { data?: Data; errors?: unknown };
  if (!answer.data) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

/** Reads all there is behind `since`; returns from where to go on, and how much it was. */
async function catchUp(since: string | null): Promise<[string, number]> {
  for (let read = 0; ; ) {
    const { changes } = await ask(ChangesDocument, { since });
    changes.nodes.forEach(apply);
    read += changes.nodes.length;
    since = changes.pageInfo.endCursor ?? since;
    if (!changes.pageInfo.hasNextPage) return [since ?? "", read];
  }
}

const [cursor, read] = await catchUp(null);
assert.equal(copy.size, read);
const [, again] = await catchUp(cursor);
assert.equal(again, 0, "nothing is told twice");
const count = new Map<string, number>();
for (const { __typename } of copy.values()) count.set(__typename, (count.get(__typename) ?? 0) + 1);
console.log([...count].map(([type, n]) => `${n} ${type}`).join(", "));

// And as it goes on, by server-sent events: at once an empty page with the cursor of now, then a page whenever something
// is loaded. Here the first is enough; a service gives its own cursor as `since`, applies every page, and never ends.
type Page = { changes: { nodes: Change[]; pageInfo: { endCursor: string } } };
const live = createClient({ url: address }).iterate<Page>({
  query: `subscription ($since: String) {
    changes(since: $since) { nodes { operation type nodeId node { __typename id } } pageInfo { endCursor } }
  }`,
});
for await (const { data, errors } of live) {
  assert.equal(errors, undefined);
  assert(data);
  data.changes.nodes.forEach(apply);
  assert.equal(data.changes.pageInfo.endCursor, cursor);
  console.log("up to date, and listening");
  break;
}
