//! One accepted request is one trace, from the call to the mail server, in both shapes; and a page's trace tells where its time
//! went. Whoever calls finds theirs by its link to their own.

use std::collections::{BTreeSet, HashMap};

use platform::{Platform, Shape};
use reqwest::Method;
use serde_json::json;
use testkit::otlp::Span;

use crate::{
    pages::Visitor,
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

#[test]
fn a_page_tells_its_own_time_and_that_of_the_calls_below_it() {
    shared::run(async {
        let platform = shared::pages().await;
        let world = World::build(platform).await;
        let visitor = Visitor::signed_in(platform, &world.receiving).await;
        let trace_id = fresh_id().replace('-', "");
        let request = visitor.request(Method::GET, "/requests");
        let page = request.header("traceparent", format!("00-{trace_id}-00f067aa0ba902b7-01"));
        assert_eq!(visitor.send(page).await.status, 200);

        let is_page = |span: &Span| span.name == "GET /requests";
        let serves = |span: &Span, method: &str| span.kind == 2 && span.name.ends_with(method);
        let complete = |spans: &[Span]| {
            is_linked(spans, &trace_id)
                && spans.iter().any(is_page)
                && ["/ListInbox", "/ListTerms"].iter().all(|method| spans.iter().any(|span| serves(span, method)))
        };
        let spans = platform.traces.wait_for_trace(complete).await;
        let page = spans.iter().find(|span| is_page(span)).unwrap();
        let made = spans.iter().filter(|span| span.kind == 3 && span.parent_span_id == page.span_id);
        let mut calls: Vec<_> = made.collect();
        calls.sort_by_key(|call| call.attributes["rpc.method"].clone());
        let methods: Vec<_> = calls.iter().map(|call| call.attributes["rpc.method"].as_str()).collect();
        assert_eq!(methods, ["ListInbox", "ListTerms"], "{spans:#?}");
        for call in &calls {
            assert_eq!(call.attributes["rpc.grpc.status_code"], "0");
            let served = spans.iter().any(|span| serves(span, &call.name) && is_below(&spans, span, &call.span_id));
            assert!(served, "{} is not served below its call:\n{spans:#?}", call.name);
        }

        let told = |name: &str| page.attributes[name].parse::<f64>().unwrap();
        let (own, gateway) = (told("tandem.page.own_ms"), told("tandem.page.gateway_ms"));
        let whole = page.took.as_secs_f64() * 1e3;
        assert!((own + gateway - whole).abs() < whole / 10.0, "{own} and {gateway} of {whole} ms");
        // Both calls are made at the same time, so that none lasts longer than all of them.
        let longest = calls.iter().map(|call| call.took.as_secs_f64() * 1e3).fold(0.0, f64::max);
        let sum: f64 = calls.iter().map(|call| call.took.as_secs_f64() * 1e3).sum();
        assert!(own > 0.0 && gateway > longest * 0.9 && gateway < sum, "{gateway} of {calls:#?}");
    });
}

/// Whether the spans of a trace are linked to another one.
fn is_linked(spans: &[Span], trace_id: &str) -> bool {
    spans[0].trace_id != trace_id && spans.iter().any(|span| span.links.iter().any(|link| link == trace_id))
}

/// Accepts a request, in a trace of the caller's own; answers which processes took part in ours.
async fn accept(platform: &Platform) -> BTreeSet<String> {
    let world = World::build(platform).await;
    let request = world.redirected().await;
    let trace_id = fresh_id().replace('-', "");
    let path = format!("/v1/requests/{}/answer-for-agency", id(&request));
    let body = json!({ "answer": "ANSWER_ACCEPT", "requestId": fresh_id() });
    let call = world.receiving.rest.request(Method::POST, &path).json(&body);
    let call = call.header("traceparent", format!("00-{trace_id}-00f067aa0ba902b7-01"));
    assert_eq!(world.receiving.rest.send(call).await.ok()["request"]["state"], "STATE_ACCEPTED");

    let chain = [
        (2, "HTTP POST"),
        (2, "tandem.placement.v1.PlacementRequestService/AnswerForAgency"),
        (4, "request_accepted"),
        (5, "process notification.events"),
        (3, "smtp send"),
    ];
    let find = |spans: &[Span], (kind, name): (i32, &str)| {
        spans.iter().find(|span| span.kind == kind && span.name.contains(name)).cloned()
    };
    let complete = |spans: &[Span]| {
        let reported = spans.iter().any(|span| span.name == "process reporting.events");
        is_linked(spans, &trace_id) && reported && chain.iter().all(|link| find(spans, *link).is_some())
    };
    let spans = platform.traces.wait_for_trace(complete).await;

    let first = find(&spans, chain[0]).unwrap();
    assert_eq!(first.parent_span_id, "", "a trace begins at the gateway");
    let mut above = first.span_id;
    for link in chain.into_iter().skip(1) {
        let span = find(&spans, link).unwrap();
        assert!(is_below(&spans, &span, &above), "{link:?} is not below the link before it:\n{spans:#?}");
        above = span.span_id;
    }
    let mail = find(&spans, (3, "smtp send")).unwrap();
    assert!(!format!("{:?}", mail.attributes).contains('@'), "no address in {mail:?}");
    spans.into_iter().map(|span| span.service).collect()
}

/// Whether a span is below another one of its trace, however far.
fn is_below(spans: &[Span], span: &Span, above: &str) -> bool {
    let parents: HashMap<&str, &str> =
        spans.iter().map(|span| (span.span_id.as_str(), span.parent_span_id.as_str())).collect();
    let mut at = Some(span.parent_span_id.as_str());
    while let Some(parent) = at {
        if parent == above {
            return true;
        }
        at = parents.get(parent).copied();
    }
    false
}
