// Typed operations and nothing else: fetch, and the types that graphql-codegen wrote.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import assert from "node:assert/strict";
import { address } from "../address.js";
import { TasksDocument } from "./generated.js";

async function ask<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data> {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const answer = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (!response.ok || answer.errors || !answer.data) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

const { tasks } = await ask(TasksDocument, { year: 2022 });
assert.equal(tasks.nodes.length, tasks.totalCount);
for (const task of tasks.nodes) {
  // Misspell a field here and `npm run check` fails.
  const where = task.evidence.map(({ start, end }) => `${start}-${end}`).join(", ");
  console.log(`${task.assignedBy?.name ?? "?"}: ${task.text.slice(0, 60)}... [${where}]`);
}
