//! Answering: the link is opened to read; an answer is claimed here first, so that of two answers one counts; then placement
//! is told, outside of any transaction; then what it said is recorded.

use chassis::{StoreError, Tx, UseCase};
use directory::model::{Reason, ReasonUse};
use kernel::{AnswerLinkId, Invalid, Locale};

use super::super::{
    domain::{Answer, AnswerByLink, AnswerLink, GivenAnswer, LinkRefusal, LinkState, Progress},
    store,
};
use crate::{context::Context, error::Error, messages};

/// Why a link is refused, and in which language to say so. It is an answer, not an error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refused {
    pub(crate) refusal: LinkRefusal,
    /// The language of the agent, once the link is known to be one of ours.
    pub(crate) locale: Option<Locale>,
}

/// What a link leads to.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    pub(crate) link: AnswerLink,
    /// The agent's language.
    pub(crate) locale: Locale,
    /// The reasons to choose from when declining.
    pub(crate) reasons: Vec<Reason>,
}

/// Opens a link to read, without using it up.
pub(crate) struct OpenLink {
    pub(crate) token: String,
}

impl UseCase for OpenLink {
    type Context = Context;
    type Output = Result<Opened, Refused>;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Result<Opened, Refused>, Error> {
        let sealed = match cx.link_key.open(&self.token) {
            Ok(sealed) => sealed,
            Err(refusal) => return Ok(Err(Refused { refusal, locale: None })),
        };
        let Some(link) = store::find(tx, sealed.id).await? else {
            return Ok(Err(Refused { refusal: LinkRefusal::Unknown, locale: None }));
        };
        let locale = language(tx, cx, &link).await?;
        if let Err(refusal) = link.read(cx.env.now()) {
            return Ok(Err(Refused { refusal, locale }));
        }
        Ok(Ok(Opened { link, locale: locale.unwrap_or_default(), reasons: reasons_to_decline(cx) }))
    }
}

/// A link that holds the answer.
#[derive(Clone, Debug)]
pub(crate) struct Claimed {
    pub(crate) link: AnswerLink,
    /// Whether placement is still to be told.
    pub(crate) progress: Progress,
    /// What people say on the phone.
    pub(crate) reference: String,
    /// The agent's language.
    pub(crate) locale: Option<Locale>,
}

/// Why an answer is not taken.
#[derive(Debug)]
pub(crate) enum NotTaken {
    Refused(Refused),
    /// The answer itself is wrong; the link stays open.
    Invalid(Invalid, Option<Locale>),
}

/// Takes an answer.
pub(crate) struct ClaimLink(pub(crate) AnswerByLink);

impl UseCase for ClaimLink {
    type Context = Context;
    type Output = Result<Claimed, NotTaken>;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Result<Claimed, NotTaken>, Error> {
        let refused = |refusal, locale| Ok(Err(NotTaken::Refused(Refused { refusal, locale })));
        let by_link = &self.0;
        let sealed = match cx.link_key.open(&by_link.token) {
            Ok(sealed) => sealed,
            Err(refusal) => return refused(refusal, None),
        };
        let Some(link) = store::lock(tx, sealed.id).await? else {
            return refused(LinkRefusal::Unknown, None);
        };
        let locale = language(tx, cx, &link).await?;
        let answer = GivenAnswer::new(by_link.answer, by_link.reason.clone(), &by_link.comment);
        let (link, progress) = match link.claim(answer, cx.env.now()) {
            Ok(claimed) => claimed,
            Err(refusal) => return refused(refusal, locale),
        };
        if progress == Progress::ToBeTold {
            if !fits(cx, by_link) {
                let invalid = Invalid::field("reason_code", "UNKNOWN_REASON");
                return Ok(Err(NotTaken::Invalid(invalid, locale)));
            }
            store::save(tx, std::slice::from_ref(&link), cx.env.now()).await?;
        }
        let (_, facts) = messages::newest(tx, link.request).await?.ok_or_else(|| missing(&link))?;
        Ok(Ok(Claimed { link, progress, reference: facts.reference, locale }))
    }
}

/// `D2` before `D10`.
fn reasons_to_decline(cx: &Context) -> Vec<Reason> {
    let snapshot = cx.directory.snapshot();
    let offered = snapshot.reasons().filter(|reason| is_offered(reason, ReasonUse::Decline));
    let mut reasons: Vec<_> = offered.cloned().collect();
    reasons.sort_by(|a, b| (a.code.len(), &a.code).cmp(&(b.code.len(), &b.code)));
    reasons
}

/// Whether the reason may be given for the answer.
fn fits(cx: &Context, by_link: &AnswerByLink) -> bool {
    let Some(code) = &by_link.reason else { return by_link.answer == Answer::Accept };
    let needed = match by_link.answer {
        Answer::Accept => ReasonUse::Accept,
        Answer::Decline => ReasonUse::Decline,
    };
    cx.directory.snapshot().reason(code).is_some_and(|reason| is_offered(reason, needed))
}

fn is_offered(reason: &Reason, used_for: ReasonUse) -> bool {
    reason.active && reason.uses.contains(&used_for)
}

fn missing(link: &AnswerLink) -> StoreError {
    StoreError::inconsistent("answer_link", "placement_request_id", link.id.uuid())
}

/// The language of a link's agent, if the agent is known here.
async fn language(tx: &mut Tx, cx: &Context, link: &AnswerLink) -> Result<Option<Locale>, StoreError> {
    Ok(cx.directory.person(&mut **tx, link.agent).await?.map(|person| person.locale))
}

/// What placement said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Took the answer.
    Taken,
    /// Nobody waits for it.
    Refused,
    /// The answer itself is wrong; nothing was taken.
    Invalid,
    /// The request is not what was read; nothing was taken.
    Changed,
    /// It does not fit, and whoever says yes does not say that they know; nothing was taken.
    DoesNotFit,
}

/// Records what placement said. A link that its own event has settled meanwhile stays as it is: that was the same answer.
pub(crate) struct SettleLink {
    pub(crate) link: AnswerLinkId,
    pub(crate) verdict: Verdict,
}

impl UseCase for SettleLink {
    type Context = Context;
    type Output = ();
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<(), Error> {
        let Some(link) = store::lock(tx, self.link).await? else { return Ok(()) };
        if !matches!(link.state, LinkState::Claimed(_)) {
            tracing::debug!(link = %link.id, state = link.state.name(), "settled by its event before");
            return Ok(());
        }
        let settled = match self.verdict {
            Verdict::Taken => link.used(),
            Verdict::Refused => link.refused(),
            Verdict::Invalid | Verdict::Changed | Verdict::DoesNotFit => link.released(),
        }?;
        store::save(tx, &[settled], cx.env.now()).await?;
        Ok(())
    }
}
