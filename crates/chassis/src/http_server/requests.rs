//! What holds for every request over HTTP, whoever answers it.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{
    HeaderMap, HeaderValue, StatusCode, Version,
    header::{CONNECTION, HOST, STRICT_TRANSPORT_SECURITY},
    uri::Authority,
};

use crate::Lifecycle;

/// Refuses a request that does not say which host it is for, or says it twice (RFC 9112 §3.2): what stands before us might have read
/// another one than we do.
pub(super) async fn ask_for_host(request: Request, next: Next) -> Response {
    if is_for_one_host(&request) { next.run(request).await } else { StatusCode::BAD_REQUEST.into_response() }
}

fn is_for_one_host<B>(request: &http::Request<B>) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    let (host, another) = (hosts.next(), hosts.next());
    if another.is_some() {
        return false;
    }
    let is_plain =
        |host: &HeaderValue| host.to_str().is_ok_and(|host| !host.contains('@') && host.parse::<Authority>().is_ok());
    match (host, request.uri().authority()) {
        (Some(host), None) => is_plain(host),
        (Some(host), Some(authority)) => authority.as_str().as_bytes().eq_ignore_ascii_case(host.as_bytes()),
        // HTTP/2 has it in the target; HTTP/1.0 need not have it.
        (None, authority) => {
            authority.is_some() && request.version() >= Version::HTTP_2 || request.version() < Version::HTTP_11
        }
    }
}

/// Has browsers come by TLS alone from now on, where they have come by it. Over plain HTTP nobody may say so (RFC 6797 §7.2).
pub(super) async fn insist_on_tls(State(seconds): State<u64>, request: Request, next: Next) -> Response {
    let insists = seconds > 0 && came_by_tls(request.headers());
    let mut response = next.run(request).await;
    if insists && let Ok(value) = HeaderValue::try_from(format!("max-age={seconds}")) {
        response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, value);
    }
    response
}

/// Whether what stands before us says that it was called by TLS. Who says so untruly only tells themselves.
fn came_by_tls(headers: &HeaderMap) -> bool {
    headers.get_all("x-forwarded-proto").iter().any(|proto| proto.as_bytes().eq_ignore_ascii_case(b"https"))
}

/// Lets a caller who keeps a connection open know, by the last answer, that it ends: whoever learnt it by the end itself might
/// just have sent a call into it. HTTP/2 has a message of its own for this.
pub(super) async fn say_goodbye(State(lifecycle): State<Lifecycle>, request: Request, next: Next) -> Response {
    let keeps_open = request.version() < Version::HTTP_2;
    let mut response = next.run(request).await;
    if keeps_open && lifecycle.is_stopping() {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_taken(version: Version, target: &str, hosts: &[&str]) -> bool {
        let request =
            hosts.iter().fold(http::Request::get(target).version(version), |request, host| request.header(HOST, *host));
        is_for_one_host(&request.body(()).unwrap())
    }

    #[test]
    fn a_request_is_for_one_host() {
        assert!(is_taken(Version::HTTP_11, "/", &["tandem.example"]));
        assert!(is_taken(Version::HTTP_11, "/", &["[2001:db8::1]:8080"]));
        assert!(is_taken(Version::HTTP_11, "http://tandem.example/", &["Tandem.example"]));
        assert!(is_taken(Version::HTTP_2, "http://tandem.example/", &[]));
        assert!(is_taken(Version::HTTP_10, "/", &[]));
        for (version, target, hosts) in [
            (Version::HTTP_11, "/", [].as_slice()),
            (Version::HTTP_11, "/", &["tandem.example", "tandem.example"]),
            (Version::HTTP_10, "/", &["tandem.example", "other.example"]),
            (Version::HTTP_11, "/", &["somebody@tandem.example"]),
            (Version::HTTP_11, "/", &["a b"]),
            (Version::HTTP_11, "/", &[""]),
            (Version::HTTP_2, "/", &[]),
            (Version::HTTP_2, "http://tandem.example/", &["other.example"]),
        ] {
            assert!(!is_taken(version, target, hosts), "{version:?} {target} {hosts:?}");
        }
    }

    #[test]
    fn tls_is_insisted_on_where_it_was_used() {
        let said = |proto: &'static str| {
            HeaderMap::from_iter([("x-forwarded-proto".parse().unwrap(), HeaderValue::from_static(proto))])
        };
        assert!(came_by_tls(&said("https")) && came_by_tls(&said("HTTPS")));
        assert!(!came_by_tls(&said("http")) && !came_by_tls(&HeaderMap::new()));
    }
}
