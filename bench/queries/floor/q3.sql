SELECT n.name,
    ARRAY(SELECT ARRAY[x.id::text, x.roles::text, h.title, x.title, x.date::text,
            (SELECT v.name FROM provinces v WHERE v.id = x.province_id)]
        FROM (SELECT p.id, p.roles, m.title, m.date, p.day, m.province_id
                FROM (SELECT * FROM participants p WHERE p.person_id = n.id ORDER BY p.day DESC, p.id DESC LIMIT 20) AS p
                JOIN meetings m ON m.id = p.meeting_id) AS x
            LEFT JOIN participant_positions h ON h.participant_id = x.id
        ORDER BY x.day DESC, x.id DESC, h.ordinal) AS participations
FROM people n
WHERE n.id = :id
