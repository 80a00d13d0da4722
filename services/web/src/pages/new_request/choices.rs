//! What can be chosen, given what has been chosen so far.

use proto::{
    configuration::v1::{
        Agency, AgencyKind, Course, ListAgenciesRequest, ListCoursesRequest, ListPlacementTypesRequest,
        ListProgramsRequest, PlacementType, Program,
    },
    identity::v1::Role,
    placement::v1::{FindPlacesRequest, Place},
};
use tonic::Status;

use super::Given;
use crate::visitor::SignedIn;

/// All of a list that people choose from.
const ALL: i32 = 500;
/// Places that are shown at a time; a search finds the others.
const PLACES: i32 = 12;

/// What the form offers.
#[derive(Default)]
pub(crate) struct Choices {
    /// Schools that are not users, for whom a receiving coordinator enters (Quick Entry, domain §7.6).
    pub(crate) schools: Vec<Agency>,
    pub(crate) programs: Vec<Program>,
    pub(crate) courses: Vec<Course>,
    pub(crate) types: Vec<PlacementType>,
    pub(crate) places: Vec<Place>,
    /// How many places there are beside those shown.
    pub(crate) more_places: i32,
    /// Why no places are shown: the faults of what they are looked for by.
    pub(crate) no_places: Option<String>,
}

impl Choices {
    /// Asks for everything side by side.
    ///
    /// # Errors
    /// The gateway's.
    pub(crate) async fn load(by: &SignedIn, given: &Given) -> Result<Self, Status> {
        let (schools, programs, courses, types, places) = tokio::try_join!(
            schools(by),
            programs(by, given),
            courses(by, given),
            types(by, given),
            places(by, given)
        )?;
        let mut choices = Self { schools, programs, courses, types, ..Self::default() };
        match places {
            Found::Places(places, total) => {
                choices.more_places = total - i32::try_from(places.len()).unwrap_or(total);
                choices.places = places;
            }
            Found::Fault(message) => choices.no_places = Some(message),
            Found::NotAsked => {}
        }
        Ok(choices)
    }

    /// The course that is chosen.
    pub(crate) fn course(&self, given: &Given) -> Option<&Course> {
        self.courses.iter().find(|course| course.id == given.course_id)
    }
}

enum Found {
    Places(Vec<Place>, i32),
    Fault(String),
    NotAsked,
}

/// Whether the form is a Quick Entry.
pub(crate) fn is_quick_entry(by: &SignedIn) -> bool {
    by.session.role() == Role::ReceivingCoordinator
}

async fn schools(by: &SignedIn) -> Result<Vec<Agency>, Status> {
    if !is_quick_entry(by) {
        return Ok(Vec::new());
    }
    let message = ListAgenciesRequest { kind: AgencyKind::Placing.into(), page_size: ALL, ..Default::default() };
    let all = by.api.agencies().list_agencies(message).await?.into_inner().agencies;
    Ok(all.into_iter().filter(|agency| !agency.user).collect())
}

async fn programs(by: &SignedIn, given: &Given) -> Result<Vec<Program>, Status> {
    let own = by.session.me.person.as_ref().map(|person| person.agency_id.clone()).unwrap_or_default();
    let agency_id = if is_quick_entry(by) { given.placing_agency_id.clone() } else { own };
    if agency_id.is_empty() {
        return Ok(Vec::new());
    }
    let message = ListProgramsRequest { agency_id, page_size: ALL, ..Default::default() };
    Ok(by.api.programs().list_programs(message).await?.into_inner().programs)
}

async fn courses(by: &SignedIn, given: &Given) -> Result<Vec<Course>, Status> {
    if given.program_id.is_empty() {
        return Ok(Vec::new());
    }
    let message = ListCoursesRequest { program_id: given.program_id.clone(), page_size: ALL, ..Default::default() };
    Ok(by.api.courses().list_courses(message).await?.into_inner().courses)
}

/// The types that may be used on the first day (domain §7.2).
async fn types(by: &SignedIn, given: &Given) -> Result<Vec<PlacementType>, Status> {
    let message = ListPlacementTypesRequest { page_size: ALL, ..Default::default() };
    let all = by.api.placement_types().list_placement_types(message).await?.into_inner().placement_types;
    let day = if given.start_date.is_empty() { by.env.today().to_string() } else { given.start_date.clone() };
    let holds = |t: &PlacementType| t.valid_from <= day && (t.valid_to.is_empty() || t.valid_to >= day);
    Ok(all.into_iter().filter(holds).collect())
}

async fn places(by: &SignedIn, given: &Given) -> Result<Found, Status> {
    if given.start_date.is_empty() || given.end_date.is_empty() {
        return Ok(Found::NotAsked);
    }
    let (site, service, _) = given.chosen();
    let mut message = FindPlacesRequest {
        start_date: given.start_date.clone(),
        end_date: given.end_date.clone(),
        student_count: given.student_count.trim().parse().unwrap_or(0),
        query: given.query.trim().to_owned(),
        page_size: PLACES,
        ..Default::default()
    };
    let mut client = by.api.requests();
    let found = match client.find_places(message.clone()).await {
        Ok(found) => found.into_inner(),
        Err(status) if status.code() == tonic::Code::InvalidArgument => {
            return Ok(Found::Fault(crate::failure::explain(by.text(), &status)));
        }
        Err(status) => return Err(status),
    };
    let mut places = found.places;
    // What is chosen stays in sight, whatever is looked for.
    let is_chosen = |place: &Place| place.site_id == site && place.service_id == service;
    let mut total = found.total_size;
    if !service.is_empty() && !places.iter().any(is_chosen) {
        (message.site_id, message.service_id) = (site.to_owned(), service.to_owned());
        message.query.clear();
        let chosen = client.find_places(message).await?.into_inner().places;
        total += i32::try_from(chosen.len()).unwrap_or(0);
        places.splice(0..0, chosen);
    }
    Ok(Found::Places(places, total))
}
