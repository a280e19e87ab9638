// GraphiQL over the server that this page comes from. Every path is relative, so that a proxy may put a prefix before it.
import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import './workers.js';
import './styles.css';

const fetcher = async ({ query, variables, operationName }) => {
  const response = await fetch('graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
    },
    body: JSON.stringify({ query, variables, operationName }),
  });
  return response.json();
};

// [{ name, query }], as they stand in playground/examples; GraphiQL keeps what a reader made of them in the browser.
const examples = await (await fetch('playground/examples.json')).json();

createRoot(document.getElementById('playground')).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={examples.map(({ query }) => ({ query }))}
    defaultEditorToolsVisibility={false}
    isHeadersEditorEnabled={false}
  >
    <GraphiQL.Logo>
      <strong>hoinghi</strong>
    </GraphiQL.Logo>
  </GraphiQL>,
);
