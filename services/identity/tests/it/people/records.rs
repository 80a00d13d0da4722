//! Staff records.

use chassis::Scope;
use kernel::PersonId;
use proto::identity::v1::{
    AccountState, CreatePersonRequest, GetPersonRequest, Level, ListPeopleRequest, Person, PersonChanged, Role,
    UpdatePersonRequest,
};
use testkit::service::User;
use tonic::{Code, Status};
use uuid::Uuid;

use crate::world::{
    HOST, MARIE, OPERATOR, OTHER_SCHOOL, PASSWORD, SCHOOL, SCHOOL_ADMIN, SITE, UNIT, World, fault, faults, host_admin,
    operator, other_school_admin, program_admin, reason, school_admin, site_admin,
};

fn nadia() -> Person {
    Person {
        agency_id: SCHOOL.to_string(),
        first_name: "Nadia".into(),
        last_name: "Éthier-Côté".into(),
        title: "Enseignante".into(),
        email: "nadia@example.ca".into(),
        phone: "514 555-0100".into(),
        language: "fr".into(),
        ..Person::default()
    }
}

fn create(person: Person, request_id: &str) -> CreatePersonRequest {
    CreatePersonRequest { person: Some(person), request_id: request_id.to_owned() }
}

async fn update(world: &World, user: &User, person: Person, paths: &[&str]) -> Result<Person, Status> {
    let update_mask = Some(prost_types::FieldMask { paths: paths.iter().map(|&p| p.to_owned()).collect() });
    let request = UpdatePersonRequest { person: Some(person), update_mask };
    Ok(world.people(user).update_person(request).await?.into_inner().person.expect("a person"))
}

async fn get(world: &World, user: &User, id: impl ToString) -> Result<Person, Status> {
    let request = GetPersonRequest { person_id: id.to_string() };
    Ok(world.people(user).get_person(request).await?.into_inner().person.expect("a person"))
}

async fn names(world: &World, user: &User, request: ListPeopleRequest) -> Vec<String> {
    let answer = world.people(user).list_people(request).await.expect("a list").into_inner();
    answer.people.into_iter().map(|person| person.last_name).collect()
}

#[tokio::test]
async fn a_new_record_is_stored_and_published() {
    let world = World::new().await;
    let made = world.people(&school_admin()).create_person(create(nadia(), "")).await.expect("made").into_inner();
    let person = made.person.expect("a person");
    assert_eq!(person, Person { id: person.id.clone(), active: true, etag: "1".into(), ..nadia() });
    assert_eq!(get(&world, &school_admin(), &person.id).await.expect("there"), person);
    let event = world.last_event(person.id.parse().expect("an id")).await;
    let expected = PersonChanged {
        person_id: person.id,
        agency_id: SCHOOL.to_string(),
        first_name: "Nadia".into(),
        last_name: "Éthier-Côté".into(),
        email: "nadia@example.ca".into(),
        language: "fr".into(),
        active: true,
        account_state: AccountState::Unspecified.into(),
        alerts_accepted: false,
        grants: Vec::new(),
        title: nadia().title,
        phone: nadia().phone,
    };
    assert_eq!(event, expected);
}

#[tokio::test]
async fn the_same_request_id_makes_one_record() {
    let world = World::new().await;
    let key = Uuid::from_u128(0xfeed).to_string();
    let mut people = world.people(&school_admin());
    let first = people.create_person(create(nadia(), &key)).await.expect("made").into_inner();
    let again = people.create_person(create(nadia(), &key)).await.expect("answered").into_inner();
    assert_eq!(first, again);
    let other = Person { first_name: "Naïma".into(), ..nadia() };
    assert_eq!(faults(people.create_person(create(other, &key)).await), [fault("request_id", "REQUEST_ID_REUSED")]);
    assert_eq!(faults(people.create_person(create(nadia(), "x")).await), [fault("request_id", "MALFORMED_ID")]);
    let found = ListPeopleRequest { query: "ethier".into(), ..ListPeopleRequest::default() };
    assert_eq!(names(&world, &school_admin(), found).await.len(), 1);
}

#[tokio::test]
async fn every_fault_of_a_record_is_told() {
    let world = World::new().await;
    let person = Person {
        agency_id: "here".into(),
        first_name: " ".into(),
        last_name: "x".repeat(81),
        title: "a\u{0}b".into(),
        email: "nobody@localhost".into(),
        phone: "5".repeat(41),
        language: "de".into(),
        ..Person::default()
    };
    assert_eq!(
        faults(world.people(&school_admin()).create_person(create(person, "")).await),
        [
            fault("person.agency_id", "MALFORMED_ID"),
            fault("person.first_name", "REQUIRED"),
            fault("person.last_name", "TOO_LONG"),
            fault("person.title", "CONTROL_CHARACTER"),
            fault("person.email", "MALFORMED_EMAIL"),
            fault("person.phone", "TOO_LONG"),
            fault("person.language", "UNKNOWN_LANGUAGE"),
        ]
    );
    let nowhere = Person { agency_id: Uuid::from_u128(0xffff).to_string(), ..nadia() };
    assert_eq!(
        faults(world.people(&operator()).create_person(create(nowhere, "")).await),
        [fault("person.agency_id", "UNKNOWN_PLACE")]
    );
}

#[tokio::test]
async fn records_are_made_and_changed_within_the_own_agency_alone() {
    let world = World::new().await;
    for stranger in [other_school_admin(), host_admin()] {
        assert_eq!(reason(world.people(&stranger).create_person(create(nadia(), "")).await), "OUT_OF_SCOPE");
        let edit = Person { id: MARIE.to_string(), title: "Autre".into(), ..Person::default() };
        assert_eq!(reason(update(&world, &stranger, edit, &["title"]).await), "NOT_FOUND");
        assert_eq!(reason(get(&world, &stranger, MARIE).await), "NOT_FOUND");
    }
    // Who administers one program may add staff to the school, and change those whose rights lie within the program.
    world.people(&program_admin()).create_person(create(nadia(), "")).await.expect("made");
    let edit = Person { id: MARIE.to_string(), title: "Autre".into(), ..Person::default() };
    update(&world, &program_admin(), edit, &["title"]).await.expect("changed");
    let edit = Person { id: SCHOOL_ADMIN.to_string(), email: "mine@example.ca".into(), ..Person::default() };
    assert_eq!(reason(update(&world, &program_admin(), edit, &["email"]).await), "OUT_OF_SCOPE");
}

#[tokio::test]
async fn who_may_look_sees_the_own_agency_and_the_operator_everybody() {
    let world = World::new().await;
    let look = |role, scope| User::new(PersonId::from(MARIE), role, [scope]).at(Level::Viewer);
    for user in [
        look(Role::DestinationCoordinator, Scope::Destination(UNIT.into())),
        look(Role::ReceivingCoordinator, Scope::Site(SITE.into())),
        look(Role::StaffAdministrator, Scope::Agency(HOST.into())),
        operator(),
    ] {
        get(&world, &user, crate::world::JEAN).await.expect("visible");
    }
    let agent = look(Role::DestinationCoordinator, Scope::Destination(UNIT.into()));
    for hidden in [MARIE, OPERATOR, Uuid::from_u128(0xffff)] {
        assert_eq!(reason(get(&world, &agent, hidden).await), "NOT_FOUND");
    }
    get(&world, &operator(), OPERATOR).await.expect("visible");
    assert_eq!(faults(get(&world, &agent, "x").await), [fault("person_id", "MALFORMED_ID")]);
    assert_eq!(faults(get(&world, &agent, "").await), [fault("person_id", "REQUIRED")]);
}

#[tokio::test]
async fn a_list_is_ordered_by_name_and_stays_within_the_agency() {
    let world = World::new().await;
    world.people(&school_admin()).create_person(create(nadia(), "")).await.expect("made");
    let all = ListPeopleRequest::default();
    assert_eq!(
        names(&world, &school_admin(), all.clone()).await,
        ["École", "Éthier-Côté", "Programme", "Tremblay"],
        "accents do not count in the order"
    );
    assert_eq!(names(&world, &program_admin(), all.clone()).await.len(), 4);
    assert_eq!(names(&world, &site_admin(), all.clone()).await, ["Hôpital", "Roy", "Site"]);
    assert_eq!(names(&world, &operator(), all.clone()).await.len(), 10);
    let school = ListPeopleRequest { agency_id: SCHOOL.to_string(), ..all.clone() };
    assert_eq!(names(&world, &operator(), school.clone()).await.len(), 4);
    assert_eq!(reason(world.people(&other_school_admin()).list_people(school).await), "OUT_OF_SCOPE");
    let other = ListPeopleRequest { agency_id: OTHER_SCHOOL.to_string(), ..all };
    assert_eq!(reason(world.people(&school_admin()).list_people(other).await), "OUT_OF_SCOPE");
}

#[tokio::test]
async fn a_search_ignores_case_accents_and_the_order_of_names() {
    let world = World::new().await;
    world.people(&school_admin()).create_person(create(nadia(), "")).await.expect("made");
    let search = |query: &str| ListPeopleRequest { query: query.into(), ..ListPeopleRequest::default() };
    for query in ["ETHIER", "éthier côté", "cote nadia", "Nadia Éth", "  ethier-cote ", "cote, ethier"] {
        assert_eq!(names(&world, &school_admin(), search(query)).await, ["Éthier-Côté"], "{query}");
    }
    for query in ["%", "_", "nobody"] {
        assert!(names(&world, &school_admin(), search(query)).await.is_empty(), "{query}");
    }
    let endless = world.people(&school_admin()).list_people(search(&"x".repeat(101))).await;
    assert_eq!(faults(endless), [fault("query", "TOO_LONG")]);
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_or_repetition() {
    let world = World::new().await;
    for number in 0..7 {
        let namesake = Person { first_name: format!("Ana {}", number % 3), last_name: "Roy".into(), ..nadia() };
        world.people(&school_admin()).create_person(create(namesake, "")).await.expect("made");
    }
    let mut people = world.people(&school_admin());
    let mut request = ListPeopleRequest { query: "ana".into(), page_size: 3, ..ListPeopleRequest::default() };
    let mut seen = Vec::new();
    loop {
        let page = people.list_people(request.clone()).await.expect("a page").into_inner();
        assert!(page.people.len() <= 3);
        seen.extend(page.people.into_iter().map(|person| (person.first_name, person.id)));
        if page.next_page_token.is_empty() {
            break;
        }
        request.page_token = page.next_page_token;
    }
    assert_eq!(seen.len(), 7);
    assert!(seen.is_sorted(), "by name, then by id");
    let wrong = ListPeopleRequest { page_token: "x".into(), ..ListPeopleRequest::default() };
    assert_eq!(faults(people.list_people(wrong).await), [fault("page_token", "MALFORMED_PAGE_TOKEN")]);
    let wrong = ListPeopleRequest { page_size: -1, ..ListPeopleRequest::default() };
    assert_eq!(faults(people.list_people(wrong).await), [fault("page_size", "OUT_OF_RANGE")]);
}

#[tokio::test]
async fn an_update_changes_the_fields_of_its_mask_if_the_version_is_the_one_that_was_read() {
    let world = World::new().await;
    let marie = get(&world, &school_admin(), MARIE).await.expect("there");
    let edit = Person { phone: "418 555-0199".into(), title: "Perdu".into(), ..marie.clone() };
    let changed = update(&world, &school_admin(), edit.clone(), &["phone"]).await.expect("changed");
    let etag = (marie.etag.parse::<i64>().expect("a number") + 1).to_string();
    assert_eq!(changed, Person { phone: "418 555-0199".into(), etag, ..marie.clone() });

    let stale = update(&world, &school_admin(), edit.clone(), &["title"]).await.expect_err("stale");
    assert_eq!(stale.code(), Code::Aborted);
    assert_eq!(reason(Err::<(), _>(stale)), "STALE_ETAG");
    let insistent = Person { etag: String::new(), ..edit };
    update(&world, &school_admin(), insistent, &["title"]).await.expect("whatever is stored");

    let wrong = Person { etag: "now".into(), ..marie.clone() };
    assert_eq!(
        faults(update(&world, &school_admin(), wrong, &["title"]).await),
        [fault("person.etag", "MALFORMED_ETAG")]
    );
    assert_eq!(
        faults(update(&world, &school_admin(), marie, &["agency_id"]).await),
        [fault("update_mask.agency_id", "UNKNOWN_FIELD")]
    );
}

#[tokio::test]
async fn an_update_that_changes_nothing_is_not_published() {
    let world = World::new().await;
    let marie = get(&world, &school_admin(), MARIE).await.expect("there");
    let before = world.events_of(MARIE).await;
    assert_eq!(update(&world, &school_admin(), marie.clone(), &[]).await.expect("the same"), marie);
    assert_eq!(world.events_of(MARIE).await, before);
}

#[tokio::test]
async fn archiving_disables_the_account_and_restoring_gives_back_the_record_alone() {
    let world = World::new().await;
    let set = |active| Person { id: MARIE.to_string(), active, ..Person::default() };
    update(&world, &school_admin(), set(false), &["active"]).await.expect("archived");
    let event = world.last_event(MARIE).await;
    assert_eq!((event.active, event.account_state(), event.alerts_accepted), (false, AccountState::Disabled, false));
    assert_eq!(reason(world.sign_in("mtremblay", PASSWORD).await), "ACCOUNT_DISABLED");
    let listed = ListPeopleRequest { query: "tremblay".into(), ..ListPeopleRequest::default() };
    assert!(names(&world, &school_admin(), listed.clone()).await.is_empty());
    let archived = ListPeopleRequest { include_inactive: true, ..listed };
    assert_eq!(names(&world, &school_admin(), archived).await, ["Tremblay"]);

    update(&world, &school_admin(), set(true), &["active"]).await.expect("restored");
    let event = world.last_event(MARIE).await;
    assert_eq!((event.active, event.account_state()), (true, AccountState::Disabled));
}

#[tokio::test]
async fn two_updates_of_one_version_are_not_both_taken() {
    let world = World::new().await;
    let marie = get(&world, &school_admin(), MARIE).await.expect("there");
    let edit = |title: &str| Person { title: title.into(), ..marie.clone() };
    let (admin, office) = (school_admin(), operator());
    let (one, other) = tokio::join!(
        update(&world, &admin, edit("Une"), &["title"]),
        update(&world, &office, edit("Autre"), &["title"])
    );
    assert!(one.is_ok() != other.is_ok());
    assert_eq!(reason(if one.is_ok() { other } else { one }), "STALE_ETAG");
}
