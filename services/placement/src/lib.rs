//! The placement request: its states, its history, its occupancy. The reference service: who knows this one finds the same
//! thing in the same place of the next.
//!
//! **What it owns.** Placement requests from draft to confirmed (domain §7), everything that was done with each, and the
//! counts of domain §10. No students yet, hence no personal data beyond the ids, names and business cards of staff.
//!
//! **Where to begin.** Every action goes the way of `requests/app/change.rs`: load, guard, domain transition, store, publish;
//! `requests/app/lifecycle.rs` shows what is left for one to say. Each action is declared once, in `requests/domain/action.rs`:
//! what it is offered as, who may from where, where it leads, which reason it takes, what it leaves in the history and who
//! reads that; `transition_table` beside it writes the table out by hand and walks every state, action and role. The event of
//! each entry is a line of `requests/app/publish.rs`. Which state each side sees is `requests/domain/visibility.rs`.
//!
//! **Invariants.**
//! - A state holds what is true only in it (`requests/domain/state.rs`); the table's checks say the same to whoever writes past us.
//! - One transition is one version, one entry of the history, one event, in one transaction. Sending to a service that
//!   redirects by itself is two: sent, then redirected by the system.
//! - The stored state never goes to people: a school sees a request that its destination has answered as redirected, until
//!   the agency has ratified the answer. It has a version and a time of change of its own, which such an answer does not
//!   move, so that nothing tells the school of it. Events carry the stored state, for work between services, and what each side may
//!   see of the request after them, which is all that other services show to people.
//! - What a caller's grants do not cover does not exist for them (`NOT_FOUND`); what they only look at is `OUT_OF_SCOPE`.
//! - The list of allowed actions is made by asking the guard that the transitions ask.
//! - Writers do not wait for each other: whoever loses is told `STALE_ETAG` and reads again. Only of two who accept at one unit the
//!   second waits, since what is left depends on the first.
//!
//! **Choices where the domain is silent.**
//! - A destination is a user if its agent has an active account, takes alerts and holds a destination coordinator's grant that
//!   covers it, at the moment of the redirection. A unit that is changed under a waiting request gets it by the way that
//!   reaches it, so that no. 22 may turn `REDIRECTED` into `REDIRECTED_OFFLINE` and back.
//! - A destination coordinator may answer what went out by mail: a back-up with an account, or an agent who has one by now.
//! - A common release date holds a request back whoever receives it. Quick entries stand at their receiver's already and are
//!   never held; they alone may begin in the past.
//! - A service redirects by itself only to a named unit that is a user; otherwise the request waits for the coordinator.
//! - "Untouched" (no. 18) means that the receiving side has never acted on it; what came back to sent after that is cancelled,
//!   not deleted. A reactivated or resubmitted request wishes for the unit that it was at.
//! - A wish that ends before its unit was asked stays a wish: a yes of the agency takes it, a no or a cancellation does not, so
//!   that the unit's people read nothing of it.
//! - Capacity and group size inform, they do not block; neither does a closure that came after the request. Whoever accepts on the
//!   receiving side names what does not fit, else it is refused (`DOES_NOT_FIT`), and two who accept at one unit do so one after the
//!   other, so that both know. A school that notes what an agency answered is not asked. A closure blocks what is sent or redirected
//!   to the place for days that it touches, whatever its severity, and what is moved to it, postponed to such days or brought back for them; a change of dates
//!   may leave out days that it touches, and adds none. Requests that are there already stay, and so do those that the clock
//!   releases, which then wait for the coordinator.
//! - A step is due so many days after the one before it ([`Config`]), never later than the first day; who is late is shown, not
//!   stopped. A school's dates are made from what it sees: what a destination answers moves none of them.
//! - "Changed by others" (domain §7.9) are the requests on which somebody else, or the system, did something that a person
//!   may see since that person last opened them or acted on them. What a person has never opened is new, not changed: it is in
//!   the other counts.
//! - Lists show what begins in the period first, by its days, and what had begun before after it: what is to be decided comes
//!   before what is under way.
//! - Occupancy counts a request as accepted once the agency has said so, as pending from sent until then; at its unit, and without
//!   one at its service.
//!
//! - A closure touches the requests of its place that are active on one of its days, from held to confirmed; whatever a
//!   destination answered. Each school coordinator is told of a closure once, when it comes to touch requests of theirs, not
//!   again when its days move.
//!
//! **Events out**: one per transition, `placement.v1.request_*`, with the request after it; one per closure and school coordinator. **Events in**: the `*_changed` of
//! configuration and identity, kept in the directory's tables; filled at the first start from their export streams.

mod closures;
mod config;
mod grpc;
mod guests;
mod occupancy;
mod requests;
mod search;
mod topology;
mod watch;
mod worklist;

use std::time::Duration;

use chassis::{Component, Host, Messages};
use directory::{Directory, KeepDirectory as _, model::Aggregate};
use eventing::{Consumers, Topology};
use fluent_templates::static_loader;
use kernel::Env;
use proto::{
    configuration::v1::ClosureChanged,
    placement::v1::{
        internal_placement_service_server::InternalPlacementServiceServer,
        placement_request_service_server::PlacementRequestServiceServer,
    },
};
use sqlx::migrate::Migrator;

pub use config::Config;

use crate::{
    closures::KeepClosure,
    requests::{Context, RELEASE_HELD, release_held},
    watch::{WATCH_REQUESTS, Watch, watch_requests},
};

static MIGRATOR: Migrator = sqlx::migrate!();

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "fr",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// How soon a connection that hears of changes is sought again where it was lost.
const LISTEN_AGAIN: Duration = Duration::from_secs(2);

/// The service.
pub struct Placement;

impl chassis::Service for Placement {
    const NAME: &'static str = "placement";
    const DIRECTORY: bool = true;
    const TOPOLOGY: &'static Topology = &topology::TOPOLOGY;
    type Config = Config;

    fn migrator() -> Option<&'static Migrator> {
        Some(&MIGRATOR)
    }

    fn messages() -> &'static Messages {
        &LOCALES
    }

    async fn build(host: &Host, config: Config) -> anyhow::Result<Component> {
        let every = Duration::from_secs(config.release_held_every_s);
        let cx = Context::new(host.env.clone(), host.province.clone(), config.deadlines(), host.directory.clone());
        let watch = Watch::default();
        let releasing = (host.db.clone(), cx.clone());
        let listening = (host.clone(), watch.clone());
        Ok(Component::new()
            .grpc(PlacementRequestServiceServer::new(grpc::Requests::new(host.clone(), cx.clone(), watch)))
            .grpc(InternalPlacementServiceServer::new(guests::Internal::new(host.db.clone(), cx)))
            .consumers(consumers(&host.env, &host.directory))
            .copy_of("configuration")
            .copy_of("identity")
            .task(RELEASE_HELD, every, move || {
                let (db, cx) = releasing.clone();
                async move { release_held(&db, &cx, config.release_held_batch).await }
            })
            .task(WATCH_REQUESTS, LISTEN_AGAIN, move || {
                let (host, watch) = listening.clone();
                async move { watch_requests(&host, &watch).await }
            }))
    }
}

/// The handlers of its events, which also fill its copies from an export.
#[must_use]
pub fn consumers(env: &Env, directory: &Directory) -> Consumers {
    use Aggregate::{Agency, Course, Destination, Person, PlacementType, Program, Reason, Service, Site, Term};
    let kept = [Agency, Site, Service, Destination, Program, Course, Term, PlacementType, Reason, Person];
    Consumers::of("placement")
        .keep_directory(directory, &kept)
        .on::<ClosureChanged>(KeepClosure { directory: directory.clone(), env: env.clone() })
}
