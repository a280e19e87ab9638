//! One family of facts a file; each rule's name stands with what it takes, in the evidence.

pub mod acts;
pub mod awards;
pub mod counts;
pub mod dates;
pub mod directives;
pub mod figures;
pub mod groups;
pub mod holders;
mod leads;
pub mod level;
pub mod meetings;
pub mod mentions;
pub mod names;
pub mod numbers;
pub mod offices;
pub mod registry;
pub mod roles;
pub mod sites;
mod subjects;
mod task_lists;
mod task_plans;
mod task_text;
pub mod tasks;
pub mod titles;
pub mod venue;
pub mod years;
