-- The first layer: five tasks in each meeting's long report.
\set ON_ERROR_STOP on

INSERT INTO facts (id, document_id, kind, ordinal)
SELECT bench.id('task', i * 8 + o), bench.id('document', i), 'TASK', o FROM generate_series(1, :n::bigint) AS i, generate_series(1, 5) AS o;
INSERT INTO tasks (id, report_id, text, year, assigned_by_name, assigned_by_key, assigned_by_id)
SELECT bench.id('task', x.i * 8 + t.o), bench.id('report', x.i), bench.task_text(x.i * 8 + t.o),
    CASE WHEN bench.h(x.i, 127, 4) > 0 THEN extract(year FROM bench.day(x.i))::int + 1 END,
    c.name, bench.name_key(c.name), bench.id('person', c.person)
FROM generate_series(1, :n::bigint) AS x (i) CROSS JOIN generate_series(1, 5) AS t (o)
    LEFT JOIN bench.present c ON c.i = x.i AND c.o = 1 AND bench.h(x.i * 8 + t.o, 128, 2) = 0
ORDER BY x.i, t.o;
