SELECT n.name FROM people n WHERE starts_with(n.name_folded, :words) ORDER BY n.name_key, n.id LIMIT 20
