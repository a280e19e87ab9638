-- Two layers. What each document says, exactly as extracted (facts, evidence, *_reports, tasks, directives,
-- figures), and what is put together from it (meetings, participants, people, organizations, sites, awards): a pure
-- function of the first, written in the same transaction.
--
-- Every id is derived from content (see src/domain/ids.rs), so loading a document again keeps the ids of what did
-- not change. Words of closed vocabularies are the ones of the API, guarded by CHECK; their Rust side is
-- src/domain/kinds.rs. Offsets count Unicode code points, as substr() does.
--
-- Text that an index holds, that orders a list or decides between equals is compared by code point (COLLATE "C"),
-- whatever the database's own locale: answers and cursors are the same everywhere, and an upgrade of a C library or of
-- ICU breaks no index.

-- Provinces with their official codes: the 63 of before July 2025 and the 34 since. Filled from
-- src/domain/provinces.tsv at every migration, where the data stand once.
CREATE TABLE provinces (
    -- the code, plus 1000 for the series since July 2025: the two series reuse each other's codes
    id smallint CONSTRAINT provinces_pkey PRIMARY KEY,
    code text NOT NULL CONSTRAINT provinces_code_form CHECK (code ~ '^[0-9]{2}$'),
    name text NOT NULL,
    kind text NOT NULL CONSTRAINT provinces_kind_known CHECK (kind IN ('PROVINCE', 'CITY')),
    -- NULL for those of the series since July 2025; deferrable, so that one statement can fill the table
    successor_id smallint CONSTRAINT provinces_successor_fkey REFERENCES provinces DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT provinces_successor_iff_old CHECK ((id < 1000) = (successor_id IS NOT NULL))
);

CREATE TABLE documents (
    id uuid CONSTRAINT documents_pkey PRIMARY KEY,
    -- the file's stem; the order and the cursor of lists of documents
    slug text COLLATE "C" NOT NULL CONSTRAINT documents_slug_key UNIQUE
        CONSTRAINT documents_slug_filled CHECK (slug <> ''),
    title text NOT NULL CONSTRAINT documents_title_filled CHECK (title <> ''),
    kind text COLLATE "C" NOT NULL CONSTRAINT documents_kind_known
        CHECK (kind IN ('MEETING_REPORT', 'ACTIVITY_REPORT', 'OTHER')),
    publisher text,
    url text,
    published_on date,
    text text NOT NULL,
    -- SHA-256 of what was read and of the extraction rules' version: equal means nothing to do
    content_hash bytea NOT NULL CONSTRAINT documents_content_hash_length CHECK (octet_length(content_hash) = 32),
    loaded_at timestamptz NOT NULL DEFAULT now()
);
-- documents of a kind, in their order
CREATE INDEX documents_kind_slug_idx ON documents (kind, slug);

-- What any kind of fact shares; deleting a document deletes its facts from here on down.
CREATE TABLE facts (
    id uuid CONSTRAINT facts_pkey PRIMARY KEY,
    document_id uuid NOT NULL CONSTRAINT facts_document_fkey REFERENCES documents ON DELETE CASCADE,
    kind text COLLATE "C" NOT NULL CONSTRAINT facts_kind_known CHECK (kind IN
        ('MEETING_REPORT', 'PARTICIPANT_REPORT', 'TASK', 'AWARD_REPORT', 'DIRECTIVE', 'FIGURE')),
    -- 1-based, in the document's order, per kind
    ordinal integer NOT NULL CONSTRAINT facts_ordinal_positive CHECK (ordinal > 0),
    -- a document's facts of one kind in order; also what the cascade from documents looks up
    CONSTRAINT facts_document_kind_ordinal_key UNIQUE (document_id, kind, ordinal)
);

-- Where a fact stands. The quote is the document's slice, never a copy of it.
CREATE TABLE evidence (
    fact_id uuid NOT NULL CONSTRAINT evidence_fact_fkey REFERENCES facts ON DELETE CASCADE,
    ordinal integer NOT NULL CONSTRAINT evidence_ordinal_positive CHECK (ordinal > 0),
    start_at integer NOT NULL CONSTRAINT evidence_start_in_text CHECK (start_at >= 0),
    end_at integer NOT NULL,
    rule text COLLATE "C" NOT NULL,
    CONSTRAINT evidence_pkey PRIMARY KEY (fact_id, ordinal),
    CONSTRAINT evidence_not_empty CHECK (end_at > start_at)
);

-- The second layer.

-- name_key is domain::name_key(name): one key for every spelling.
CREATE TABLE people (
    id uuid CONSTRAINT people_pkey PRIMARY KEY,
    name text NOT NULL CONSTRAINT people_name_filled CHECK (name <> ''),
    name_key text COLLATE "C" NOT NULL
);
-- the order and the cursor of lists of people; who shares a name
CREATE INDEX people_name_key_id_idx ON people (name_key, id);

CREATE TABLE organizations (
    id uuid CONSTRAINT organizations_pkey PRIMARY KEY,
    name text NOT NULL CONSTRAINT organizations_name_filled CHECK (name <> ''),
    name_key text COLLATE "C" NOT NULL,
    -- where the name alone does not say which province's body it is (Sở Ngoại vụ)
    province_id smallint CONSTRAINT organizations_province_fkey REFERENCES provinces,
    -- what the name alone leaves open: a province's number, a district, or, where nothing is known, the one document
    -- that the body is named in; empty for a name that says it all
    scope text COLLATE "C" NOT NULL,
    CONSTRAINT organizations_name_key_scope_key UNIQUE (name_key, scope)
);
-- the order and the cursor of lists of organizations
CREATE INDEX organizations_name_key_id_idx ON organizations (name_key, id);

CREATE TABLE meetings (
    id uuid CONSTRAINT meetings_pkey PRIMARY KEY,
    title text NOT NULL CONSTRAINT meetings_title_filled CHECK (title <> ''),
    kind text COLLATE "C" NOT NULL CONSTRAINT meetings_kind_known CHECK (kind IN ('CONFERENCE', 'TRAINING', 'SEMINAR',
        'CEREMONY', 'WORKING_SESSION', 'BRIEFING', 'PRESS_CONFERENCE', 'OTHER')),
    date date,
    part_of_day text CONSTRAINT meetings_part_of_day_known CHECK (part_of_day IN ('MORNING', 'AFTERNOON', 'EVENING')),
    mode text CONSTRAINT meetings_mode_known CHECK (mode IN ('IN_PERSON', 'ONLINE', 'HYBRID')),
    level text COLLATE "C" CONSTRAINT meetings_level_known CHECK (level IN
        ('NATIONAL', 'PROVINCIAL', 'DISTRICT', 'COMMUNE', 'INSTITUTIONAL')),
    venue text,
    province_id smallint CONSTRAINT meetings_province_fkey REFERENCES provinces,
    review_year smallint,
    plan_year smallint,
    site_count bigint,
    site_count_qualifier text CONSTRAINT meetings_site_count_qualifier_known CHECK (site_count_qualifier IN
        ('EXACT', 'MORE_THAN', 'NEARLY', 'ABOUT')),
    attendee_count bigint,
    attendee_count_qualifier text CONSTRAINT meetings_attendee_count_qualifier_known CHECK (attendee_count_qualifier IN
        ('EXACT', 'MORE_THAN', 'NEARLY', 'ABOUT')),
    CONSTRAINT meetings_site_count_qualified CHECK ((site_count IS NULL) = (site_count_qualifier IS NULL)),
    CONSTRAINT meetings_attendee_count_qualified CHECK ((attendee_count IS NULL) = (attendee_count_qualifier IS NULL))
);
-- the order and the cursor of lists of meetings: latest first, undated last; both columns run the same way and neither
-- is NULL, so that one row comparison finds the page behind a cursor
CREATE INDEX meetings_date_id_idx ON meetings (coalesce(date, '-infinity'::date) DESC, id DESC);
-- what a filter by day looks up
CREATE INDEX meetings_date_idx ON meetings (date);
-- those that a filter by one of these is equal to, in that order
CREATE INDEX meetings_review_year_idx ON meetings (review_year, coalesce(date, '-infinity'::date) DESC, id DESC);
CREATE INDEX meetings_plan_year_idx ON meetings (plan_year, coalesce(date, '-infinity'::date) DESC, id DESC);
CREATE INDEX meetings_kind_idx ON meetings (kind, coalesce(date, '-infinity'::date) DESC, id DESC);
CREATE INDEX meetings_level_idx ON meetings (level, coalesce(date, '-infinity'::date) DESC, id DESC);

-- A person or delegation at a meeting.
CREATE TABLE participants (
    id uuid CONSTRAINT participants_pkey PRIMARY KEY,
    meeting_id uuid NOT NULL CONSTRAINT participants_meeting_fkey REFERENCES meetings ON DELETE CASCADE,
    kind text NOT NULL CONSTRAINT participants_kind_known CHECK (kind IN ('PERSON', 'GROUP')),
    name text NOT NULL CONSTRAINT participants_name_filled CHECK (name <> ''),
    -- 1-based: people before delegations, chairs first, then as reported
    ordinal integer NOT NULL CONSTRAINT participants_ordinal_positive CHECK (ordinal > 0),
    person_id uuid CONSTRAINT participants_person_fkey REFERENCES people,
    -- a set, in the order of the API's enum
    roles text[] NOT NULL CONSTRAINT participants_roles_known CHECK (roles <@ ARRAY['CHAIR', 'CO_CHAIR', 'DIRECTING',
        'SPEAKER', 'PRESENTER', 'AWARD_PRESENTER', 'ATTENDEE']) CONSTRAINT participants_roles_some
        CHECK (cardinality(roles) > 0),
    -- the connected site; NULL at the main site
    site_name text,
    site_province_id smallint CONSTRAINT participants_site_province_fkey REFERENCES provinces,
    CONSTRAINT participants_person_iff_named CHECK ((kind = 'PERSON') = (person_id IS NOT NULL)),
    CONSTRAINT participants_site_province_of_site CHECK (site_name IS NOT NULL OR site_province_id IS NULL),
    CONSTRAINT participants_meeting_ordinal_key UNIQUE (meeting_id, ordinal) DEFERRABLE INITIALLY DEFERRED
);
-- a person's participations
CREATE INDEX participants_person_idx ON participants (person_id);

CREATE TABLE participant_positions (
    participant_id uuid NOT NULL CONSTRAINT participant_positions_participant_fkey
        REFERENCES participants ON DELETE CASCADE,
    ordinal integer NOT NULL CONSTRAINT participant_positions_ordinal_positive CHECK (ordinal > 0),
    title text NOT NULL CONSTRAINT participant_positions_title_filled CHECK (title <> ''),
    organization_id uuid CONSTRAINT participant_positions_organization_fkey REFERENCES organizations,
    CONSTRAINT participant_positions_pkey PRIMARY KEY (participant_id, ordinal)
);
-- which positions name a body; what removing an unused body looks up
CREATE INDEX participant_positions_organization_idx ON participant_positions (organization_id);

CREATE TABLE meeting_organizers (
    meeting_id uuid NOT NULL CONSTRAINT meeting_organizers_meeting_fkey REFERENCES meetings ON DELETE CASCADE,
    role text COLLATE "C" NOT NULL CONSTRAINT meeting_organizers_role_known
        CHECK (role IN ('ORGANIZER', 'CO_ORGANIZER')),
    ordinal integer NOT NULL CONSTRAINT meeting_organizers_ordinal_positive CHECK (ordinal > 0),
    organization_id uuid NOT NULL CONSTRAINT meeting_organizers_organization_fkey REFERENCES organizations,
    CONSTRAINT meeting_organizers_pkey PRIMARY KEY (meeting_id, role, ordinal)
);
CREATE INDEX meeting_organizers_organization_idx ON meeting_organizers (organization_id);

-- Connected sites (điểm cầu) of a meeting that reports name.
CREATE TABLE sites (
    meeting_id uuid NOT NULL CONSTRAINT sites_meeting_fkey REFERENCES meetings ON DELETE CASCADE,
    ordinal integer NOT NULL CONSTRAINT sites_ordinal_positive CHECK (ordinal > 0),
    name text NOT NULL CONSTRAINT sites_name_filled CHECK (name <> ''),
    province_id smallint CONSTRAINT sites_province_fkey REFERENCES provinces,
    CONSTRAINT sites_pkey PRIMARY KEY (meeting_id, ordinal)
);

CREATE TABLE awards (
    id uuid CONSTRAINT awards_pkey PRIMARY KEY,
    meeting_id uuid CONSTRAINT awards_meeting_fkey REFERENCES meetings ON DELETE CASCADE,
    name text NOT NULL CONSTRAINT awards_name_filled CHECK (name <> ''),
    granted_by_id uuid CONSTRAINT awards_granted_by_fkey REFERENCES organizations,
    collective_count integer CONSTRAINT awards_collective_count_natural CHECK (collective_count >= 0),
    individual_count integer CONSTRAINT awards_individual_count_natural CHECK (individual_count >= 0),
    work_count integer CONSTRAINT awards_work_count_natural CHECK (work_count >= 0),
    year smallint
);
CREATE INDEX awards_meeting_idx ON awards (meeting_id, id);
CREATE INDEX awards_year_idx ON awards (year, id);
CREATE INDEX awards_granted_by_idx ON awards (granted_by_id);

CREATE TABLE award_recipients (
    award_id uuid NOT NULL CONSTRAINT award_recipients_award_fkey REFERENCES awards ON DELETE CASCADE,
    ordinal integer NOT NULL CONSTRAINT award_recipients_ordinal_positive CHECK (ordinal > 0),
    name text NOT NULL CONSTRAINT award_recipients_name_filled CHECK (name <> ''),
    CONSTRAINT award_recipients_pkey PRIMARY KEY (award_id, ordinal)
);

-- The first layer again: what documents say, kind by kind. The reference to the second layer is set when
-- things are put together, within the transaction that loads the document.

CREATE TABLE meeting_reports (
    id uuid CONSTRAINT meeting_reports_pkey PRIMARY KEY
        CONSTRAINT meeting_reports_fact_fkey REFERENCES facts ON DELETE CASCADE,
    -- NULL only within that transaction
    meeting_id uuid CONSTRAINT meeting_reports_meeting_fkey REFERENCES meetings ON DELETE SET NULL,
    title text NOT NULL CONSTRAINT meeting_reports_title_filled CHECK (title <> ''),
    kind text NOT NULL CONSTRAINT meeting_reports_kind_known CHECK (kind IN ('CONFERENCE', 'TRAINING', 'SEMINAR',
        'CEREMONY', 'WORKING_SESSION', 'BRIEFING', 'PRESS_CONFERENCE', 'OTHER')),
    date date,
    part_of_day text CONSTRAINT meeting_reports_part_of_day_known CHECK (part_of_day IN
        ('MORNING', 'AFTERNOON', 'EVENING')),
    mode text CONSTRAINT meeting_reports_mode_known CHECK (mode IN ('IN_PERSON', 'ONLINE', 'HYBRID')),
    level text CONSTRAINT meeting_reports_level_known CHECK (level IN
        ('NATIONAL', 'PROVINCIAL', 'DISTRICT', 'COMMUNE', 'INSTITUTIONAL')),
    venue text,
    province_id smallint CONSTRAINT meeting_reports_province_fkey REFERENCES provinces,
    review_year smallint,
    plan_year smallint,
    site_count bigint,
    site_count_qualifier text CONSTRAINT meeting_reports_site_count_qualifier_known CHECK (site_count_qualifier IN
        ('EXACT', 'MORE_THAN', 'NEARLY', 'ABOUT')),
    attendee_count bigint,
    attendee_count_qualifier text CONSTRAINT meeting_reports_attendee_count_qualifier_known CHECK
        (attendee_count_qualifier IN ('EXACT', 'MORE_THAN', 'NEARLY', 'ABOUT')),
    CONSTRAINT meeting_reports_site_count_qualified CHECK ((site_count IS NULL) = (site_count_qualifier IS NULL)),
    CONSTRAINT meeting_reports_attendee_count_qualified
        CHECK ((attendee_count IS NULL) = (attendee_count_qualifier IS NULL))
);
-- a meeting's reports
CREATE INDEX meeting_reports_meeting_idx ON meeting_reports (meeting_id);
-- reports of one day are the candidates for being reports of one meeting
CREATE INDEX meeting_reports_date_idx ON meeting_reports (date);

CREATE TABLE report_organizers (
    report_id uuid NOT NULL CONSTRAINT report_organizers_report_fkey REFERENCES meeting_reports ON DELETE CASCADE,
    role text COLLATE "C" NOT NULL CONSTRAINT report_organizers_role_known
        CHECK (role IN ('ORGANIZER', 'CO_ORGANIZER')),
    ordinal integer NOT NULL CONSTRAINT report_organizers_ordinal_positive CHECK (ordinal > 0),
    -- as worded
    name text NOT NULL CONSTRAINT report_organizers_name_filled CHECK (name <> ''),
    organization_id uuid CONSTRAINT report_organizers_organization_fkey REFERENCES organizations,
    CONSTRAINT report_organizers_pkey PRIMARY KEY (report_id, role, ordinal)
);
CREATE INDEX report_organizers_organization_idx ON report_organizers (organization_id);

CREATE TABLE participant_reports (
    id uuid CONSTRAINT participant_reports_pkey PRIMARY KEY
        CONSTRAINT participant_reports_fact_fkey REFERENCES facts ON DELETE CASCADE,
    report_id uuid NOT NULL CONSTRAINT participant_reports_report_fkey REFERENCES meeting_reports ON DELETE CASCADE,
    -- NULL only within the transaction that loads the document
    participant_id uuid CONSTRAINT participant_reports_participant_fkey REFERENCES participants ON DELETE SET NULL,
    kind text NOT NULL CONSTRAINT participant_reports_kind_known CHECK (kind IN ('PERSON', 'GROUP')),
    name text NOT NULL CONSTRAINT participant_reports_name_filled CHECK (name <> ''),
    name_key text COLLATE "C" NOT NULL,
    roles text[] NOT NULL CONSTRAINT participant_reports_roles_known CHECK (roles <@ ARRAY['CHAIR', 'CO_CHAIR',
        'DIRECTING', 'SPEAKER', 'PRESENTER', 'AWARD_PRESENTER', 'ATTENDEE'])
        CONSTRAINT participant_reports_roles_some CHECK (cardinality(roles) > 0),
    site_name text,
    site_province_id smallint CONSTRAINT participant_reports_site_province_fkey REFERENCES provinces,
    CONSTRAINT participant_reports_site_province_of_site CHECK (site_name IS NOT NULL OR site_province_id IS NULL)
);
CREATE INDEX participant_reports_report_idx ON participant_reports (report_id);
CREATE INDEX participant_reports_participant_idx ON participant_reports (participant_id);
-- reports of one name are the candidates for being reports of one person
CREATE INDEX participant_reports_name_key_idx ON participant_reports (name_key) WHERE kind = 'PERSON';

CREATE TABLE report_positions (
    participant_report_id uuid NOT NULL CONSTRAINT report_positions_participant_report_fkey
        REFERENCES participant_reports ON DELETE CASCADE,
    ordinal integer NOT NULL CONSTRAINT report_positions_ordinal_positive CHECK (ordinal > 0),
    title text NOT NULL CONSTRAINT report_positions_title_filled CHECK (title <> ''),
    -- the body in the title, as worded
    organization_name text,
    organization_id uuid CONSTRAINT report_positions_organization_fkey REFERENCES organizations,
    CONSTRAINT report_positions_pkey PRIMARY KEY (participant_report_id, ordinal)
);
CREATE INDEX report_positions_organization_idx ON report_positions (organization_id);

CREATE TABLE tasks (
    id uuid CONSTRAINT tasks_pkey PRIMARY KEY CONSTRAINT tasks_fact_fkey REFERENCES facts ON DELETE CASCADE,
    -- the meeting it was set at, as this document reports it
    report_id uuid CONSTRAINT tasks_report_fkey REFERENCES meeting_reports ON DELETE CASCADE,
    text text NOT NULL CONSTRAINT tasks_text_filled CHECK (text <> ''),
    year smallint,
    -- as worded
    assigned_by_name text,
    -- domain::name_key of it
    assigned_by_key text COLLATE "C",
    CONSTRAINT tasks_assigned_by_keyed CHECK ((assigned_by_name IS NULL) = (assigned_by_key IS NULL)),
    assigned_by_id uuid CONSTRAINT tasks_assigned_by_fkey REFERENCES people ON DELETE SET NULL
);
CREATE INDEX tasks_report_idx ON tasks (report_id);
-- what removing a person nobody names looks up
CREATE INDEX tasks_assigned_by_idx ON tasks (assigned_by_id);
-- what a filter by year looks up; the order of tasks is that of their facts
CREATE INDEX tasks_year_idx ON tasks (year);
-- who set a task is one more mention of a name
CREATE INDEX tasks_assigned_by_key_idx ON tasks (assigned_by_key) WHERE assigned_by_key IS NOT NULL;

CREATE TABLE award_reports (
    id uuid CONSTRAINT award_reports_pkey PRIMARY KEY
        CONSTRAINT award_reports_fact_fkey REFERENCES facts ON DELETE CASCADE,
    report_id uuid CONSTRAINT award_reports_report_fkey REFERENCES meeting_reports ON DELETE CASCADE,
    -- NULL only within the transaction that loads the document
    award_id uuid CONSTRAINT award_reports_award_fkey REFERENCES awards ON DELETE SET NULL,
    name text NOT NULL CONSTRAINT award_reports_name_filled CHECK (name <> ''),
    -- as worded
    granted_by_name text,
    granted_by_id uuid CONSTRAINT award_reports_granted_by_fkey REFERENCES organizations,
    collective_count integer CONSTRAINT award_reports_collective_count_natural CHECK (collective_count >= 0),
    individual_count integer CONSTRAINT award_reports_individual_count_natural CHECK (individual_count >= 0),
    work_count integer CONSTRAINT award_reports_work_count_natural CHECK (work_count >= 0),
    year smallint
);
CREATE INDEX award_reports_report_idx ON award_reports (report_id);
CREATE INDEX award_reports_award_idx ON award_reports (award_id);
CREATE INDEX award_reports_granted_by_idx ON award_reports (granted_by_id);

CREATE TABLE award_report_recipients (
    award_report_id uuid NOT NULL CONSTRAINT award_report_recipients_award_report_fkey
        REFERENCES award_reports ON DELETE CASCADE,
    ordinal integer NOT NULL CONSTRAINT award_report_recipients_ordinal_positive CHECK (ordinal > 0),
    name text NOT NULL CONSTRAINT award_report_recipients_name_filled CHECK (name <> ''),
    CONSTRAINT award_report_recipients_pkey PRIMARY KEY (award_report_id, ordinal)
);

CREATE TABLE directives (
    id uuid CONSTRAINT directives_pkey PRIMARY KEY CONSTRAINT directives_fact_fkey REFERENCES facts ON DELETE CASCADE,
    code text NOT NULL CONSTRAINT directives_code_filled CHECK (code <> ''),
    -- as worded
    issued_by_name text,
    issued_by_id uuid CONSTRAINT directives_issued_by_fkey REFERENCES organizations,
    issued_on date
);
CREATE INDEX directives_issued_by_idx ON directives (issued_by_id);

CREATE TABLE figures (
    id uuid CONSTRAINT figures_pkey PRIMARY KEY CONSTRAINT figures_fact_fkey REFERENCES facts ON DELETE CASCADE,
    value numeric NOT NULL,
    unit text NOT NULL CONSTRAINT figures_unit_filled CHECK (unit <> ''),
    qualifier text NOT NULL CONSTRAINT figures_qualifier_known CHECK (qualifier IN
        ('EXACT', 'MORE_THAN', 'NEARLY', 'ABOUT'))
);
