//! Lets the acts happen, through the services' own RPCs, with the clock at the instant of each.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context as _;
use chassis::Waker;
use jiff::SignedDuration;
use kernel::FixedClock;
use proto::{
    identity::v1::Role,
    notification::v1::{
        LookUpAnswerLinkRequest, UseAnswerLinkRequest, answer_link_service_client::AnswerLinkServiceClient,
    },
    placement::v1::{
        Answer as Word, GetRequestRequest, PlacementRequest, State,
        placement_request_service_client::PlacementRequestServiceClient,
    },
};

use super::{
    calendar::Calendar,
    callers::{Caller, Callers},
    mails,
    postbox::Postbox,
    settle::Settle,
    steps::{Act, Answer, Step},
    world::World,
};

/// Acts at the same time.
const AT_ONCE: usize = 6;
/// Acts that are so near to each other happen at the same instant.
const NEAR: SignedDuration = SignedDuration::from_mins(45);
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
    pub(super) postbox: &'a Postbox,
    /// Wakes placement, for releases.
    pub(super) placement: Waker,
    /// Wakes notification, for mails.
    pub(super) notification: Waker,
    /// Id and reference of each request, once it is there.
    pub(super) known: Mutex<BTreeMap<usize, (String, String)>>,
    /// The secrets of answer links, by reference.
    pub(super) links: tokio::sync::Mutex<BTreeMap<String, String>>,
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
            self.mails_about(day).await?;
        }
        Ok(())
    }

    /// Waits for the mails about a day's requests. Where nobody works in Tandem nobody is mailed, and nobody may look.
    async fn mails_about(&self, day: &[Step]) -> anyhow::Result<()> {
        let mut sites: BTreeMap<usize, usize> = BTreeMap::new();
        for step in day.iter().filter(|step| self.world.sites[step.site].user) {
            sites.insert(step.request, step.site);
        }
        let sites: Vec<_> = sites.into_iter().collect();
        for some in sites.chunks(AT_ONCE) {
            let mails = some.iter().map(|(request, site)| async {
                let (id, _) = self.known(*request)?;
                let coordinator = &self.world.people[self.world.sites[*site].coordinator];
                mails::settled(self.callers, &self.notification, &id, coordinator).await
            });
            futures::future::try_join_all(mails.map(Box::pin)).await?;
        }
        Ok(())
    }

    async fn take(&self, step: &Step) -> anyhow::Result<()> {
        let doing = || format!("request {} at {}: {:?}", step.request, step.at, step.act);
        match (&step.act, step.who) {
            (Act::AnswerByLink(answer), _) => self.answer_by_link(step.request, answer).await,
            (Act::Release, Some((person, role))) => self.release(step.request, person, role).await,
            (act, Some((person, role))) => self.act(step.request, person, role, act).await,
            (_, None) => Err(anyhow::anyhow!("nobody acts")),
        }
        .with_context(doing)
    }

    async fn act(&self, request: usize, person: usize, role: Role, act: &Act) -> anyhow::Result<()> {
        let mut client = self.placement(person, role)?;
        if let Act::Create(content) = act {
            let created = super::calls::create(&mut client, self.world, content).await?;
            self.keep(request, created);
            return Ok(());
        }
        let (id, _) = self.known(request)?;
        super::calls::perform(&mut client, self.world, id, act).await
    }

    fn placement(&self, person: usize, role: Role) -> anyhow::Result<PlacementRequestServiceClient<Caller>> {
        Ok(PlacementRequestServiceClient::new(self.callers.call("placement", &self.world.people[person], role)?))
    }

    /// Placement's own clockwork sends what is due; here it is only told that time has passed, and waited for.
    async fn release(&self, request: usize, person: usize, role: Role) -> anyhow::Result<()> {
        let (id, _) = self.known(request)?;
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

    /// As the agent does: reads the mail, follows the link, answers.
    async fn answer_by_link(&self, request: usize, answer: &Answer) -> anyhow::Result<()> {
        let (_, reference) = self.known(request)?;
        let answered = async {
            loop {
                if let Some(secret) = self.link(&reference).await? {
                    let word = if answer.accept { Word::Accept } else { Word::Decline };
                    let ask = UseAnswerLinkRequest {
                        token: secret,
                        answer: word.into(),
                        reason_code: answer.reason.to_owned(),
                        comment: answer.comment.clone(),
                    };
                    self.links_service()?.use_answer_link(ask).await?;
                    return anyhow::Ok(());
                }
                self.notification.wake(notification::SEND_MAIL);
                tokio::time::sleep(PAUSE).await;
            }
        };
        tokio::time::timeout(PATIENCE, answered).await.context("no mail with a link has come")?
    }

    async fn link(&self, reference: &str) -> anyhow::Result<Option<String>> {
        let mut links = self.links.lock().await;
        for secret in self.postbox.take_links() {
            let ask = LookUpAnswerLinkRequest { token: secret.clone() };
            // A link that has closed meanwhile tells nothing, and nobody needs it.
            if let Ok(found) = self.links_service()?.look_up_answer_link(ask).await {
                links.insert(found.into_inner().reference, secret);
            }
        }
        Ok(links.remove(reference))
    }

    fn links_service(&self) -> anyhow::Result<AnswerLinkServiceClient<Caller>> {
        Ok(AnswerLinkServiceClient::new(self.callers.call_as_nobody("notification")?))
    }

    fn keep(&self, request: usize, created: PlacementRequest) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(request, (created.id, created.reference));
    }

    fn known(&self, request: usize) -> anyhow::Result<(String, String)> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&request).cloned().context("the request is not there yet")
    }
}

/// How many of the first steps can happen at once: near in time, of different requests, and no clockwork among them.
fn together(steps: &[Step]) -> usize {
    let first = &steps[0];
    let alone = |step: &Step| matches!(step.act, Act::Release);
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
