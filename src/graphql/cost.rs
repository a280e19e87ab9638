//! What a request costs, known before anything is read: from the pages asked for, as `limits.rs` weighs them. Whoever
//! has a budget pays for it then.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering},
};

use async_graphql::{
    Context, Object, Result, ServerError, SimpleObject, ValidationResult,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation},
};

use super::{error, limits::MAX_COMPLEXITY, scalars::DateTime};
use crate::access::{Budget, Overdrawn};

/// What one request costs, and who pays.
#[derive(Default)]
pub struct Charge {
    budget: Option<Budget>,
    cost: OnceLock<usize>,
    told: AtomicBool,
}

impl Charge {
    /// Paid from this budget, if there is one.
    pub fn to(budget: Option<Budget>) -> Arc<Self> {
        Arc::new(Self { budget, ..Self::default() })
    }

    /// The cost; `None` if the request did not come so far.
    pub fn cost(&self) -> Option<usize> {
        self.cost.get().copied()
    }

    /// Whether the answer tells what is left, which is another thing every time.
    pub fn is_told(&self) -> bool {
        self.told.load(Ordering::Relaxed)
    }

    /// Pays this, once.
    pub async fn pay(&self, cost: usize) -> Result<(), ServerError> {
        // `__typename` costs nothing; a request does.
        let cost = cost.max(1);
        if cost > MAX_COMPLEXITY {
            return Err(error::too_complex(cost, MAX_COMPLEXITY));
        }
        // Who is answered a second time, because what was read first was of no use, has paid.
        if self.cost.set(cost).is_err() {
            return Ok(());
        }
        let Some(budget) = &self.budget else { return Ok(()) };
        match budget.take(cost).await {
            Ok(_) => Ok(()),
            Err(Overdrawn::For(time)) => Err(error::rate_limited(cost, time)),
            Err(Overdrawn::Forever(limit)) => {
                Err(error::too_complex(cost, usize::try_from(limit).unwrap_or(usize::MAX)))
            }
        }
    }
}

/// Charges each request once it is known to be valid.
pub(super) struct Charging;

impl ExtensionFactory for Charging {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for Charging {
    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let valid = next.run(ctx).await?;
        if let Some(charge) = ctx.data_opt::<Arc<Charge>>() {
            charge.pay(valid.complexity).await.map_err(|error| vec![error])?;
        }
        Ok(valid)
    }
}

/// What this client may still ask (hạn mức truy vấn). All but `cost` is null where nothing is limited.
#[derive(SimpleObject)]
pub struct RateLimit {
    /// What this very query costs (chi phí): about the number of fields in its answer, if every page is full.
    cost: i64,
    /// Cost a minute that this client may use.
    limit: Option<i64>,
    /// What it may still use at once, this query paid (còn lại). It grows steadily, up to `limit`.
    remaining: Option<i64>,
    /// When all of `limit` will be there again, if nothing more is asked.
    reset_at: Option<DateTime>,
}

/// The part of the root that tells what asking costs.
pub struct Cost;

#[Object]
impl Cost {
    /// What this query costs, and what this client may still ask (hạn mức truy vấn).
    async fn rate_limit(&self, ctx: &Context<'_>) -> Result<RateLimit> {
        let charge = ctx.data::<Arc<Charge>>()?;
        charge.told.store(true, Ordering::Relaxed);
        let balance = match &charge.budget {
            Some(budget) => Some(budget.balance().await),
            None => None,
        };
        Ok(RateLimit {
            cost: i64::try_from(charge.cost().unwrap_or_default()).unwrap_or(i64::MAX),
            limit: balance.map(|balance| balance.limit.into()),
            remaining: balance.map(|balance| balance.remaining.into()),
            reset_at: balance.map(|balance| DateTime(balance.reset_at)),
        })
    }
}
