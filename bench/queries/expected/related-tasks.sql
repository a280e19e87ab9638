SELECT t.text, t.year
FROM tasks t JOIN facts f ON f.id = t.id JOIN meeting_reports r ON r.id = t.report_id JOIN meetings m ON m.id = r.meeting_id
WHERE m.province_id = :province AND m.date >= :from AND m.date < :until
ORDER BY f.document_id, f.ordinal LIMIT 20
