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

use super::form::chosen;
use crate::{
    shell::SignedIn,
    ui::{Values, user_message},
};

/// All of a list that people choose from.
const ALL: i32 = 500;
/// Places that are shown at a time; a search finds the others.
const PLACES: i32 = 12;

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
    /// Why no places are shown: the errors of what they are looked for by.
    pub(crate) no_places: Option<String>,
}

impl Choices {
    /// Asks for everything side by side.
    pub(crate) async fn load(user: &SignedIn, form: &Values) -> Result<Self, Status> {
        let (schools, programs, courses, types, places) = tokio::try_join!(
            schools(user),
            programs(user, form),
            courses(user, form),
            types(user, form),
            places(user, form)
        )?;
        let mut choices = Self { schools, programs, courses, types, ..Self::default() };
        match places {
            Found::Places(places, total) => {
                choices.more_places = total - i32::try_from(places.len()).unwrap_or(total);
                choices.places = places;
            }
            Found::Refused(message) => choices.no_places = Some(message),
            Found::NotSearched => {}
        }
        Ok(choices)
    }

    /// The course that is chosen.
    pub(crate) fn course(&self, form: &Values) -> Option<&Course> {
        self.courses.iter().find(|course| course.id == form.one("course_id"))
    }
}

enum Found {
    Places(Vec<Place>, i32),
    Refused(String),
    NotSearched,
}

/// Whether the form is a Quick Entry.
pub(crate) fn is_quick_entry(user: &SignedIn) -> bool {
    user.session.role() == Role::ReceivingCoordinator
}

async fn schools(user: &SignedIn) -> Result<Vec<Agency>, Status> {
    if !is_quick_entry(user) {
        return Ok(Vec::new());
    }
    let message = ListAgenciesRequest { kind: AgencyKind::Placing.into(), page_size: ALL, ..Default::default() };
    let all = user.api.agencies().list_agencies(message).await?.into_inner().agencies;
    Ok(all.into_iter().filter(|agency| !agency.user).collect())
}

async fn programs(user: &SignedIn, form: &Values) -> Result<Vec<Program>, Status> {
    let own = user.session.me.person.as_ref().map(|person| person.agency_id.clone()).unwrap_or_default();
    let agency_id = if is_quick_entry(user) { form.one("placing_agency_id").to_owned() } else { own };
    if agency_id.is_empty() {
        return Ok(Vec::new());
    }
    let message = ListProgramsRequest { agency_id, page_size: ALL, ..Default::default() };
    Ok(user.api.programs().list_programs(message).await?.into_inner().programs)
}

async fn courses(user: &SignedIn, form: &Values) -> Result<Vec<Course>, Status> {
    if form.one("program_id").is_empty() {
        return Ok(Vec::new());
    }
    let message =
        ListCoursesRequest { program_id: form.one("program_id").to_owned(), page_size: ALL, ..Default::default() };
    Ok(user.api.courses().list_courses(message).await?.into_inner().courses)
}

/// The types that may be used on the first day (domain §7.2).
async fn types(user: &SignedIn, form: &Values) -> Result<Vec<PlacementType>, Status> {
    let message = ListPlacementTypesRequest { page_size: ALL, ..Default::default() };
    let all = user.api.placement_types().list_placement_types(message).await?.into_inner().placement_types;
    let day = if form.one("start_date").is_empty() {
        user.env.today().to_string()
    } else {
        form.one("start_date").to_owned()
    };
    // What is chosen stays in sight, though a day may be half typed; whether it holds is for the service to say.
    let is_chosen = |t: &PlacementType| t.code == form.one("placement_type_code");
    let holds = |t: &PlacementType| is_chosen(t) || t.valid_from <= day && (t.valid_to.is_empty() || t.valid_to >= day);
    Ok(all.into_iter().filter(holds).collect())
}

async fn places(user: &SignedIn, form: &Values) -> Result<Found, Status> {
    if form.one("start_date").is_empty() || form.one("end_date").is_empty() {
        return Ok(Found::NotSearched);
    }
    let [site, service, _] = chosen(form);
    let mut message = FindPlacesRequest {
        start_date: form.one("start_date").to_owned(),
        end_date: form.one("end_date").to_owned(),
        student_count: form.one("student_count").trim().parse().unwrap_or(0),
        query: form.one("query").trim().to_owned(),
        page_size: PLACES,
        ..Default::default()
    };
    let mut client = user.api.requests();
    let found = match client.find_places(message.clone()).await {
        Ok(found) => found.into_inner(),
        Err(status) if status.code() == tonic::Code::InvalidArgument => {
            return Ok(Found::Refused(user_message::explain(user.text(), &status)));
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
