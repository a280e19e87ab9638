SELECT m.title, m.date
FROM meetings m
WHERE m.id IN (SELECT p.meeting_id FROM participants p JOIN participant_positions h ON h.participant_id = p.id
    JOIN organizations o ON o.id = h.organization_id WHERE o.name = :name)
ORDER BY coalesce(m.date, '-infinity'::date) DESC, m.id DESC LIMIT 20
