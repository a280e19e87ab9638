//! Which extracted people, bodies, meetings and awards are the same one: pure functions of what documents say.
//!
//! Every function takes a whole block (all reports of a day, all mentions of a name), sorts it by document and place,
//! and so gives the same answer whatever the order it was handed over in. A wrong join is worse than a missed one.

mod awards;
mod best;
mod bodies;
mod joining;
mod marks;
mod meetings;
mod participants;
mod people;
mod related;
mod same_meeting;
mod told;
mod told_bodies;

pub use awards::awards;
pub use bodies::{BodyContext, best_spelling, may_be_shown};
pub use joining::{joining, name_scopes};
pub use meetings::meetings;
pub use participants::participants;
pub use people::people;
pub use related::related;
pub use told_bodies::Bodies;
