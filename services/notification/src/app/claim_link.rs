//! Takes an answer by a link: first here, so that of two answers one counts; then placement is told, outside of any
//! transaction; then [`settle_link`](super::settle_link) records what it said.

use chassis::Tx;
use kernel::{Env, Invalid, Locale};

use super::{
    Error, Rules,
    open_link::{Refused, language},
};
use crate::{
    domain::{Answer, AnswerLink, Given, GivenByLink, LinkRefusal, Progress},
    store,
};

/// A link that holds the answer.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The link.
    pub link: AnswerLink,
    /// Whether placement is still to be told.
    pub progress: Progress,
    /// What people say on the phone.
    pub reference: String,
    /// The agent's language.
    pub locale: Option<Locale>,
}

/// Why an answer is not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// The link is refused.
    Refused(Refused),
    /// The answer itself is wrong; the link stays open.
    Invalid(Invalid, Option<Locale>),
}

/// Takes the answer.
///
/// # Errors
/// If the database fails.
pub async fn run(
    tx: &mut Tx,
    env: &Env,
    rules: &Rules,
    given: &GivenByLink,
) -> Result<Result<Claimed, NotTaken>, Error> {
    let refused = |refusal, locale| Ok(Err(NotTaken::Refused(Refused { refusal, locale })));
    let sealed = match rules.key.open(&given.token) {
        Ok(sealed) => sealed,
        Err(refusal) => return refused(refusal, None),
    };
    let Some(link) = store::answer_link::lock(tx, sealed.id).await? else {
        return refused(LinkRefusal::Unknown, None);
    };
    let locale = language(tx, &link).await?;
    let answer = Given::new(given.answer, given.reason.clone(), &given.comment);
    let (link, progress) = match link.claim(answer, env.now()) {
        Ok(claimed) => claimed,
        Err(refusal) => return refused(refusal, locale),
    };
    if progress == Progress::ToBeTold {
        if !fits(tx, given).await? {
            return Ok(Err(NotTaken::Invalid(Invalid::field("reason_code", "UNKNOWN_REASON"), locale)));
        }
        store::answer_link::save(tx, &link, env.now()).await?;
    }
    let (_, facts) = store::request::find(tx, link.request).await?.ok_or_else(|| missing(&link))?;
    Ok(Ok(Claimed { link, progress, reference: facts.reference, locale }))
}

/// Whether the reason may be given for the answer.
async fn fits(tx: &mut Tx, given: &GivenByLink) -> Result<bool, store::Error> {
    let Some(code) = &given.reason else { return Ok(given.answer == Answer::Accept) };
    let use_fits = |r: &crate::domain::Reason| match given.answer {
        Answer::Accept => r.for_accept,
        Answer::Decline => r.for_decline,
    };
    Ok(store::reason::offered(tx).await?.iter().any(|r| r.code == *code && use_fits(r)))
}

fn missing(link: &AnswerLink) -> store::Error {
    store::Error::inconsistent("answer_link", "placement_request_id", link.id.uuid())
}
