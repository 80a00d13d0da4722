//! Destinations (domain §5.4): kept by the site's local administrators; their coordinators keep the profile (domain §4.4).

use chassis::{Principal, db::Tx};
use kernel::Invalid;

use crate::{
    organisations::{app::people::check_named, domain::destination::Destination, store},
    profiles::{self, FieldChange, Profile},
    resources::{self, Context, Refusal, Resource, becomes_active},
};

impl Resource for Destination {
    fn profile(&self) -> Option<Profile> {
        Some(Profile::Destination(self.id))
    }

    fn differences(&self, after: &Self) -> Vec<FieldChange> {
        profiles::of_destination(self, after)
    }

    async fn permit(tx: &mut Tx, who: &Principal, before: Option<&Self>, after: &Self) -> Result<(), Refusal> {
        let Some((agency, _)) = store::holds::site(tx, after.site_id).await? else { return Ok(()) };
        match before {
            Some(before) if resources::access::answers_for(who, agency, before) => {
                if before.differs_in_profile_alone(after) { Ok(()) } else { Err(Refusal::ProfileOnly) }
            }
            _ => resources::access::keeper_of_site(who, agency, after.site_id),
        }
    }

    async fn check(tx: &mut Tx, cx: &Context, before: Option<&Self>, after: &Self) -> Result<(), Refusal> {
        let Some((agency, site_is_open)) = store::holds::site(tx, after.site_id).await? else {
            return Err(Refusal::field("destination.site_id", "UNKNOWN_SITE"));
        };
        let opens = becomes_active(before.map(|d| d.active), after.active);
        if opens && !site_is_open {
            return Err(Refusal::SiteClosed);
        }
        if opens || before.is_none_or(|d| d.service_ids != after.service_ids) {
            check_services(tx, after).await?;
        }
        match after.agent_id {
            Some(agent) if before.and_then(|d| d.agent_id) != Some(agent) => {
                check_named(tx, cx, "destination.agent_id", agent, agency).await
            }
            _ => Ok(()),
        }
    }
}

/// Services of the same site; an active destination uses only active ones.
async fn check_services(tx: &mut Tx, destination: &Destination) -> Result<(), Refusal> {
    let found = store::holds::services(tx, &destination.service_ids).await?;
    let fault = |id| match found.iter().find(|(found, ..)| *found == id) {
        None => Some("UNKNOWN_SERVICE"),
        Some((_, site, _)) if *site != destination.site_id => Some("SERVICE_OF_OTHER_SITE"),
        Some((.., false)) if destination.active => Some("SERVICE_REMOVED"),
        Some(_) => None,
    };
    let faults: Vec<_> = destination
        .service_ids
        .iter()
        .enumerate()
        .filter_map(|(i, id)| Some((format!("destination.service_ids[{i}]"), fault(*id)?)))
        .map(|(field, reason)| kernel::FieldViolation::new(field, reason))
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Invalid(faults).into()) }
}
