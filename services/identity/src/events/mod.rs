//! What configuration tells of places, for the copy by which scopes are checked.

mod agency_changed;
mod destination_changed;
mod program_changed;
mod service_changed;
mod site_changed;

pub use agency_changed::OnAgencyChanged;
pub use destination_changed::OnDestinationChanged;
pub use program_changed::OnProgramChanged;
pub use service_changed::OnServiceChanged;
pub use site_changed::OnSiteChanged;
