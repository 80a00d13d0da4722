//! Sites, services and destinations.

mod browse;
mod closures;
mod forms;
