//! What a link leads to, without using it up.

use chassis::Tx;
use kernel::{Env, Locale};

use super::{Error, Rules};
use crate::{
    domain::{AnswerLink, LinkRefusal, Reason},
    store,
};

/// Why a link is refused, and in which language to say so.
#[derive(Clone, Copy, Debug)]
pub struct Refused {
    /// Why.
    pub refusal: LinkRefusal,
    /// The language of the agent, once the link is known to be one of ours.
    pub locale: Option<Locale>,
}

/// What a link leads to.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The link.
    pub link: AnswerLink,
    /// The agent's language.
    pub locale: Locale,
    /// The reasons to choose from when declining.
    pub reasons: Vec<Reason>,
}

/// Opens a link to read. A refusal is an answer, not an error: it knows the language to be told in.
///
/// # Errors
/// If the database fails.
pub async fn run(tx: &mut Tx, env: &Env, rules: &Rules, token: &str) -> Result<Result<Opened, Refused>, Error> {
    let sealed = match rules.key.open(token) {
        Ok(sealed) => sealed,
        Err(refusal) => return Ok(Err(Refused { refusal, locale: None })),
    };
    let Some(link) = store::answer_link::find(tx, sealed.id).await? else {
        return Ok(Err(Refused { refusal: LinkRefusal::Unknown, locale: None }));
    };
    let locale = language(tx, &link).await?;
    if let Err(refusal) = link.read(env.now()) {
        return Ok(Err(Refused { refusal, locale }));
    }
    let reasons = store::reason::offered(tx).await?.into_iter().filter(|r| r.for_decline).collect();
    Ok(Ok(Opened { link, locale: locale.unwrap_or_default(), reasons }))
}

/// The language of a link's agent, if the agent is known here.
pub(super) async fn language(tx: &mut Tx, link: &AnswerLink) -> Result<Option<Locale>, store::Error> {
    Ok(store::person::find(tx, link.agent).await?.map(|person| person.locale))
}
