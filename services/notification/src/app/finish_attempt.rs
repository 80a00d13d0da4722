//! Records what came of an attempt.

use chassis::Tx;
use kernel::{DeliveryId, Env};

use super::{Error, Rules};
use crate::{
    domain::{Attempt, Outcome},
    store,
};

/// Records an outcome and answers how the delivery stands; `None` where another attempt has overtaken this one, whose
/// outcome then no longer counts.
///
/// # Errors
/// If the database fails.
pub async fn run(
    tx: &mut Tx,
    env: &Env,
    rules: &Rules,
    (delivery, attempt): (DeliveryId, Attempt),
    outcome: Outcome,
) -> Result<Option<&'static str>, Error> {
    let Some(delivery) = store::delivery::lock(tx, delivery).await? else { return Ok(None) };
    let Ok(delivery) = delivery.settle(attempt, outcome, env.now(), &rules.retry) else { return Ok(None) };
    store::delivery::save(tx, &delivery).await?;
    Ok(Some(delivery.state.name()))
}
