-- What search looks words up in. A word is a run of letters and digits of the folded text (fold, 0005); nothing else of
-- it counts, so `57-KL/TW` is three words that follow each other. src/domain/words.rs has the same words in Rust.
CREATE FUNCTION search_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    -- A tsvector holds a megabyte at most; nobody looks for what stands behind that in one sentence.
    SELECT to_tsvector('pg_catalog.simple',
        left(regexp_replace(fold($1), '[^a-z0-9\u0100-\u1fff\u3040-\uffff]+', ' ', 'g'), 200000))
$$;

ALTER TABLE documents ADD COLUMN words tsvector GENERATED ALWAYS AS (search_words(title)) STORED;
ALTER TABLE meetings ADD COLUMN words tsvector
    GENERATED ALWAYS AS (search_words(title || ' ' || coalesce(venue, ''))) STORED;
ALTER TABLE people ADD COLUMN words tsvector GENERATED ALWAYS AS (search_words(name)) STORED;
ALTER TABLE organizations ADD COLUMN words tsvector GENERATED ALWAYS AS (search_words(name)) STORED;
ALTER TABLE tasks ADD COLUMN words tsvector GENERATED ALWAYS AS (search_words(text)) STORED;
ALTER TABLE awards ADD COLUMN words tsvector GENERATED ALWAYS AS (search_words(name)) STORED;
ALTER TABLE award_recipients ADD COLUMN words tsvector GENERATED ALWAYS AS (search_words(name)) STORED;

CREATE INDEX documents_words_idx ON documents USING gin (words);
CREATE INDEX meetings_words_idx ON meetings USING gin (words);
CREATE INDEX people_words_idx ON people USING gin (words);
CREATE INDEX organizations_words_idx ON organizations USING gin (words);
CREATE INDEX tasks_words_idx ON tasks USING gin (words);
CREATE INDEX awards_words_idx ON awards USING gin (words);
CREATE INDEX award_recipients_words_idx ON award_recipients USING gin (words);

-- Where the sentences of a document's body stand, in code points, and their words.
CREATE TABLE sentences (
    document_id uuid NOT NULL CONSTRAINT sentences_document_fkey REFERENCES documents ON DELETE CASCADE,
    ordinal integer NOT NULL CONSTRAINT sentences_ordinal_positive CHECK (ordinal > 0),
    start_at integer NOT NULL CONSTRAINT sentences_start_in_text CHECK (start_at >= 0),
    end_at integer NOT NULL,
    words tsvector NOT NULL,
    CONSTRAINT sentences_pkey PRIMARY KEY (document_id, ordinal),
    CONSTRAINT sentences_not_empty CHECK (end_at > start_at)
);
CREATE INDEX sentences_words_idx ON sentences USING gin (words);

-- Of documents that are there already, every line, until they are loaded again.
INSERT INTO sentences (document_id, ordinal, start_at, end_at, words)
SELECT id, number, start_at, start_at + length(line), search_words(line)
FROM (
    SELECT d.id, number, line, (sum(length(line) + 1) OVER (PARTITION BY d.id ORDER BY number) - length(line) - 1)::int
        AS start_at
    FROM documents d, regexp_split_to_table(d.text, '\n') WITH ORDINALITY AS lines (line, number)
) AS lines
WHERE line <> '';

-- What search finds in sentences is part of no node, but answers are kept by the data's version: it goes on with them.
CREATE FUNCTION count_sentences() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM moved) THEN
        UPDATE data_version SET number = number + 1, changed_at = greatest(clock_timestamp(), changed_at);
        PERFORM pg_notify('hoinghi_changes', (SELECT number FROM data_version)::text);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER counted_by_insert AFTER INSERT ON sentences REFERENCING NEW TABLE AS moved
    FOR EACH STATEMENT EXECUTE FUNCTION count_sentences();
CREATE TRIGGER counted_by_update AFTER UPDATE ON sentences REFERENCING NEW TABLE AS moved
    FOR EACH STATEMENT EXECUTE FUNCTION count_sentences();
CREATE TRIGGER counted_by_delete AFTER DELETE ON sentences REFERENCING OLD TABLE AS moved
    FOR EACH STATEMENT EXECUTE FUNCTION count_sentences();

-- Names that are spelled a little otherwise. Without pg_trgm (0005), none is.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_proc WHERE proname = 'word_similarity' AND pg_function_is_visible(oid)) THEN
        CREATE FUNCTION is_alike(asked text, name text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
            AS 'SELECT $1 <% $2 AND word_similarity($1, $2) >= 0.7';
        CREATE FUNCTION alikeness(asked text, name text) RETURNS real LANGUAGE sql STABLE PARALLEL SAFE
            AS 'SELECT word_similarity($1, $2)';
    ELSE
        CREATE FUNCTION is_alike(asked text, name text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
            AS 'SELECT false';
        CREATE FUNCTION alikeness(asked text, name text) RETURNS real LANGUAGE sql STABLE PARALLEL SAFE
            AS 'SELECT 0::real';
    END IF;
END $$;
