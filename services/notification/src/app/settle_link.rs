//! Records what placement said to an answer by a link.

use chassis::Tx;
use kernel::{AnswerLinkId, Env};

use super::Error;
use crate::{domain::LinkState, store};

/// What placement said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Took the answer.
    Taken,
    /// Nobody waits for it.
    Refused,
    /// The answer itself is wrong; nothing was taken.
    Invalid,
}

/// Records it. A link that its own event has settled meanwhile stays as it is: that was the same answer.
///
/// # Errors
/// If the database fails.
pub async fn run(tx: &mut Tx, env: &Env, link: AnswerLinkId, verdict: Verdict) -> Result<(), Error> {
    let Some(link) = store::answer_link::lock(tx, link).await? else { return Ok(()) };
    if !matches!(link.state, LinkState::Claimed(_)) {
        tracing::debug!(link = %link.id, state = link.state.name(), "settled by its event before");
        return Ok(());
    }
    let settled = match verdict {
        Verdict::Taken => link.used(),
        Verdict::Refused => link.refused(),
        Verdict::Invalid => link.released(),
    }?;
    store::answer_link::save(tx, &settled, env.now()).await?;
    Ok(())
}
