SELECT m.title, m.date, m.venue,
    ARRAY(SELECT ARRAY[p.ordinal::text, p.name, p.roles::text, h.title]
        FROM (SELECT id, ordinal, name, roles FROM participants WHERE meeting_id = m.id ORDER BY ordinal LIMIT 10) AS p
            LEFT JOIN participant_positions h ON h.participant_id = p.id
        ORDER BY p.ordinal, h.ordinal) AS participants,
    ARRAY(SELECT ARRAY[f.ordinal::text, t.text]
        FROM meeting_reports r JOIN tasks t ON t.report_id = r.id JOIN facts f ON f.id = t.id
        WHERE r.meeting_id = m.id ORDER BY f.document_id, f.ordinal LIMIT 5) AS tasks,
    ARRAY(SELECT ARRAY[a.name, o.name, a.collective_count::text, a.individual_count::text]
        FROM awards a LEFT JOIN organizations o ON o.id = a.granted_by_id
        WHERE a.meeting_id = m.id ORDER BY a.id LIMIT 5) AS awards
FROM meetings m
WHERE m.province_id = :province AND coalesce(m.date, '-infinity'::date) >= :from AND coalesce(m.date, '-infinity'::date) < :until
ORDER BY coalesce(m.date, '-infinity'::date) DESC, m.id DESC LIMIT 20
