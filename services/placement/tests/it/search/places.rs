//! Where students would fit: for redirecting a request, and before there is one.

use proto::{
    identity::v1::{AccountState, ScopeKind},
    placement::v1::{
        FindPlacesRequest, FindPlacesResponse, FittingDestination, GetOccupancyRequest, Misfit, PlacementRequest,
        State, SuggestDestinationsRequest,
    },
};
use testkit::service::User;

use crate::{
    calls::Call,
    closures,
    world::{
        MAIL_AGENT, MAIL_UNIT, NEXT_AGENT, NEXT_UNIT, SERVICE, SITE, UNIT, World, agent, agent_of, destination, faults,
        person, receiver, request, school,
    },
};

/// Sends a request for some students at a unit, and has it accepted if wanted.
async fn asked(world: &World, unit: uuid::Uuid, count: i32, dates: (&str, &str), weekdays: &[i32], accepted: bool) {
    let ask = PlacementRequest {
        destination_id: unit.to_string(),
        student_count: count,
        start_date: dates.0.into(),
        end_date: dates.1.into(),
        weekdays: weekdays.to_vec(),
        hours_per_student: 0,
        ..request()
    };
    let id = world.create(&school(), ask).await.expect("a draft").id;
    world.call(&school(), Call::Send, &id).await.expect("no. 2");
    if accepted {
        world.call(&receiver(), Call::AcceptForAgency, &id).await.expect("no. 11");
    }
}

async fn suggested(world: &World, user: &User, id: &str) -> Vec<FittingDestination> {
    let message = SuggestDestinationsRequest { id: id.to_owned() };
    world.client(user).suggest_destinations(message).await.expect("theirs").into_inner().destinations
}

fn names(found: &[FittingDestination]) -> Vec<&str> {
    found.iter().map(|row| row.name.as_str()).collect()
}

fn between(start: &str, end: &str) -> FindPlacesRequest {
    FindPlacesRequest { start_date: start.into(), end_date: end.into(), ..Default::default() }
}

async fn found(world: &World, message: FindPlacesRequest) -> FindPlacesResponse {
    world.client(&school()).find_places(message).await.expect("places").into_inner()
}

#[tokio::test]
async fn a_coordinator_is_offered_what_fits_first_then_what_is_reached_at_once_then_what_is_emptiest() {
    let world = World::new().await;
    let spring = ("2027-01-11", "2027-04-02");
    let id = world.request_in(State::Sent).await.id;
    let rows = suggested(&world, &receiver(), &id).await;
    assert_eq!(names(&rows), ["4 Ouest", "6 Nord", "5 Est"], "the request itself takes no place; 5 Est has no account");
    let first = &rows[0];
    assert_eq!((first.capacity, first.accepted, first.pending, first.free), (8, 0, 0, 8));
    assert_eq!(rows.iter().map(|row| row.electronic).collect::<Vec<_>>(), [true, true, false]);
    asked(&world, UNIT, 2, spring, &[1, 2], false).await;
    assert_eq!(names(&suggested(&world, &receiver(), &id).await), ["6 Nord", "4 Ouest", "5 Est"]);
    asked(&world, NEXT_UNIT, 3, spring, &[1, 2], true).await;
    let rows = suggested(&world, &receiver(), &id).await;
    assert_eq!(names(&rows), ["4 Ouest", "5 Est", "6 Nord"], "six do not fit beside three");
    assert_eq!((rows[2].fits, rows[2].misfit(), rows[2].free), (false, Misfit::Capacity, 5));
}

#[tokio::test]
async fn only_the_days_on_which_the_students_would_come_count() {
    let world = World::new().await;
    let id = world.request_in(State::Sent).await.id;
    asked(&world, UNIT, 8, ("2027-01-11", "2027-04-02"), &[3, 4, 5], true).await;
    asked(&world, UNIT, 8, ("2026-12-01", "2027-01-10"), &[], true).await;
    let unit = async || {
        let rows = suggested(&world, &receiver(), &id).await;
        rows.into_iter().find(|row| row.destination_id == UNIT.to_string()).expect("it serves")
    };
    assert_eq!((unit().await.accepted, unit().await.fits), (0, true), "Mondays and Tuesdays are free");
    asked(&world, UNIT, 3, ("2027-04-02", "2027-05-01"), &[], false).await;
    assert_eq!(unit().await.pending, 0, "2 April is a Friday");
    asked(&world, UNIT, 3, ("2027-03-30", "2027-05-01"), &[], false).await;
    assert_eq!((unit().await.pending, unit().await.fits), (3, true), "what is only asked for takes no place");
}

#[tokio::test]
async fn an_agent_is_offered_own_units_and_nobody_what_does_not_serve() {
    let world = World::new().await;
    let id = world.request_in(State::Redirected).await.id;
    assert_eq!(names(&suggested(&world, &agent(), &id).await), ["4 Ouest"]);
    let mut closed = destination(NEXT_UNIT, SITE, &[SERVICE], "6 Nord", NEXT_AGENT);
    closed.active = false;
    world.destination(2, closed).await;
    let smaller = proto::configuration::v1::Destination {
        maximum_group_size: 5,
        ..destination(MAIL_UNIT, SITE, &[SERVICE], "5 Est", MAIL_AGENT)
    };
    world.destination(2, smaller).await;
    let grants = vec![agent_of(ScopeKind::Destination, MAIL_UNIT)];
    world.person(2, &person(MAIL_AGENT, "Anne", "Duquet", AccountState::Active, grants)).await;
    let rows = suggested(&world, &receiver(), &id).await;
    let told: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.misfit(), row.electronic)).collect();
    assert_eq!(told, [("4 Ouest", Misfit::Unspecified, true), ("5 Est", Misfit::GroupSize, true)]);
}

#[tokio::test]
async fn what_is_closed_does_not_fit() {
    let world = World::new().await;
    let id = world.request_in(State::Sent).await.id;
    world.closure(1, closures::unit(UNIT)).await;
    let rows = suggested(&world, &receiver(), &id).await;
    let told: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.misfit())).collect();
    assert_eq!(told, [("6 Nord", Misfit::Unspecified), ("5 Est", Misfit::Unspecified), ("4 Ouest", Misfit::Closed)]);
    world.closure(2, closures::site(SITE)).await;
    let places = found(&world, between("2027-02-14", "2027-03-01")).await.places;
    assert_eq!(places.iter().map(|place| place.fits).collect::<Vec<_>>(), [true, false, false]);
    let after = found(&world, between("2027-02-15", "2027-03-01")).await.places;
    assert!(after.iter().all(|place| place.fits));
}

#[tokio::test]
async fn the_busiest_day_is_that_of_the_weeks_of_the_occupancy() {
    let world = World::new().await;
    // Every seventh start, of uneven lengths and days: what the running sums must agree on with the count day by day.
    for number in 0..24_i32 {
        let start = jiff::civil::date(2027, 1, 1).saturating_add(jiff::Span::new().days(number * 5 % 61));
        let end = start.saturating_add(jiff::Span::new().days(6 + number * 11 % 40));
        let weekdays: Vec<i32> = (1..=7).filter(|day| (number * 37 + 13) >> (day - 1) & 1 == 1).collect();
        let unit = if number % 3 == 0 { NEXT_UNIT } else { UNIT };
        let (start, end) = (start.to_string(), end.to_string());
        asked(&world, unit, 1 + number % 4, (&start, &end), &weekdays, number % 2 == 0).await;
    }
    for (monday, weeks) in [("2026-12-28", 16), ("2027-01-18", 3), ("2027-02-15", 1)] {
        let message = GetOccupancyRequest {
            service_id: SERVICE.to_string(),
            from_date: monday.into(),
            weeks,
            ..Default::default()
        };
        let table = world.client(&school()).get_occupancy(message).await.expect("counts").into_inner();
        let monday: jiff::civil::Date = monday.parse().expect("a day");
        let sunday = monday.saturating_add(jiff::Span::new().days(weeks * 7 - 1));
        let asked =
            FindPlacesRequest { service_id: SERVICE.to_string(), ..between(&monday.to_string(), &sunday.to_string()) };
        let places = found(&world, asked).await.places;
        let mut measured: Vec<_> =
            places[0].destinations.iter().map(|row| (row.name.clone(), row.accepted, row.pending)).collect();
        measured.sort();
        let peak = |cells: &[proto::placement::v1::OccupancyCell]| {
            let most = |of: fn(&proto::placement::v1::OccupancyCell) -> i32| cells.iter().map(of).max().unwrap_or(0);
            (most(|cell| cell.accepted), most(|cell| cell.pending))
        };
        let counted: Vec<_> =
            table.destinations.iter().map(|row| (row.name.clone(), peak(&row.cells).0, peak(&row.cells).1)).collect();
        assert_eq!(measured, counted, "{weeks} weeks from {monday}");
        assert!(weeks == 1 || measured[0].1 > 0);
    }
}

#[tokio::test]
async fn places_are_found_by_name_and_by_free_places_and_come_in_pages() {
    let world = World::new().await;
    let spring = || between("2027-01-11", "2027-04-02");
    let all = found(&world, spring()).await;
    let sites: Vec<_> = all.places.iter().map(|place| (place.site.as_str(), place.fits, place.fitting)).collect();
    let saint_francois = "Hôpital Saint-François d'Assise";
    assert_eq!(
        sites,
        [(saint_francois, true, 3), (saint_francois, true, 2), ("Hôpital de Rimouski", true, 1)],
        "the clinic has no destination"
    );
    for (query, count) in
        [("rimouski", 1), ("HOPITAL", 3), ("medecine", 3), ("chu de", 2), ("assise st", 2), ("psychiatrie", 0)]
    {
        let named = found(&world, FindPlacesRequest { query: query.into(), ..spring() }).await;
        assert_eq!(named.total_size, count, "{query}");
    }
    let large = found(&world, FindPlacesRequest { student_count: 9, site_id: SITE.to_string(), ..spring() }).await;
    assert!(large.places.iter().all(|place| !place.fits && place.destinations[0].misfit() == Misfit::Capacity));
    let (mut paged, mut message) = (Vec::new(), FindPlacesRequest { page_size: 1, ..spring() });
    loop {
        let page = found(&world, message.clone()).await;
        assert_eq!((page.places.len(), page.total_size), (1, 3));
        paged.extend(page.places);
        if page.next_page_token.is_empty() {
            break;
        }
        message.page_token = page.next_page_token;
    }
    assert_eq!(paged, all.places);
}

#[tokio::test]
async fn what_is_full_comes_behind_what_fits() {
    let world = World::new().await;
    for unit in [UNIT, MAIL_UNIT, NEXT_UNIT] {
        asked(&world, unit, 8, ("2027-01-11", "2027-04-02"), &[], true).await;
    }
    let places = found(&world, between("2027-03-01", "2027-03-05")).await.places;
    let order: Vec<_> = places.iter().map(|place| (place.fits, place.site.as_str())).collect();
    assert_eq!(order[0], (true, "Hôpital de Rimouski"));
    assert!(order[1..].iter().all(|place| !place.0));
    assert!(places[1].destinations.iter().all(|row| row.free == 0));
}

#[tokio::test]
async fn every_fault_of_a_search_for_places_is_told_at_once() {
    let world = World::new().await;
    let message = FindPlacesRequest {
        site_id: "here".into(),
        start_date: "2027-01-11".into(),
        end_date: "2027-01-10".into(),
        student_count: 100,
        query: "x".repeat(101),
        ..Default::default()
    };
    let refused = world.client(&school()).find_places(message).await.expect_err("all wrong");
    assert_eq!(
        faults(&refused),
        "site_id=MALFORMED_ID,end_date=DATE_REVERSED,student_count=OUT_OF_RANGE,query=TOO_LONG"
    );
    let refused = world.client(&school()).find_places(FindPlacesRequest::default()).await.expect_err("when?");
    assert_eq!(faults(&refused), "start_date=REQUIRED,end_date=REQUIRED");
}
