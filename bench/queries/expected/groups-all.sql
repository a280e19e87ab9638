SELECT json_build_object('groups', json_agg(json_build_object('year', year, 'level', level, 'count', count))) AS meetings
FROM (SELECT extract(year FROM m.date)::int AS year, m.level, count(*) FROM meetings m GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT 100) AS g
