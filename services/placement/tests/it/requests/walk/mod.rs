//! Random lives of requests. Whatever happens, a side reads only what it may: nothing that a school can read moves when a unit
//! answers, nothing that a host can read moves while a request is none of its business, and what events tell each side is
//! what the API shows it.

mod dice;
mod plan;
mod readings;
mod twins;

use std::collections::HashSet;

use chassis::Scope;
use jiff::SignedDuration;
use kernel::PersonId;
use prost::Message as _;
use proto::{
    identity::v1::Role,
    placement::v1::{PlacementRequest, RequestFacts, RequestSent, RequestView, State, WatchKind},
};
use testkit::service::User;
use uuid::Uuid;

use dice::Dice;
use plan::Plan;
use readings::everything;

use crate::{
    calls::Call,
    watch::stream::{Replica, next},
    world::{
        AUTOMATIC_SERVICE, CLINIC_SERVICE, CLINIC_SITE, HOSPITAL, OTHER_HOSPITAL, UNIT, World, receiver, request,
        school,
    },
};

fn user(number: u128, role: Role, agency: Uuid) -> User {
    User::new(PersonId::from(Uuid::from_u128(number)), role, [Scope::Agency(agency.into())])
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

/// Whether somebody at the unit was asked, or the students are to go there.
const fn reaches_a_unit(state: State) -> bool {
    matches!(
        state,
        State::Redirected
            | State::RedirectedOffline
            | State::RedirectedAutomatically
            | State::AcceptedByDestination
            | State::DeclinedByDestination
            | State::Accepted
            | State::Confirmed
    )
}

async fn walk(seed: u64, steps: usize, passed: &mut Passed) {
    let (world, mut dice) = (World::new().await, Dice(seed));
    let mut replica = Replica::beside(&world).await;
    let stranger = user(0xf0f3, Role::ReceivingCoordinator, OTHER_HOSPITAL);
    let (mut ids, mut reached) = (Vec::new(), HashSet::new());
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
        let mut stream = None;
        if plan.is_hidden() {
            let mut watched = replica.watch(&school()).await;
            // What was done before is told by then.
            let last_change = (WatchKind::Changed, draft(&world, &mut dice).await);
            while next(&mut watched).await != last_change {}
            position = told(&world, position).await.0;
            stream = Some(watched);
        }
        let school_read = read(&school(), plan.is_hidden()).await;
        // Drafts are many, and reading takes its time.
        let is_curious = dice.below(3) == 0;
        let coordinator_read = read(&coordinator, is_curious && views.receiving.is_none()).await;
        let unit_read = read(&unit, (is_curious || plan.is_end()) && views.destination.is_none()).await;
        if !plan.carry_out(&world, &ids[at]).await {
            continue;
        }
        let (end, events) = told(&world, position).await;
        position = end;
        let after = events.last().expect("what is done is told");
        check_views(&world, after).await;
        if reaches_a_unit(after.state()) {
            reached.insert(after.id.clone());
        }
        let what =
            format!("seed {seed}: {:?} by {:?}, {:?} to {:?}", plan.call, plan.by.role, before.state(), after.state());
        if school_read.is_some() {
            same(school_read, read(&school(), true).await, &format!("a school noticed {what}"));
            passed.hidden_answers += 1;
            passed.changes_of_mind += usize::from(before.state() == State::DeclinedByDestination);
        }
        let views = after.views.clone().unwrap_or_default();
        if !reached.contains(&after.id) {
            assert_eq!(views.destination, None, "a unit that was never asked reads {what}");
        }
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

#[tokio::test]
async fn a_unit_that_was_never_asked_reads_nothing_of_how_its_request_ended() {
    let world = World::new().await;
    let unit = user(0xf0f2, Role::DestinationCoordinator, HOSPITAL);
    for end in [Call::DeclineForAgency, Call::Cancel] {
        let ids = [world.request_in(State::Sent).await.id];
        world.call(&receiver(), Call::Comment, &ids[0]).await.expect("it is with the coordinator");
        let before = everything(&world, &unit, &ids).await;
        world.call(&receiver(), end, &ids[0]).await.expect("nos. 11, 17");
        same(Some(before), Some(everything(&world, &unit, &ids).await), &format!("a unit noticed {end:?}"));
        let facts = told(&world, 0).await.1.pop().expect("what is done is told");
        assert_eq!(facts.views.clone().and_then(|views| views.destination), None, "{end:?}");
        check_views(&world, &facts).await;
        let kept = world.call(&school(), Call::Get, &ids[0]).await.expect("their own");
        assert_eq!(kept.destination_id, UNIT.to_string(), "the school keeps its wish");
    }
}
