//! GraphQL over HTTP, the playground, health.
