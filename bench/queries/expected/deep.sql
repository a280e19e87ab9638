SELECT 'Meeting:' || m.id AS id, m.title, m.date, json_build_object('name', v.name) AS province
FROM meetings m JOIN provinces v ON v.id = m.province_id,
    (SELECT date, id FROM meetings WHERE date < :day ORDER BY date DESC, id DESC LIMIT 1) AS last
WHERE m.date < last.date OR m.date = last.date AND m.id < last.id
ORDER BY m.date DESC, m.id DESC LIMIT 20
