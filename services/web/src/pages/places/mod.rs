//! Sites, services and destinations: browsed, found, described, kept (domain §5).

mod closed_place;
mod closure_form;
mod closure_requests;
mod closures;
mod contact;
mod destination;
mod destination_form;
mod find;
mod history;
mod list;
mod list_file;
mod menu;
mod people;
mod rights;
mod service;
mod service_form;
mod site;
mod units;
mod words;

use axum::{Router, routing::get};

use crate::shell::{AppState, PageSet};

pub(crate) const PAGES: PageSet = PageSet { routes, entry: Some(menu::ENTRY) };

fn routes() -> Router<AppState> {
    Router::new()
        .route("/places", get(list::show))
        .route("/places.csv", get(list_file::export))
        .route("/places/find", get(find::show))
        .route("/places/sites/{id}", get(site::show))
        .route("/places/sites/{id}/services/new", get(service_form::begin).post(service_form::create))
        .route("/places/sites/{id}/destinations/new", get(destination_form::begin).post(destination_form::create))
        .route("/places/services/{id}", get(service::show))
        .route("/places/services/{id}/edit", get(service_form::edit).post(service_form::save))
        .route("/places/destinations/{id}", get(destination::show))
        .route("/places/destinations/{id}/edit", get(destination_form::edit).post(destination_form::save))
        .route("/places/closures/new", get(closure_form::begin).post(closure_form::create))
        .route("/places/closures/{id}", get(closure_form::edit).post(closure_form::save))
}
