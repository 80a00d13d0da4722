pub(super) mod agency;
pub(super) mod closure;
pub(super) mod destination;
pub(super) mod names;
pub(super) mod person;
pub(super) mod program;
pub(super) mod reason;
pub(super) mod service;
pub(super) mod site;

use chassis::{StoreError as Error, Tx};
