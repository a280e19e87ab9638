-- What clients follow: the number of the last change, and which change made each node what it is.

-- One row. The number goes up with every transaction that changes anything a client can see, and with no other; whoever
-- counts it up holds the row until the transaction ends, so numbers come in the order of commits.
CREATE TABLE data_version (
    one boolean CONSTRAINT data_version_pkey PRIMARY KEY DEFAULT true CONSTRAINT data_version_one CHECK (one),
    -- which database this is: numbers of another mean nothing here
    database uuid NOT NULL DEFAULT gen_random_uuid(),
    -- how many changes there have been
    number bigint NOT NULL DEFAULT 0
);
INSERT INTO data_version DEFAULT VALUES;
