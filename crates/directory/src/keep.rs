//! The one handler, for all kinds of entries.

use eventing::{Consumers, Handle, HandlerError, Received, Tx};
use proto::{
    configuration::v1::{
        AgencyChanged, ClosureChanged, CourseChanged, DestinationChanged, PlacementTypeChanged, ProgramChanged,
        ReasonChanged, ServiceChanged, SiteChanged, TermChanged,
    },
    identity::v1::PersonChanged,
};

use crate::{Directory, model::Aggregate, wire::EntryChanged};

/// Keeps entries as their events tell them, for services to which they mean no more than that.
#[derive(Clone)]
pub struct Keep(pub Directory);

impl<E: EntryChanged> Handle<E> for Keep {
    async fn handle(&self, tx: &mut Tx, received: Received<E>) -> Result<(), HandlerError> {
        self.0.keep(tx, &received).await?;
        Ok(())
    }
}

/// Opting in.
pub trait KeepDirectory {
    /// Follows the events of these kinds of entries, and has the snapshot follow what is committed. A service whose own handlers
    /// call [`Directory::keep`] leaves their kinds out, and calls this for the others, or for none.
    ///
    /// Whoever takes up a kind in a later version clears its owner's row in `copy_state` by a migration, so that the copy is
    /// filled anew.
    #[must_use]
    fn keep_directory(self, directory: &Directory, kinds: &[Aggregate]) -> Self;
}

impl KeepDirectory for Consumers {
    fn keep_directory(self, directory: &Directory, kinds: &[Aggregate]) -> Self {
        let following = self.after_commit(directory.clone());
        kinds.iter().fold(following, |consumers, kind| {
            let keep = Keep(directory.clone());
            match kind {
                Aggregate::Agency => consumers.on::<AgencyChanged>(keep),
                Aggregate::Site => consumers.on::<SiteChanged>(keep),
                Aggregate::Service => consumers.on::<ServiceChanged>(keep),
                Aggregate::Destination => consumers.on::<DestinationChanged>(keep),
                Aggregate::Closure => consumers.on::<ClosureChanged>(keep),
                Aggregate::Program => consumers.on::<ProgramChanged>(keep),
                Aggregate::Course => consumers.on::<CourseChanged>(keep),
                Aggregate::Term => consumers.on::<TermChanged>(keep),
                Aggregate::PlacementType => consumers.on::<PlacementTypeChanged>(keep),
                Aggregate::Reason => consumers.on::<ReasonChanged>(keep),
                Aggregate::Person => consumers.on::<PersonChanged>(keep),
            }
        })
    }
}
