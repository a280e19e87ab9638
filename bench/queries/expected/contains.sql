SELECT m.title, m.date
FROM meetings m
WHERE strpos(m.title_folded, :words) > 0
ORDER BY coalesce(m.date, '-infinity'::date) DESC, m.id DESC LIMIT 20
