//! Lets the acts happen, through the services' own RPCs, with the clock at the instant of each.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context as _;
use chassis::Waker;
use directory::model::Role;
use jiff::SignedDuration;
use kernel::FixedClock;
use proto::{
    notification::v1::{UseAnswerLinkRequest, answer_link_service_client::AnswerLinkServiceClient},
    placement::v1::{
        Answer as Word, GetRequestRequest, MarkRequestSeenRequest, PlacementRequest, State,
        placement_request_service_client::PlacementRequestServiceClient,
    },
};
use tonic::Code;

use super::{
    calendar::Calendar,
    callers::{Caller, Callers},
    mails::Mails,
    settle::Settle,
    steps::{Action, Answer, Step},
    world::{Person, World},
};

/// Acts at the same time.
const AT_ONCE: usize = 6;
/// Acts that are so near to each other happen at the same instant.
const NEAR: SignedDuration = SignedDuration::from_mins(45);
/// For how long what others did is news.
const NEWS: SignedDuration = SignedDuration::from_hours(24 * 12);
/// How long a mail, or the clock's own act, may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often to look.
const PAUSE: Duration = Duration::from_millis(10);

/// What plays.
pub(super) struct Player<'a> {
    pub(super) world: &'a World,
    pub(super) calendar: &'a Calendar,
    pub(super) callers: &'a Callers,
    pub(super) clock: &'a FixedClock,
    pub(super) mails: Mails<'a>,
    /// Wakes placement, for releases.
    pub(super) placement: Waker,
    /// The id of each request, once it is there.
    pub(super) known: Mutex<BTreeMap<usize, String>>,
}

impl Player<'_> {
    /// Plays everything. At the end of each day all that follows from it is waited for, so that mails bear the day that
    /// they are about.
    pub(super) async fn play(&self, steps: &[Step], settle: &mut Settle) -> anyhow::Result<()> {
        for day in steps.chunk_by(|one, next| self.calendar.day(one.at) == self.calendar.day(next.at)) {
            let mut rest = day;
            while let Some(first) = rest.first() {
                let (now, later) = rest.split_at(together(rest));
                self.clock.set(first.at);
                futures::future::try_join_all(now.iter().map(|step| Box::pin(self.take(step)))).await?;
                rest = later;
            }
            settle.all().await?;
            self.mails.settled().await?;
        }
        self.look_back(steps).await
    }

    /// Whoever had to do with a request has opened it since, but for what happened in the last days.
    async fn look_back(&self, steps: &[Step]) -> anyhow::Result<()> {
        let mut last = BTreeMap::new();
        let mut readers = BTreeSet::new();
        for step in steps {
            last.insert(step.request, step.at);
            readers.extend(step.who.map(|(person, role)| (step.request, person, role)));
        }
        let old = |request: &usize| self.calendar.now.duration_since(last[request]) > NEWS;
        let readers: Vec<_> = readers.into_iter().filter(|(request, ..)| old(request)).collect();
        for some in readers.chunks(AT_ONCE) {
            let opened = some.iter().map(|&(request, person, role)| Box::pin(self.open(request, person, role)));
            futures::future::try_join_all(opened).await?;
        }
        Ok(())
    }

    async fn open(&self, request: usize, person: usize, role: Role) -> anyhow::Result<()> {
        let ask = MarkRequestSeenRequest { id: self.known(request)?, etag: String::new() };
        match self.placement(person, role)?.mark_request_seen(ask).await {
            // It was deleted, or has gone to another unit.
            Err(status) if status.code() != Code::NotFound => Err(status.into()),
            _ => Ok(()),
        }
    }

    async fn take(&self, step: &Step) -> anyhow::Result<()> {
        let doing = || format!("request {} at {}: {:?}", step.request, step.at, step.action);
        match (&step.action, step.who) {
            (Action::AnswerByLink(answer), _) => self.answer_by_link(step, answer).await,
            (Action::Release, Some((person, role))) => self.release(step.request, person, role).await,
            (action, Some((person, role))) => self.perform(step.request, person, role, action).await,
            (_, None) => Err(anyhow::anyhow!("nobody acts")),
        }
        .with_context(doing)
    }

    async fn perform(&self, request: usize, person: usize, role: Role, action: &Action) -> anyhow::Result<()> {
        let mut client = self.placement(person, role)?;
        if let Action::Create(content) = action {
            let created = super::calls::create(&mut client, self.world, content).await?;
            self.keep(request, created);
            return Ok(());
        }
        let id = self.known(request)?;
        super::calls::perform(&mut client, self.world, id, action).await
    }

    fn placement(&self, person: usize, role: Role) -> anyhow::Result<PlacementRequestServiceClient<Caller>> {
        Ok(PlacementRequestServiceClient::new(self.callers.call("placement", &self.world.people[person], role)?))
    }

    /// Placement's own clockwork sends what is due; here it is only told that time has passed, and waited for.
    async fn release(&self, request: usize, person: usize, role: Role) -> anyhow::Result<()> {
        let id = self.known(request)?;
        let mut client = self.placement(person, role)?;
        let released = async {
            loop {
                self.placement.wake("release_held");
                let found = client.get_request(GetRequestRequest { id: id.clone() }).await?.into_inner().request;
                if found.is_some_and(|request| request.state() != State::Held) {
                    return anyhow::Ok(());
                }
                tokio::time::sleep(PAUSE).await;
            }
        };
        tokio::time::timeout(PATIENCE, released).await.context("the request is not released")?
    }

    /// As the agent does: reads the mail, follows the link, answers. A link that the request has moved on from is refused;
    /// then there is a newer one to wait for.
    async fn answer_by_link(&self, step: &Step, answer: &Answer) -> anyhow::Result<()> {
        let id = self.known(step.request)?;
        let word = if answer.accept { Word::Accept } else { Word::Decline };
        let answered = async {
            loop {
                if let Some(token) = self.mails.link(&id, self.coordinator(step.site)).await? {
                    let (reason_code, comment) = (answer.reason.to_owned(), answer.comment.clone());
                    let (answer, etag) = (word.into(), String::new());
                    let despite_misfits = super::calls::knowing();
                    let ask = UseAnswerLinkRequest { token, answer, reason_code, comment, etag, despite_misfits };
                    let caller = self.callers.call_as_nobody("notification")?;
                    match AnswerLinkServiceClient::new(caller).use_answer_link(ask).await {
                        Ok(_) => return anyhow::Ok(()),
                        Err(status) if status.code() == Code::FailedPrecondition => {}
                        Err(status) => return Err(status.into()),
                    }
                }
                tokio::time::sleep(PAUSE).await;
            }
        };
        tokio::time::timeout(PATIENCE, answered).await.context("no mail with a link has come")?
    }

    fn coordinator(&self, site: usize) -> &Person {
        &self.world.people[self.world.sites[site].coordinator]
    }

    fn keep(&self, request: usize, created: PlacementRequest) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(request, created.id);
    }

    fn known(&self, request: usize) -> anyhow::Result<String> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&request).cloned().context("the request is not there yet")
    }
}

/// How many of the first steps can happen at once: near in time, of different requests, and no clockwork among them.
fn together(steps: &[Step]) -> usize {
    let first = &steps[0];
    let alone = |step: &Step| matches!(step.action, Action::Release);
    if alone(first) {
        return 1;
    }
    let joins = |index: usize| {
        let step = &steps[index];
        !alone(step)
            && step.at.duration_since(first.at) <= NEAR
            && steps[..index].iter().all(|earlier| earlier.request != step.request)
    };
    (1..steps.len().min(AT_ONCE)).find(|index| !joins(*index)).unwrap_or(steps.len().min(AT_ONCE))
}
