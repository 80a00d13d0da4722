//! The names behind the ids of requests.

use chassis::{StoreError, Tx};
use directory::Snapshot;
use kernel::PersonId;

use super::Context;
use crate::requests::domain::{Names, PlacementRequest};

/// Of each of these requests, in their order; at most one statement, for people who are not remembered.
pub(super) async fn of(tx: &mut Tx, cx: &Context, requests: &[PlacementRequest]) -> Result<Vec<Names>, StoreError> {
    let people: Vec<_> = requests.iter().flat_map(coordinators).flatten().collect();
    let people = cx.directory.people(&mut **tx, &people).await?;
    let known = cx.directory.snapshot();
    let names = |request: &PlacementRequest| {
        let name = |id: Option<PersonId>| id.and_then(|id| people.get(&id)).map(|p| p.name()).unwrap_or_default();
        let [pc, rc, dc] = coordinators(request).map(name);
        Names {
            placing_coordinator: pc,
            receiving_coordinator: rc,
            destination_coordinator: dc,
            ..without_people(&known, request)
        }
    };
    Ok(requests.iter().map(names).collect())
}

fn coordinators(request: &PlacementRequest) -> [Option<PersonId>; 3] {
    let agent = request.state.unit().and_then(|unit| unit.agent);
    [request.placing_coordinator, request.receiving_coordinator, agent]
}

/// What needs no statement: programs and places.
pub(super) fn without_people(known: &Snapshot, request: &PlacementRequest) -> Names {
    let content = &request.content;
    let agency = |id| known.agency(id).map(|agency| agency.name.clone()).unwrap_or_default();
    let unit = request.destination().and_then(|id| known.destination(id));
    Names {
        placing_agency: agency(request.placing_agency),
        program: known.program(content.program).map(|program| program.name.clone()).unwrap_or_default(),
        course: known.course(content.course).map(|course| course.code.clone()).unwrap_or_default(),
        receiving_agency: agency(request.receiving_agency),
        site: known.site(content.site).map(|site| site.name.clone()).unwrap_or_default(),
        service: known.service(content.service).map(|service| service.name.clone()).unwrap_or_default(),
        destination: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        placement_type: known.placement_type(&content.placement_type).map(|kind| kind.name.clone()).unwrap_or_default(),
        ..Names::default()
    }
}

/// The name of somebody as it is now; empty for the system and for who is not known.
pub(super) async fn of_person(tx: &mut Tx, cx: &Context, person: Option<PersonId>) -> Result<String, StoreError> {
    let Some(id) = person else { return Ok(String::new()) };
    Ok(cx.directory.person(&mut **tx, id).await?.map(|person| person.name()).unwrap_or_default())
}
