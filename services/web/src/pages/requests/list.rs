//! The list of requests, as its address asks for it.

use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode},
    response::{IntoResponse as _, Response},
};
use proto::{
    identity::v1::Role,
    placement::v1::{ListInboxRequest, PlacementRequest},
};
use tonic::Status;

use super::{
    filter_choices::{self, Places},
    filters::{FILE, Filters, LIST, Order, SIZES},
    listing::{self, Listing},
    menu::{ENTRY, title},
    period::Periods,
    row::Row,
    states::{StateChoice, states},
};
use crate::{
    pages::actions::{Action, for_many},
    shell::{Layout, PageError, SignedIn},
    ui::{FormErrors, Pager, Text, render},
};

/// A row, and how the box is called that picks it, if anything can be done with it together with others.
struct PickableRow {
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
    layout: Layout,
    title: String,
    outbox: bool,
    filters: &'a Filters,
    errors: FormErrors,
    states: Vec<StateChoice>,
    periods: Periods,
    places: Option<Places>,
    rows: Vec<PickableRow>,
    total: i32,
    offered: Vec<&'static Action>,
    pager: Pager,
    sizes: Vec<Size>,
    /// The list in other orders, by start and by reference.
    by_start: String,
    by_reference: String,
    with_more: String,
    file: String,
}

pub(crate) async fn show(user: SignedIn, headers: HeaderMap) -> Result<Response, PageError> {
    let filters = Filters::read(&user.here).seen_by(user.session.role());
    let today = user.env.today();
    let places = async {
        if filters.shows_more() { Places::of(&user, &filters).await.map(Some) } else { Ok::<_, Status>(None) }
    };
    let question = ListInboxRequest { include_total_size: true, ..filters.question(today) };
    let (listing, terms, places) = tokio::join!(listing::read(&user, question), filter_choices::terms(&user), places);
    let (listing, errors) = match listing {
        Ok(listing) => (listing, FormErrors::default()),
        Err(status) => (Listing::default(), FormErrors::of(status)?),
    };
    let periods = Periods::of(user.text(), &terms?, &filters.period, "requests-period", true, today);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let page = page(&user, &filters, listing, errors, periods, places?);
    let mut response = (status, render(&page)).into_response();
    // The browser's address says the question without the filters that were left empty.
    if let (true, Ok(tidy)) = (headers.contains_key("hx-boosted"), HeaderValue::try_from(filters.address(LIST))) {
        response.headers_mut().insert("hx-push-url", tidy);
    }
    Ok(response)
}

fn page<'a>(
    user: &SignedIn,
    filters: &'a Filters,
    listing: Listing<PlacementRequest>,
    errors: FormErrors,
    periods: Periods,
    places: Option<Places>,
) -> Page<'a> {
    let (text, role) = (user.text(), user.session.role());
    let possible = |action: &Action| listing.requests.iter().any(|request| action.takes(request));
    let offered: Vec<_> = for_many(role).filter(|action| possible(action)).collect();
    let here = filters.address(LIST);
    let pickable = |request: &PlacementRequest| {
        let row = Row::of_whole(text, role, &here, request);
        let can_take_part = offered.iter().any(|action| action.takes(request));
        let pick = can_take_part.then(|| text.with("requests-pick", &[("subject", &row.reference)]));
        PickableRow { row, pick }
    };
    let shown = (listing.requests.len(), filters.page_size());
    let pager = Pager::new(text, &filters.trail, shown, &listing.next, |trail| filters.on(trail).address(LIST));
    Page {
        text,
        layout: user.layout(ENTRY),
        title: text.t(title(role)),
        outbox: role == Role::PlacingCoordinator,
        errors,
        states: states(text, role, &filters.states),
        periods,
        places,
        rows: listing.requests.iter().map(pickable).collect(),
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
