//! What a closure touches (domain §5.6): the list of it, and who is told.

use chassis::Scope;
use kernel::PersonId;
use proto::{
    configuration::v1::Closure,
    identity::v1::Role,
    placement::v1::{
        ListInboxRequest, ListOutboxRequest, PlacementRequest, PlacementRequestView, RequestsAffectedByClosure, State,
        Weekday,
    },
};
use testkit::service::User;
use uuid::Uuid;

use crate::{
    calls::Call,
    closures::{agency, site, unit},
    world::{
        COORDINATOR, HOSPITAL, NEXT_UNIT, OTHER_HOSPITAL, OTHER_SCHOOL, PROGRAM, SCHOOL, SITE, UNIT, World, agent,
        reason, receiver, request, school,
    },
};

/// A colleague of the school, whose requests are a coordinator's own all the same.
fn colleague() -> User {
    let person = PersonId::from(Uuid::from_u128(0xf00c));
    User::new(person, Role::PlacingCoordinator, [Scope::Program(PROGRAM.into())])
}

async fn told(world: &World) -> Vec<(String, i32)> {
    let events = world.running.published::<RequestsAffectedByClosure>().await;
    events.into_iter().map(|event| (event.placing_coordinator_id, event.request_count)).collect()
}

async fn inbox(world: &World, user: &User, closure: &Closure) -> Vec<String> {
    let message = ListInboxRequest { closure_id: closure.id.clone(), include_total_size: true, ..Default::default() };
    let page = world.client(user).list_inbox(message).await.expect("a list").into_inner();
    assert_eq!(usize::try_from(page.total_size).ok(), Some(page.requests.len()));
    page.requests.into_iter().map(|request| request.id).collect()
}

async fn outbox(world: &World, user: &User, closure: &Closure) -> Vec<String> {
    let message = ListOutboxRequest { closure_id: closure.id.clone(), ..Default::default() };
    let page = world.client(user).list_outbox(message).await.expect("a list").into_inner();
    page.requests.into_iter().map(|request| request.id).collect()
}

#[tokio::test]
async fn each_coordinator_is_told_once_of_a_closure() {
    let world = World::new().await;
    for state in [State::Sent, State::Confirmed, State::DeclinedByDestination] {
        world.request_in(state).await;
    }
    // Nobody has to be told of these.
    for state in [State::Draft, State::Declined, State::Cancelled] {
        world.request_in(state).await;
    }
    world.closure(1, unit(UNIT)).await;
    assert_eq!(told(&world).await, [(COORDINATOR.to_string(), 3)]);
    // The same again, and a change of the days.
    world.closure(1, unit(UNIT)).await;
    world.closure(2, Closure { end_date: "2027-03-01".into(), ..unit(UNIT) }).await;
    assert_eq!(told(&world).await.len(), 1);
    let event = world.running.published::<RequestsAffectedByClosure>().await.remove(0);
    assert_eq!(event.closure_id, unit(UNIT).id);

    let theirs = world.create(&colleague(), request()).await.expect("a draft");
    world.closure(3, Closure { active: false, ..unit(UNIT) }).await;
    world.call(&colleague(), Call::Send, &theirs.id).await.expect("it is open");
    world.closure(4, unit(UNIT)).await;
    let last = told(&world).await.pop().expect("somebody was told");
    assert_eq!(last, (colleague().person.to_string(), 1), "who comes to be touched later is told then");
}

#[tokio::test]
async fn what_was_withdrawn_before_it_was_heard_of_is_told_to_nobody() {
    let world = World::new().await;
    world.request_in(State::Sent).await;
    world.closure(2, Closure { active: false, ..unit(UNIT) }).await;
    world.closure(1, unit(UNIT)).await;
    assert_eq!(told(&world).await, []);
    let over = Closure { start_date: "2025-01-01".into(), end_date: "2025-12-31".into(), ..site(SITE) };
    world.closure(3, over).await;
    assert_eq!(told(&world).await, [], "what is over concerns nobody any more");
}

#[tokio::test]
async fn what_cannot_be_told_is_not_kept_either() {
    let world = World::new().await;
    world.request_in(State::Sent).await;
    let broken = "ALTER TABLE outbox ADD CONSTRAINT broken CHECK (type NOT LIKE '%affected%') NOT VALID";
    sqlx::query(broken).execute(&world.running.db).await.expect("the outbox takes no such event");
    let event = proto::configuration::v1::ClosureChanged { closure: Some(unit(UNIT)) };
    world.running.deliver(&event, &unit(UNIT).id, 1).await.expect_err("it cannot be told");
    sqlx::query("ALTER TABLE outbox DROP CONSTRAINT broken").execute(&world.running.db).await.expect("mended");
    let rows: i64 =
        sqlx::query_scalar("SELECT (SELECT count(*) FROM closure_notice) + (SELECT count(*) FROM directory_closure)")
            .fetch_one(&world.running.db)
            .await
            .expect("a count");
    assert_eq!(rows, 0, "the effect is one with the event");
    world.closure(1, unit(UNIT)).await;
    assert_eq!(told(&world).await, [(COORDINATOR.to_string(), 1)], "the next attempt tells it");
}

#[tokio::test]
async fn a_list_says_by_which_version_of_a_closure_it_was_selected() {
    let world = World::new().await;
    world.request_in(State::Confirmed).await;
    let closure = unit(UNIT);
    let asked = async || {
        let inbox = ListInboxRequest { closure_id: closure.id.clone(), ..Default::default() };
        let found = world.client(&receiver()).list_inbox(inbox).await.expect("theirs").into_inner();
        (found.requests.len(), found.closure_etag)
    };
    assert_eq!(asked().await, (0, String::new()), "nobody has told of it yet");
    world.closure(3, closure.clone()).await;
    assert_eq!(asked().await, (1, "3".to_owned()));
    let whatever = world.client(&receiver()).list_inbox(ListInboxRequest::default()).await.expect("theirs");
    assert_eq!(whatever.into_inner().closure_etag, "", "no closure was named");
}

#[tokio::test]
async fn a_request_tells_each_side_which_closure_touches_it() {
    let world = World::new().await;
    let confirmed = world.request_in(State::Confirmed).await.id;
    let draft = world.draft().await.id;
    let cancelled = world.request_in(State::Cancelled).await.id;
    let told = async |user: &User, id: &str| {
        let request = world.call(user, Call::Get, id).await.expect("theirs");
        (request.closure_start_date, request.closure_end_date)
    };
    let listed = async || {
        let view = PlacementRequestView::Basic.into();
        let message = ListOutboxRequest { view, ..Default::default() };
        let rows = world.client(&school()).list_outbox(message).await.expect("theirs").into_inner().summaries;
        let closed = rows.into_iter().filter(|row| !row.closure_start_date.is_empty());
        closed.map(|row| (row.id, row.closure_start_date, row.closure_end_date)).collect::<Vec<_>>()
    };
    let none = || (String::new(), String::new());
    assert_eq!((told(&school(), &confirmed).await, listed().await), (none(), vec![]));
    world.closure(1, site(SITE)).await;
    let days = || ("2027-02-01".to_owned(), "2027-02-14".to_owned());
    assert_eq!((told(&school(), &confirmed).await, told(&receiver(), &confirmed).await), (days(), days()));
    assert_eq!(listed().await, [(confirmed.clone(), days().0, days().1)]);
    for untouched in [&draft, &cancelled] {
        assert_eq!(told(&school(), untouched).await, none());
    }
    world.closure(2, Closure { active: false, ..site(SITE) }).await;
    assert_eq!((told(&school(), &confirmed).await, listed().await), (none(), vec![]), "it was withdrawn");
    world.closure(3, unit(NEXT_UNIT)).await;
    assert_eq!(told(&school(), &confirmed).await, none(), "somebody else's unit");
    world.closure(4, unit(UNIT)).await;
    assert_eq!(told(&school(), &confirmed).await, days());
}

#[tokio::test]
async fn the_list_of_a_closure_holds_what_it_touches() {
    let world = World::new().await;
    let sent = world.request_in(State::Sent).await.id;
    let confirmed = world.request_in(State::Confirmed).await.id;
    let cancelled = world.request_in(State::Cancelled).await.id;
    let later = PlacementRequest { start_date: "2027-02-15".into(), ..request() };
    let later = world.create(&school(), later).await.expect("a draft").id;
    world.call(&school(), Call::Send, &later).await.expect("sent");
    let draft = world.draft().await.id;
    for (version, closure) in (1..).zip([unit(UNIT), site(SITE), agency(HOSPITAL)]) {
        world.closure(version, closure.clone()).await;
        let found = inbox(&world, &receiver(), &closure).await;
        assert_eq!(found, [sent.clone(), confirmed.clone()], "{closure:?}");
        let own = outbox(&world, &school(), &closure).await;
        assert_eq!(own, [sent.clone(), confirmed.clone()]);
        assert!(![&cancelled, &later, &draft].into_iter().any(|id| own.contains(id)));
    }
    for (version, elsewhere) in (4..).zip([unit(NEXT_UNIT), agency(OTHER_HOSPITAL)]) {
        world.closure(version, elsewhere.clone()).await;
        assert_eq!(inbox(&world, &receiver(), &elsewhere).await, [""; 0], "{elsewhere:?}");
    }
    world.closure(6, Closure { active: false, ..unit(UNIT) }).await;
    assert_eq!(inbox(&world, &receiver(), &unit(UNIT)).await, [""; 0], "it was withdrawn");
}

#[tokio::test]
async fn a_list_of_a_closure_shows_nobody_more_than_they_see() {
    let world = World::new().await;
    let sent = world.request_in(State::Sent).await.id;
    let answered = world.request_in(State::DeclinedByDestination).await.id;
    world.closure(1, site(SITE)).await;
    assert_eq!(inbox(&world, &agent(), &site(SITE)).await.concat(), answered, "the agent was asked for one");
    let stranger = |role, scope| User::new(PersonId::from(Uuid::from_u128(0xbad)), role, [scope]);
    let elsewhere = stranger(Role::ReceivingCoordinator, Scope::Agency(OTHER_HOSPITAL.into()));
    assert_eq!(inbox(&world, &elsewhere, &site(SITE)).await, [""; 0]);
    let neighbour = stranger(Role::PlacingCoordinator, Scope::Agency(OTHER_SCHOOL.into()));
    assert_eq!(outbox(&world, &neighbour, &site(SITE)).await, [""; 0]);
    let colleague = stranger(Role::PlacingCoordinator, Scope::Agency(SCHOOL.into()));
    assert_eq!(outbox(&world, &colleague, &site(SITE)).await, [sent, answered]);
    let message = ListInboxRequest { closure_id: "none".into(), ..Default::default() };
    let refused = world.client(&receiver()).list_inbox(message).await.expect_err("no id");
    assert_eq!(reason(&refused), "INVALID_FIELDS");
}

#[tokio::test]
async fn what_is_asked_for_on_other_days_of_the_week_is_not_touched() {
    let world = World::new().await;
    let mut sent = Vec::new();
    for weekdays in [vec![Weekday::Sunday.into()], vec![Weekday::Monday.into()], vec![]] {
        let ask = PlacementRequest { weekdays, hours_per_student: 40, ..request() };
        let draft = world.create(&school(), ask).await.expect("a draft");
        sent.push(world.call(&school(), Call::Send, &draft.id).await.expect("no. 2").id);
    }
    let monday_to_saturday = Closure { end_date: "2027-02-06".into(), ..unit(UNIT) };
    world.closure(1, monday_to_saturday.clone()).await;
    assert_eq!(told(&world).await, [(COORDINATOR.to_string(), 2)]);
    sent.remove(0);
    for mut touched in
        [inbox(&world, &receiver(), &monday_to_saturday).await, outbox(&world, &school(), &monday_to_saturday).await]
    {
        touched.sort();
        sent.sort();
        assert_eq!(touched, sent);
    }
}
