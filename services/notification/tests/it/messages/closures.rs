//! A school's coordinator is told of a closure that affects requests of theirs (domain §5.6), once, as it is when the mail goes.

use notification::{Context, consumers};
use proto::{configuration::v1 as configuration, placement::v1::RequestsAffectedByClosure};
use uuid::Uuid;

use crate::world::{AGENT, COORDINATOR, HOSPITAL, SCHOOL_COORDINATOR, SITE, UNIT, World, address, id, reason};

const CLOSURE: Uuid = id(0xc1);

fn closure(place: configuration::Closure) -> configuration::ClosureChanged {
    let closure = configuration::Closure {
        id: CLOSURE.to_string(),
        start_date: "2027-02-01".into(),
        end_date: "2027-02-14".into(),
        reason: configuration::ClosureReason::Outbreak.into(),
        severity: configuration::ClosureSeverity::SuspendCurrent.into(),
        note: "Norovirus".into(),
        active: true,
        ..place
    };
    configuration::ClosureChanged { closure: Some(closure) }
}

fn of_unit() -> configuration::Closure {
    configuration::Closure { destination_id: UNIT.to_string(), ..Default::default() }
}

fn affects(person: Uuid, requests: i32) -> RequestsAffectedByClosure {
    RequestsAffectedByClosure {
        closure_id: CLOSURE.to_string(),
        placing_coordinator_id: person.to_string(),
        request_count: requests,
    }
}

impl World {
    async fn errors(&self) -> Vec<Option<String>> {
        sqlx::query_scalar("SELECT last_error FROM delivery ORDER BY created_at")
            .fetch_all(&self.running.db)
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn the_mail_names_place_days_and_reason_and_leads_to_the_page_of_the_closure() {
    let world = World::new().await;
    world.deliver(&closure(of_unit()), 1).await;
    world.deliver(&affects(SCHOOL_COORDINATOR, 3), 1).await;
    world.send().await;
    let [mail] = world.sink.mails().try_into().unwrap();
    assert_eq!(mail.to, [address("Paule")]);
    let text = mail.text();
    let page = format!("https://tandem.example/places/closures/{CLOSURE}");
    for said in [
        "4 Ouest, Hôpital du Parc",
        "February 1, 2027 to February 14, 2027",
        "Outbreak of an infection",
        "3 of your requests",
        page.as_str(),
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    // What people wrote, and whom it is about, is on the page alone.
    assert!(!text.contains("Norovirus") && !text.contains("QC-"), "{text}");
}

#[tokio::test]
async fn each_reads_it_in_their_language_and_all_of_a_site_or_an_agency_has_its_name() {
    let world = World::new().await;
    for (version, place, name) in [
        (1, configuration::Closure { site_id: SITE.to_string(), ..Default::default() }, "Hôpital du Parc"),
        (2, configuration::Closure { agency_id: HOSPITAL.to_string(), ..Default::default() }, "Santé du Fleuve"),
    ] {
        world.deliver(&closure(place), version).await;
        world.deliver(&affects(COORDINATOR, 1), version).await;
        world.send().await;
        let mail = world.sink.mails().pop().unwrap();
        let text = mail.text();
        assert!(text.contains(name) && text.contains("Éclosion d’une infection"), "{text}");
        assert!(text.contains("une de vos demandes") && text.contains("du 1er février 2027"), "{text}");
    }
}

#[tokio::test]
async fn an_event_that_comes_twice_mails_once_and_may_overtake_the_closure() {
    let world = World::new().await;
    let arriving = world.running.arriving(&affects(SCHOOL_COORDINATOR, 1), CLOSURE, 1);
    for _ in 0..2 {
        world.running.deliver_all(std::slice::from_ref(&arriving)).await.unwrap();
    }
    // A handler that dies before its end has done nothing.
    let mut tx = eventing::begin(&world.running.db).await.unwrap();
    let other = world.running.arriving(&affects(AGENT, 1), CLOSURE, 1);
    let handlers = consumers(&Context::new(&world.running.host, &world.config).unwrap());
    handlers.apply(&mut tx, &[other]).await.unwrap();
    drop(tx);
    world.send().await;
    assert_eq!(world.errors().await, [Some("NAMES_NOT_YET_KNOWN".to_owned())], "one mail, which waits for the closure");
    world.deliver(&closure(of_unit()), 1).await;
    world.running.clock.advance(jiff::SignedDuration::from_mins(1));
    world.send().await;
    assert_eq!(world.sink.mails().len(), 1);
}

#[tokio::test]
async fn the_days_are_those_of_now_and_what_was_withdrawn_is_not_mailed() {
    let world = World::new().await;
    let moved = configuration::Closure { end_date: "2027-03-01".into(), ..closure(of_unit()).closure.unwrap() };
    world.deliver(&configuration::ClosureChanged { closure: Some(moved) }, 2).await;
    // An older version that arrives later changes nothing.
    world.deliver(&closure(of_unit()), 1).await;
    world.deliver(&affects(SCHOOL_COORDINATOR, 1), 1).await;
    world.send().await;
    assert!(world.sink.mails()[0].text().contains("to March 1, 2027"));

    world.running.clock.advance(jiff::SignedDuration::from_secs(1));
    let withdrawn = configuration::Closure { active: false, ..closure(of_unit()).closure.unwrap() };
    world.deliver(&configuration::ClosureChanged { closure: Some(withdrawn) }, 3).await;
    world.deliver(&affects(COORDINATOR, 1), 3).await;
    world.send().await;
    assert_eq!(world.sink.mails().len(), 1);
    assert_eq!(world.errors().await, [None, Some("CLOSURE_WITHDRAWN".to_owned())]);
}

#[tokio::test]
async fn a_mail_about_a_closure_is_in_no_log_of_a_request_and_is_not_mailed_again() {
    let world = World::new().await;
    world.mailed_link().await;
    world.deliver(&closure(of_unit()), 1).await;
    world.deliver(&affects(SCHOOL_COORDINATOR, 1), 1).await;
    world.send().await;
    assert!(world.log().await.iter().all(|line| line.template != "REQUESTS_AFFECTED_BY_CLOSURE"));
    let id: Uuid = sqlx::query_scalar("SELECT id FROM delivery WHERE placement_request_id IS NULL")
        .fetch_one(&world.running.db)
        .await
        .unwrap();
    let again = crate::deliveries::log::resend(&world, &id.to_string(), "").await;
    assert_eq!(reason(again).1, "NOT_FOUND");
}
