//! Answering without an account. The token is never logged and never part of a span: no message is.

use chassis::{Db, Failure, Host, PeerClient, error, locale};
use kernel::{ErrorKind, Invalid, Locale, Problem};
use proto::{
    notification::v1::{
        LookUpAnswerLinkRequest, LookUpAnswerLinkResponse, UseAnswerLinkRequest, UseAnswerLinkResponse,
        answer_link_service_server::AnswerLinkService,
    },
    placement::v1::internal_placement_service_client::InternalPlacementServiceClient,
};
use tonic::{Code, Request, Response, Status};

use super::{
    app::{ClaimLink, Claimed, NotTaken, OpenLink, Opened, Refused, SettleLink, Verdict},
    domain::{AnswerByLink, LinkRefusal, LinkState, Progress},
    wire,
};
use crate::context::Context;

/// What placement says of a yes that is silent about what does not fit, and what is said on.
const DOES_NOT_FIT: &str = "DOES_NOT_FIT";

#[derive(Clone)]
pub(crate) struct AnswerLinks {
    db: Db,
    cx: Context,
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

/// The request has changed since it was read.
#[derive(Debug, thiserror::Error)]
#[error("the request has changed since it was read")]
struct RequestChanged;

impl Problem for RequestChanged {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Conflict
    }

    fn reason(&self) -> &'static str {
        "REQUEST_CHANGED"
    }
}

/// The request does not fit the unit, and whoever accepts it has not said that they know.
#[derive(Debug, thiserror::Error)]
#[error("the request does not fit")]
struct DoesNotFit;

impl Problem for DoesNotFit {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Precondition
    }

    fn reason(&self) -> &'static str {
        DOES_NOT_FIT
    }
}

impl AnswerLinks {
    pub(crate) fn new(host: &Host, cx: Context) -> anyhow::Result<Self> {
        let placement = InternalPlacementServiceClient::new(host.peer("placement")?);
        Ok(Self { db: host.db.clone(), cx, placement })
    }

    /// What the page shows; a request that can no longer be answered shows why instead.
    async fn describe(&self, opened: &Opened) -> Result<LookUpAnswerLinkResponse, Status> {
        let question = wire::describe(&opened.link);
        let described = match self.placement.clone().describe_for_link(question).await {
            Ok(response) => response.into_inner(),
            Err(status) if verdict(&status) == Some(Verdict::Refused) => return Err(over(opened).await),
            Err(status) => {
                tracing::warn!(code = ?status.code(), "placement does not describe a request");
                return Err(refused(PlacementAway, Some(opened.locale)).await);
            }
        };
        match described.request {
            Some(request) if described.answerable => {
                Ok(wire::page(&opened.link, opened.locale, &opened.reasons, request))
            }
            _ => Err(over(opened).await),
        }
    }

    /// Tells placement and records what it said.
    async fn tell(&self, claimed: &Claimed, by_link: &AnswerByLink) -> Result<(), Status> {
        let question = wire::answer(&claimed.link, by_link);
        let verdict = match self.placement.clone().answer_by_link(question).await {
            Ok(_) => Verdict::Taken,
            Err(status) => match verdict(&status) {
                Some(verdict) => verdict,
                None => {
                    tracing::warn!(code = ?status.code(), link = %claimed.link.id, "placement does not take an answer now");
                    return Err(refused(PlacementAway, claimed.locale).await);
                }
            },
        };
        self.db.write(&SettleLink { link: claimed.link.id, verdict }, &self.cx).await?;
        match verdict {
            Verdict::Taken => Ok(()),
            Verdict::Refused => Err(refused(LinkRefusal::Closed, claimed.locale).await),
            Verdict::Invalid => Err(refused(Invalid::field("reason_code", "UNKNOWN_REASON"), claimed.locale).await),
            Verdict::Changed => Err(refused(RequestChanged, claimed.locale).await),
            Verdict::DoesNotFit => Err(refused(DoesNotFit, claimed.locale).await),
        }
    }
}

#[tonic::async_trait]
impl AnswerLinkService for AnswerLinks {
    async fn look_up_answer_link(
        &self,
        request: Request<LookUpAnswerLinkRequest>,
    ) -> Result<Response<LookUpAnswerLinkResponse>, Status> {
        let token = wire::parse_look_up(request.get_ref()).map_err(Failure::from)?;
        match self.db.read(&OpenLink { token }, &self.cx).await? {
            Ok(opened) => Ok(Response::new(self.describe(&opened).await?)),
            Err(Refused { refusal, locale }) => Err(refused(refusal, locale).await),
        }
    }

    async fn use_answer_link(
        &self,
        request: Request<UseAnswerLinkRequest>,
    ) -> Result<Response<UseAnswerLinkResponse>, Status> {
        let claim = ClaimLink(wire::parse_use(request.get_ref()).map_err(Failure::from)?);
        let claimed = match self.db.write(&claim, &self.cx).await? {
            Ok(claimed) => claimed,
            Err(NotTaken::Refused(Refused { refusal, locale })) => return Err(refused(refusal, locale).await),
            Err(NotTaken::Invalid(invalid, locale)) => return Err(refused(invalid, locale).await),
        };
        let ClaimLink(by_link) = claim;
        if claimed.progress == Progress::ToBeTold {
            self.tell(&claimed, &by_link).await?;
        }
        Ok(Response::new(wire::taken(by_link.answer, claimed.reference)))
    }
}

/// What an error of placement's means for an answer; `None` where it is not known whether it was taken.
fn verdict(status: &Status) -> Option<Verdict> {
    match status.code() {
        Code::FailedPrecondition if error::reason(status) == DOES_NOT_FIT => Some(Verdict::DoesNotFit),
        Code::FailedPrecondition | Code::NotFound | Code::PermissionDenied => Some(Verdict::Refused),
        Code::InvalidArgument => Some(Verdict::Invalid),
        Code::Aborted if error::reason(status) == "STALE_ETAG" => Some(Verdict::Changed),
        _ => None,
    }
}

/// Nobody waits for an answer: because this very link gave one, or for another reason.
async fn over(opened: &Opened) -> Status {
    let refusal = match &opened.link.state {
        LinkState::Claimed(given) => LinkRefusal::Used(given.answer),
        _ => LinkRefusal::Closed,
    };
    refused(refusal, Some(opened.locale)).await
}

/// An error in the language of the link's agent where that is known, else in the caller's.
async fn refused<P: Problem + Send + Sync + 'static>(problem: P, language: Option<Locale>) -> Status {
    let failure = Failure::from(problem);
    let language = language.unwrap_or_else(locale::current);
    locale::scope(language, &crate::LOCALES, async { Status::from(failure) }).await
}
