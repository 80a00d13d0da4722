//! Who accepts what does not fit knows it.

use futures::future::join_all;
use proto::{
    configuration::v1::Destination,
    placement::v1::{
        Answer, AnswerAtDestinationRequest, AnswerForAgencyRequest, Misfit, PlacementRequest,
        RequestAcceptedByDestination, State,
    },
};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::{
    calls::Call,
    closures,
    world::{
        AGENT, CLINIC_SERVICE, CLINIC_SITE, SERVICE, SITE, UNIT, World, agent, destination, faults, monitor, reason,
        receiver, request, school,
    },
};

fn numbers(misfits: &[Misfit]) -> Vec<i32> {
    misfits.iter().map(|misfit| i32::from(*misfit)).collect()
}

async fn accept(world: &World, id: &str, despite: &[Misfit]) -> Result<State, Status> {
    let message = AnswerForAgencyRequest {
        id: id.to_owned(),
        answer: Answer::Accept.into(),
        despite_misfits: numbers(despite),
        ..Default::default()
    };
    let answer = world.client(&receiver()).answer_for_agency(message).await?;
    Ok(answer.into_inner().request.expect("the request").state())
}

async fn accept_at_unit(world: &World, id: &str, despite: &[Misfit]) -> Result<State, Status> {
    let message = AnswerAtDestinationRequest {
        id: id.to_owned(),
        answer: Answer::Accept.into(),
        despite_misfits: numbers(despite),
        ..Default::default()
    };
    let answer = world.client(&agent()).answer_at_destination(message).await?;
    Ok(answer.into_inner().request.expect("the request").state())
}

/// What a refusal says does not fit.
fn misfit(refused: &Status) -> String {
    assert_eq!((refused.code(), reason(refused).as_str()), (Code::FailedPrecondition, "DOES_NOT_FIT"));
    refused.get_details_error_info().expect("its reason").metadata["misfit"].clone()
}

async fn read(world: &World, user: &testkit::service::User, id: &str) -> PlacementRequest {
    world.call(user, Call::Get, id).await.expect("theirs")
}

async fn told(world: &World, user: &testkit::service::User, id: &str) -> Vec<Misfit> {
    read(world, user, id).await.misfits().collect()
}

#[tokio::test]
async fn beyond_the_places_a_yes_says_that_it_knows() {
    let world = World::new().await;
    let six = world.request_in(State::Sent).await.id;
    let more = world.request_in(State::Redirected).await.id;
    assert_eq!(told(&world, &receiver(), &six).await, [], "what is only asked for takes no place");
    assert_eq!(accept(&world, &six, &[]).await.expect("six of eight"), State::Accepted);
    assert_eq!(told(&world, &receiver(), &six).await, [], "nobody accepts it again");

    assert_eq!(told(&world, &receiver(), &more).await, [Misfit::Capacity]);
    assert_eq!(told(&world, &agent(), &more).await, [Misfit::Capacity]);
    assert_eq!(told(&world, &school(), &more).await, [], "a school does not answer");
    assert_eq!(told(&world, &monitor(), &more).await, [], "nor does who only looks");
    let before = read(&world, &agent(), &more).await;
    assert_eq!(misfit(&accept_at_unit(&world, &more, &[]).await.expect_err("two places")), "CAPACITY");
    let closed = accept_at_unit(&world, &more, &[Misfit::Closed]).await.expect_err("of something else");
    assert_eq!(misfit(&closed), "CAPACITY");
    assert_eq!(read(&world, &agent(), &more).await, before, "nothing has changed");
    assert!(world.running.published::<RequestAcceptedByDestination>().await.is_empty());

    let answered = accept_at_unit(&world, &more, &[Misfit::Capacity]).await.expect("knowingly");
    assert_eq!(answered, State::AcceptedByDestination);
    assert_eq!(misfit(&accept(&world, &more, &[]).await.expect_err("the coordinator answers too")), "CAPACITY");
    assert_eq!(accept(&world, &more, &[Misfit::Capacity]).await.expect("knowingly"), State::Accepted);
}

#[tokio::test]
async fn each_reason_has_to_be_known() {
    let world = World::new().await;
    let id = world.request_in(State::Sent).await.id;
    world
        .destination(2, Destination { maximum_group_size: 5, ..destination(UNIT, SITE, &[SERVICE], "4 Ouest", AGENT) })
        .await;
    world.closure(1, closures::unit(UNIT)).await;
    assert_eq!(told(&world, &receiver(), &id).await, [Misfit::Closed, Misfit::GroupSize]);
    assert_eq!(misfit(&accept(&world, &id, &[Misfit::GroupSize]).await.expect_err("a later closure")), "CLOSED");
    assert_eq!(misfit(&accept(&world, &id, &[Misfit::Closed]).await.expect_err("a large group")), "GROUP_SIZE");
    let answered = accept(&world, &id, &[Misfit::Closed, Misfit::GroupSize]).await.expect("both are known");
    assert_eq!(answered, State::Accepted);
}

#[tokio::test]
async fn without_a_unit_the_site_can_be_closed() {
    let world = World::new().await;
    let ask = PlacementRequest { destination_id: String::new(), ..request() };
    let id = world.create(&school(), ask).await.expect("a draft").id;
    world.call(&school(), Call::Send, &id).await.expect("no. 2");
    assert_eq!(told(&world, &receiver(), &id).await, []);
    world.closure(1, closures::site(SITE)).await;
    assert_eq!(told(&world, &receiver(), &id).await, [Misfit::Closed]);
    assert_eq!(misfit(&accept(&world, &id, &[]).await.expect_err("closed")), "CLOSED");
    assert_eq!(accept(&world, &id, &[Misfit::Closed]).await.expect("knowingly"), State::Accepted);
}

#[tokio::test]
async fn of_three_who_accept_at_once_one_finds_places() {
    let world = World::new().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(world.request_in(State::Sent).await.id);
    }
    let answers = join_all(ids.iter().map(|id| accept(&world, id, &[]))).await;
    let refused: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().err().map(misfit)).collect();
    assert_eq!(refused, ["CAPACITY", "CAPACITY"], "six and six are more than eight");
}

#[tokio::test]
async fn a_no_and_a_school_that_notes_an_answer_explain_nothing() {
    let world = World::new().await;
    let id = world.request_in(State::Sent).await.id;
    world.closure(1, closures::site(SITE)).await;
    world.call(&receiver(), Call::DeclineForAgency, &id).await.expect("no. 14");

    let ask = PlacementRequest {
        site_id: CLINIC_SITE.to_string(),
        service_id: CLINIC_SERVICE.to_string(),
        destination_id: String::new(),
        ..request()
    };
    let id = world.create(&school(), ask).await.expect("a draft").id;
    world.call(&school(), Call::Send, &id).await.expect("no. 4");
    world.closure(2, closures::site(CLINIC_SITE)).await;
    let message = AnswerForAgencyRequest { id, answer: Answer::Accept.into(), ..Default::default() };
    let answered = world.client(&school()).answer_for_agency(message).await.expect("what was said on the telephone");
    assert_eq!(answered.into_inner().request.expect("the request").state(), State::Accepted);
}

#[tokio::test]
async fn what_nobody_knows_is_refused() {
    let world = World::new().await;
    let id = world.request_in(State::Sent).await.id;
    for unknown in [0, 99] {
        let message = AnswerForAgencyRequest {
            id: id.clone(),
            answer: Answer::Accept.into(),
            despite_misfits: vec![unknown],
            ..Default::default()
        };
        let refused = world.client(&receiver()).answer_for_agency(message).await.expect_err("no such reason");
        assert_eq!(faults(&refused), "despite_misfits=UNKNOWN_VALUE");
    }
}
