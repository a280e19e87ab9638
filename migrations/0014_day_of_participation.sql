-- Somebody's participations are in order of their meetings' days, which stood in another table only: to find the latest
-- twenty of somebody who is everywhere, all of them were read. The day beside the participant, `-infinity` where the
-- meeting's is not known, lets an index have them in order. Whoever writes participants writes it (store/write/resolved.rs).
ALTER TABLE participants ADD COLUMN day date NOT NULL DEFAULT '-infinity';
COMMENT ON COLUMN participants.day IS 'The meeting''s date, or -infinity: a copy, for the order of participations.';

-- It is no content of any node, so nothing has changed for those who follow changes.
ALTER TABLE participants DISABLE TRIGGER USER;
UPDATE participants p SET day = m.date FROM meetings m WHERE m.id = p.meeting_id AND m.date IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE participants ENABLE TRIGGER USER;

DROP INDEX participants_person_idx;
CREATE INDEX participants_person_idx ON participants (person_id, day DESC, id DESC);
