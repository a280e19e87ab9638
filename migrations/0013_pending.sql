-- What is loaded waits in a list of its index until that is full, and is then put in its place. With lists of 512 kB (0005)
-- that was done several times for each batch of a load, by whoever was writing; with PostgreSQL's own size, 4 MB, it is done
-- about once a batch. While something is being loaded, looking for a part of a text reads through so much; when it is
-- done, the loader sees that nothing waits any more.
ALTER INDEX IF EXISTS documents_title_trgm_idx RESET (gin_pending_list_limit);
ALTER INDEX IF EXISTS meetings_title_trgm_idx RESET (gin_pending_list_limit);
ALTER INDEX IF EXISTS people_name_trgm_idx RESET (gin_pending_list_limit);
ALTER INDEX IF EXISTS organizations_name_trgm_idx RESET (gin_pending_list_limit);
ALTER INDEX IF EXISTS tasks_text_trgm_idx RESET (gin_pending_list_limit);
