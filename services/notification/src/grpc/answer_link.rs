//! Answering without an account. The token is never logged and never part of a span: no message is.

use std::time::Duration;

use chassis::{Failure, Host, PeerClient, locale};
use kernel::{ErrorKind, Invalid, Locale, Problem};
use proto::{
    notification::v1::{
        LookUpAnswerLinkRequest, LookUpAnswerLinkResponse, UseAnswerLinkRequest, UseAnswerLinkResponse,
        answer_link_service_server::AnswerLinkService,
    },
    placement::v1::internal_placement_service_client::InternalPlacementServiceClient,
};
use tonic::{Code, Request, Response, Status};

use crate::{
    app::{
        Rules,
        claim_link::{self, Claimed, NotTaken},
        open_link::{self, Opened, Refused},
        settle_link::{self, Verdict},
    },
    domain::{GivenByLink, LinkRefusal, LinkState, Progress},
    wire,
};

/// How long placement may take while a person waits.
const PATIENCE: Duration = Duration::from_secs(10);

/// `AnswerLinkService`.
#[derive(Clone)]
pub struct AnswerLinks {
    host: Host,
    rules: Rules,
    placement: InternalPlacementServiceClient<PeerClient>,
}

/// Placement could not be asked: whether it took the answer is not known, and the same answer may be given again.
#[derive(Debug, thiserror::Error)]
#[error("placement is away")]
struct PlacementAway;

impl Problem for PlacementAway {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Unavailable
    }

    fn reason(&self) -> &'static str {
        "UNAVAILABLE"
    }
}

impl AnswerLinks {
    /// On a host that reaches placement.
    ///
    /// # Errors
    /// If placement is not configured as a peer.
    pub fn new(host: &Host, rules: Rules) -> anyhow::Result<Self> {
        let placement = InternalPlacementServiceClient::new(host.peer("placement")?);
        Ok(Self { host: host.clone(), rules, placement })
    }

    /// What the page shows; a request that can no longer be answered shows why instead.
    async fn describe(&self, opened: &Opened) -> Result<LookUpAnswerLinkResponse, Status> {
        let asked = with_deadline(wire::answer_link::describe(&opened.link));
        let described = match self.placement.clone().describe_for_link(asked).await {
            Ok(response) => response.into_inner(),
            Err(status) if verdict(&status) == Some(Verdict::Refused) => return Err(over(opened).await),
            Err(status) => {
                tracing::warn!(code = ?status.code(), "placement does not describe a request");
                return Err(told(PlacementAway, Some(opened.locale)).await);
            }
        };
        match described.request {
            Some(request) if described.answerable => {
                Ok(wire::answer_link::page(&opened.link, opened.locale, &opened.reasons, request))
            }
            _ => Err(over(opened).await),
        }
    }

    /// Tells placement and records what it said.
    async fn tell(&self, claimed: &Claimed, given: &GivenByLink) -> Result<(), Status> {
        let asked = with_deadline(wire::answer_link::answer(&claimed.link, given));
        let verdict = match self.placement.clone().answer_by_link(asked).await {
            Ok(_) => Verdict::Taken,
            Err(status) => match verdict(&status) {
                Some(verdict) => verdict,
                None => {
                    tracing::warn!(code = ?status.code(), link = %claimed.link.id, "placement does not take an answer now");
                    return Err(told(PlacementAway, claimed.locale).await);
                }
            },
        };
        let context = (&self.host.env, claimed.link.id, verdict);
        let settle = self
            .host
            .db
            .in_tx(&context, |tx, (env, link, verdict)| Box::pin(settle_link::run(tx, env, *link, *verdict)));
        settle.await?;
        match verdict {
            Verdict::Taken => Ok(()),
            Verdict::Refused => Err(told(LinkRefusal::Closed, claimed.locale).await),
            Verdict::Invalid => Err(told(Invalid::field("reason_code", "UNKNOWN_REASON"), claimed.locale).await),
        }
    }
}

#[tonic::async_trait]
impl AnswerLinkService for AnswerLinks {
    async fn look_up_answer_link(
        &self,
        request: Request<LookUpAnswerLinkRequest>,
    ) -> Result<Response<LookUpAnswerLinkResponse>, Status> {
        let token = wire::answer_link::parse_look_up(request.get_ref()).map_err(Failure::from)?;
        let context = (&self.host.env, &self.rules, token);
        let read =
            self.host.db.read_with(&context, |tx, (env, rules, token)| Box::pin(open_link::run(tx, env, rules, token)));
        let opened = read.await?;
        match opened {
            Ok(opened) => Ok(Response::new(self.describe(&opened).await?)),
            Err(Refused { refusal, locale }) => Err(told(refusal, locale).await),
        }
    }

    async fn use_answer_link(
        &self,
        request: Request<UseAnswerLinkRequest>,
    ) -> Result<Response<UseAnswerLinkResponse>, Status> {
        let given = wire::answer_link::parse_use(request.get_ref()).map_err(Failure::from)?;
        let context = (&self.host.env, &self.rules, &given);
        let claim =
            self.host.db.in_tx(&context, |tx, (env, rules, given)| Box::pin(claim_link::run(tx, env, rules, given)));
        let claimed = match claim.await? {
            Ok(claimed) => claimed,
            Err(NotTaken::Refused(Refused { refusal, locale })) => return Err(told(refusal, locale).await),
            Err(NotTaken::Invalid(invalid, locale)) => return Err(told(invalid, locale).await),
        };
        if claimed.progress == Progress::ToBeTold {
            self.tell(&claimed, &given).await?;
        }
        Ok(Response::new(wire::answer_link::taken(given.answer, claimed.reference)))
    }
}

fn with_deadline<T>(message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.set_timeout(PATIENCE);
    request
}

/// What an error of placement's means for an answer; `None` where it is not known whether it was taken.
fn verdict(status: &Status) -> Option<Verdict> {
    match status.code() {
        Code::FailedPrecondition | Code::NotFound | Code::PermissionDenied => Some(Verdict::Refused),
        Code::InvalidArgument => Some(Verdict::Invalid),
        _ => None,
    }
}

/// Nobody waits for an answer: because this very link gave one, or for another reason.
async fn over(opened: &Opened) -> Status {
    let refusal = match opened.link.state {
        LinkState::Claimed(_) => LinkRefusal::Used,
        _ => LinkRefusal::Closed,
    };
    told(refusal, Some(opened.locale)).await
}

/// An error in the language of the link's agent where that is known, else in the caller's.
async fn told<P: Problem + Send + Sync + 'static>(problem: P, language: Option<Locale>) -> Status {
    let failure = Failure::from(problem);
    let language = language.unwrap_or_else(locale::current);
    locale::scope(language, &crate::LOCALES, async { Status::from(failure) }).await
}
