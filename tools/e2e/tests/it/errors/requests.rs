//! Placement requests through REST.

use reqwest::Method;
use serde_json::json;

use super::{Expected, check, invalid, world};
use crate::{
    shared::{self, fresh_id},
    world::{first_day, id, text},
};

#[test]
fn a_new_request_is_refused_field_by_field() {
    shared::run(async {
        let (_, world) = world().await;
        let before = first_day().yesterday().unwrap().to_string();
        let far = first_day().saturating_add(jiff::Span::new().years(3)).to_string();
        let unknown = fresh_id();
        let cases = [
            (
                "unknown program",
                json!({ "programId": unknown }),
                vec![("program_id", "UNKNOWN_REFERENCE"), ("course_id", "MISMATCHED_REFERENCE")],
            ),
            (
                "unknown site",
                json!({ "siteId": unknown }),
                vec![
                    ("site_id", "UNKNOWN_REFERENCE"),
                    ("service_id", "MISMATCHED_REFERENCE"),
                    ("destination_id", "MISMATCHED_REFERENCE"),
                ],
            ),
            ("id that is none", json!({ "courseId": "180-1A" }), vec![("course_id", "MALFORMED_ID")]),
            ("missing id", json!({ "serviceId": "" }), vec![("service_id", "REQUIRED")]),
            ("dates reversed", json!({ "endDate": before }), vec![("end_date", "DATE_REVERSED")]),
            ("date that is none", json!({ "startDate": "2027-02-30" }), vec![("start_date", "MALFORMED_DATE")]),
            ("too long a stay", json!({ "endDate": far }), vec![("end_date", "PERIOD_TOO_LONG")]),
            (
                "start in the past",
                json!({ "startDate": "2020-01-06" , "endDate": "2020-01-10", "hoursPerStudent": 40 }),
                vec![("placement_type_code", "TYPE_NOT_VALID_ON_START"), ("start_date", "START_IN_PAST")],
            ),
            ("text too long", json!({ "comment": "é".repeat(4001) }), vec![("comment", "TOO_LONG")]),
            ("control character", json!({ "comment": "a\u{0}b" }), vec![("comment", "CONTROL_CHARACTER")]),
            ("no students", json!({ "studentCount": 0 }), vec![("student_count", "OUT_OF_RANGE")]),
            ("too many students", json!({ "studentCount": 100 }), vec![("student_count", "OUT_OF_RANGE")]),
            (
                "more hours than the days have",
                json!({ "endDate": first_day().to_string() }),
                vec![("hours_per_student", "HOURS_DO_NOT_FIT")],
            ),
            ("negative hours", json!({ "hoursPerStudent": -1 }), vec![("hours_per_student", "OUT_OF_RANGE")]),
            (
                "unknown type",
                json!({ "placementTypeCode": "APPRENTICESHIP" }),
                vec![("placement_type_code", "UNKNOWN_REFERENCE")],
            ),
            ("long shift code", json!({ "shiftCode": "D12345678" }), vec![("shift_code", "TOO_LONG")]),
        ];
        for (what, change, faults) in cases {
            let mut request = world.request();
            request.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            let paths: Vec<_> = faults.iter().map(|(field, fault)| (format!("request.{field}"), *fault)).collect();
            let fields: Vec<_> = paths.iter().map(|(path, fault)| (path.as_str(), *fault)).collect();
            let body = Some(json!({ "request": request }));
            let expected = invalid(&fields);
            check(what, &world.placing.rest, Method::POST, "/v1/requests", body, expected).await;
        }
        let several = json!({ "request": { "programId": "x", "studentCount": 0 } });
        let answer = world.placing.rest.post("/v1/requests", several).await;
        assert!(answer.fields().len() > 5, "all faults at once: {answer:?}");
    });
}

#[test]
fn a_request_is_refused_by_id_version_state_and_reason() {
    shared::run(async {
        let (_, world) = world().await;
        let (school, coordinator) = (&world.placing.rest, &world.receiving.rest);
        let draft = world.draft().await;
        let (draft_path, sent_path) =
            (format!("/v1/requests/{}", id(&draft)), format!("/v1/requests/{}", id(&world.sent().await)));
        let post = |path: &str, verb: &str| (Method::POST, format!("{path}/{verb}"));
        let unknown = format!("/v1/requests/{}", fresh_id());
        let old = text(&draft["etag"]);
        let newer = school
            .call(Method::PATCH, &format!("{draft_path}?updateMask=studentCount"), Some(json!({ "studentCount": 3 })))
            .await;
        assert_ne!(newer.ok()["request"]["etag"], old.as_str());

        let not_found: Expected<'_> = (404, "NOT_FOUND", &[]);
        let malformed_id = invalid(&[("id", "MALFORMED_ID")]);
        let stale: Expected<'_> = (409, "STALE_ETAG", &[]);
        let malformed_etag = invalid(&[("etag", "MALFORMED_ETAG")]);
        let wrong_state: Expected<'_> = (400, "INVALID_TRANSITION", &[]);
        let malformed_request_id = invalid(&[("request_id", "MALFORMED_ID")]);
        let no_reason = invalid(&[("reason_code", "REQUIRED")]);
        let unfit = invalid(&[("reason_code", "REASON_DOES_NOT_FIT")]);
        let unknown_reason = invalid(&[("reason_code", "UNKNOWN_REFERENCE")]);
        let no_answer = invalid(&[("answer", "REQUIRED")]);
        let decline = |reason: &str| json!({ "answer": "ANSWER_DECLINE", "reasonCode": reason });

        let get = |path: &str| (Method::GET, path.to_owned());
        let cases = [
            ("unknown id", school, get(&unknown), None, not_found),
            ("unknown id of a history", school, get(&format!("{unknown}/history")), None, not_found),
            ("another's draft", coordinator, get(&draft_path), None, not_found),
            ("malformed id", school, get("/v1/requests/one"), None, malformed_id),
            ("unknown id acted on", school, post(&unknown, "send"), Some(json!({})), not_found),
            ("stale version", school, post(&draft_path, "send"), Some(json!({ "etag": old })), stale),
            ("malformed version", school, post(&draft_path, "send"), Some(json!({ "etag": "new" })), malformed_etag),
            ("draft confirmed", school, post(&draft_path, "confirm"), Some(json!({})), wrong_state),
            ("sent twice", school, post(&sent_path, "send"), Some(json!({})), wrong_state),
            ("sent request reactivated", coordinator, post(&sent_path, "reactivate"), Some(json!({})), wrong_state),
            (
                "malformed request_id",
                school,
                post(&draft_path, "send"),
                Some(json!({ "requestId": "1" })),
                malformed_request_id,
            ),
            (
                "declined without reason",
                coordinator,
                post(&sent_path, "answer-for-agency"),
                Some(decline("")),
                no_reason,
            ),
            (
                "a reason for something else",
                coordinator,
                post(&sent_path, "answer-for-agency"),
                Some(decline("C1")),
                unfit,
            ),
            (
                "an unknown reason",
                coordinator,
                post(&sent_path, "answer-for-agency"),
                Some(decline("Z9")),
                unknown_reason,
            ),
            ("no answer at all", coordinator, post(&sent_path, "answer-for-agency"), Some(json!({})), no_answer),
        ];
        for (what, who, (method, path), body, expected) in cases {
            check(what, who, method, &path, body, expected).await;
        }
        let before =
            json!({ "startDate": first_day().to_string(), "endDate": first_day().yesterday().unwrap().to_string() });
        let reversed = invalid(&[("end_date", "DATE_REVERSED")]);
        check(
            "dates reversed",
            coordinator,
            Method::POST,
            &format!("{sent_path}/change-dates"),
            Some(before),
            reversed,
        )
        .await;
    });
}

#[test]
fn the_same_request_id_gives_the_same_answer_and_one_request() {
    shared::run(async {
        let (_, world) = world().await;
        let school = &world.placing.rest;
        let count = async || school.get("/v1/outbox?includeTotalSize=true").await.ok()["totalSize"].as_i64().unwrap();
        let before = count().await;
        let body = json!({ "request": world.request(), "requestId": fresh_id() });
        let at_once = futures::future::join_all((0..4).map(|_| school.post("/v1/requests", body.clone()))).await;
        let first = at_once[0].ok();
        assert!(at_once.iter().all(|answer| answer.ok() == first), "{at_once:?}");
        assert_eq!(school.post("/v1/requests", body.clone()).await.ok(), first);
        assert_eq!(count().await, before + 1);

        let mut other = body.clone();
        other["request"]["studentCount"] = 7.into();
        let reused: Expected<'_> = (400, "REQUEST_ID_REUSED", &[("request_id", "REQUEST_ID_REUSED")]);
        check("another body", school, Method::POST, "/v1/requests", Some(other), reused).await;
        let send = format!("/v1/requests/{}/send", id(&first["request"]));
        let same_id = json!({ "requestId": body["requestId"] });
        check("another method", school, Method::POST, &send, Some(same_id), reused).await;

        let sending = json!({ "requestId": fresh_id() });
        let sent = school.post(&send, sending.clone()).await.ok();
        assert_eq!(school.post(&send, sending).await.ok(), sent, "a repeated send is no second send");
        assert_eq!(count().await, before + 1);
    });
}
