//! One accepted request is one trace, from the front end's call to the mail server, in both shapes.

use std::collections::{BTreeSet, HashMap};

use reqwest::Method;
use serde_json::json;
use testkit::{
    otlp::Span,
    platform::{Platform, Shape},
};

use crate::{
    shared::{self, fresh_id},
    world::{World, id},
};

#[test]
fn an_accepted_request_is_one_trace_in_one_process() {
    shared::run(async {
        let services = accept(shared::platform(Shape::OneProcess).await).await;
        assert_eq!(services.len(), 1, "{services:?}");
    });
}

#[test]
fn an_accepted_request_is_one_trace_across_processes() {
    shared::run(async {
        let services = accept(shared::platform(Shape::Split).await).await;
        for process in ["gateway", "placement", "notification", "reporting"] {
            assert!(services.iter().any(|service| service.contains(process)), "{process} in {services:?}");
        }
    });
}

/// Accepts a request, as a front end that began the trace; answers which processes took part in it.
async fn accept(platform: &Platform) -> BTreeSet<String> {
    let world = World::build(platform).await;
    let request = world.redirected().await;
    let trace_id = fresh_id().replace('-', "");
    let (front_end, path) = ("00f067aa0ba902b7", format!("/v1/requests/{}/answer-for-agency", id(&request)));
    let body = json!({ "answer": "ANSWER_ACCEPT", "requestId": fresh_id() });
    let call = world.receiving.rest.request(Method::POST, &path).json(&body);
    let call = call.header("traceparent", format!("00-{trace_id}-{front_end}-01"));
    assert_eq!(world.receiving.rest.send(call).await.ok()["request"]["state"], "STATE_ACCEPTED");

    let chain = [
        (2, "HTTP POST"),
        (2, "tandem.placement.v1.PlacementRequestService/AnswerForAgency"),
        (4, "request_accepted"),
        (5, "process notification.placement.v1.request_accepted"),
        (3, "smtp send"),
    ];
    let find = |spans: &[Span], (kind, name): (i32, &str)| {
        spans.iter().find(|span| span.kind == kind && span.name.contains(name)).cloned()
    };
    let complete = |spans: &[Span]| {
        let reported = spans.iter().any(|span| span.name == "process reporting.placement.v1.request_accepted");
        spans[0].trace_id == trace_id && reported && chain.iter().all(|link| find(spans, *link).is_some())
    };
    let spans = platform.traces.wait_for_trace(complete).await;

    let parents: HashMap<&str, &str> =
        spans.iter().map(|span| (span.span_id.as_str(), span.parent_span_id.as_str())).collect();
    let is_below = |span: &Span, above: &str| {
        let mut at = Some(span.parent_span_id.as_str());
        while let Some(parent) = at {
            if parent == above {
                return true;
            }
            at = parents.get(parent).copied();
        }
        false
    };
    let mut above = front_end.to_owned();
    for link in chain {
        let span = find(&spans, link).unwrap();
        assert!(is_below(&span, &above), "{link:?} is not below the link before it:\n{spans:#?}");
        above = span.span_id;
    }
    let mail = find(&spans, (3, "smtp send")).unwrap();
    assert!(!format!("{:?}", mail.attributes).contains('@'), "no address in {mail:?}");
    spans.into_iter().map(|span| span.service).collect()
}
