// Types for the operations beside this file, from the SDL in the repository: no server is asked.
import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../schema.graphql",
  documents: "typescript/operations/*.graphql",
  // Every custom scalar is a string in JSON; a scalar that is not named here is an error.
  config: {
    strictScalars: true,
    scalars: { Date: "string", DateTime: "string", Decimal: "string" },
    enumsAsTypes: true,
    useTypeImports: true,
  },
  generates: {
    // The whole schema, for code that passes pieces of answers around.
    "typescript/schema.ts": { plugins: ["typescript"] },
    // What the operations ask for and get, no more.
    "typescript/generated.ts": { plugins: ["typescript-operations", "typed-document-node"] },
  },
};

export default config;
