//! The time, which tests set.

use std::{fmt, sync::Arc};

use chrono::{DateTime, Utc};

/// Tells the time. Cheap to clone.
#[derive(Clone)]
pub struct Clock {
    tell: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    is_machines: bool,
}

impl Clock {
    /// Tells what `now` tells.
    pub fn of(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self { tell: Arc::new(now), is_machines: false }
    }

    /// The time.
    pub fn now(&self) -> DateTime<Utc> {
        (self.tell)()
    }

    /// The time for a statement: `None` where it is the machine's, because the database has a clock of its own, which is
    /// the same for all servers.
    pub fn for_statement(&self) -> Option<DateTime<Utc>> {
        (!self.is_machines).then(|| self.now())
    }
}

impl Default for Clock {
    /// The machine's.
    fn default() -> Self {
        Self { is_machines: true, ..Self::of(Utc::now) }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
