// Asks a running server all audits of GraphQL over HTTP: node http.mjs URL. Exits 1 unless every one of them passes,
// whether the specification says MUST, SHOULD or MAY.
import { auditServer } from 'graphql-http';

/** How many audits graphql-http has at the version that package.json pins: fewer would be a weaker test. */
const AUDITS = 61;

const results = await auditServer({ url: process.argv[2] });
const failed = results.filter((result) => result.status !== 'ok');
for (const { id, name, reason } of failed) console.log(`not ok ${id} ${name}: ${reason}`);
console.log(`GraphQL over HTTP: ${results.length - failed.length} of ${results.length} audits pass`);
process.exitCode = failed.length === 0 && results.length === AUDITS ? 0 : 1;
