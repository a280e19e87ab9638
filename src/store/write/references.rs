//! From the first layer to the second: which meeting, participant, award and person each fact is of.

use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::super::Error;

/// Pairs of a fact's id and the id of what it is put together into.
#[derive(Clone, Debug, Default)]
pub struct References {
    /// Meeting reports and their meetings.
    pub meetings: Vec<(Uuid, Uuid)>,
    /// Participant reports and their participants.
    pub participants: Vec<(Uuid, Uuid)>,
    /// Award reports and their awards.
    pub awards: Vec<(Uuid, Uuid)>,
    /// Tasks and the people who set them.
    pub task_setters: Vec<(Uuid, Uuid)>,
}

/// Writes the references that are not so yet.
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
                .bind(pairs.iter().map(|(fact, _)| *fact).collect::<Vec<_>>())
                .bind(pairs.iter().map(|(_, target)| *target).collect::<Vec<_>>())
                .execute(&mut **transaction)
                .await?;
        }
    }
    Ok(())
}
