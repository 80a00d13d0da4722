//! Inbox and outbox: filters, order, pages.

use kernel::{Locale, PersonId};
use proto::{
    identity::v1::Role,
    placement::v1::{
        ListInboxRequest, ListInboxResponse, ListOutboxRequest, PlacementRequest, PlacementRequestView, State,
    },
};
use testkit::service::User;

use crate::{
    calls::Call,
    world::{
        AUTOMATIC_SERVICE, HOSPITAL, NEXT_UNIT, PROGRAM, SECOND_PROGRAM, SITE, UNIT, World, agent, receiver, request,
        school,
    },
};

async fn outbox(world: &World, message: ListOutboxRequest) -> Vec<String> {
    let message = ListOutboxRequest { include_total_size: true, ..message };
    let answer = world.client(&school()).list_outbox(message).await.expect("a list").into_inner();
    assert_eq!(answer.total_size as usize, answer.requests.len(), "one page holds all");
    answer.requests.into_iter().map(|r| r.id).collect()
}

#[tokio::test]
async fn pages_neither_repeat_nor_skip_in_any_order() {
    let world = World::new().await;
    for week in [3, 1, 2, 1, 3] {
        let ask = PlacementRequest { start_date: format!("2027-01-{:02}", 4 + 7 * week), ..request() };
        world.create(&school(), ask).await.expect("a draft");
    }
    for order_by in ["", "update_time desc", "start_date", "reference"] {
        let mut client = world.client(&school());
        let mut message = ListOutboxRequest { order_by: order_by.into(), page_size: 2, ..Default::default() };
        message.include_total_size = order_by == "reference";
        let (mut rows, mut sizes) = (Vec::new(), Vec::new());
        loop {
            let page = client.list_outbox(message.clone()).await.expect("a page").into_inner();
            assert_eq!(page.total_size, if message.include_total_size { 5 } else { 0 });
            sizes.push(page.requests.len());
            rows.extend(page.requests);
            if page.next_page_token.is_empty() {
                break;
            }
            message.page_token = page.next_page_token;
        }
        assert_eq!(sizes, [2, 2, 1], "{order_by}");
        let mut ids: Vec<_> = rows.iter().map(|r| r.id.clone()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 5, "{order_by}");
        let in_order = match order_by {
            "reference" => rows.is_sorted_by_key(|r| r.reference.clone()),
            "update_time desc" => {
                rows.is_sorted_by_key(|r| std::cmp::Reverse(r.update_time.as_ref().map(|t| (t.seconds, t.nanos))))
            }
            _ => rows.is_sorted_by_key(|r| r.start_date.clone()),
        };
        assert!(in_order, "{order_by}");
        let foreign = if order_by == "reference" { "start_date" } else { "reference" };
        let mixed = ListOutboxRequest { order_by: foreign.into(), ..message };
        let refused = client.list_outbox(mixed).await.expect_err("a token of another order");
        assert_eq!(crate::world::faults(&refused), "page_token=MALFORMED_PAGE_TOKEN");
    }
}

#[tokio::test]
async fn a_school_filters_by_the_states_that_it_sees() {
    let world = World::new().await;
    let hidden = world.request_in(State::DeclinedByDestination).await.id;
    let waiting = world.request_in(State::Redirected).await.id;
    world.draft().await;
    let of = |state: State| ListOutboxRequest { states: vec![state.into()], ..Default::default() };
    assert_eq!(outbox(&world, of(State::Redirected)).await, [hidden.clone(), waiting]);
    assert!(outbox(&world, of(State::DeclinedByDestination)).await.is_empty());
    let inbox = ListInboxRequest { states: vec![State::DeclinedByDestination.into()], ..Default::default() };
    let rows = world.client(&receiver()).list_inbox(inbox).await.expect("a list").into_inner().requests;
    assert_eq!(rows.iter().map(|r| &r.id).collect::<Vec<_>>(), [&hidden]);
}

#[tokio::test]
async fn places_programs_and_days_narrow_a_list() {
    let world = World::new().await;
    let first = world.draft().await.id;
    let next = PlacementRequest { destination_id: NEXT_UNIT.to_string(), ..request() };
    let second = world.create(&school(), next).await.expect("a draft").id;
    let late = PlacementRequest {
        service_id: AUTOMATIC_SERVICE.to_string(),
        start_date: "2029-03-01".into(),
        end_date: "2029-04-01".into(),
        ..request()
    };
    let third = world.create(&school(), late).await.expect("a draft").id;
    let none = ListOutboxRequest::default;
    assert_eq!(outbox(&world, none()).await, [first.clone(), second.clone()], "today and the next two years");
    let far = ListOutboxRequest { from_date: "2029-01-01".into(), ..none() };
    assert_eq!(outbox(&world, far).await, std::slice::from_ref(&third));
    let all = || ListOutboxRequest { from_date: "2020-01-01".into(), to_date: "2030-01-01".into(), ..none() };
    assert_eq!(outbox(&world, all()).await.len(), 3);
    let site = ListOutboxRequest { site_id: SITE.to_string(), ..all() };
    assert_eq!(outbox(&world, site).await.len(), 3);
    let service = ListOutboxRequest { service_id: AUTOMATIC_SERVICE.to_string(), ..all() };
    assert_eq!(outbox(&world, service).await, [third]);
    let unit = ListOutboxRequest { destination_id: NEXT_UNIT.to_string(), ..all() };
    assert_eq!(outbox(&world, unit).await, [second]);
    let program = ListOutboxRequest { program_id: SECOND_PROGRAM.to_string(), ..all() };
    assert!(outbox(&world, program).await.is_empty());
    let program = ListOutboxRequest { program_id: PROGRAM.to_string(), ..none() };
    assert_eq!(outbox(&world, program).await.len(), 2);
    let first_day = ListOutboxRequest { from_date: "2027-04-02".into(), to_date: "2027-04-02".into(), ..none() };
    assert_eq!(outbox(&world, first_day).await.len(), 2, "the last day counts");
}

#[tokio::test]
async fn a_search_knows_no_accents_no_case_and_no_hyphens() {
    let world = World::new().await;
    let draft = world.draft().await;
    let bare = draft.reference.replace('-', "").to_lowercase();
    for query in [
        "sainte-foy",
        "CEGEP",
        "soins",
        "SAINT-FRANCOIS",
        "assise st-françois",
        "dassise",
        "4 ouest",
        &draft.reference,
        &bare,
        &bare[2..6],
        "infirmiers (en)",
    ] {
        let found = outbox(&world, ListOutboxRequest { query: query.into(), ..Default::default() }).await;
        assert_eq!(found, std::slice::from_ref(&draft.id), "{query}");
    }
    for query in ["laval", "%", "_", "100 %"] {
        let found = outbox(&world, ListOutboxRequest { query: query.into(), ..Default::default() }).await;
        assert!(found.is_empty(), "{query}");
    }
}

#[tokio::test]
async fn an_inbox_holds_what_awaits_its_owner() {
    let world = World::new().await;
    world.draft().await;
    let sent = world.request_in(State::Sent).await.id;
    let redirected = world.request_in(State::Redirected).await.id;
    let inbox = async |user: &User| {
        let answer = world.client(user).list_inbox(ListInboxRequest::default()).await.expect("a list").into_inner();
        answer.requests.into_iter().map(|r| r.id).collect::<Vec<_>>()
    };
    assert_eq!(inbox(&receiver()).await, [sent, redirected.clone()]);
    assert_eq!(inbox(&agent()).await, std::slice::from_ref(&redirected));
    let everywhere =
        User::new(PersonId::from(UNIT), Role::DestinationCoordinator, [chassis::Scope::Agency(HOSPITAL.into())]);
    assert_eq!(inbox(&everywhere).await, [redirected]);
}

#[tokio::test]
async fn a_unit_does_not_see_what_was_accepted_for_no_unit() {
    let world = World::new().await;
    let ask = PlacementRequest { destination_id: String::new(), ..request() };
    let draft = world.create(&school(), ask).await.expect("a draft");
    world.call(&school(), Call::Send, &draft.id).await.expect("no. 2");
    world.call(&receiver(), Call::AcceptForAgency, &draft.id).await.expect("no. 11");
    let everywhere =
        User::new(PersonId::from(UNIT), Role::DestinationCoordinator, [chassis::Scope::Agency(HOSPITAL.into())]);
    world.call(&everywhere, Call::Get, &draft.id).await.expect_err("no unit was chosen");
    let list = world.client(&everywhere).list_inbox(ListInboxRequest::default()).await.expect("a list").into_inner();
    assert_eq!((list.requests.len(), list.total_size), (0, 0));
}

/// What begins in the period comes first, and a page may end anywhere between that and what had begun before.
#[tokio::test]
async fn a_list_begins_with_what_comes_next() {
    let world = World::new().await;
    let mut ids = Vec::new();
    for (start, end) in [("2027-02-01", "2027-06-25"), ("2027-03-01", "2027-03-05"), ("2027-01-11", "2027-03-05")] {
        let ask = PlacementRequest { start_date: start.into(), end_date: end.into(), ..request() };
        ids.push(world.create(&school(), ask).await.expect("a draft").id);
    }
    let [long, next, under_way] = <[String; 3]>::try_from(ids).expect("three");
    let march = |page_size| ListOutboxRequest { from_date: "2027-03-01".into(), page_size, ..Default::default() };
    let in_order = [next, under_way, long];
    assert_eq!(outbox(&world, march(3)).await, in_order);
    for page_size in [1, 2] {
        let (mut rows, mut message) = (Vec::new(), march(page_size));
        loop {
            let page = world.client(&school()).list_outbox(message.clone()).await.expect("a page").into_inner();
            rows.extend(page.requests.into_iter().map(|request| request.id));
            if page.next_page_token.is_empty() {
                break;
            }
            message.page_token = page.next_page_token;
        }
        assert_eq!(rows, in_order, "{page_size}");
    }
    let may = ListOutboxRequest { from_date: "2027-05-01".into(), ..Default::default() };
    assert_eq!(outbox(&world, may).await, in_order[2..], "what is over is left out");
}

/// Somebody whose grants reach a request in two ways reads it once.
#[tokio::test]
async fn a_request_in_reach_twice_is_listed_once() {
    let world = World::new().await;
    let sent = world.request_in(State::Sent).await.id;
    let scopes = [chassis::Scope::Agency(HOSPITAL.into()), chassis::Scope::Site(SITE.into())];
    let twice = User::new(receiver().person, Role::ReceivingCoordinator, scopes);
    for order_by in ["update_time desc", "start_date", "reference"] {
        let message = ListInboxRequest { order_by: order_by.into(), include_total_size: true, ..Default::default() };
        let page = world.client(&twice).list_inbox(message).await.expect("a list").into_inner();
        assert_eq!(page.total_size, 1, "{order_by}");
        assert_eq!(page.requests.into_iter().map(|request| request.id).collect::<Vec<_>>(), [sent.as_str()]);
    }
}

/// So a step leaves the row on its page and writes no index (heap-only updates), and pages are read in the order of the dates.
#[tokio::test]
async fn what_a_step_changes_is_in_no_index() {
    let world = World::new().await;
    let indexed: Vec<String> = sqlx::query_scalar(
        "select pg_get_indexdef(indexrelid) from pg_index where indrelid = 'placement_request'::regclass",
    )
    .fetch_all(&world.running.db)
    .await
    .expect("the indexes");
    assert!(indexed.len() > 6, "{indexed:?}");
    for column in ["state", "version", "updated_at", "since", "acted_on", "tags", "reason_code", "coordinator_id"] {
        let found: Vec<_> = indexed.iter().filter(|index| index.contains(column)).collect();
        assert!(found.is_empty(), "{column}: {found:?}");
    }
}

#[tokio::test]
async fn a_row_says_what_the_request_says_in_the_readers_language() {
    let world = World::new().await;
    for state in [State::Sent, State::Redirected, State::DeclinedByDestination, State::Confirmed] {
        world.request_in(state).await;
    }
    for user in [receiver(), school(), receiver().reading(Locale::En)] {
        let client = || world.client(&user);
        let list = async |view: PlacementRequestView| {
            let message = ListInboxRequest { view: view.into(), ..Default::default() };
            if user.role == Role::PlacingCoordinator {
                let page: ListInboxResponse =
                    client().list_outbox(ListOutboxRequest::from(message)).await.expect("a list").into_inner().into();
                return page;
            }
            client().list_inbox(message).await.expect("a list").into_inner()
        };
        let whole = list(PlacementRequestView::Unspecified).await;
        assert_eq!((whole.requests.len(), whole.summaries.len()), (4, 0));
        assert_eq!(list(PlacementRequestView::Full).await, whole);
        let rows = list(PlacementRequestView::Basic).await;
        assert_eq!((rows.requests.len(), rows.summaries.len()), (0, 4));
        let expected: Vec<_> = whole.requests.iter().map(|request| request.summary(user.locale)).collect();
        assert_eq!(rows.summaries, expected, "{:?}", user.role);
        assert!(rows.summaries.iter().any(|row| row.changed_by_others && !row.program.is_empty()));
    }
    let refused = world.client(&receiver()).list_inbox(ListInboxRequest { view: 9, ..Default::default() }).await;
    assert_eq!(crate::world::faults(&refused.expect_err("no such view")), "view=UNKNOWN_VALUE");
}
