//! Every kind of entry is stored and read back as its event told it.

use directory::model::{
    Agency, ClosedPlace, Closure, ClosureReason, Course, Destination, Grant, Level, Person, Place, PlacementType,
    Program, Reason, ReasonUse, Role, Scope, Service, Side, Site, Term,
};
use kernel::{DateRange, Locale, Text};
use proto::{configuration::v1 as pb, identity::v1 as identity};
use testkit::service::Running;

use crate::world::{agency, another_process, grant, id, person, service, site, start, text, unit};

fn days(from: &str, to: &str) -> DateRange {
    DateRange::new(from.parse().unwrap(), to.parse().unwrap()).unwrap()
}

fn uuid(number: u128) -> String {
    uuid::Uuid::from_u128(number).to_string()
}

fn closure(number: u128, site: u128, from: &str, to: &str) -> pb::ClosureChanged {
    let closure = pb::Closure {
        id: uuid(number),
        site_id: uuid(site),
        start_date: from.into(),
        end_date: to.into(),
        reason: pb::ClosureReason::LabourDispute.into(),
        active: true,
        ..Default::default()
    };
    pb::ClosureChanged { closure: Some(closure) }
}

fn term(number: u128, from: &str, to: &str) -> pb::TermChanged {
    let term = pb::Term {
        id: uuid(number),
        name: text("Automne", "Fall"),
        start_date: from.into(),
        end_date: to.into(),
        release_date: "2026-05-04".into(),
        active: true,
        ..Default::default()
    };
    pb::TermChanged { term: Some(term) }
}

async fn deliver_schooling(running: &Running) {
    let program = pb::Program {
        id: uuid(10),
        agency_id: uuid(1),
        name: text("Soins infirmiers", ""),
        user: true,
        active: true,
        ..Default::default()
    };
    running.deliver(&pb::ProgramChanged { program: Some(program) }, 10, 1).await.unwrap();
    let course = pb::Course {
        id: uuid(11),
        program_id: uuid(10),
        code: "SIN-2034".into(),
        name: text("Stage I", "Practicum I"),
        active: true,
        ..Default::default()
    };
    running.deliver(&pb::CourseChanged { course: Some(course) }, 11, 1).await.unwrap();
    let kind = pb::PlacementType {
        code: "PRECEPTORSHIP".into(),
        name: text("Préceptorat", "Preceptorship"),
        valid_from: "2025-01-01".into(),
        ..Default::default()
    };
    running.deliver(&pb::PlacementTypeChanged { placement_type: Some(kind) }, "PRECEPTORSHIP", 1).await.unwrap();
    let reason = pb::Reason {
        code: "D1".into(),
        name: text("Capacité", "Capacity"),
        uses: vec![pb::ReasonUse::Decline.into(), 99, pb::ReasonUse::Cancel.into()],
        active: true,
        ..Default::default()
    };
    running.deliver(&pb::ReasonChanged { reason: Some(reason) }, "D1", 1).await.unwrap();
    running.deliver(&term(12, "2026-09-01", "2026-12-31"), 12, 1).await.unwrap();
}

async fn deliver_places(running: &Running) {
    // Below comes first: no order is promised.
    running.deliver(&unit(5, 2, &[3, 4], 7), 5, 1).await.unwrap();
    running.deliver(&service(3, 2), 3, 1).await.unwrap();
    running.deliver(&site(2, 1), 2, 1).await.unwrap();
    assert_eq!(running.host.directory.snapshot().place(Scope::Destination(id(5))), None, "its agency is unknown");
    running.deliver(&agency(1, "CHUM"), 1, 1).await.unwrap();
    running.deliver(&closure(6, 2, "2027-01-04", "2027-01-08"), 6, 1).await.unwrap();
}

#[tokio::test]
async fn places_are_stored_and_read_back() {
    let running = start().await;
    deliver_places(&running).await;
    for process in [&running, &another_process(&running).await] {
        let now = process.host.directory.snapshot();
        let (name, side) = ("CHUM".to_owned(), Side::Receiving);
        assert_eq!(now.agency(id(1)), Some(&Agency { id: id(1), name, side, is_user: true, active: true }));
        let name = "Hôpital Été".to_owned();
        assert_eq!(now.site(id(2)), Some(&Site { id: id(2), agency: id(1), name, active: true }));
        let expected = Service {
            id: id(3),
            site: id(2),
            name: Text::new("Médecine", "Medicine"),
            coordinator: Some(id(90)),
            redirects_automatically: true,
            active: true,
        };
        assert_eq!(now.service(id(3)), Some(&expected));
        let expected = Destination {
            id: id(5),
            site: id(2),
            services: vec![id(3), id(4)],
            name: "4 Ouest".to_owned(),
            agent: Some(id(7)),
            capacity: 4,
            group_size: 2,
            notice_weeks: 6,
            active: true,
        };
        assert_eq!(now.destination(id(5)), Some(&expected));
        let expected = Closure {
            id: id(6),
            place: ClosedPlace::Site(id(2)),
            days: days("2027-01-04", "2027-01-08"),
            reason: ClosureReason::LabourDispute,
            active: true,
        };
        assert_eq!(now.closure(id(6)), Some(&expected));
    }
    let search: String = sqlx::query_scalar("select search from directory_site").fetch_one(&running.db).await.unwrap();
    assert_eq!(search, kernel::fold("Hôpital Été"));
}

#[tokio::test]
async fn programs_courses_types_reasons_and_terms_are_stored_and_read_back() {
    let running = start().await;
    deliver_schooling(&running).await;
    for process in [&running, &another_process(&running).await] {
        let now = process.host.directory.snapshot();
        let name = Text::new("Soins infirmiers", "");
        let expected = Program { id: id(10), agency: id(1), name, is_user: true, active: true };
        assert_eq!(now.program(id(10)), Some(&expected));
        let (code, name) = ("SIN-2034".to_owned(), Text::new("Stage I", "Practicum I"));
        assert_eq!(now.course(id(11)), Some(&Course { id: id(11), program: id(10), code, name, active: true }));
        let expected = Term {
            id: id(12),
            name: Text::new("Automne", "Fall"),
            days: days("2026-09-01", "2026-12-31"),
            release_date: Some("2026-05-04".parse().unwrap()),
            active: true,
        };
        assert_eq!(now.term(id(12)), Some(&expected));
        let expected = PlacementType {
            code: "PRECEPTORSHIP".to_owned(),
            name: Text::new("Préceptorat", "Preceptorship"),
            valid_from: "2025-01-01".parse().unwrap(),
            valid_to: None,
        };
        assert_eq!(now.placement_type("PRECEPTORSHIP"), Some(&expected));
        let uses = vec![ReasonUse::Decline, ReasonUse::Cancel];
        let expected = Reason { code: "D1".to_owned(), name: Text::new("Capacité", "Capacity"), uses, active: true };
        assert_eq!(now.reason("D1"), Some(&expected));
        assert_eq!((now.placement_types().count(), now.reasons().count()), (1, 1));
    }
}

#[tokio::test]
async fn a_person_is_stored_and_read_back() {
    let running = start().await;
    let mut told = person(7, "Roy");
    told.grants = vec![
        grant(identity::Role::DestinationCoordinator, identity::Level::Regular, identity::ScopeKind::Site, 2),
        grant(identity::Role::Unspecified, identity::Level::Regular, identity::ScopeKind::Site, 2),
        identity::Grant {
            role: identity::Role::ProvincialLead.into(),
            level: identity::Level::Viewer.into(),
            scope_kind: identity::ScopeKind::Province.into(),
            ..Default::default()
        },
    ];
    running.deliver(&told, 7, 1).await.unwrap();
    let expected = Person {
        id: id(7),
        agency: Some(id(1)),
        first_name: "Anne".to_owned(),
        last_name: "Roy".to_owned(),
        title: "Infirmière".to_owned(),
        email: "anne@example.org".to_owned(),
        phone: "514 555-0100".to_owned(),
        locale: Locale::Fr,
        active: true,
        account_active: true,
        alerts_accepted: true,
        grants: vec![
            Grant { role: Role::DestinationCoordinator, level: Level::Regular, scope: Scope::Site(id(2)) },
            Grant { role: Role::ProvincialLead, level: Level::Viewer, scope: Scope::Province },
        ],
    };
    let found = running.host.directory.person(&running.db, id(7)).await.unwrap();
    assert_eq!(found.as_deref(), Some(&expected));
}

#[tokio::test]
async fn places_know_what_lies_above_them_and_when_they_are_closed() {
    let running = start().await;
    deliver_places(&running).await;
    deliver_schooling(&running).await;
    let now = running.host.directory.snapshot();
    let unit = now.place(Scope::Destination(id(5))).unwrap();
    assert_eq!(unit, Place::of_destination(id(1), id(2), vec![id(3), id(4)], id(5)));
    assert_eq!(now.place(Scope::Service(id(3))), Some(Place::of_service(id(1), id(2), id(3))));
    assert_eq!(now.place(Scope::Program(id(10))), Some(Place::of_program(id(1), id(10))));
    assert_eq!(now.side(&unit), Some(Side::Receiving));
    assert!(now.is_active(Scope::Service(id(3))) && !now.is_active(Scope::Service(id(99))));
    let closed = |from, to| now.closures_at(&unit, days(from, to)).len();
    assert_eq!((closed("2027-01-08", "2027-02-01"), closed("2027-01-09", "2027-02-01")), (1, 0));
    assert_eq!(now.closures_at(&Place::of_agency(id(1)), days("2027-01-01", "2027-02-01")).len(), 0);
    let term = |day: &str| now.term_at(day.parse().unwrap()).map(|term| term.id);
    assert_eq!((term("2026-12-31"), term("2027-01-01")), (Some(id(12)), None));
}

#[tokio::test]
async fn an_event_that_its_owner_could_not_publish_is_rejected() {
    let running = start().await;
    let rejected = |outcome| matches!(outcome, Err(eventing::HandlerError::Reject(_)));
    assert!(rejected(running.deliver(&pb::AgencyChanged { agency: None }, 1, 1).await));
    let mut nowhere = agency(1, "CHUM");
    nowhere.agency.as_mut().unwrap().kind = 0;
    assert!(rejected(running.deliver(&nowhere, 1, 1).await));
    assert!(rejected(running.deliver(&closure(6, 2, "2027-01-08", "2027-01-04"), 6, 1).await));
}
