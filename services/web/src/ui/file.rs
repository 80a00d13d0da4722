use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use tables::Csv;

/// A CSV file that browsers save under `name`.
pub(crate) fn csv_file(name: &str, content: Vec<u8>) -> Response {
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}.csv\""))
        .unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static(Csv::CONTENT_TYPE);
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], content).into_response()
}
