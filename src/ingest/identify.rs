//! Gives each fact of a document its id, and each body it names.
//!
//! A fact's id is derived from what makes it itself, never from its place, so that it stays while something else in
//! the document changes: a task's text, a person's name and the meeting, an award's name and grantor.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::sentences;
use crate::domain::{
    BodyMention, Extraction, FactKind, MeetingReport, Organization, OrganizerRole, ParticipantReport, ProvinceId,
    ReportedAward, ReportedDocument, ReportedFact, ReportedMeeting, ReportedParticipant, ReportedTask, Source,
    document_id, fact_id, local_province, name_key,
};
use crate::resolve::{Bodies, BodyContext};

/// Everything that `extraction` of `source` states, identified; bodies by what is told of them.
pub fn identify(source: &Source, extraction: &Extraction, bodies: &Bodies) -> ReportedDocument {
    Identifier {
        slug: &source.slug,
        bodies,
        seen: HashMap::new(),
        ordinals: HashMap::new(),
        organizations: BTreeMap::new(),
    }
    .document(extraction, &source.text)
}

struct Identifier<'a> {
    slug: &'a str,
    bodies: &'a Bodies,
    seen: HashMap<(FactKind, String), usize>,
    ordinals: HashMap<FactKind, i32>,
    organizations: BTreeMap<Uuid, Organization>,
}

impl Identifier<'_> {
    fn document(mut self, extraction: &Extraction, text: &str) -> ReportedDocument {
        let meetings: Vec<ReportedMeeting> = extraction.meetings.iter().map(|m| self.meeting(m)).collect();
        let held_at = |index: Option<usize>| meetings.get(index?);
        let mut tasks = Vec::with_capacity(extraction.tasks.len());
        for task in &extraction.tasks {
            let task_id = self.fact(FactKind::Task, &name_key(&task.text), task.clone());
            tasks.push(ReportedTask { task: task_id, meeting_report: held_at(task.meeting).map(|m| m.id) });
        }
        let mut awards = Vec::with_capacity(extraction.awards.len());
        for award in &extraction.awards {
            let meeting = held_at(award.meeting);
            let province = meeting.and_then(|m| local_province(m.report.level, m.report.province));
            let granted_by = award.granted_by.as_deref().map(|name| self.body(name, province, None).id);
            let key = format!("{}\u{1f}{}", name_key(&award.name), name_key(award.granted_by.as_deref().unwrap_or("")));
            let (id, ordinal) = self.next(FactKind::AwardReport, &key);
            let meeting_report = meeting.map(|m| m.id);
            let (slug, report) = (self.slug.to_owned(), award.clone());
            awards.push(ReportedAward { id, slug, ordinal, report, meeting_report, granted_by });
        }
        let mut directives = Vec::with_capacity(extraction.directives.len());
        for directive in &extraction.directives {
            let issuer = directive.issued_by.as_deref().map(|name| self.body(name, None, None).id);
            directives.push((self.fact(FactKind::Directive, &name_key(&directive.code), directive.clone()), issuer));
        }
        let mut figures = Vec::with_capacity(extraction.figures.len());
        for figure in &extraction.figures {
            let key = format!("{}\u{1f}{}", figure.value.normalize(), name_key(&figure.unit));
            figures.push(self.fact(FactKind::Figure, &key, figure.clone()));
        }
        ReportedDocument {
            id: document_id(self.slug),
            slug: self.slug.to_owned(),
            kind: extraction.kind,
            meetings,
            tasks,
            awards,
            directives,
            figures,
            sentences: sentences::with_words(text, &extraction.sentences),
            organizations: self.organizations.into_values().collect(),
        }
    }

    fn meeting(&mut self, meeting: &MeetingReport) -> ReportedMeeting {
        let province = local_province(meeting.level, meeting.province);
        let (id, ordinal) = self.next(FactKind::MeetingReport, &name_key(&meeting.title));
        let mut organizers = Vec::new();
        for (role, names) in
            [(OrganizerRole::Organizer, &meeting.organizers), (OrganizerRole::CoOrganizer, &meeting.co_organizers)]
        {
            organizers.extend(names.iter().map(|name| (role, self.body(name, province, None))));
        }
        let participants = meeting.participants.iter().map(|p| self.participant(p, id, province)).collect();
        let report = MeetingReport {
            organizers: Vec::new(),
            co_organizers: Vec::new(),
            participants: Vec::new(),
            ..meeting.clone()
        };
        ReportedMeeting { id, slug: self.slug.to_owned(), ordinal, report, organizers, participants }
    }

    fn participant(
        &mut self,
        report: &ParticipantReport,
        meeting: Uuid,
        meeting_province: Option<ProvinceId>,
    ) -> ReportedParticipant {
        let key = name_key(&report.name);
        let (id, ordinal) = self.next(FactKind::ParticipantReport, &format!("{meeting}\u{1f}{key}"));
        let site = report.site.as_ref();
        let province = site.and_then(|site| site.province).or(meeting_province);
        let mut body = |name: &String| self.body(name, province, site.map(|site| site.name.as_str())).id;
        let organizations = report.positions.iter().map(|p| p.organization.as_ref().map(&mut body)).collect();
        ReportedParticipant { id, ordinal, key, report: report.clone(), organizations, person: None }
    }

    fn fact<T>(&mut self, kind: FactKind, key: &str, fact: T) -> ReportedFact<T> {
        let (id, ordinal) = self.next(kind, key);
        ReportedFact { id, ordinal, fact }
    }

    /// The id and the place of the next fact of this kind.
    fn next(&mut self, kind: FactKind, key: &str) -> (Uuid, i32) {
        let ordinal = self.ordinals.entry(kind).or_insert(0);
        *ordinal += 1;
        let ordinal = *ordinal;
        let nth = self.seen.entry((kind, key.to_owned())).or_insert(0);
        *nth += 1;
        (fact_id(self.slug, kind, key, *nth), ordinal)
    }

    fn body(&mut self, name: &str, province: Option<ProvinceId>, site: Option<&str>) -> BodyMention {
        let body = self.bodies.body(name, BodyContext { slug: self.slug, province, site });
        let id = body.id;
        self.organizations.entry(id).or_insert(body);
        BodyMention { name: name.to_owned(), id }
    }
}
