use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use tables::Csv;

/// A CSV file that browsers save under a name; its end, `.csv`, is added here.
pub(crate) fn csv_file(name: &str, content: impl Into<Body>) -> Response {
    // Names that are not ASCII are said twice (RFC 6266); what the plain form cannot hold is a low line there.
    let plain: String = name.chars().map(|c| if c.is_ascii() && !"\"\\".contains(c) { c } else { '_' }).collect();
    let escaped: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let escaped = escaped.replace('+', "%20");
    let disposition = format!("attachment; filename=\"{plain}.csv\"; filename*=UTF-8''{escaped}.csv");
    let disposition = HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static(Csv::CONTENT_TYPE);
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], content.into()).into_response()
}
