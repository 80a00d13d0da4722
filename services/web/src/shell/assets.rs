//! What pages are made of besides text, embedded in the binary. Addresses hold a digest of the content, so browsers keep
//! it for good and still see every change.

use std::sync::LazyLock;

use axum::{
    Router,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use sha2::{Digest as _, Sha256};

use super::state::AppState;

struct Asset {
    name: &'static str,
    kind: &'static str,
    content: &'static str,
}

const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

static ASSETS: [Asset; 4] = [
    Asset { name: "tandem.css", kind: STYLE, content: include_str!("../../assets/tandem.css") },
    Asset { name: "tandem.js", kind: SCRIPT, content: include_str!("../../assets/tandem.js") },
    Asset { name: "htmx.js", kind: SCRIPT, content: include_str!(concat!(env!("OUT_DIR"), "/htmx.js")) },
    Asset { name: "icon.svg", kind: "image/svg+xml", content: include_str!("../../assets/icon.svg") },
];

/// Digests of the contents, in their order.
static DIGESTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let short = |asset: &Asset| Sha256::digest(asset.content).iter().take(6).map(|b| format!("{b:02x}")).collect();
    ASSETS.iter().map(short).collect()
});

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/assets/{name}", get(show))
}

/// Where the asset of a name is. Templates name them by constants.
pub(crate) fn asset(name: &str) -> String {
    let at = ASSETS.iter().position(|asset| asset.name == name).expect("templates name assets that are embedded");
    format!("/assets/{}.{name}", DIGESTS[at])
}

async fn show(Path(name): Path<String>) -> Response {
    let found = name.split_once('.').and_then(|(digest, name)| {
        let at = ASSETS.iter().position(|asset| asset.name == name)?;
        (DIGESTS[at] == digest).then_some(&ASSETS[at])
    });
    let Some(asset) = found else { return StatusCode::NOT_FOUND.into_response() };
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind)), (header::CACHE_CONTROL, forever)];
    (headers, asset.content).into_response()
}
