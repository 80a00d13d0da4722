//! Native gRPC: code, reason, field and text travel as `google.rpc` details.

use platform::Shape;
use proto::identity::v1::{GetJwksRequest, SignInRequest, session_service_client::SessionServiceClient};
use proto::placement::v1::{
    CreateRequestRequest, GetRequestRequest, ListOutboxRequest, SendRequestRequest,
    placement_request_service_client::PlacementRequestServiceClient,
};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::{
    shared::{self, fresh_id},
    wire::Grpc,
    world::{World, id},
};

const SERVICE: &str = "/tandem.placement.v1.PlacementRequestService";

fn check(what: &str, status: &Status, code: Code, reason: &str, fields: &[(&str, &str)], language: &str) {
    assert_eq!(status.code(), code, "{what}: {status:?}");
    let details = status.get_error_details();
    assert_eq!(details.error_info().map(|info| info.reason.as_str()), Some(reason), "{what}: {status:?}");
    let message = details.localized_message().unwrap_or_else(|| panic!("{what} has no text: {status:?}"));
    assert!(message.locale == language && !message.message.is_empty(), "{what}: {message:?}");
    let violations = details.bad_request().map(|bad| bad.field_violations.clone()).unwrap_or_default();
    let found: Vec<_> = violations.iter().map(|fault| (fault.field.as_str(), fault.reason.as_str())).collect();
    assert_eq!(found, fields, "{what}");
}

#[test]
fn errors_carry_reason_field_and_text() {
    shared::run(async {
        let platform = shared::platform(Shape::OneProcess).await;
        let world = World::build(platform).await;
        let draft = world.draft().await;
        for language in ["fr", "en"] {
            let grpc = Grpc::connect(platform, &world.placing.rest, language).await;
            let mut client = PlacementRequestServiceClient::new(grpc.caller());
            let get = |id: String| GetRequestRequest { id };
            let status = client.get_request(get(fresh_id())).await.unwrap_err();
            check("unknown id", &status, Code::NotFound, "NOT_FOUND", &[], language);
            let status = client.get_request(get("one".into())).await.unwrap_err();
            check(
                "malformed id",
                &status,
                Code::InvalidArgument,
                "INVALID_FIELDS",
                &[("id", "MALFORMED_ID")],
                language,
            );
            let send = SendRequestRequest { id: id(&draft), etag: "999".into(), request_id: String::new() };
            let status = client.send_request(send.clone()).await.unwrap_err();
            check("stale version", &status, Code::Aborted, "STALE_ETAG", &[], language);
            let send = SendRequestRequest { etag: String::new(), request_id: "1".into(), ..send };
            let status = client.send_request(send).await.unwrap_err();
            let fields = [("request_id", "MALFORMED_ID")];
            check("malformed request_id", &status, Code::InvalidArgument, "INVALID_FIELDS", &fields, language);
            let status = client.create_request(CreateRequestRequest::default()).await.unwrap_err();
            check("no request", &status, Code::InvalidArgument, "INVALID_FIELDS", &[("request", "REQUIRED")], language);
            let list = ListOutboxRequest { page_token: "next".into(), ..ListOutboxRequest::default() };
            let status = client.list_outbox(list).await.unwrap_err();
            let fields = [("page_token", "MALFORMED_PAGE_TOKEN")];
            check("foreign page token", &status, Code::InvalidArgument, "INVALID_FIELDS", &fields, language);
        }
    });
}

#[test]
fn bytes_that_are_no_message_are_the_callers_fault() {
    shared::run(async {
        for shape in [Shape::OneProcess, Shape::Split] {
            let platform = shared::platform(shape).await;
            let world = World::build(platform).await;
            let grpc = Grpc::connect(platform, &world.placing.rest, "fr").await;
            let (get, list) = (format!("{SERVICE}/GetRequest"), format!("{SERVICE}/ListOutbox"));
            let cases = [
                ("not text", vec![0x0a, 0x02, 0xff, 0xfe]),
                ("truncated", vec![0x0a, 0x7f, b'x']),
                ("no tag", vec![0xff; 12]),
                ("too large", vec![0; (1 << 20) + 1]),
            ];
            for (what, bytes) in cases {
                let status = grpc.call(&get, bytes).await.unwrap_err();
                check(what, &status, Code::InvalidArgument, "MALFORMED_REQUEST", &[], "fr");
            }
            let nothing = grpc.call(&format!("{SERVICE}/Nothing"), Vec::new()).await.unwrap_err();
            assert!(matches!(nothing.code(), Code::Unimplemented | Code::NotFound), "{nothing:?}");
            assert!(grpc.call(&list, Vec::new()).await.is_ok(), "the connection has taken no harm");
        }
    });
}

#[test]
fn a_forged_token_is_refused_before_it_costs_anything() {
    shared::run(async {
        let platform = shared::platform(Shape::Split).await;
        let channel = platform.grpc().await;
        for token in ["", "x", "e30.e30.e30"] {
            let status = Grpc::with_token(&channel, token).call(&format!("{SERVICE}/ListOutbox"), Vec::new()).await;
            check("a forged token", &status.unwrap_err(), Code::Unauthenticated, "UNAUTHENTICATED", &[], "en");
        }
    });
}

#[test]
fn secrets_are_limited_over_native_grpc_too() {
    shared::run(async {
        let platform = shared::platform(Shape::OneProcess).await;
        let channel = platform.grpc().await;
        let guess = SignInRequest { login: format!("nobody.{}", fresh_id()), password: "wrong".into() };
        let mut client = SessionServiceClient::new(Grpc::with_token(&channel, "").caller());
        let mut refused = None;
        for _ in 0..80 {
            let status = client.sign_in(guess.clone()).await.unwrap_err();
            // Delays of the login or the network come first, and are identity's.
            if status.get_details_error_info().is_some_and(|info| info.reason == "RATE_LIMITED") {
                refused = Some(status);
                break;
            }
        }
        let refused = refused.expect("a limit is met");
        check("too many", &refused, Code::ResourceExhausted, "RATE_LIMITED", &[], "en");
        let mut forged = tonic::Request::new(guess);
        forged.metadata_mut().insert(chassis::FRONT_END, "e30.e30.e30".parse().unwrap());
        assert_eq!(client.sign_in(forged).await.unwrap_err().code(), Code::ResourceExhausted, "no front end of ours");
        assert!(client.get_jwks(GetJwksRequest {}).await.is_ok(), "other calls go on");
    });
}
