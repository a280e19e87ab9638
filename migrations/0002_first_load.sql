-- Whether the seeds still have to be loaded: a row is made when that begins, so that what was interrupted is finished
-- by the next start, and it is never begun in a database that somebody has filled himself, or has emptied again.
CREATE TABLE first_load (
    -- there is one row at most
    only_row boolean CONSTRAINT first_load_pkey PRIMARY KEY DEFAULT true CONSTRAINT first_load_single CHECK (only_row),
    -- NULL while it goes on, or after it was interrupted
    ended_at timestamptz
);
