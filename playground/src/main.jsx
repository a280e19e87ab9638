// GraphiQL over the server that this page comes from. Every path is relative, so that a proxy may put a prefix before it.
import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import { getOperationAST, parse } from 'graphql';
import { createClient } from 'graphql-sse';
import './workers.js';
import './styles.css';

const endpoint = new URL('graphql', document.baseURI).href;

/** Whether this operation goes on: then it is answered by server-sent events, else by JSON. */
function goesOn({ query, operationName }) {
  try {
    return getOperationAST(parse(query), operationName)?.operation === 'subscription';
  } catch {
    return false; // the server says better what is wrong
  }
}

const fetcher = async ({ query, variables, operationName }, { headers } = {}) => {
  const operation = { query, variables, operationName };
  if (goesOn(operation)) {
    return createClient({ url: endpoint, headers, retryAttempts: 0 }).iterate(operation);
  }
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...headers,
    },
    body: JSON.stringify(operation),
  });
  return response.json();
};

// [{ name, query }], as they stand in playground/examples; GraphiQL keeps what a reader made of them in the browser.
const examples = await (await fetch('playground/examples.json')).json();

createRoot(document.getElementById('playground')).render(
  // Headers are where an API key goes, and are not kept.
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={examples.map(({ query }) => ({ query }))}
    defaultEditorToolsVisibility={false}
    shouldPersistHeaders={false}
  >
    <GraphiQL.Logo>
      <strong>hoinghi</strong> <a href="errors">errors (lỗi)</a>
    </GraphiQL.Logo>
  </GraphiQL>,
);
