SELECT n.name
FROM people n
WHERE n.id IN (SELECT p.person_id FROM participants p JOIN meetings m ON m.id = p.meeting_id
    WHERE m.province_id = :province AND m.date >= :from AND m.date < :until)
ORDER BY n.name_key, n.id LIMIT 20
