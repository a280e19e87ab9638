//! The private PostgreSQL: found, started and stopped for whoever has none.
