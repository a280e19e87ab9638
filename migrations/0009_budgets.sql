-- What clients have used of what they may, for all servers on this database together (src/access/ledger.rs). A row is of
-- use for a minute, so nothing is lost with what a crash takes away, and a copy of the database needs none of it.
CREATE UNLOGGED TABLE budgets (
    -- an API key's digest (32 bytes), an IPv4 address (4), the network of an IPv6 address (16)
    client bytea CONSTRAINT budgets_pkey PRIMARY KEY,
    -- when all of its limit will be there again: what it has used, as the time that it takes to grow again
    full_at timestamptz NOT NULL,
    -- what was told last; it stands here only so that one INSERT can add it to what is there
    added interval NOT NULL
) WITH (fillfactor = 50); -- rows change in place
