//! Lists, people and places through REST.

use platform::Rest;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Expected, check, invalid, world};
use crate::{
    shared::{self, fresh_id},
    world::text,
};

#[test]
fn lists_refuse_what_they_cannot_read() {
    shared::run(async {
        let (_, world) = world().await;
        for _ in 0..3 {
            world.draft().await;
        }
        let page = world.placing.rest.get("/v1/outbox?pageSize=1").await.ok();
        let token = text(&page["nextPageToken"]);
        let altered = format!("{}A", &token[..token.len() - 2]);
        let of = |field: &'static str, fault: &'static str| vec![(field, fault)];
        let cases = [
            ("foreign token", "pageToken=next".to_owned(), of("page_token", "MALFORMED_PAGE_TOKEN")),
            ("altered token", format!("pageToken={altered}"), of("page_token", "MALFORMED_PAGE_TOKEN")),
            (
                "token of another order",
                format!("pageToken={token}&orderBy=reference"),
                of("page_token", "MALFORMED_PAGE_TOKEN"),
            ),
            ("negative size", "pageSize=-1".to_owned(), of("page_size", "OUT_OF_RANGE")),
            ("unknown order", "orderBy=size".to_owned(), of("order_by", "UNKNOWN_ORDER")),
            ("malformed filter", "siteId=here".to_owned(), of("site_id", "MALFORMED_ID")),
            ("dates reversed", "fromDate=2027-02-01&toDate=2027-01-01".to_owned(), of("to_date", "DATE_REVERSED")),
        ];
        for (what, query, fields) in cases {
            let path = format!("/v1/outbox?{query}");
            check(what, &world.placing.rest, Method::GET, &path, None, invalid(&fields)).await;
        }
    });
}

/// What is tried, by whom, how, with which body, and what must come of it.
type Case<'a> = (&'a str, &'a Rest, (Method, String), Value, Expected<'a>);

#[test]
fn people_and_places_are_refused_field_by_field() {
    shared::run(async {
        let (_, world) = world().await;
        let person = |change: Value| {
            let mut person = json!({
                "agencyId": world.school, "firstName": "Ève", "lastName": "Tremblay", "email": "eve@example.org", "language": "fr",
            });
            person.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            json!({ "person": person })
        };
        let operator = &world.operator;
        let new = |path: &str| (Method::POST, path.to_owned());
        let agency = json!({ "agency": { "kind": "AGENCY_KIND_PLACING", "name": "x".repeat(1000), "user": true } });
        let one = format!("/v1/agencies/{}", world.school);
        let stale = json!({ "name": "Autre", "etag": "999" });
        let cases: [Case<'_>; 6] = [
            (
                "no address",
                operator,
                new("/v1/people"),
                person(json!({ "email": "eve" })),
                invalid(&[("person.email", "MALFORMED_EMAIL")]),
            ),
            (
                "other language",
                operator,
                new("/v1/people"),
                person(json!({ "language": "de" })),
                invalid(&[("person.language", "UNKNOWN_LANGUAGE")]),
            ),
            (
                "unknown agency",
                operator,
                new("/v1/people"),
                person(json!({ "agencyId": fresh_id() })),
                invalid(&[("person.agency_id", "UNKNOWN_PLACE")]),
            ),
            ("long name", operator, new("/v1/agencies"), agency, invalid(&[("agency.name", "TOO_LONG")])),
            ("stale version", operator, (Method::PATCH, one), stale, (409, "STALE_ETAG", &[])),
            (
                "unknown reason",
                &world.receiving.rest,
                (Method::GET, "/v1/reasons/Z9".into()),
                Value::Null,
                (404, "NOT_FOUND", &[]),
            ),
        ];
        for (what, who, (method, path), body, expected) in cases {
            check(what, who, method, &path, Some(body).filter(|b| !b.is_null()), expected).await;
        }
    });
}
