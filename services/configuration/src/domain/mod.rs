//! The directory's types and rules. Pure.

pub mod address;
pub mod agency;
pub mod bilingual;
pub mod closure;
pub mod code;
pub mod course;
pub mod destination;
pub mod facility;
pub mod fold;
pub mod listing;
pub mod person;
pub mod placement_type;
pub mod program;
pub mod province;
pub mod reason;
pub mod service;
pub mod site;
pub mod stored;
pub mod term;
pub mod tidy;

pub use address::{Coordinates, PostalCode};
pub use agency::{Agency, AgencyKind};
pub use bilingual::Bilingual;
pub use closure::{Closure, ClosureReason, ClosureSeverity, Place};
pub use code::Code;
pub use course::Course;
pub use destination::{Destination, Shift};
pub use listing::{Listing, Position, Sorted};
pub use person::Person;
pub use placement_type::PlacementType;
pub use program::Program;
pub use reason::{Reason, ReasonUse};
pub use service::Service;
pub use site::Site;
pub use stored::Stored;
pub use term::Term;
