//! The all-in-one and the administrator's command line.
