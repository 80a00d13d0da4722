//! What a view shows beside some requests: the names behind their ids, and what the reader has seen.

use std::collections::HashMap;

use chassis::{StoreError, Tx};
use directory::Snapshot;
use kernel::{PersonId, PlacementRequestId};

use super::Context;
use crate::requests::{
    domain::{Names, PlacementRequest, RowContext},
    store,
};

/// Of each of these requests, as somebody reads them; at most two statements, one of them for people who are not remembered.
pub(super) async fn contexts(
    tx: &mut Tx,
    cx: &Context,
    requests: &[PlacementRequest],
    reader: PersonId,
) -> Result<HashMap<PlacementRequestId, RowContext>, StoreError> {
    let ids: Vec<_> = requests.iter().map(|request| request.id).collect();
    let seen = store::seen::of(tx, reader, &ids).await?;
    contexts_seen(tx, cx, requests, seen).await
}

/// The same where it is known what was seen.
pub(super) async fn contexts_seen(
    tx: &mut Tx,
    cx: &Context,
    requests: &[PlacementRequest],
    mut seen: HashMap<PlacementRequestId, i64>,
) -> Result<HashMap<PlacementRequestId, RowContext>, StoreError> {
    let people: Vec<_> = requests.iter().flat_map(coordinators).flatten().collect();
    let people = cx.directory.people(&mut **tx, &people).await?;
    let known = cx.directory.snapshot();
    let context = |request: &PlacementRequest| {
        let name = |id: Option<PersonId>| id.and_then(|id| people.get(&id)).map(|p| p.name()).unwrap_or_default();
        let [pc, rc, dc] = coordinators(request).map(name);
        let names = Names {
            placing_coordinator: pc,
            receiving_coordinator: rc,
            destination_coordinator: dc,
            ..places(&known, request)
        };
        (request.id, RowContext { names, seen: seen.remove(&request.id) })
    };
    Ok(requests.iter().map(context).collect())
}

fn coordinators(request: &PlacementRequest) -> [Option<PersonId>; 3] {
    let agent = request.state.unit().and_then(|unit| unit.agent);
    [request.placing_coordinator, request.receiving_coordinator, agent]
}

fn places(known: &Snapshot, request: &PlacementRequest) -> Names {
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
        ..Names::default()
    }
}

/// The name of somebody as it is now; empty for the system and for who is not known.
pub(super) async fn of_person(tx: &mut Tx, cx: &Context, person: Option<PersonId>) -> Result<String, StoreError> {
    let Some(id) = person else { return Ok(String::new()) };
    Ok(cx.directory.person(&mut **tx, id).await?.map(|person| person.name()).unwrap_or_default())
}
