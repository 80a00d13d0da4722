//! Days on which places take no students: who keeps them, and whom they touch (domain §5.6).

use std::collections::BTreeMap;

use chassis::Scope;
use proto::{
    configuration::v1::{self as pb, closure_service_client::ClosureServiceClient},
    identity::v1::{Level, Role},
};
use testkit::service::Caller;
use tonic::{Code, Status};

use crate::world::{World, faulty, mask, refused};

/// A closure of an agency to be created: two weeks of January.
fn outbreak() -> pb::Closure {
    pb::Closure {
        start_date: "2027-01-11".into(),
        end_date: "2027-01-24".into(),
        reason: pb::ClosureReason::Outbreak.into(),
        severity: pb::ClosureSeverity::SuspendCurrent.into(),
        note: "Éclosion de gastro-entérite".into(),
        ..Default::default()
    }
}

fn of_agency(agency: &pb::Agency) -> pb::Closure {
    pb::Closure { agency_id: agency.id.clone(), ..outbreak() }
}

fn of_site(site: &pb::Site) -> pb::Closure {
    pb::Closure { site_id: site.id.clone(), ..outbreak() }
}

fn of_unit(unit: &pb::Destination) -> pb::Closure {
    pb::Closure { destination_id: unit.id.clone(), ..outbreak() }
}

async fn create(caller: Caller, closure: pb::Closure) -> Result<pb::Closure, Status> {
    let request = pb::CreateClosureRequest { closure: Some(closure), request_id: String::new() };
    Ok(ClosureServiceClient::new(caller).create_closure(request).await?.into_inner().closure.expect("as stored"))
}

async fn update(caller: Caller, closure: pb::Closure, paths: &[&str]) -> Result<pb::Closure, Status> {
    let request = pb::UpdateClosureRequest { closure: Some(closure), update_mask: mask(paths) };
    Ok(ClosureServiceClient::new(caller).update_closure(request).await?.into_inner().closure.expect("as stored"))
}

impl World {
    /// Closes a unit for two weeks.
    pub async fn closed(&self, unit: &pb::Destination) -> pb::Closure {
        self.close(of_unit(unit)).await
    }

    async fn close(&self, closure: pb::Closure) -> pb::Closure {
        create(self.operator(), closure).await.expect("the operator may")
    }

    /// The ids of a page, in its order.
    async fn closures(&self, request: pb::ListClosuresRequest) -> Vec<String> {
        let caller = self.user(Role::Student, Level::Viewer, Vec::new());
        let page = ClosureServiceClient::new(caller).list_closures(request).await.expect("everybody reads them");
        page.into_inner().closures.into_iter().map(|c| c.id).collect()
    }
}

#[tokio::test]
async fn a_closure_is_stored_published_changed_and_withdrawn() {
    let world = World::new().await;
    let (.., unit) = world.hospital().await;
    let made = world.close(of_unit(&unit)).await;
    let expected = pb::Closure { id: made.id.clone(), active: true, etag: "1".into(), ..of_unit(&unit) };
    assert_eq!(made, expected);
    let request = pb::GetClosureRequest { closure_id: made.id.clone() };
    let read = ClosureServiceClient::new(world.operator()).get_closure(request).await.expect("it is there");
    assert_eq!(read.into_inner().closure.as_ref(), Some(&made));

    let shorter = pb::Closure { end_date: "2027-01-17".into(), note: String::new(), ..made.clone() };
    let ended = update(world.operator(), shorter, &["end_date"]).await.expect("it ends early");
    assert_eq!((ended.end_date.as_str(), ended.note.as_str(), ended.etag.as_str()), ("2027-01-17", &*made.note, "2"));
    refused(update(world.operator(), made.clone(), &["note"]).await.map(|_| ()), Code::Aborted, "STALE_ETAG");
    let gone = pb::Closure { active: false, ..ended.clone() };
    let withdrawn = update(world.operator(), gone, &["active"]).await.expect("it is withdrawn");
    let told: Vec<_> = world.running.published::<pb::ClosureChanged>().await.into_iter().map(|e| e.closure).collect();
    assert_eq!(told, [Some(made), Some(ended), Some(withdrawn)]);
}

#[tokio::test]
async fn the_same_request_id_closes_once() {
    let world = World::new().await;
    let (_, site, ..) = world.hospital().await;
    let request = pb::CreateClosureRequest { closure: Some(of_site(&site)), request_id: world.id() };
    let caller = world.operator();
    let first = ClosureServiceClient::new(caller.clone()).create_closure(request.clone()).await.expect("closed");
    let second = ClosureServiceClient::new(caller).create_closure(request).await.expect("the same answer");
    assert_eq!(first.into_inner(), second.into_inner());
    assert_eq!(world.running.published::<pb::ClosureChanged>().await.len(), 1);
}

#[tokio::test]
async fn the_place_of_a_closure_stays() {
    let world = World::new().await;
    let (_, site, _, unit) = world.hospital().await;
    let made = world.close(of_unit(&unit)).await;
    let moved = pb::Closure { site_id: site.id, destination_id: String::new(), etag: String::new(), ..made.clone() };
    let answer = update(world.operator(), moved, &["site_id"]).await;
    faulty(answer, &[("update_mask.site_id", "UNKNOWN_FIELD")]);
}

#[tokio::test]
async fn local_administrators_close_what_they_administer() {
    let world = World::new().await;
    let (host, site, _, unit) = world.hospital().await;
    let rc = |level, scope| world.user(Role::ReceivingCoordinator, level, [scope]);
    let (agency_scope, site_scope) = (scope_of_agency(&host), scope_of_site(&site));
    let la = Level::LocalAdministrator;
    for closure in [of_agency(&host), of_site(&site), of_unit(&unit)] {
        create(rc(la, agency_scope), closure.clone()).await.expect("the agency's administrator may");
        refused(create(rc(Level::Regular, agency_scope), closure).await, Code::PermissionDenied, "OUT_OF_SCOPE");
    }
    for closure in [of_site(&site), of_unit(&unit)] {
        create(rc(la, site_scope), closure).await.expect("the site's administrator may");
    }
    refused(create(rc(la, site_scope), of_agency(&host)).await, Code::PermissionDenied, "OUT_OF_SCOPE");
    let other = world.host("CISSS de Laval").await;
    for closure in [of_agency(&host), of_site(&site), of_unit(&unit)] {
        let caller = rc(la, scope_of_agency(&other));
        refused(create(caller, closure).await, Code::PermissionDenied, "OUT_OF_SCOPE");
    }
}

#[tokio::test]
async fn a_destination_coordinator_closes_the_own_units_alone() {
    let world = World::new().await;
    let (host, site, ward, unit) = world.hospital().await;
    let agent = || {
        let scope = Scope::Destination(unit.id.parse().expect("an id"));
        world.user(Role::DestinationCoordinator, Level::Regular, [scope])
    };
    let made = create(agent(), of_unit(&unit)).await.expect("the own unit");
    update(agent(), pb::Closure { active: false, ..made }, &["active"]).await.expect("the own unit");
    let other = world.destination(&ward, "5 Est").await;
    for closure in [of_unit(&other), of_site(&site), of_agency(&host)] {
        refused(create(agent(), closure.clone()).await, Code::PermissionDenied, "OUT_OF_SCOPE");
        let theirs = world.close(closure).await;
        let withdrawn = pb::Closure { active: false, ..theirs };
        refused(update(agent(), withdrawn, &["active"]).await, Code::PermissionDenied, "OUT_OF_SCOPE");
    }
}

#[tokio::test]
async fn a_closure_is_told_all_that_is_wrong_with_it() {
    let world = World::new().await;
    let (host, site, ..) = world.hospital().await;
    let create = async |closure| create(world.operator(), closure).await;
    faulty(
        create(pb::Closure::default()).await,
        &[
            ("closure.destination_id", "REQUIRED"),
            ("closure.start_date", "REQUIRED"),
            ("closure.end_date", "REQUIRED"),
            ("closure.reason", "REQUIRED"),
            ("closure.severity", "REQUIRED"),
        ],
    );
    let wrong = pb::Closure {
        agency_id: host.id.clone(),
        end_date: "2027-01-10".into(),
        reason: 99,
        severity: 99,
        note: "é".repeat(1001),
        ..of_site(&site)
    };
    faulty(
        create(wrong).await,
        &[
            ("closure.destination_id", "MORE_THAN_ONE_PLACE"),
            ("closure.end_date", "DATE_REVERSED"),
            ("closure.reason", "UNKNOWN_VALUE"),
            ("closure.severity", "UNKNOWN_VALUE"),
            ("closure.note", "TOO_LONG"),
        ],
    );
    let nowhere = world.id();
    for (closure, field, reason) in [
        (pb::Closure { agency_id: nowhere.clone(), ..outbreak() }, "closure.agency_id", "UNKNOWN_AGENCY"),
        (of_agency(&world.school("Cégep").await), "closure.agency_id", "AGENCY_NOT_RECEIVING"),
        (pb::Closure { site_id: nowhere.clone(), ..outbreak() }, "closure.site_id", "UNKNOWN_SITE"),
        (
            pb::Closure { destination_id: nowhere.clone(), ..outbreak() },
            "closure.destination_id",
            "UNKNOWN_DESTINATION",
        ),
    ] {
        faulty(create(closure).await, &[(field, reason)]);
    }
}

#[tokio::test]
async fn a_list_holds_what_touches_the_place_from_above_and_from_below() {
    let world = World::new().await;
    let (host, site, ward, unit) = world.hospital().await;
    let next = world.destination(&ward, "5 Est").await;
    let other_site = world.site(&host, "Hôpital du Parc").await;
    let other_host = world.host("CISSS de Laval").await;
    let ids = [
        world.close(pb::Closure { end_date: "2027-01-24".into(), ..of_agency(&host) }).await.id,
        world.close(pb::Closure { end_date: "2027-01-25".into(), ..of_site(&site) }).await.id,
        world.close(pb::Closure { end_date: "2027-01-26".into(), ..of_unit(&unit) }).await.id,
        world.close(pb::Closure { end_date: "2027-01-27".into(), ..of_unit(&next) }).await.id,
        world.close(pb::Closure { end_date: "2027-01-28".into(), ..of_site(&other_site) }).await.id,
        world.close(pb::Closure { end_date: "2027-01-29".into(), ..of_agency(&other_host) }).await.id,
    ];
    let some = |places: &[usize]| places.iter().map(|i| ids[*i].clone()).collect::<Vec<_>>();
    let list = |agency_id: &str, site_id: &str, destination_id: &str| {
        world.closures(pb::ListClosuresRequest {
            agency_id: agency_id.into(),
            site_id: site_id.into(),
            destination_id: destination_id.into(),
            ..Default::default()
        })
    };
    assert_eq!(list("", "", "").await, ids);
    assert_eq!(list(&host.id, "", "").await, some(&[0, 1, 2, 3, 4]));
    assert_eq!(list("", &site.id, "").await, some(&[0, 1, 2, 3]));
    assert_eq!(list("", &other_site.id, "").await, some(&[0, 4]));
    assert_eq!(list("", "", &unit.id).await, some(&[0, 1, 2]));
    assert_eq!(list("", "", &next.id).await, some(&[0, 1, 3]));
    assert_eq!(list(&other_host.id, "", &unit.id).await, some(&[]));
}

#[tokio::test]
async fn a_list_is_of_days_and_leaves_out_what_is_over_or_withdrawn() {
    let world = World::new().await;
    let (_, site, ..) = world.hospital().await;
    let of_days = |start: &str, end: &str| {
        world.close(pb::Closure { start_date: start.into(), end_date: end.into(), ..of_site(&site) })
    };
    // Today is 23 November 2026.
    let over = of_days("2026-11-01", "2026-11-22").await.id;
    let today = of_days("2026-11-02", "2026-11-23").await.id;
    let winter = of_days("2027-01-11", "2027-01-24").await;
    let summer = of_days("2027-07-01", "2027-08-31").await.id;
    let days = |from: &str, to: &str, all: bool| {
        world.closures(pb::ListClosuresRequest {
            site_id: site.id.clone(),
            from_date: from.into(),
            to_date: to.into(),
            include_inactive: all,
            ..Default::default()
        })
    };
    assert_eq!(days("", "", false).await, [&*today, &winter.id, &summer]);
    assert_eq!(days("2026-11-22", "2027-01-11", false).await, [&*over, &today, &winter.id]);
    assert_eq!(days("2027-01-25", "2027-06-30", false).await, [""; 0]);
    let id = winter.id.clone();
    update(world.operator(), pb::Closure { active: false, ..winter }, &["active"]).await.expect("it is withdrawn");
    assert_eq!(days("", "", false).await, [&*today, &summer]);
    assert_eq!(days("", "", true).await, [&*over, &today, &id, &summer]);
    assert_eq!(days("2027-01-01", "", true).await, [&*id, &summer]);
    let request = pb::ListClosuresRequest { query: "GASTRO".into(), page_size: 1, ..Default::default() };
    assert_eq!(world.closures(request).await, std::slice::from_ref(&today));
    let request = pb::ListClosuresRequest { from_date: "demain".into(), site_id: "x".into(), ..Default::default() };
    let answer = ClosureServiceClient::new(world.operator()).list_closures(request).await;
    faulty(answer, &[("site_id", "MALFORMED_ID"), ("from_date", "MALFORMED_DATE")]);
    let nul = pb::ListClosuresRequest { query: "\0".into(), ..Default::default() };
    let answer = ClosureServiceClient::new(world.operator()).list_closures(nul).await;
    faulty(answer, &[("query", "CONTROL_CHARACTER")]);
    let foreign = chassis::page::encode(&BTreeMap::from([("s", "\0"), ("i", today.as_str()), ("l", "fr")]));
    let foreign = pb::ListClosuresRequest { page_token: foreign, ..Default::default() };
    let answer = ClosureServiceClient::new(world.operator()).list_closures(foreign).await;
    faulty(answer, &[("page_token", "MALFORMED_PAGE_TOKEN")]);
}

#[tokio::test]
async fn what_is_closed_for_good_is_not_closed_for_a_while() {
    let world = World::new().await;
    let (.., unit) = world.hospital().await;
    let retired = pb::Destination { active: false, ..unit.clone() };
    let request = pb::UpdateDestinationRequest { destination: Some(retired), update_mask: mask(&["active"]) };
    let mut units = pb::destination_service_client::DestinationServiceClient::new(world.operator());
    let made = world.close(of_unit(&unit)).await;
    units.update_destination(request).await.expect("it retires");
    let answer = create(world.operator(), of_unit(&unit)).await;
    faulty(answer, &[("closure.destination_id", "DESTINATION_RETIRED")]);
    update(world.operator(), pb::Closure { active: false, ..made }, &["active"]).await.expect("withdrawn all the same");
}

fn scope_of_agency(agency: &pb::Agency) -> Scope {
    Scope::Agency(agency.id.parse().expect("an id"))
}

fn scope_of_site(site: &pb::Site) -> Scope {
    Scope::Site(site.id.parse().expect("an id"))
}
