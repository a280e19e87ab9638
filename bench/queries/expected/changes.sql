SELECT CASE WHEN c.digest IS NULL THEN 'DELETED' WHEN c.made_by > :read THEN 'CREATED' ELSE 'UPDATED' END AS operation, c.kind AS type,
    initcap(c.kind) || ':' || c.id AS "nodeId", to_char(c.changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "changedAt"
FROM node_changes c WHERE c.number > :read ORDER BY c.number LIMIT 20
