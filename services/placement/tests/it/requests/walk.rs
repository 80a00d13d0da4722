//! Random lives of requests. Whatever happens, a side reads only what it may: nothing that a school can read moves when a unit
//! answers, nothing that a host can read moves while a request is none of its business, and what events tell each side is
//! what the API shows it.

use std::fmt::{Debug, Write as _};

use chassis::Scope;
use jiff::SignedDuration;
use kernel::PersonId;
use prost::Message as _;
use proto::{
    identity::v1::Role,
    placement::v1::{
        Action, GetOccupancyRequest, GetRequestContactsRequest, GetRequestRequest, GetWorklistRequest,
        ListHistoryRequest, ListInboxRequest, ListOutboxRequest, PlacementRequest, RedirectRequestRequest,
        RequestFacts, RequestSent, RequestView, State, WatchKind,
    },
};
use testkit::service::User;
use tonic::{Response, Status};
use uuid::Uuid;

use crate::{
    calls::Call,
    watch::stream::{Replica, next},
    world::{
        AUTOMATIC_SERVICE, CLINIC_SERVICE, CLINIC_SITE, HOSPITAL, MAIL_UNIT, OTHER_HOSPITAL, SITE, UNIT, World, agent,
        receiver, request, school,
    },
};

/// A generator with a seed, so that a walk that fails can be walked again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

fn user(number: u128, role: Role, agency: Uuid) -> User {
    User::new(PersonId::from(Uuid::from_u128(number)), role, [Scope::Agency(agency.into())])
}

/// The coordinator of the whole hospital, and its units' people.
fn hospital() -> User {
    User::new(receiver().person, Role::ReceivingCoordinator, [Scope::Agency(HOSPITAL.into())])
}

fn units() -> User {
    User::new(agent().person, Role::DestinationCoordinator, [Scope::Agency(HOSPITAL.into())])
}

/// All that the placement API says to somebody about requests, call by call.
async fn everything(world: &World, who: &User, ids: &[String]) -> String {
    let mut all = String::new();
    let mut client = world.client(who);
    for id in ids {
        let id = id.clone();
        say(&mut all, "request", client.get_request(GetRequestRequest { id: id.clone() }).await);
        say(&mut all, "history", client.list_history(ListHistoryRequest { id: id.clone() }).await);
        say(&mut all, "contacts", client.get_request_contacts(GetRequestContactsRequest { id }).await);
    }
    say(&mut all, "worklist", client.get_worklist(GetWorklistRequest::default()).await);
    // Sums of what was sent are everybody's (domain §10): a host reads more of them than of the requests.
    if who.role == Role::PlacingCoordinator {
        let question =
            GetOccupancyRequest { site_id: SITE.to_string(), from_date: "2027-01-11".into(), ..Default::default() };
        say(&mut all, "occupancy", client.get_occupancy(question).await);
    }
    for question in questions() {
        let call = format!("{question:?}");
        if who.role == Role::PlacingCoordinator {
            say(&mut all, &call, client.list_outbox(question).await);
        } else {
            say(&mut all, &call, client.list_inbox(inbox(question)).await);
        }
    }
    all
}

/// The answer, or the refusal without what differs from call to call.
fn say<T: Debug>(all: &mut String, call: &str, answer: Result<Response<T>, Status>) {
    match answer {
        Ok(answer) => writeln!(all, "{call}: {:?}", answer.into_inner()),
        Err(refused) => writeln!(all, "{call}: {:?} {}", refused.code(), refused.message()),
    }
    .expect("written");
}

/// Lists in each order, by each state, late ones, changed ones, by words, and in small pages.
fn questions() -> Vec<ListOutboxRequest> {
    let plain = ListOutboxRequest { to_date: "2028-12-31".into(), ..Default::default() };
    let ordered = ["update_time desc", "start_date", "reference"].map(|order| ListOutboxRequest {
        order_by: order.into(),
        page_size: 2,
        ..plain.clone()
    });
    let by_state = (State::Draft as i32..=State::Deleted as i32)
        .map(|state| ListOutboxRequest { states: vec![state], ..plain.clone() });
    let marked = [
        ListOutboxRequest { overdue: true, ..plain.clone() },
        ListOutboxRequest { changed_by_others: true, ..plain.clone() },
        ListOutboxRequest { query: "ouest".into(), ..plain.clone() },
        ListOutboxRequest { destination_id: UNIT.to_string(), ..plain.clone() },
        plain.clone(),
    ];
    ordered.into_iter().chain(by_state).chain(marked).collect()
}

fn inbox(question: ListOutboxRequest) -> ListInboxRequest {
    ListInboxRequest {
        states: question.states,
        site_id: question.site_id,
        service_id: question.service_id,
        destination_id: question.destination_id,
        program_id: question.program_id,
        from_date: question.from_date,
        to_date: question.to_date,
        query: question.query,
        order_by: question.order_by,
        page_size: question.page_size,
        page_token: question.page_token,
        overdue: question.overdue,
        changed_by_others: question.changed_by_others,
        closure_id: question.closure_id,
    }
}

/// A draft for a place of one of the kinds that there are.
async fn draft(world: &World, dice: &mut Dice) -> String {
    let ask = match dice.below(8) {
        0 => PlacementRequest { service_id: AUTOMATIC_SERVICE.to_string(), ..request() },
        1 => PlacementRequest {
            site_id: CLINIC_SITE.to_string(),
            service_id: CLINIC_SERVICE.to_string(),
            destination_id: String::new(),
            ..request()
        },
        2 => PlacementRequest { destination_id: String::new(), ..request() },
        3 => PlacementRequest {
            start_date: "2027-09-06".into(),
            end_date: "2027-12-10".into(),
            use_release_date: true,
            ..request()
        },
        _ => request(),
    };
    world.create(&school(), ask).await.expect("a draft").id
}

/// The calls behind an action that a person is offered.
fn calls(action: Action) -> &'static [Call] {
    match action {
        Action::Update => &[Call::Update],
        Action::Delete => &[Call::Delete],
        Action::Send => &[Call::Send],
        Action::Redirect => &[Call::Redirect],
        Action::AnswerAtDestination => &[Call::AcceptAtDestination, Call::DeclineAtDestination],
        Action::AnswerForAgency => &[Call::AcceptForAgency, Call::DeclineForAgency],
        Action::Confirm => &[Call::Confirm],
        Action::Cancel => &[Call::Cancel],
        Action::Reactivate => &[Call::Reactivate],
        Action::Postpone => &[Call::Postpone],
        Action::ChangeDates => &[Call::ChangeDates],
        Action::ChangeDestination => &[Call::ChangeDestination],
        Action::Comment => &[Call::Comment],
        Action::Unspecified => &[],
    }
}

/// How much likelier an action is than another: requests are to come where units answer.
const fn weight(action: Action) -> usize {
    match action {
        Action::AnswerAtDestination => 8,
        Action::Send | Action::Redirect => 4,
        _ => 1,
    }
}

/// What somebody is about to do.
struct Plan {
    by: User,
    call: Call,
    /// Where the coordinator redirects to.
    unit: Uuid,
}

impl Plan {
    /// Something that somebody is offered, if anybody is.
    async fn of(world: &World, dice: &mut Dice, id: &str) -> Option<Self> {
        let mut offered = Vec::new();
        for by in [school(), hospital(), units()] {
            let Ok(seen) = world.call(&by, Call::Get, id).await else { continue };
            for action in seen.actions() {
                offered.extend(vec![(by.clone(), action); weight(action)]);
            }
        }
        let (by, action) = offered.get(dice.below(offered.len().max(1)))?.clone();
        // Ends come late, so that lives are long enough to tell something.
        if matches!(action, Action::Delete | Action::Cancel) && dice.below(4) > 0 {
            return None;
        }
        let call = *dice.one(calls(action));
        Some(Self { by, call, unit: *dice.one(&[UNIT, MAIL_UNIT]) })
    }

    /// Whether the school may not notice it.
    fn is_hidden(&self) -> bool {
        matches!(self.call, Call::AcceptAtDestination | Call::DeclineAtDestination)
    }

    /// Whether it was done.
    async fn carry_out(&self, world: &World, id: &str) -> bool {
        if self.call == Call::Redirect {
            let destination_id = self.unit.to_string();
            let message = RedirectRequestRequest { id: id.into(), destination_id, ..Default::default() };
            return world.client(&self.by).redirect_request(message).await.is_ok();
        }
        world.call(&self.by, self.call, id).await.is_ok()
    }
}

/// What the events of requests told since a position of the outbox, with the position after them.
async fn told(world: &World, since: i64) -> (i64, Vec<RequestFacts>) {
    let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(
        "select position, payload from outbox
         where position > $1 and type like 'placement.v1.request\\_%' order by position",
    )
    .bind(since)
    .fetch_all(&world.running.db)
    .await
    .expect("the outbox");
    let last = rows.last().map_or(since, |row| row.0);
    // All of these are one field with the facts.
    let facts = |bytes: &Vec<u8>| RequestSent::decode(bytes.as_slice()).expect("an event").request.expect("facts");
    (last, rows.iter().map(|row| facts(&row.1)).collect())
}

/// Whoever looks at a request on the receiving side: its coordinator and its units' people.
fn hosts(facts: &RequestFacts) -> [User; 2] {
    let agency = facts.receiving_agency_id.parse().expect("an id");
    [user(0xf0f1, Role::ReceivingCoordinator, agency), user(0xf0f2, Role::DestinationCoordinator, agency)]
}

/// What the API shows somebody of a request, as an event would tell it.
async fn shown(world: &World, who: &User, id: &str) -> Option<RequestView> {
    let request = world.call(who, Call::Get, id).await.ok()?;
    Some(RequestView { state: request.state, reason_code: request.reason_code })
}

async fn check_views(world: &World, facts: &RequestFacts) {
    let views = facts.views.clone().expect("every event tells the views");
    let [coordinator, unit] = hosts(facts);
    for (told, who) in [(&views.placing, &school()), (&views.receiving, &coordinator), (&views.destination, &unit)] {
        assert_eq!(told, &shown(world, who, &facts.id).await, "what an event tells is what the API shows: {facts:?}");
    }
    let hidden_answer = [State::AcceptedByDestination, State::DeclinedByDestination];
    assert!(views.placing.is_none_or(|view| !hidden_answer.contains(&view.state())), "{facts:?}");
    let not_yet = matches!(facts.state(), State::Draft | State::Held | State::SentOffline | State::Deleted);
    assert!(!not_yet || (views.receiving.is_none() && views.destination.is_none()), "{facts:?}");
    assert!(facts.state() != State::Sent || views.destination.is_none(), "{facts:?}");
}

/// That both say the same; told line by line where not.
fn same(before: Option<String>, after: Option<String>, what: &str) {
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    for (before, after) in before.lines().zip(after.lines()) {
        assert_eq!(before, after, "{what}");
    }
    assert_eq!(before.len(), after.len(), "{what}");
}

/// How often a walk came by what it is there for.
#[derive(Clone, Copy, Debug, Default)]
struct Passed {
    hidden_answers: usize,
    changes_of_mind: usize,
    unseen_by_hosts: usize,
}

async fn walk(seed: u64, steps: usize, passed: &mut Passed) {
    let (world, mut dice) = (World::new().await, Dice(seed));
    let mut replica = Replica::beside(&world).await;
    let stranger = user(0xf0f3, Role::ReceivingCoordinator, OTHER_HOSPITAL);
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(draft(&world, &mut dice).await);
    }
    let nothing = everything(&world, &stranger, &ids).await;
    let (mut position, first) = told(&world, 0).await;
    let mut newest: Vec<RequestFacts> = first;
    for _ in 0..steps {
        world.running.clock.advance(SignedDuration::from_hours(5));
        let at = dice.below(ids.len());
        let Some(plan) = Plan::of(&world, &mut dice, &ids[at]).await else { continue };
        let before = newest[at].clone();
        let [coordinator, unit] = hosts(&before);
        let read = async |who: &User, wanted: bool| match wanted {
            true => Some(everything(&world, who, &ids).await),
            false => None,
        };
        let views = before.views.clone().unwrap_or_default();
        let mut stream = if plan.is_hidden() { Some(replica.watch(&school()).await) } else { None };
        let school_read = read(&school(), plan.is_hidden()).await;
        // Drafts are many, and reading takes its time.
        let is_curious = dice.below(3) == 0;
        let coordinator_read = read(&coordinator, is_curious && views.receiving.is_none()).await;
        let unit_read = read(&unit, is_curious && views.destination.is_none()).await;
        if !plan.carry_out(&world, &ids[at]).await {
            continue;
        }
        let (end, events) = told(&world, position).await;
        position = end;
        let after = events.last().expect("what is done is told");
        check_views(&world, after).await;
        let what =
            format!("seed {seed}: {:?} by {:?}, {:?} to {:?}", plan.call, plan.by.role, before.state(), after.state());
        if school_read.is_some() {
            same(school_read, read(&school(), true).await, &format!("a school noticed {what}"));
            passed.hidden_answers += 1;
            passed.changes_of_mind += usize::from(before.state() == State::DeclinedByDestination);
        }
        let views = after.views.clone().unwrap_or_default();
        if coordinator_read.is_some() && views.receiving.is_none() {
            same(coordinator_read, read(&coordinator, true).await, &format!("a coordinator noticed {what}"));
            passed.unseen_by_hosts += 1;
        }
        if unit_read.is_some() && views.destination.is_none() {
            same(unit_read, read(&unit, true).await, &format!("a unit noticed {what}"));
            passed.unseen_by_hosts += 1;
        }
        if let Some(stream) = &mut stream {
            // Had the answer been told to the school's stream, it would come first.
            let next_change = draft(&world, &mut dice).await;
            let heard = loop {
                match next(stream).await {
                    (WatchKind::Heartbeat, _) => {}
                    heard => break heard,
                }
            };
            assert_eq!(heard, (WatchKind::Changed, next_change), "a school was woken by {what}");
            position = told(&world, position).await.0;
        }
        newest[at] = after.clone();
        if after.state() == State::Deleted {
            ids[at] = draft(&world, &mut dice).await;
            let (end, mut events) = told(&world, position).await;
            position = end;
            newest[at] = events.remove(0);
        }
    }
    let strange = everything(&world, &stranger, &ids).await;
    same(Some(nothing), Some(strange), "another hospital noticed something");
}

#[tokio::test]
async fn nobody_reads_what_is_none_of_their_business_whatever_happens() {
    let mut passed = Passed::default();
    for seed in 1..=3 {
        walk(seed, 50, &mut passed).await;
    }
    assert!(passed.hidden_answers >= 3 && passed.unseen_by_hosts >= 10, "{passed:?}");
}
