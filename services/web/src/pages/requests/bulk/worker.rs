//! Does with many requests what was asked, each in a call of its own, so that one refusal stops none of the others. It goes on
//! though the browser goes away.

use futures::{StreamExt as _, stream};
use proto::placement::v1::State;
use tonic::{Code, Status};

use super::{
    jobs::{BulkJob, JobStore, Lease, Outcome, Part},
    prepare::AT_ONCE,
};
use crate::{
    api::Api,
    pages::actions::{Action, Input},
    shell::BrowserKey,
    ui::{Misfits, Text, user_message},
};

/// Who works, and for whom.
pub(super) struct Worker {
    pub(super) api: Api,
    pub(super) text: Text,
    pub(super) key: BrowserKey,
    pub(super) jobs: JobStore,
    pub(super) lease: Lease,
    pub(super) action: &'static Action,
}

impl Worker {
    /// Does what is left of it, and notes each outcome as it comes.
    pub(super) async fn work(self, mut job: BulkJob) {
        let terms = (job.reason_code.clone(), job.comment.clone());
        let left: Vec<_> = job.parts.iter().cloned().enumerate().filter(|(_, part)| part.outcome.is_none()).collect();
        let calls = stream::iter(left).map(|(at, part)| {
            let (worker, (reason_code, comment)) = (&self, terms.clone());
            async move { (at, worker.call(part, reason_code, comment).await) }
        });
        let mut outcomes = calls.buffer_unordered(AT_ONCE).ready_chunks(AT_ONCE);
        let mut interrupted = false;
        while let Some(outcomes) = outcomes.next().await {
            for (at, outcome) in outcomes {
                match outcome {
                    Ok(state) => job.parts[at].outcome = Some(Outcome::Done(state.into())),
                    Err(status) if is_open(status.code()) => interrupted = true,
                    Err(status) => {
                        job.parts[at].outcome = Some(Outcome::Refused(user_message::explain(self.text, &status)))
                    }
                }
            }
            match self.jobs.note(&self.key, self.lease, &job).await {
                Ok(true) => {}
                Ok(false) => return,
                // What was done is done; asked again, the services answer the same.
                Err(failure) => tracing::warn!(reason = failure.reason(), "what was done cannot be noted"),
            }
            if interrupted {
                return;
            }
        }
    }

    /// One call; the state that it led to.
    async fn call(&self, part: Part, reason_code: String, comment: String) -> Result<State, Status> {
        let Part { id, etag, call: request_id, despite, .. } = part;
        let despite_misfits = Misfits::ticked(&despite).numbers();
        let reason_code = if self.action.required_reason().is_some() { reason_code } else { String::new() };
        let input = Input { id, etag, request_id, reason_code, comment, despite_misfits, ..Input::default() };
        self.action.call(&self.api, input).await
    }
}

/// Whether it is open what has become of a call: the token has ended, or nobody has answered. Whoever looks next makes it again,
/// which does nothing twice.
const fn is_open(code: Code) -> bool {
    matches!(code, Code::Unauthenticated | Code::Unavailable | Code::DeadlineExceeded | Code::Cancelled)
}
