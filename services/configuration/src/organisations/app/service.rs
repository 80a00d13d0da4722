//! Services (domain §5.3): kept by the site's local administrators; one goes only when no active destination uses it.

use chassis::{Principal, db::Tx};

use crate::{
    organisations::{app::people::check_named, domain::service::Service, store},
    profiles::{self, FieldChange, Profile},
    resources::{self, Context, Refusal, Resource, becomes_active},
};

impl Resource for Service {
    fn profile(&self) -> Option<Profile> {
        Some(Profile::Service(self.id))
    }

    fn differences(&self, after: &Self) -> Vec<FieldChange> {
        profiles::of_service(self, after)
    }

    async fn permit(tx: &mut Tx, who: &Principal, _: Option<&Self>, after: &Self) -> Result<(), Refusal> {
        match store::holds::site(tx, after.site_id).await? {
            Some((agency, _)) => resources::access::keeper_of_site(who, agency, after.site_id),
            None => Ok(()),
        }
    }

    async fn check(tx: &mut Tx, cx: &Context, before: Option<&Self>, after: &Self) -> Result<(), Refusal> {
        let Some((agency, site_is_open)) = store::holds::site(tx, after.site_id).await? else {
            return Err(Refusal::field("service.site_id", "UNKNOWN_SITE"));
        };
        if becomes_active(before.map(|s| s.active), after.active) && !site_is_open {
            return Err(Refusal::SiteClosed);
        }
        if before.is_some_and(|s| s.active) && !after.active {
            // The row of the service is held, and a destination that takes it up holds it too: the count stays true.
            let destinations = store::holds::active_destinations_of(tx, after.id).await?;
            if destinations > 0 {
                return Err(Refusal::ServiceInUse { destinations });
            }
        }
        let coordinator = after.receiving_coordinator_id;
        if before.map(|s| s.receiving_coordinator_id) != Some(coordinator) {
            check_named(tx, cx, "service.receiving_coordinator_id", coordinator, agency).await?;
        }
        Ok(())
    }
}
