//! What the rows and sums say.

use std::fmt::Write as _;

use jiff::SignedDuration;
use proto::{
    placement::v1::State,
    reporting::v1::{ListRequestReportRequest, RequestReportFilter, StateCount},
};
use testkit::service::User;

use crate::{
    reports::export::pieces,
    world::{
        HOST, Happens::*, OTHER_PROGRAM, OTHER_SITE, SITE, World, agent, coordinator, english, facts, numbers,
        request_id, school,
    },
};

const SENT: &str = "2026-11-02T15:00:00Z";

fn count(state: State, requests: i32) -> StateCount {
    StateCount { state: state.into(), requests }
}

#[tokio::test]
async fn a_row_names_its_places_in_the_language_of_the_caller() {
    let world = World::new().await;
    world.name_everything().await;
    world.live(1, &[(To(State::Sent), SENT)]).await;
    let french = world.only(&school()).await;
    assert_eq!((french.program.as_str(), french.service.as_str()), ("Soins infirmiers", "Médecine"));
    let row = world.only(&english(school())).await;
    assert_eq!((row.program.as_str(), row.service.as_str()), ("Nursing", "Medicine"));
    assert_eq!((row.placing_agency.as_str(), row.receiving_agency.as_str()), ("Cégep de l'Érable", "CIUSSS du Centre"));
    assert_eq!((row.site.as_str(), row.destination.as_str()), ("Hôpital Notre-Dame", "4 Ouest"));
    assert_eq!((row.reference.as_str(), row.student_count), ("QC-0001", 2));
    assert_eq!((row.start_date.as_str(), row.end_date.as_str()), ("2027-01-11", "2027-03-05"));
    assert_eq!(row.placement_request_id, request_id(1).to_string());
}

#[tokio::test]
async fn a_request_whose_names_have_not_arrived_is_in_the_report() {
    let world = World::new().await;
    let mut nameless = facts(1);
    nameless.destination_id.clear();
    world.live_with(nameless, &[(To(State::Sent), SENT)]).await;
    let row = world.only(&school()).await;
    assert_eq!((row.site.as_str(), row.destination.as_str(), row.state()), ("", "", State::Sent));
}

#[tokio::test]
async fn nothing_in_the_report_of_a_school_moves_when_its_unit_answers() {
    let world = World::new().await;
    for (number, way) in (1..).zip([State::Redirected, State::RedirectedOffline, State::RedirectedAutomatically]) {
        let life = [
            (To(State::Sent), SENT),
            (To(way), "2026-11-03T15:00:00Z"),
            (To(State::DeclinedByDestination), "2026-11-04T15:00:00Z"),
            (To(State::AcceptedByDestination), "2026-11-05T15:00:00Z"),
        ];
        world.live(number, &life[..2]).await;
        let before = everything(&world, &school()).await;
        assert!(before.contains(&format!("state: {way:?}")), "{before}");
        for answered in 3..=4 {
            world.live(number, &life[..answered]).await;
            assert_eq!(everything(&world, &school()).await, before);
        }
    }
}

#[tokio::test]
async fn a_school_learns_nothing_of_an_answer_before_the_agency_ratifies_it() {
    let world = World::new().await;
    let life = [
        (To(State::Sent), SENT),
        (To(State::Redirected), "2026-11-03T15:00:00Z"),
        (To(State::DeclinedByDestination), "2026-11-04T15:00:00Z"),
        (To(State::Declined), "2026-11-06T15:00:00Z"),
    ];
    world.live(1, &life[..3]).await;
    for hidden in [State::DeclinedByDestination, State::AcceptedByDestination] {
        let filter = RequestReportFilter { states: vec![hidden.into()], ..Default::default() };
        let found = world.list_where(&school(), filter.clone()).await.expect("the report");
        assert_eq!((found.rows.len(), found.summary.expect("sums").requests), (0, 0));
        let found = world.list_where(&coordinator(), filter).await.expect("the report");
        assert_eq!(found.rows.len(), usize::from(hidden == State::DeclinedByDestination));
    }
    for insider in [coordinator(), agent()] {
        let row = world.only(&insider).await;
        assert_eq!((row.state(), row.reason_code.as_str()), (State::DeclinedByDestination, "R3"));
        assert_eq!(row.answered_time, None, "the agency has not answered");
    }
    world.live(1, &life).await;
    let row = world.only(&school()).await;
    assert_eq!((row.state(), row.reason_code.as_str(), row.answer_delay_days), (State::Declined, "R4", 4));
}

/// All that the report says to somebody: rows, sums and file, whole and by each state.
async fn everything(world: &World, user: &User) -> String {
    let mut all = String::new();
    for state in State::Unspecified as i32..=State::Deleted as i32 {
        let states = if state == 0 { vec![] } else { vec![state] };
        let filter = RequestReportFilter { states, ..Default::default() };
        let list = world.list_where(user, filter.clone()).await.expect("the report");
        writeln!(all, "{list:?} {:?}", pieces(world, user, filter).await).expect("written");
    }
    all
}

#[tokio::test]
async fn open_delays_grow_by_the_calendar_and_closed_ones_stay() {
    let world = World::new().await;
    world.live(1, &[(To(State::Sent), "2026-11-23T14:00:00Z")]).await;
    assert_eq!(world.only(&school()).await.answer_delay_days, 0);
    // Nine in the morning in Québec: midnight is fifteen hours away.
    world.running.clock.advance(SignedDuration::from_hours(15));
    assert_eq!(world.only(&school()).await.answer_delay_days, 1);
    world.live(1, &[(To(State::Sent), "2026-11-23T14:00:00Z"), (To(State::Accepted), "2026-11-24T05:00:00Z")]).await;
    world.running.clock.advance(SignedDuration::from_hours(48));
    let row = world.only(&school()).await;
    assert_eq!((row.answer_delay_days, row.confirmation_delay_days), (1, 2));
    let median = world.list(&school()).await.expect("the report").summary.expect("sums").median_answer_delay_days;
    assert_eq!(median, 1, "the database counts the days as the rows do");
}

#[tokio::test]
async fn what_is_to_be_confirmed_anew_was_answered_when_it_was() {
    let world = World::new().await;
    let life = [
        (To(State::Sent), SENT),
        (To(State::Accepted), "2026-11-05T15:00:00Z"),
        (To(State::Confirmed), "2026-11-06T15:00:00Z"),
        (To(State::Accepted), "2026-11-12T15:00:00Z"),
    ];
    world.live(1, &life[..3]).await;
    let confirmed = world.only(&school()).await;
    assert!(confirmed.confirmed_time.is_some());
    world.live(1, &life).await;
    let moved = world.only(&school()).await;
    assert_eq!((moved.state(), moved.confirmed_time), (State::Accepted, None));
    assert_eq!(moved.answered_time, confirmed.answered_time);
    assert_eq!(moved.answer_delay_days, confirmed.answer_delay_days);
}

#[tokio::test]
async fn what_was_never_sent_or_accepted_has_no_delay() {
    let world = World::new().await;
    world.live(1, &[(To(State::Draft), SENT)]).await;
    world.live(2, &[(To(State::Sent), SENT), (To(State::Declined), SENT)]).await;
    world.live(3, &[(To(State::Sent), SENT), (To(State::Cancelled), "2026-11-05T15:00:00Z")]).await;
    let rows = world.list(&school()).await.expect("the report").rows;
    let delays: Vec<_> = rows.iter().map(|r| (r.answer_delay_days, r.confirmation_delay_days)).collect();
    assert_eq!(delays, [(3, -1), (0, -1), (-1, -1)]);
}

#[tokio::test]
async fn the_summary_counts_all_pages_as_the_caller_sees_them() {
    let world = World::new().await;
    let answered = ["2026-11-02T20:00:00Z", "2026-11-05T15:00:00Z", "2026-11-12T15:00:00Z", "2026-11-20T15:00:00Z"];
    for (number, time) in (1..).zip(answered) {
        world.live(number, &[(To(State::Sent), SENT), (To(State::Accepted), time)]).await;
    }
    world.live(5, &[(To(State::Draft), SENT)]).await;
    world.live(6, &[(To(State::SentOffline), SENT)]).await;
    let redirected = [(To(State::Sent), SENT), (To(State::Redirected), SENT)];
    world.live(7, &redirected).await;
    let ratifying = [redirected[0], redirected[1], (To(State::AcceptedByDestination), SENT)];
    world.live(8, &ratifying).await;

    let request = ListRequestReportRequest { page_size: 1, ..Default::default() };
    let page = world.client(&school()).list_request_report(request.clone()).await.expect("the report").into_inner();
    let sums = page.summary.expect("sums");
    assert_eq!((page.rows.len(), sums.requests, sums.students), (1, 8, 16));
    assert_eq!(sums.median_answer_delay_days, 3, "of 0, 3, 10 and 18 the lower middle");
    let states = [(State::Draft, 1), (State::SentOffline, 1), (State::Redirected, 2), (State::Accepted, 4)];
    assert_eq!(sums.states, states.map(|(s, n)| count(s, n)));

    let page = world.client(&coordinator()).list_request_report(request).await.expect("the report").into_inner();
    let sums = page.summary.expect("sums");
    assert_eq!((sums.requests, sums.students), (6, 12));
    let states = [(State::Redirected, 1), (State::AcceptedByDestination, 1), (State::Accepted, 4)];
    assert_eq!(sums.states, states.map(|(s, n)| count(s, n)));

    let sums = world.list(&agent()).await.expect("the report").summary.expect("sums");
    assert_eq!(
        (sums.requests, sums.median_answer_delay_days),
        (6, 3),
        "what stands at the unit, and where the students go"
    );
}

#[tokio::test]
async fn an_empty_report_has_empty_sums() {
    let world = World::new().await;
    let report = world.list(&school()).await.expect("the report");
    let sums = report.summary.expect("sums");
    assert_eq!((report.rows.len(), report.next_page_token.as_str()), (0, ""));
    assert_eq!((sums.requests, sums.students, sums.median_answer_delay_days, sums.states.len()), (0, 0, -1, 0));
}

#[tokio::test]
async fn pages_lead_through_all_rows_once_newest_first() {
    let world = World::new().await;
    for number in 1..=7 {
        world.live(number, &[(To(State::Sent), SENT)]).await;
    }
    let mut client = world.client(&school());
    let (mut seen, mut token) = (Vec::new(), String::new());
    loop {
        let request = ListRequestReportRequest { page_size: 3, page_token: token, ..Default::default() };
        let page = client.list_request_report(request).await.expect("a page").into_inner();
        seen.push(numbers(&page.rows));
        token = page.next_page_token;
        if seen.len() == 1 {
            // One that comes meanwhile is newer than the pages to come.
            world.live(8, &[(To(State::Sent), SENT)]).await;
        }
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(seen, [vec![7, 6, 5], vec![4, 3, 2], vec![1]]);
}

#[tokio::test]
async fn filters_narrow_by_days_state_site_and_program() {
    let world = World::new().await;
    let mut other = facts(2);
    (other.site_id, other.program_id) = (OTHER_SITE.to_string(), OTHER_PROGRAM.to_string());
    (other.start_date, other.end_date) = ("2027-03-05".to_owned(), "2027-04-01".to_owned());
    world.live(1, &[(To(State::Sent), SENT)]).await;
    world.live_with(other, &[(To(State::Draft), SENT)]).await;
    let cases = [
        (RequestReportFilter { from_date: "2027-03-05".into(), ..Default::default() }, vec![2, 1]),
        (RequestReportFilter { from_date: "2027-03-06".into(), ..Default::default() }, vec![2]),
        (RequestReportFilter { to_date: "2027-03-04".into(), ..Default::default() }, vec![1]),
        (RequestReportFilter { to_date: "2027-01-10".into(), ..Default::default() }, vec![]),
        (RequestReportFilter { states: vec![State::Draft.into()], ..Default::default() }, vec![2]),
        (
            RequestReportFilter { states: vec![State::Draft.into(), State::Sent.into()], ..Default::default() },
            vec![2, 1],
        ),
        (RequestReportFilter { states: vec![State::Deleted.into()], ..Default::default() }, vec![]),
        (RequestReportFilter { site_id: SITE.to_string(), ..Default::default() }, vec![1]),
        (RequestReportFilter { program_id: OTHER_PROGRAM.to_string(), ..Default::default() }, vec![2]),
        (RequestReportFilter { site_id: HOST.to_string(), ..Default::default() }, vec![]),
    ];
    for (filter, expected) in cases {
        let report = world.list_where(&school(), filter.clone()).await.expect("the report");
        assert_eq!(numbers(&report.rows), expected, "{filter:?}");
        let counted = usize::try_from(report.summary.expect("sums").requests).expect("a count");
        assert_eq!(counted, expected.len(), "{filter:?}");
    }
}
