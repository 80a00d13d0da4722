//! The list of requests, as its address asks for it.

use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode},
    response::{IntoResponse as _, Response},
};
use proto::{
    identity::v1::Role,
    placement::v1::{PlacementRequest, State},
};
use tonic::Status;

use super::{
    bulk::Bulk,
    choices::{self, Places},
    filters::{FILE, Filters, LIST, Order, SIZES, state_name},
    listing::{self, Listing},
    pager::Pager,
    period::Periods,
    row::Row,
    title,
};
use crate::{
    failure::{Trouble, render},
    faults::Faults,
    frame::{Frame, Room},
    text::Text,
    visitor::SignedIn,
};

/// One of the states that can be asked for.
pub(crate) struct StateChoice {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// A row, and how the box is called that picks it, if anything can be done with it together with others.
struct Line {
    row: Row,
    pick: Option<String>,
}

/// Another number of rows.
struct Size {
    rows: i32,
    address: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "requests/list.html")]
struct Page<'a> {
    text: Text,
    frame: Frame,
    title: String,
    outbox: bool,
    filters: &'a Filters,
    faults: Faults,
    states: Vec<StateChoice>,
    periods: Periods,
    places: Option<Places>,
    lines: Vec<Line>,
    total: i32,
    offered: Vec<Bulk>,
    pager: Pager,
    sizes: Vec<Size>,
    /// The list in other orders, by start and by reference.
    by_start: String,
    by_reference: String,
    with_more: String,
    file: String,
}

pub(crate) async fn show(who: SignedIn, headers: HeaderMap) -> Result<Response, Trouble> {
    let filters = Filters::read(&who.here).seen_by(who.session.role());
    let today = who.env.today();
    let places =
        async { if filters.shows_more() { Places::of(&who, &filters).await.map(Some) } else { Ok::<_, Status>(None) } };
    let question = filters.question(today);
    let (listing, terms, places) = tokio::join!(listing::read(&who, question), choices::terms(&who), places);
    let (listing, faults) = match listing {
        Ok(listing) => (listing, Faults::default()),
        Err(status) => (Listing::default(), Faults::of(status)?),
    };
    let periods = Periods::of(who.text(), &terms?, &filters.period, "requests-period", true, today);
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let page = page(&who, &filters, listing, faults, periods, places?);
    let mut response = (status, render(&page)).into_response();
    // The browser's address says the question without the filters that were left empty.
    if let (true, Ok(tidy)) = (headers.contains_key("hx-boosted"), HeaderValue::try_from(filters.address(LIST))) {
        response.headers_mut().insert("hx-push-url", tidy);
    }
    Ok(response)
}

fn page<'a>(
    who: &SignedIn,
    filters: &'a Filters,
    listing: Listing,
    faults: Faults,
    periods: Periods,
    places: Option<Places>,
) -> Page<'a> {
    let (text, role) = (who.text(), who.session.role());
    let possible = |action: Bulk| listing.requests.iter().any(|request| action.allows(role, request));
    let offered: Vec<_> = Bulk::of(role).iter().copied().filter(|action| possible(*action)).collect();
    let line = |(request, row): (&PlacementRequest, Row)| {
        let can_take_part = offered.iter().any(|action| action.allows(role, request));
        let pick = can_take_part.then(|| text.with("requests-pick", &[("subject", &row.reference)]));
        Line { row, pick }
    };
    let rows = Row::all(text, role, &filters.address(LIST), &listing.requests);
    let pager = Pager::new(text, &filters.trail, (rows.len(), filters.page_size()), &listing.next, |trail| {
        filters.on(trail).address(LIST)
    });
    Page {
        text,
        frame: who.frame(Room::Requests),
        title: text.t(title(role)),
        outbox: role == Role::PlacingCoordinator,
        faults,
        states: states(text, role, &filters.states),
        periods,
        places,
        lines: listing.requests.iter().zip(rows).map(line).collect(),
        total: listing.total,
        offered,
        pager,
        sizes: sizes(filters),
        by_start: filters.with(|f| f.order = Order::Start).address(LIST),
        by_reference: filters.with(|f| f.order = Order::Reference).address(LIST),
        with_more: filters.with(|f| f.more = true).address(LIST),
        file: filters.with(|_| ()).address(FILE),
        filters,
    }
}

fn sizes(filters: &Filters) -> Vec<Size> {
    let size = |rows: i32| Size {
        rows,
        address: filters.with(|f| f.size = if rows == SIZES[0] { 0 } else { rows }).address(LIST),
        current: filters.page_size() == rows,
    };
    SIZES.map(size).into()
}

/// The states that a role sees (domain §7.3), in the order of a request's way.
pub(crate) fn states(text: Text, role: Role, chosen: &[State]) -> Vec<StateChoice> {
    let seen = |state: &State| match role {
        Role::PlacingCoordinator => !matches!(state, State::AcceptedByDestination | State::DeclinedByDestination),
        Role::ReceivingCoordinator => !matches!(state, State::Draft | State::Held | State::SentOffline),
        _ => !matches!(state, State::Draft | State::Held | State::SentOffline | State::Sent),
    };
    let all = (1..).map_while(|number| State::try_from(number).ok()).filter(|state| *state != State::Deleted);
    let mut choices: Vec<StateChoice> = Vec::new();
    for state in all.filter(seen) {
        let (label, chosen) = (text.state(state, role), chosen.contains(&state));
        // What somebody cannot tell apart is one choice.
        match choices.iter_mut().find(|choice| choice.label == label) {
            Some(choice) => choice.chosen |= chosen,
            None => choices.push(StateChoice { name: state_name(state), label, chosen }),
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    #[test]
    fn nobody_is_offered_a_state_that_is_hidden_from_them() {
        let names = |role| states(Text(Locale::En), role, &[]).into_iter().map(|s| s.name).collect::<Vec<_>>();
        assert!(!names(Role::PlacingCoordinator).contains(&"declined-by-destination".to_owned()));
        assert!(!names(Role::ReceivingCoordinator).contains(&"draft".to_owned()));
        assert!(!names(Role::DestinationCoordinator).contains(&"sent".to_owned()));
        assert!(names(Role::DestinationCoordinator).contains(&"declined-by-destination".to_owned()));
    }

    #[test]
    fn no_two_choices_are_called_alike() {
        for role in [Role::PlacingCoordinator, Role::ReceivingCoordinator, Role::DestinationCoordinator] {
            let mut labels: Vec<_> = states(Text(Locale::Fr), role, &[]).into_iter().map(|s| s.label).collect();
            let all = labels.len();
            labels.sort();
            labels.dedup();
            assert_eq!(labels.len(), all, "{role:?}");
        }
    }

    #[test]
    fn what_is_chosen_is_marked() {
        let all = states(Text(Locale::En), Role::PlacingCoordinator, &[State::Held]);
        assert_eq!(all.iter().filter(|s| s.chosen).map(|s| &*s.name).collect::<Vec<_>>(), ["held"]);
    }
}
