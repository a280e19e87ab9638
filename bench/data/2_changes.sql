-- The log of changes (migration 0004), as if documents had been loaded one after the other: every node once, its digest
-- a stand-in of the same length. `SELECT touch_all()` would work the real ones out; for 10,000 meetings that takes half
-- a minute of CPU, and grows with them. Nothing that reads looks at a digest.
INSERT INTO node_changes (number, made_by, made_at, changed_at, id, digest, kind)
SELECT number, CASE WHEN i % 20 = 0 THEN number - 30 ELSE number END, moment - interval '1 minute' * (i % 20), moment, id,
    substr(sha256(uuid_send(id)), 1, 16), kind
FROM generate_series(1, 2 * :n::bigint) AS i, LATERAL (
    SELECT i * 40 AS number, 'ORGANIZATION' AS kind, bench.id('body', i) AS id WHERE i <= 1020 + :n::bigint / 50
    UNION ALL SELECT i * 40 + o, 'TASK', bench.id('task', i * 8 + o) FROM generate_series(1, 5) AS o WHERE i <= :n::bigint
    UNION ALL SELECT i * 40 + 6, 'DIRECTIVE', bench.id('directive', i)
        WHERE i <= :n::bigint + :n::bigint / 5 + :n::bigint / 20 AND (bench.h(i, 130, 3) = 0 OR i > :n::bigint + :n::bigint / 5)
    UNION ALL SELECT i * 40 + 6 + o, 'PARTICIPANT', bench.id('participant', i * 16 + o) FROM generate_series(1, 8 + bench.h(i, 80, 5)) AS o
        WHERE i <= :n::bigint
    UNION ALL SELECT i * 40 + 20 + nth, 'AWARD', bench.id('award', i * 4 + nth) FROM generate_series(1, bench.h(i, 110, 3)) AS nth
        WHERE i <= :n::bigint
    UNION ALL SELECT i * 40 + 24, 'PERSON', bench.id('person', i)
    UNION ALL SELECT i * 40 + 25, 'MEETING', bench.id('meeting', i) WHERE i <= :n::bigint
    UNION ALL SELECT i * 40 + 26, 'DOCUMENT', bench.id('document', i) WHERE i <= :n::bigint + :n::bigint / 5 + :n::bigint / 20
) AS node, LATERAL (SELECT timestamptz '2025-01-01 00:00+00' + interval '1 second' * i AS moment) AS x;
UPDATE data_version SET number = (SELECT max(number) FROM node_changes), changed_at = (SELECT max(changed_at) FROM node_changes);
