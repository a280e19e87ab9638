//! The GraphQL schema over the store.
