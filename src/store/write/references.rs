//! From the first layer to the second: which meeting, participant, award and person each fact is of.

use std::collections::HashMap;

use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::super::Error;

/// Of facts (ids), what each is put together into (id).
#[derive(Clone, Debug, Default)]
pub struct References {
    /// Meeting reports and their meetings.
    pub meetings: HashMap<Uuid, Uuid>,
    /// Participant reports and their participants.
    pub participants: HashMap<Uuid, Uuid>,
    /// Award reports and their awards.
    pub awards: HashMap<Uuid, Uuid>,
    /// Tasks and the people who set them.
    pub task_setters: HashMap<Uuid, Uuid>,
}

/// Writes the references of facts that are there, where they are not so yet.
pub async fn write_references(transaction: &mut Transaction<'_, Postgres>, all: &References) -> Result<(), Error> {
    for (pairs, update) in [
        (
            &all.meetings,
            "UPDATE meeting_reports f SET meeting_id = new.target FROM UNNEST($1::uuid[], $2::uuid[]) AS new (id, target)
             WHERE f.id = new.id AND f.meeting_id IS DISTINCT FROM new.target",
        ),
        (
            &all.participants,
            "UPDATE participant_reports f SET participant_id = new.target
             FROM UNNEST($1::uuid[], $2::uuid[]) AS new (id, target)
             WHERE f.id = new.id AND f.participant_id IS DISTINCT FROM new.target",
        ),
        (
            &all.awards,
            "UPDATE award_reports f SET award_id = new.target FROM UNNEST($1::uuid[], $2::uuid[]) AS new (id, target)
             WHERE f.id = new.id AND f.award_id IS DISTINCT FROM new.target",
        ),
        (
            &all.task_setters,
            "UPDATE tasks f SET assigned_by_id = new.target FROM UNNEST($1::uuid[], $2::uuid[]) AS new (id, target)
             WHERE f.id = new.id AND f.assigned_by_id IS DISTINCT FROM new.target",
        ),
    ] {
        if !pairs.is_empty() {
            sqlx::query(update)
                .bind(pairs.keys().copied().collect::<Vec<_>>())
                .bind(pairs.values().copied().collect::<Vec<_>>())
                .execute(&mut **transaction)
                .await?;
        }
    }
    Ok(())
}
