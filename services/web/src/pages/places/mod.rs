//! Sites, services and destinations: browsed, found, described, kept (domain §5).

pub(crate) mod csv_file;
pub(crate) mod read;
