-- What filters and orders of lists look things up by.

-- One form for every way of writing a text: without case, without the marks of letters and tones (so wherever a tone
-- mark stands), plain d for đ, plain quotes, dashes and spaces, nothing invisible. What is looked for is folded by the
-- same function. Only what is the same in every locale and version of a C library is used, so an index may hold it.
CREATE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lower(translate(
        -- letters come apart from their marks, which go, with soft hyphens and what has no width
        regexp_replace(normalize($1, NFD), '[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+', '', 'g'),
        -- đ Đ, single quotes, double quotes, dashes, spaces
        U&'\0111\0110\2018\2019\201a\2032\201c\201d\201e\00ab\00bb\2033\2010\2011\2012\2013\2014\2015\2212\00a0\202f\2009\3000\0009\000a\000d',
        'dd''''''''""""""-------       ') COLLATE "C")
$$;

ALTER TABLE documents ADD COLUMN title_folded text COLLATE "C" GENERATED ALWAYS AS (fold(title)) STORED;
ALTER TABLE meetings ADD COLUMN title_folded text COLLATE "C" GENERATED ALWAYS AS (fold(title)) STORED;
ALTER TABLE people ADD COLUMN name_folded text COLLATE "C" GENERATED ALWAYS AS (fold(name_key)) STORED;
ALTER TABLE organizations ADD COLUMN name_folded text COLLATE "C" GENERATED ALWAYS AS (fold(name_key)) STORED;
ALTER TABLE participants ADD COLUMN name_folded text COLLATE "C" GENERATED ALWAYS AS (fold(name)) STORED;
ALTER TABLE participant_positions ADD COLUMN title_folded text COLLATE "C" GENERATED ALWAYS AS (fold(title)) STORED;
ALTER TABLE tasks ADD COLUMN text_folded text COLLATE "C" GENERATED ALWAYS AS (fold(text)) STORED;
ALTER TABLE awards ADD COLUMN name_folded text COLLATE "C" GENERATED ALWAYS AS (fold(name)) STORED;

-- a name, whole or its beginning, and the order by it; keys, and so these, are short enough for a B-tree
CREATE INDEX people_name_folded_idx ON people (name_folded, id);
CREATE INDEX organizations_name_folded_idx ON organizations (name_folded, id);
-- a province's meetings, in the order of lists of meetings, also of some days
CREATE INDEX meetings_province_idx ON meetings (province_id, coalesce(date, '-infinity'::date) DESC, id DESC);
-- the earliest first, undated last
CREATE INDEX meetings_earliest_idx ON meetings (coalesce(date, 'infinity'::date), id);
CREATE INDEX participants_site_province_idx ON participants (site_province_id) WHERE site_province_id IS NOT NULL;

-- A part of a text. pg_trgm comes with PostgreSQL and any owner of a database may create it; where it was not installed,
-- the same conditions are answered by reading every row. What is not in such an index yet, because something is being
-- loaded, is read through by every query that uses it, so that is kept short (kB).
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN undefined_file OR insufficient_privilege OR feature_not_supported THEN
    RAISE NOTICE 'pg_trgm cannot be created: looking for parts of texts will read every row';
END $$;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_opclass WHERE opcname = 'gin_trgm_ops' AND pg_opclass_is_visible(oid)) THEN
        CREATE INDEX documents_title_trgm_idx ON documents USING gin (title_folded gin_trgm_ops) WITH (gin_pending_list_limit = 512);
        CREATE INDEX meetings_title_trgm_idx ON meetings USING gin (title_folded gin_trgm_ops) WITH (gin_pending_list_limit = 512);
        CREATE INDEX people_name_trgm_idx ON people USING gin (name_folded gin_trgm_ops) WITH (gin_pending_list_limit = 512);
        CREATE INDEX organizations_name_trgm_idx ON organizations USING gin (name_folded gin_trgm_ops) WITH (gin_pending_list_limit = 512);
        CREATE INDEX tasks_text_trgm_idx ON tasks USING gin (text_folded gin_trgm_ops) WITH (gin_pending_list_limit = 512);
    END IF;
END $$;
