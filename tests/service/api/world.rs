//! Invented meetings, people and documents, as many as a test wants, written straight into the tables.
//!
//! Not through the extraction: what is tested here is reading, and a test chooses its rows.

use sqlx::{AssertSqlSafe, PgPool};

/// How much of everything.
#[derive(Clone, Copy)]
pub struct Size {
    pub meetings: i32,
    /// Of each meeting.
    pub participants: i32,
    /// Of each document; there is one document for each meeting.
    pub tasks: i32,
}

/// Fills the tables. Meeting `m` is on the `m`th of January 2021, but the last one has no date; document `m`, with the
/// slug `doc-00m`, reports it. Person `p` took part in every meeting as participant `p`, the first in the chair.
pub async fn fill(pool: &PgPool, size: Size) {
    // uuids that tell what they are of: md5 of a name
    let statements = [
        "INSERT INTO documents (id, slug, title, kind, text, content_hash, publisher, published_on)
         SELECT md5('doc' || m)::uuid, 'doc-' || lpad(m::text, 3, '0'), 'Bài số ' || m, 'MEETING_REPORT',
                'Hội nghị số ' || m || '. Ông Lê Văn 1 chủ trì.' || repeat(' Ông Lê Văn 𝔸 dự họp.', 50),
                decode(repeat('00', 32), 'hex'), 'Báo Thử', '2021-02-01'
         FROM generate_series(1, $1) m",
        "INSERT INTO organizations (id, name, name_key, province_id, scope)
         SELECT md5('org' || o)::uuid, 'Sở số ' || o, 'sở số ' || o, CASE WHEN o = 1 THEN 96 END, ''
         FROM generate_series(1, 3) o",
        "INSERT INTO people (id, name, name_key)
         SELECT md5('person' || p)::uuid, 'Lê Văn ' || p, 'lê văn ' || p
         FROM generate_series(1, $2) p",
        "INSERT INTO meetings (id, title, kind, date, level, province_id, review_year, plan_year, site_count,
                               site_count_qualifier)
         SELECT md5('meeting' || m)::uuid, 'Hội nghị số ' || m, 'CONFERENCE',
                CASE WHEN m < $1 OR m = 1 THEN '2021-01-01'::date + m - 1 END, 'NATIONAL', 96, 2020, 2021, 2000, 'MORE_THAN'
         FROM generate_series(1, $1) m",
        "INSERT INTO facts (id, document_id, kind, ordinal)
         SELECT md5('report' || m)::uuid, md5('doc' || m)::uuid, 'MEETING_REPORT', 1
         FROM generate_series(1, $1) m",
        "INSERT INTO meeting_reports (id, meeting_id, title, kind, date)
         SELECT md5('report' || m)::uuid, md5('meeting' || m)::uuid, 'Hội nghị số ' || m, 'CONFERENCE',
                '2021-01-01'::date + m - 1
         FROM generate_series(1, $1) m",
        "INSERT INTO meeting_organizers (meeting_id, role, ordinal, organization_id)
         SELECT md5('meeting' || m)::uuid, r, 1, md5('org' || o)::uuid
         FROM generate_series(1, $1) m, (VALUES ('ORGANIZER', 1), ('CO_ORGANIZER', 2)) v (r, o)",
        "INSERT INTO report_organizers (report_id, role, ordinal, name, organization_id)
         SELECT md5('report' || m)::uuid, r, 1, 'Sở', md5('org' || o)::uuid
         FROM generate_series(1, $1) m, (VALUES ('ORGANIZER', 1), ('CO_ORGANIZER', 2)) v (r, o)",
        "INSERT INTO sites (meeting_id, ordinal, name, province_id)
         SELECT md5('meeting' || m)::uuid, 1, 'Cà Mau', 96 FROM generate_series(1, $1) m",
        "INSERT INTO participants (id, meeting_id, kind, name, ordinal, person_id, roles, site_name, site_province_id, day)
         SELECT md5('participant' || m || '-' || p)::uuid, md5('meeting' || m)::uuid, 'PERSON', 'Lê Văn ' || p, p,
                md5('person' || p)::uuid, CASE p WHEN 1 THEN '{CHAIR,SPEAKER}' ELSE '{ATTENDEE}' END::text[],
                CASE WHEN p > 1 THEN 'Cà Mau' END, CASE WHEN p > 1 THEN 96 END,
                (SELECT coalesce(x.date, '-infinity') FROM meetings x WHERE x.id = md5('meeting' || m)::uuid)
         FROM generate_series(1, $1) m, generate_series(1, $2) p",
        "INSERT INTO participant_positions (participant_id, ordinal, title, organization_id)
         SELECT md5('participant' || m || '-' || p)::uuid, 1, 'Giám đốc Sở', md5('org1')::uuid
         FROM generate_series(1, $1) m, generate_series(1, $2) p",
        "INSERT INTO facts (id, document_id, kind, ordinal)
         SELECT md5('preport' || m || '-' || p)::uuid, md5('doc' || m)::uuid, 'PARTICIPANT_REPORT', p
         FROM generate_series(1, $1) m, generate_series(1, $2) p",
        "INSERT INTO participant_reports (id, report_id, participant_id, kind, name, name_key, roles)
         SELECT md5('preport' || m || '-' || p)::uuid, md5('report' || m)::uuid,
                md5('participant' || m || '-' || p)::uuid, 'PERSON', 'Lê Văn ' || p, 'lê văn ' || p, '{ATTENDEE}'
         FROM generate_series(1, $1) m, generate_series(1, $2) p",
        "INSERT INTO report_positions (participant_report_id, ordinal, title, organization_name, organization_id)
         SELECT md5('preport' || m || '-' || p)::uuid, 1, 'Giám đốc Sở', 'Sở', md5('org1')::uuid
         FROM generate_series(1, $1) m, generate_series(1, $2) p",
        "INSERT INTO facts (id, document_id, kind, ordinal)
         SELECT md5(kind || m || '-' || n)::uuid, md5('doc' || m)::uuid, kind, n
         FROM generate_series(1, $1) m, generate_series(1, $3) n,
              (VALUES ('TASK'), ('AWARD_REPORT'), ('DIRECTIVE'), ('FIGURE')) v (kind)",
        "INSERT INTO tasks (id, report_id, text, year, assigned_by_name, assigned_by_key, assigned_by_id)
         SELECT md5('TASK' || m || '-' || n)::uuid, md5('report' || m)::uuid, 'Việc thứ ' || n, 2020 + n, 'Lê Văn 1',
                'lê văn 1', CASE WHEN $2 > 0 THEN md5('person1')::uuid END
         FROM generate_series(1, $1) m, generate_series(1, $3) n",
        "INSERT INTO awards (id, meeting_id, name, granted_by_id, collective_count, individual_count, year)
         SELECT md5('award' || m || '-' || n)::uuid, md5('meeting' || m)::uuid, 'Bằng khen', md5('org2')::uuid, n, 2 * n,
                2020
         FROM generate_series(1, $1) m, generate_series(1, $3) n",
        "INSERT INTO award_recipients (award_id, ordinal, name)
         SELECT md5('award' || m || '-' || n)::uuid, r, 'Tập thể ' || r
         FROM generate_series(1, $1) m, generate_series(1, $3) n, generate_series(1, 2) r",
        // the last award of a document is reported twice
        "INSERT INTO award_reports (id, award_id, report_id, name)
         SELECT md5('AWARD_REPORT' || m || '-' || n)::uuid, md5('award' || m || '-' || least(n, greatest($3 - 1, 1)))::uuid,
                md5('report' || m)::uuid, 'Bằng khen'
         FROM generate_series(1, $1) m, generate_series(1, $3) n",
        "INSERT INTO directives (id, code, issued_by_id, issued_on)
         SELECT md5('DIRECTIVE' || m || '-' || n)::uuid, n || '-KL/TW', md5('org3')::uuid, '2020-05-06'
         FROM generate_series(1, $1) m, generate_series(1, $3) n",
        "INSERT INTO figures (id, value, unit, qualifier)
         SELECT md5('FIGURE' || m || '-' || n)::uuid, n + 0.50, 'tin, bài', 'ABOUT'
         FROM generate_series(1, $1) m, generate_series(1, $3) n",
        // every fact stands at two places; the document's text has code points outside the BMP
        "INSERT INTO evidence (fact_id, ordinal, start_at, end_at, rule)
         SELECT id, n, 30 * n, 30 * n + 25, 'invented' FROM facts, generate_series(1, 2) n",
    ];
    let numbers = [("$1", size.meetings), ("$2", size.participants), ("$3", size.tasks)];
    for statement in statements {
        let sql = numbers.iter().fold(statement.to_owned(), |sql, (name, n)| sql.replace(name, &n.to_string()));
        let done = sqlx::query(AssertSqlSafe(sql.clone())).execute(pool).await;
        done.unwrap_or_else(|error| panic!("{error}\n{sql}"));
    }
}
