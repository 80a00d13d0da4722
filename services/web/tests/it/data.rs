//! A small province, as the gateway tells it: one school, one hospital with a site, a service and a unit.

use kernel::Locale;
use proto::{
    configuration::v1::{
        Agency, AgencyKind, Closure, ClosureReason, ClosureSeverity, Course, Destination, GetAgencyResponse,
        GetClosureResponse, GetDestinationResponse, GetPlacementTypeResponse, GetServiceResponse, GetSiteResponse,
        ListAgenciesResponse, ListClosuresResponse, ListContactsResponse, ListCoursesResponse,
        ListDestinationHistoryResponse, ListDestinationsResponse, ListPlacementTypesResponse, ListProgramsResponse,
        ListReasonsResponse, ListServiceHistoryResponse, ListServicesResponse, ListSitesResponse, ListTermsResponse,
        PlacementType, Program, Reason, ReasonUse, Service, Site, Term,
    },
    identity::v1::ListPeopleResponse,
    notification::v1::ListDeliveriesResponse,
    placement::v1::{
        Action, DestinationOccupancy, FindPlacesResponse, FittingDestination, GetOccupancyResponse,
        GetRequestContactsResponse, GetRequestResponse, GetWorklistResponse, HistoryEntry, ListHistoryResponse,
        ListInboxResponse, ListOutboxResponse, MarkRequestSeenResponse, Names, OccupancyCell, Place, PlacementRequest,
        State, SuggestDestinationsResponse, WaitingFor,
    },
    reporting::v1::ListRequestReportResponse,
    text::v1::LocalizedText,
};
use testkit::stub::Stub;

pub const SCHOOL: &str = "00000000-0000-7000-8000-0000000000a1";
pub const HOSPITAL: &str = "00000000-0000-7000-8000-0000000000a2";
pub const SITE: &str = "00000000-0000-7000-8000-0000000000b1";
pub const SERVICE: &str = "00000000-0000-7000-8000-0000000000c1";
pub const UNIT: &str = "00000000-0000-7000-8000-0000000000d1";
pub const REQUEST: &str = "01a20d5d-d608-7b11-a501-000000000001";

#[allow(clippy::unnecessary_wraps, reason = "messages hold texts as options")]
pub fn words(fr: &str, en: &str) -> Option<LocalizedText> {
    Some(LocalizedText { fr: fr.into(), en: en.into() })
}

/// A request in a state, with what the API offers.
pub fn request(state: State, actions: &[Action]) -> PlacementRequest {
    PlacementRequest {
        id: REQUEST.into(),
        reference: "QC-7F3K-29".into(),
        placing_agency_id: SCHOOL.into(),
        program_id: "program".into(),
        course_id: "course".into(),
        receiving_agency_id: HOSPITAL.into(),
        site_id: SITE.into(),
        service_id: SERVICE.into(),
        destination_id: UNIT.into(),
        placement_type_code: "PRECEPTORSHIP".into(),
        student_count: 2,
        start_date: "2027-01-11".into(),
        end_date: "2027-02-05".into(),
        weekdays: vec![1, 2],
        hours_per_student: 120,
        comment: "Deux stagiaires".into(),
        state: state.into(),
        etag: "7".into(),
        actions: actions.iter().map(|action| i32::from(*action)).collect(),
        names: Some(Names {
            placing_agency: "Cégep de la Rive".into(),
            program: words("Soins infirmiers", "Nursing"),
            course: "180-A".into(),
            receiving_agency: "CIUSSS du Parc".into(),
            site: "Hôpital du Parc".into(),
            service: words("Médecine", "Medicine"),
            destination: "4 Ouest".into(),
            placing_coordinator: "Paule Roy".into(),
            receiving_coordinator: "Rachel Roy".into(),
            destination_coordinator: "Dan Dubois".into(),
            placement_type: words("Préceptorat", "Preceptorship"),
        }),
        due_date: "2026-12-01".into(),
        waiting_for: WaitingFor::ReceivingAgency.into(),
        ..PlacementRequest::default()
    }
}

pub fn site() -> Site {
    Site {
        id: SITE.into(),
        agency_id: HOSPITAL.into(),
        name: "Hôpital du Parc".into(),
        kind: "Hospitals".into(),
        street: "1, rue du Parc".into(),
        city: "Québec".into(),
        postal_code: "G1A 1A1".into(),
        active: true,
        etag: "1".into(),
        ..Site::default()
    }
}

pub fn service() -> Service {
    Service {
        id: SERVICE.into(),
        site_id: SITE.into(),
        name: words("Médecine", "Medicine"),
        active: true,
        etag: "1".into(),
        ..Service::default()
    }
}

pub fn unit() -> Destination {
    Destination {
        id: UNIT.into(),
        site_id: SITE.into(),
        service_ids: vec![SERVICE.into()],
        name: "4 Ouest".into(),
        short_name: "4O".into(),
        capacity: 8,
        maximum_group_size: 6,
        active: true,
        etag: "3".into(),
        description: words("Une unité", ""),
        location: "4e étage".into(),
        shifts: vec![1, 3],
        minimum_notice_weeks: 2,
        prerequisites: words("", "A vaccine"),
        ..Destination::default()
    }
}

pub fn closure() -> Closure {
    Closure {
        id: "closure".into(),
        site_id: SITE.into(),
        start_date: "2026-11-20".into(),
        end_date: "2026-12-20".into(),
        reason: ClosureReason::try_from(1).unwrap().into(),
        severity: ClosureSeverity::HoldNewRequests.into(),
        note: "Travaux".into(),
        active: true,
        etag: "5".into(),
        ..Closure::default()
    }
}

pub fn fitting(id: &str, name: &str) -> FittingDestination {
    FittingDestination {
        destination_id: id.into(),
        name: name.into(),
        capacity: 8,
        accepted: 2,
        pending: 2,
        free: 4,
        fits: true,
        electronic: true,
        ..FittingDestination::default()
    }
}

/// A page that is the same in every view, of rows in French.
pub fn list_of(requests: &[PlacementRequest]) -> (ListInboxResponse, ListOutboxResponse) {
    let total_size = i32::try_from(requests.len()).unwrap();
    let summaries = requests.iter().map(|request| request.summary(Locale::Fr)).collect();
    let (requests, closure_etag) = (requests.to_vec(), closure().etag);
    let outbox = ListOutboxResponse { requests, total_size, summaries, closure_etag, ..Default::default() };
    (outbox.clone().into(), outbox)
}

/// The gateway shows a request, alone in its lists.
pub fn show(gateway: &Stub, request: &PlacementRequest) {
    let (inbox, outbox) = list_of(std::slice::from_ref(request));
    gateway
        .answer("PlacementRequestService/GetRequest", GetRequestResponse { request: Some(request.clone()) })
        .answer("PlacementRequestService/ListInbox", inbox)
        .answer("PlacementRequestService/ListOutbox", outbox);
}

/// All that pages ask for, with the least in it.
pub fn fill(gateway: &Stub) {
    places(gateway);
    choices(gateway);
    requests(gateway);
}

fn places(gateway: &Stub) {
    let hospital = Agency {
        id: HOSPITAL.into(),
        kind: AgencyKind::Receiving.into(),
        name: "CIUSSS du Parc".into(),
        user: true,
        active: true,
        ..Agency::default()
    };
    let clinic = Agency { id: "clinic".into(), name: "Clinique hors Tandem".into(), user: false, ..hospital.clone() };
    gateway
        .answer("AgencyService/GetAgency", GetAgencyResponse { agency: Some(hospital.clone()) })
        .answer(
            "AgencyService/ListAgencies",
            ListAgenciesResponse { agencies: vec![hospital, clinic], ..ListAgenciesResponse::default() },
        )
        .answer("SiteService/GetSite", GetSiteResponse { site: Some(site()) })
        .answer("SiteService/ListSites", ListSitesResponse { sites: vec![site()], ..ListSitesResponse::default() })
        .answer("ServiceService/GetService", GetServiceResponse { service: Some(service()) })
        .answer(
            "ServiceService/ListServices",
            ListServicesResponse { services: vec![service()], ..ListServicesResponse::default() },
        )
        .answer("DestinationService/GetDestination", GetDestinationResponse { destination: Some(unit()) })
        .answer(
            "DestinationService/ListDestinations",
            ListDestinationsResponse { destinations: vec![unit()], ..ListDestinationsResponse::default() },
        )
        .answer("ClosureService/GetClosure", GetClosureResponse { closure: Some(closure()) })
        .answer(
            "ClosureService/ListClosures",
            ListClosuresResponse { closures: vec![closure()], ..ListClosuresResponse::default() },
        )
        .answer("ContactService/ListContacts", ListContactsResponse::default())
        .answer("ProfileHistoryService/ListServiceHistory", ListServiceHistoryResponse::default())
        .answer("ProfileHistoryService/ListDestinationHistory", ListDestinationHistoryResponse::default())
        .answer("PersonService/ListPeople", ListPeopleResponse::default());
}

fn choices(gateway: &Stub) {
    let reason = |code: &str, used_for: ReasonUse| Reason {
        code: code.into(),
        name: words(&format!("Raison {code}"), &format!("Reason {code}")),
        uses: vec![used_for.into()],
        active: true,
        ..Reason::default()
    };
    let reasons =
        vec![reason("A1", ReasonUse::Accept), reason("D1", ReasonUse::Decline), reason("C1", ReasonUse::Cancel)];
    let term = Term {
        id: "term".into(),
        name: words("Hiver 2027", "Winter 2027"),
        start_date: "2027-01-01".into(),
        end_date: "2027-04-30".into(),
        active: true,
        ..Term::default()
    };
    let program = Program {
        id: "program".into(),
        agency_id: SCHOOL.into(),
        name: words("Soins infirmiers", "Nursing"),
        ..Program::default()
    };
    let course = Course { id: "course".into(), program_id: "program".into(), ..Course::default() };
    let kind = PlacementType {
        code: "PRECEPTORSHIP".into(),
        name: words("Préceptorat", "Preceptorship"),
        valid_from: "2020-01-01".into(),
        ..PlacementType::default()
    };
    gateway
        .answer("ReasonService/ListReasons", ListReasonsResponse { reasons, ..ListReasonsResponse::default() })
        .answer("TermService/ListTerms", ListTermsResponse { terms: vec![term], ..ListTermsResponse::default() })
        .answer(
            "ProgramService/ListPrograms",
            ListProgramsResponse { programs: vec![program], ..ListProgramsResponse::default() },
        )
        .answer(
            "CourseService/ListCourses",
            ListCoursesResponse { courses: vec![course], ..ListCoursesResponse::default() },
        )
        .answer(
            "PlacementTypeService/ListPlacementTypes",
            ListPlacementTypesResponse { placement_types: vec![kind.clone()], ..ListPlacementTypesResponse::default() },
        )
        .answer("PlacementTypeService/GetPlacementType", GetPlacementTypeResponse { placement_type: Some(kind) });
}

fn requests(gateway: &Stub) {
    show(gateway, &request(State::Sent, &[]));
    let sent = HistoryEntry {
        id: "entry-1".into(),
        person_id: "paule".into(),
        person_name: "Paule Roy".into(),
        action: "SENT".into(),
        to: State::Sent.into(),
        ..HistoryEntry::default()
    };
    let place = Place {
        service_id: SERVICE.into(),
        service: words("Médecine", "Medicine"),
        site_id: SITE.into(),
        site: "Hôpital du Parc".into(),
        agency: "CIUSSS du Parc".into(),
        user: true,
        fits: true,
        fitting: 1,
        destinations: vec![fitting(UNIT, "4 Ouest")],
        ..Place::default()
    };
    let row = DestinationOccupancy {
        destination_id: UNIT.into(),
        name: "4 Ouest".into(),
        capacity: 8,
        cells: vec![OccupancyCell { accepted: 6, pending: 1, closed: false }; 16],
    };
    gateway
        .answer("PlacementRequestService/ListHistory", ListHistoryResponse { entries: vec![sent] })
        .answer("PlacementRequestService/GetRequestContacts", GetRequestContactsResponse::default())
        .answer("PlacementRequestService/MarkRequestSeen", MarkRequestSeenResponse::default())
        .answer(
            "PlacementRequestService/SuggestDestinations",
            SuggestDestinationsResponse { destinations: vec![fitting(UNIT, "4 Ouest"), fitting("other", "5 Est")] },
        )
        .answer(
            "PlacementRequestService/FindPlaces",
            FindPlacesResponse { places: vec![place], total_size: 1, ..FindPlacesResponse::default() },
        )
        .answer(
            "PlacementRequestService/GetOccupancy",
            GetOccupancyResponse {
                weeks: vec!["2027-01-11".into(); 16],
                destinations: vec![row],
                unassigned: Vec::new(),
            },
        )
        .answer("PlacementRequestService/GetWorklist", GetWorklistResponse::default())
        .answer("DeliveryService/ListDeliveries", ListDeliveriesResponse::default())
        .answer("ReportService/ListRequestReport", ListRequestReportResponse::default());
}
