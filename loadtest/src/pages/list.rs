//! The main pages, each with the calls of the gateway that it is made of: what somebody who wanted the same without a page would
//! have to ask. A page that makes other calls than it says here fails the run, so that the comparison stays one.

use serde_json::{Value, json};

use super::{
    people::Who::{self, Administrator, Agent, Nobody, Receiving, School, SchoolInEnglish},
    seeding::{AWAITED, Seeded},
};

/// One page of somebody.
pub(crate) struct MainPage {
    pub(crate) name: &'static str,
    pub(crate) who: Who,
    pub(crate) path: String,
    /// Its calls: those of one step are made at the same time, steps one after another.
    pub(crate) steps: Vec<Vec<Call>>,
}

/// One call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    /// Of a call that is a message; the others only look.
    pub(crate) body: Option<Value>,
}

fn get(method: &'static str, path: impl Into<String>) -> Call {
    Call { method, path: path.into(), body: None }
}

fn page(name: &'static str, who: Who, path: impl Into<String>, steps: Vec<Vec<Call>>) -> MainPage {
    MainPage { name, who, path: path.into(), steps }
}

/// All of them.
pub(crate) fn all(seeded: &Seeded, today: &str) -> Vec<MainPage> {
    let mut all = vec![
        page("sign-in", Nobody, "/sign-in", Vec::new()),
        answer(seeded),
        home(School),
        home(SchoolInEnglish),
        home(Receiving),
        agents_home(seeded),
    ];
    for (name, who, size) in [
        ("outbox", School, 50),
        ("outbox, 200 rows", School, 200),
        ("outbox", SchoolInEnglish, 50),
        ("inbox", Receiving, 50),
        ("inbox, 200 rows", Receiving, 200),
        ("inbox", Agent, 50),
    ] {
        all.push(list(name, who, size));
    }
    all.extend([
        request("request", School, seeded, &seeded.sent),
        request("request, redirecting", Receiving, seeded, &seeded.sent),
        request("request", Agent, seeded, &seeded.redirected),
        new_request(seeded),
        find_places(seeded),
        page(
            "places",
            School,
            "/places",
            vec![vec![get("ListSites", "/v1/sites?page_size=50")], vec![get("ListAgencies", agencies())]],
        ),
        destinations(seeded),
        site(School, seeded),
        site(Administrator, seeded),
        destination(School, seeded, today),
        page(
            "closure, new",
            Administrator,
            format!("/places/closures/new?site_id={}", seeded.site),
            vec![vec![get_site(seeded)]],
        ),
        occupancy("occupancy", Receiving, "", seeded, today),
        occupancy("occupancy, all rows", Receiving, "&page=all", seeded, today),
        occupancy("occupancy", School, "", seeded, today),
        reports(School, seeded),
        reports(Receiving, seeded),
    ]);
    all
}

fn answer(seeded: &Seeded) -> MainPage {
    let look_up = Call {
        method: "LookUpAnswerLink",
        path: "/v1/answer-links/look-up".into(),
        body: Some(json!({"token": seeded.link})),
    };
    page("answer by link", Nobody, format!("/a/{}", seeded.link), vec![vec![look_up]])
}

/// Inbox or outbox of somebody.
fn box_of(who: Who, narrowed: &str) -> Call {
    match who {
        School | SchoolInEnglish => get("ListOutbox", format!("/v1/outbox?{narrowed}")),
        _ => get("ListInbox", format!("/v1/inbox?{narrowed}")),
    }
}

fn home(who: Who) -> MainPage {
    // What waits for either side, as the demonstration has it on every day.
    let states = match who {
        Receiving => ["STATE_SENT", "STATE_ACCEPTED_BY_DESTINATION", "STATE_DECLINED_BY_DESTINATION"],
        _ => ["STATE_ACCEPTED", "STATE_DECLINED", "STATE_DRAFT"],
    };
    let first = format!("states={}&order_by=start_date&page_size=10", states.join("&states="));
    let worklist = get("GetWorklist", "/v1/worklist");
    let lists = vec![box_of(who, &format!("{first}&overdue=true")), box_of(who, &first)];
    page("home", who, "/", vec![vec![worklist], lists])
}

fn agents_home(seeded: &Seeded) -> MainPage {
    let of =
        |state: &str, size: u8| box_of(Agent, &format!("states=STATE_{state}&order_by=start_date&page_size={size}"));
    let occupancy_of = |id: &String| {
        get("GetOccupancy", format!("/v1/occupancy?destination_id={id}&from_date={}&weeks=30", seeded.start))
    };
    let first = vec![
        get("ListInbox", AWAITED),
        get("ListReasons", reasons()),
        of("ACCEPTED_BY_DESTINATION", 10),
        of("CONFIRMED", 10),
    ];
    page(
        "home",
        Agent,
        "/",
        vec![vec![get("GetWorklist", "/v1/worklist")], first, seeded.awaited.iter().map(occupancy_of).collect()],
    )
}

fn list(name: &'static str, who: Who, size: u8) -> MainPage {
    let path = if size == 50 { "/requests".to_owned() } else { format!("/requests?size={size}") };
    page(name, who, path, vec![vec![box_of(who, &format!("page_size={size}")), get("ListTerms", terms())]])
}

fn request(name: &'static str, who: Who, seeded: &Seeded, id: &str) -> MainPage {
    let path = format!("/v1/requests/{id}");
    let seen = Call { method: "MarkRequestSeen", path: format!("{path}/seen"), body: Some(json!({})) };
    let mut calls = vec![
        get("ListHistory", format!("{path}/history")),
        get("ListReasons", reasons()),
        get("GetPlacementType", "/v1/placement-types/PRECEPTORSHIP"),
        get("GetRequestContacts", format!("{path}/contacts")),
        seen,
    ];
    if who != School {
        calls.push(get("SuggestDestinations", format!("{path}/destinations")));
    }
    if who == Receiving {
        calls.push(get("ListDeliveries", format!("/v1/deliveries?placement_request_id={id}")));
    }
    let ticked = if who == Receiving {
        format!("?action=redirect&destination_id={}", seeded.destination)
    } else {
        String::new()
    };
    page(name, who, format!("/requests/{id}{ticked}"), vec![vec![get("GetRequest", path)], calls])
}

fn new_request(seeded: &Seeded) -> MainPage {
    let Seeded { program, start, end, school, .. } = seeded;
    let days = format!("start_date={start}&end_date={end}&student_count=1");
    let calls = vec![
        get("ListPrograms", format!("/v1/programs?agency_id={school}&page_size=500")),
        get("ListCourses", format!("/v1/courses?program_id={program}&page_size=500")),
        get("ListPlacementTypes", "/v1/placement-types?page_size=500"),
        get("FindPlaces", format!("/v1/places?{days}&page_size=12")),
    ];
    page("new request", School, format!("/requests/new?program_id={program}&{days}"), vec![calls])
}

fn find_places(seeded: &Seeded) -> MainPage {
    let days = format!("start_date={}&end_date={}&student_count=2", seeded.start, seeded.end);
    page(
        "places with room",
        School,
        format!("/places/find?{days}"),
        vec![vec![get("FindPlaces", format!("/v1/places?{days}"))]],
    )
}

fn destinations(seeded: &Seeded) -> MainPage {
    let path = format!("/places?kind=destinations&site_id={}", seeded.site);
    let listed = get("ListDestinations", format!("/v1/destinations?site_id={}&page_size=50", seeded.site));
    page("places, destinations", School, path, vec![vec![listed, get_site(seeded)], vec![get_site(seeded)]])
}

fn site(who: Who, seeded: &Seeded) -> MainPage {
    let site = &seeded.site;
    let first = vec![
        get_site(seeded),
        services(seeded),
        get("ListDestinations", format!("/v1/destinations?site_id={site}&page_size=500")),
        get("ListClosures", format!("/v1/closures?site_id={site}&page_size=500")),
        get("ListContacts", format!("/v1/contacts?site_id={site}")),
    ];
    page("site", who, format!("/places/sites/{site}"), vec![first, vec![get_agency(seeded)]])
}

fn destination(who: Who, seeded: &Seeded, today: &str) -> MainPage {
    let id = &seeded.destination;
    let first = vec![
        get("GetDestination", format!("/v1/destinations/{id}")),
        get("ListClosures", format!("/v1/closures?destination_id={id}&page_size=500")),
        get("ListContacts", format!("/v1/contacts?destination_id={id}")),
        get("GetOccupancy", format!("/v1/occupancy?destination_id={id}&from_date={today}&weeks=12")),
    ];
    let second = vec![get_site(seeded), services(seeded)];
    page("destination", who, format!("/places/destinations/{id}"), vec![first, second, vec![get_agency(seeded)]])
}

fn occupancy(name: &'static str, who: Who, more: &str, seeded: &Seeded, today: &str) -> MainPage {
    let site = &seeded.site;
    let rows = get("GetOccupancy", format!("/v1/occupancy?site_id={site}&from_date={today}&weeks=16"));
    // Who receives chooses among sites of their own, which are read besides.
    let named = if who == Receiving { vec![get_site(seeded); 2] } else { vec![get_site(seeded)] };
    page(name, who, format!("/occupancy?site_id={site}{more}"), vec![named, vec![rows, services(seeded)]])
}

fn reports(who: Who, seeded: &Seeded) -> MainPage {
    let of = |path: &str, agency: &str| {
        let narrowed = if agency.is_empty() { String::new() } else { format!("agency_id={agency}&") };
        format!("{path}?{narrowed}page_size=500")
    };
    let (sites_of, programs_of) = if who == School { ("", &*seeded.school) } else { (&*seeded.hospital, "") };
    let mut calls = vec![
        get("ListRequestReport", "/v1/reports/requests?page_size=100"),
        get("ListTerms", terms()),
        get("ListSites", of("/v1/sites", sites_of)),
        get("ListPrograms", of("/v1/programs", programs_of)),
        get("ListReasons", reasons()),
    ];
    if who != School {
        calls.push(get("ListAgencies", of("/v1/agencies", "")));
    }
    page("reports", who, "/reports", vec![calls])
}

fn get_site(seeded: &Seeded) -> Call {
    get("GetSite", format!("/v1/sites/{}", seeded.site))
}

fn get_agency(seeded: &Seeded) -> Call {
    get("GetAgency", format!("/v1/agencies/{}", seeded.hospital))
}

fn services(seeded: &Seeded) -> Call {
    get("ListServices", format!("/v1/services?site_id={}&page_size=500", seeded.site))
}

fn agencies() -> &'static str {
    "/v1/agencies?kind=AGENCY_KIND_RECEIVING&include_inactive=true&page_size=500"
}

fn reasons() -> &'static str {
    "/v1/reasons?include_inactive=true&page_size=500"
}

fn terms() -> &'static str {
    "/v1/terms?page_size=500"
}
