//! The operator: pure parts by facts, the rest against a real API server (`cluster`), which `journeys`, `seasons`, `backlog` and
//! `endurance` tell.
//!
//! A cluster is whatever `TANDEM_TEST_KUBECONFIG` names (its administrator's), or the control plane that the folder
//! `../shared/k8s-testbed` beside the repository (or `TANDEM_TEST_TESTBED`) starts. Where neither is there, each journey says so and passes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod backlog;
mod calendar;
mod chart;
mod cluster;
mod declarations;
mod endurance;
mod environment;
mod journeys;
mod plans;
mod samples;
mod seasons;
mod texts;
mod validation;
