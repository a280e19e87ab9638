SELECT m.title, m.kind, m.date, m.level, m.venue, m.review_year, (SELECT v.name FROM provinces v WHERE v.id = m.province_id) AS province,
    ARRAY(SELECT ARRAY[p.ordinal::text, p.name, p.roles::text, p.site_name, h.title, o.name]
        FROM (SELECT id, ordinal, name, roles, site_name FROM participants WHERE meeting_id = m.id ORDER BY ordinal LIMIT 20) AS p
            LEFT JOIN participant_positions h ON h.participant_id = p.id LEFT JOIN organizations o ON o.id = h.organization_id
        ORDER BY p.ordinal, h.ordinal) AS participants
FROM meetings m
WHERE m.id = :id
