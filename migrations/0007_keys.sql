-- API keys, none of which stands here: of each, the digest that it is known by (access/keys.rs says why SHA-256 will do).
CREATE TABLE api_keys (
    digest bytea CONSTRAINT api_keys_pkey PRIMARY KEY CONSTRAINT api_keys_digest CHECK (octet_length(digest) = 32),
    -- What people call it by.
    name text COLLATE "C" NOT NULL CONSTRAINT api_keys_named CHECK (name <> ''),
    -- Cost a minute; NULL for what the server gives everybody.
    cost_limit integer CONSTRAINT api_keys_limit CHECK (cost_limit > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz
);

-- A name can be given again once its key is revoked.
CREATE UNIQUE INDEX api_keys_name ON api_keys (name) WHERE revoked_at IS NULL;
