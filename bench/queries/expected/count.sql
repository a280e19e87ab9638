SELECT json_build_object('totalCount', count(*)) AS meetings
FROM meetings m WHERE m.province_id = :province AND m.date >= :from AND m.date < :until
