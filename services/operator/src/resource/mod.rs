//! The resource `Province`: what a person writes (`spec`) and what the operator answers (`status`).

pub mod conditions;
mod definition;
mod spec;
mod status;

pub use definition::definition;
pub use spec::{
    BrokerSpec, CaSecret, ComponentSpec, CredentialsSecret, Language, MaintenanceSpec, PeakSpec, Province,
    ProvinceSpec, ScaleDownSpec,
};
pub use status::{ComponentStatus, DecisionRecord, ProvinceStatus, State};
