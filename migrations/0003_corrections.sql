-- What is told of who is who (domain::Corrections as JSON): one row at most. With the first layer, all that the second
-- is a function of.
CREATE TABLE corrections (
    one boolean CONSTRAINT corrections_pkey PRIMARY KEY DEFAULT true CONSTRAINT corrections_one CHECK (one),
    told text NOT NULL
);
