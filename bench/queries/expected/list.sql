SELECT 'Meeting:' || m.id AS id, m.title, m.date, json_build_object('name', v.name) AS province
FROM meetings m JOIN provinces v ON v.id = m.province_id
ORDER BY coalesce(m.date, '-infinity'::date) DESC, m.id DESC LIMIT 20
