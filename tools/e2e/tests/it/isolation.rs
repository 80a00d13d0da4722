//! Nobody sees or touches what is another agency's: every method that people may call, tried by the people of another school
//! and another hospital, who have the right roles and the highest levels, only elsewhere.

use std::collections::HashMap;

use chassis::access::Rule;
use platform::{Platform, Rest, Shape};
use proto::identity::v1::Role;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::wait_for_some;

use crate::{
    shared,
    wire::methods,
    world::{World, create, first_day, id, last_day, perform, text},
};

const REQUESTS: &str = "placement.v1.PlacementRequestService";
const PROFILES: &str = "configuration.v1.ProfileHistoryService";

/// How a stranger tries a method.
struct Attempt {
    verb: Method,
    path: String,
    body: Option<Value>,
}

/// Methods that name nothing of an agency's, or show what is everybody's to see; each with its reason.
const OPEN: [(&str, &str); 23] = [
    ("AgencyService/Get", "the directory is for everyone who is signed in"),
    ("AgencyService/List", "the directory"),
    ("SiteService/", "read: the directory; written by the operator alone"),
    ("ServiceService/Get", "the directory"),
    ("ServiceService/List", "the directory"),
    ("DestinationService/Get", "the directory"),
    ("DestinationService/List", "the directory"),
    ("ClosureService/Get", "the directory"),
    ("ClosureService/List", "the directory"),
    ("ContactService/", "cards of those whom places name; configuration's own tests try who may not read them"),
    ("ProgramService/Get", "the directory"),
    ("ProgramService/List", "the directory"),
    ("CourseService/Get", "the directory"),
    ("CourseService/List", "the directory"),
    ("SessionService/GetMe", "shows the caller alone"),
    ("PlacementRequestService/GetOccupancy", "counts without names, of any place in the province"),
    ("PlacementRequestService/FindPlaces", "counts without names, of the whole province"),
    ("PlacementRequestService/GetWorklist", "counts of what the caller's own lists hold"),
    (
        "PlacementRequestService/WatchRequests",
        "ids of what the caller's own lists hold; placement's own tests try strangers",
    ),
    ("PlacementRequestService/ListInbox", "looked at below, for what it must not hold"),
    ("PlacementRequestService/ListOutbox", "looked at below"),
    ("ReportService/ListRequestReport", "looked at below"),
    ("ReportService/ExportRequestReport", "looked at below"),
];

fn is_open(path: &str, rule: &Rule) -> bool {
    let operators_alone = matches!(rule, Rule::Roles(roles, _) if roles[..] == [Role::Operator]);
    let provinces =
        ["TermService/", "PlacementTypeService/", "ReasonService/"].iter().any(|service| path.contains(service));
    operators_alone || provinces || OPEN.iter().any(|(part, _)| path.contains(part))
}

#[test]
fn no_method_reaches_into_another_agency() {
    shared::run(async {
        let platform = shared::platform(Shape::OneProcess).await;
        let (own, other) = futures::join!(World::build(platform), World::build(platform));
        let request = own.redirected().await;
        let attempts = attempts(platform, &own, &request).await;
        let strangers = [
            (Role::PlacingCoordinator, &other.placing.rest),
            (Role::ReceivingCoordinator, &other.receiving.rest),
            (Role::DestinationCoordinator, &other.agent.rest),
        ];
        let (mut tried, mut untried) = (0, Vec::new());
        for (path, rule) in methods() {
            let name = path.trim_start_matches("/tandem.");
            let Some(attempt) = attempts.get(name) else {
                let counts = !matches!(rule, Rule::Public | Rule::Internal) && !is_open(path, rule);
                untried.extend(counts.then_some(name));
                continue;
            };
            for (role, rest) in &strangers {
                if matches!(rule, Rule::Roles(roles, _) if !roles.contains(role)) {
                    continue;
                }
                let answer = rest.call(attempt.verb.clone(), &attempt.path, attempt.body.clone()).await;
                let refusal = (answer.status.as_u16(), answer.reason());
                let hidden = [
                    (404, "NOT_FOUND".to_owned()),
                    (403, "OUT_OF_SCOPE".to_owned()),
                    (403, "ROLE_NOT_ALLOWED".to_owned()),
                ];
                assert!(hidden.contains(&refusal), "{name} as {role:?} of another agency: {answer:?}");
                assert!(!answer.text().contains(&own.word), "{name} gives nothing away: {answer:?}");
                tried += 1;
            }
        }
        assert_eq!(untried, [""; 0], "methods that nobody has tried from another agency");
        assert!(tried >= 50, "{tried}");
        let now = own.receiving.rest.get(&format!("/v1/requests/{}", id(&request))).await.ok();
        assert_eq!(now["request"]["etag"], request["etag"], "nothing has touched it");
    });
}

async fn attempts(platform: &Platform, own: &World, request: &Value) -> HashMap<String, Attempt> {
    let number = id(request);
    let delivery = wait_for_some("a delivery", async || {
        let answer = own.receiving.rest.get(&format!("/v1/deliveries?placementRequestId={number}")).await;
        answer.is_ok().then(|| answer.json()["deliveries"][0]["id"].as_str().map(str::to_owned)).flatten()
    })
    .await;
    let person = &own.placing.id;
    let grants = platform.operator().await.get(&format!("/v1/people/{person}/grants")).await.ok();
    let grant = id(&grants["grants"][0]);
    let one = format!("/v1/requests/{number}");
    let account = format!("/v1/people/{person}/account");
    let reason = json!({ "reasonCode": "C1" });
    let days = json!({ "startDate": first_day().to_string(), "endDate": last_day().to_string() });
    let to = json!({ "destinationId": own.unit });
    let yes = json!({ "answer": "ANSWER_ACCEPT" });
    let mut created = own.request();
    created["placingAgencyId"] = own.school.clone().into();
    let named = |name: &str| json!({ "fr": name, "en": name });
    let staff = json!({ "agencyId": own.school, "firstName": "Eve", "lastName": "Roy", "email": "eve@example.org", "language": "fr" });
    let right = json!({
        "role": "ROLE_PLACING_COORDINATOR", "level": "LEVEL_VIEWER", "scopeKind": "SCOPE_KIND_AGENCY", "scopeId": own.school,
    });
    let service = json!({ "siteId": own.site, "receivingCoordinatorId": own.receiving.id, "name": named("Chirurgie") });
    let unit = json!({
        "siteId": own.site, "serviceIds": [own.service], "name": "9 Sud", "agentId": own.agent.id, "capacity": 1, "maximumGroupSize": 1,
    });
    let closure = json!({
        "destinationId": own.unit, "startDate": "2049-01-01", "endDate": "2049-01-31",
        "reason": "CLOSURE_REASON_OTHER", "severity": "CLOSURE_SEVERITY_HOLD_NEW_REQUESTS",
    });
    let closed = id(&create(&own.operator, "/v1/closures", "closure", closure.clone()).await);
    let program =
        json!({ "agencyId": own.school, "discipline": "nursing", "user": true, "name": named("Physiothérapie") });
    let course = json!({ "programId": own.program, "code": "9", "hours": 1, "name": named("Stage") });

    let actions = [
        ("SendRequest", "send", json!({})),
        ("RedirectRequest", "redirect", json!({})),
        ("AnswerAtDestination", "answer-at-destination", yes.clone()),
        ("AnswerForAgency", "answer-for-agency", yes),
        ("ConfirmRequest", "confirm", json!({})),
        ("CancelRequest", "cancel", reason),
        ("ReactivateRequest", "reactivate", json!({})),
        ("PostponeRequest", "postpone", days.clone()),
        ("ChangeDates", "change-dates", days),
        ("ChangeDestination", "change-destination", to),
        ("AddComment", "comments", json!({ "comment": "?" })),
        ("MarkRequestSeen", "seen", json!({})),
    ];
    let actions = actions.map(|(method, verb, body)| {
        (format!("{REQUESTS}/{method}"), Method::POST, format!("{one}/{verb}"), Some(body))
    });
    let wrap = |key: &str, value: Value| Some(json!({ key: value }));
    let post = |path: String, body: Option<Value>| (Method::POST, path, body);
    let get = |path: String| (Method::GET, path, None);
    let patch = |path: String, body: Value| (Method::PATCH, path, Some(body));
    let others = [
        (REQUESTS, "CreateRequest", post("/v1/requests".into(), wrap("request", created))),
        (REQUESTS, "GetRequest", get(one.clone())),
        (REQUESTS, "UpdateRequest", patch(format!("{one}?updateMask=studentCount"), json!({ "studentCount": 9 }))),
        (REQUESTS, "DeleteRequest", (Method::DELETE, one.clone(), None)),
        (REQUESTS, "GetRequestContacts", get(format!("{one}/contacts"))),
        (REQUESTS, "ListHistory", get(format!("{one}/history"))),
        (REQUESTS, "SuggestDestinations", get(format!("{one}/destinations"))),
        (
            "notification.v1.DeliveryService",
            "ListDeliveries",
            get(format!("/v1/deliveries?placementRequestId={number}")),
        ),
        (
            "notification.v1.DeliveryService",
            "ResendDelivery",
            post(format!("/v1/deliveries/{delivery}/resend"), Some(json!({}))),
        ),
        (PROFILES, "ListServiceHistory", get(format!("/v1/services/{}/history", own.service))),
        (PROFILES, "ListDestinationHistory", get(format!("/v1/destinations/{}/history", own.unit))),
        ("identity.v1.PersonService", "CreatePerson", post("/v1/people".into(), wrap("person", staff))),
        ("identity.v1.PersonService", "GetPerson", get(format!("/v1/people/{person}"))),
        ("identity.v1.PersonService", "ListPeople", get(format!("/v1/people?agencyId={}", own.school))),
        (
            "identity.v1.PersonService",
            "UpdatePerson",
            patch(format!("/v1/people/{person}?updateMask=phone"), json!({ "phone": "1" })),
        ),
        (
            "identity.v1.AccountService",
            "CreateAccount",
            post(format!("/v1/people/{}/account", own.french.agent), Some(json!({}))),
        ),
        ("identity.v1.AccountService", "GetAccount", get(account.clone())),
        (
            "identity.v1.AccountService",
            "SetAccountEnabled",
            post(format!("{account}/enabled"), Some(json!({ "enabled": false }))),
        ),
        ("identity.v1.AccountService", "ResetPassword", post(format!("{account}/reset-password"), Some(json!({})))),
        (
            "identity.v1.AccountService",
            "CreateGrant",
            post(format!("/v1/people/{person}/grants"), wrap("grant", right)),
        ),
        ("identity.v1.AccountService", "ListGrants", get(format!("/v1/people/{person}/grants"))),
        (
            "identity.v1.AccountService",
            "DeleteGrant",
            (Method::DELETE, format!("/v1/people/{person}/grants/{grant}"), None),
        ),
        ("configuration.v1.ServiceService", "CreateService", post("/v1/services".into(), wrap("service", service))),
        (
            "configuration.v1.ServiceService",
            "UpdateService",
            patch(format!("/v1/services/{}?updateMask=name", own.service), json!({ "name": named("x") })),
        ),
        (
            "configuration.v1.DestinationService",
            "CreateDestination",
            post("/v1/destinations".into(), wrap("destination", unit)),
        ),
        (
            "configuration.v1.DestinationService",
            "UpdateDestination",
            patch(format!("/v1/destinations/{}?updateMask=capacity", own.unit), json!({ "capacity": 1 })),
        ),
        ("configuration.v1.ClosureService", "CreateClosure", post("/v1/closures".into(), wrap("closure", closure))),
        (
            "configuration.v1.ClosureService",
            "UpdateClosure",
            patch(format!("/v1/closures/{closed}?updateMask=note"), json!({ "note": "?" })),
        ),
        ("configuration.v1.ProgramService", "CreateProgram", post("/v1/programs".into(), wrap("program", program))),
        (
            "configuration.v1.ProgramService",
            "UpdateProgram",
            patch(format!("/v1/programs/{}?updateMask=discipline", own.program), json!({ "discipline": "midwifery" })),
        ),
        ("configuration.v1.CourseService", "CreateCourse", post("/v1/courses".into(), wrap("course", course))),
        (
            "configuration.v1.CourseService",
            "UpdateCourse",
            patch(format!("/v1/courses/{}?updateMask=hours", own.course), json!({ "hours": 2 })),
        ),
    ];
    let others = others.map(|(service, method, (verb, path, body))| (format!("{service}/{method}"), verb, path, body));
    actions.into_iter().chain(others).map(|(name, verb, path, body)| (name, Attempt { verb, path, body })).collect()
}

/// Lists and reports that take no id show the caller's own and nothing else.
#[test]
fn lists_and_reports_hold_nothing_of_another_agency() {
    shared::run(async {
        let platform = shared::platform(Shape::OneProcess).await;
        let (own, other) = futures::join!(World::build(platform), World::build(platform));
        let (ours, theirs) = (own.redirected().await, other.redirected().await);
        let people =
            [(&own.placing.rest, "/v1/outbox"), (&own.receiving.rest, "/v1/inbox"), (&own.agent.rest, "/v1/inbox")];
        for (rest, list) in people {
            let reports = ["/v1/reports/requests?pageSize=1000", "/v1/reports/requests.csv"];
            for path in [list].into_iter().chain(reports) {
                let page = wait_for_some("the own request", async || {
                    let answer = rest.get(path).await;
                    assert!(answer.is_ok(), "{path}: {answer:?}");
                    Some(answer.text()).filter(|text| text.contains(&id(&ours)))
                })
                .await;
                assert!(
                    !page.contains(&id(&theirs)) && !page.contains(&other.word),
                    "{path} shows the other's: {page}"
                );
            }
        }
        check_filters(&own, &other, &theirs).await;
        let staff = own.receiving.rest.get("/v1/people?pageSize=200").await.ok().to_string();
        assert!(staff.contains(&own.agent.id) && !staff.contains(&other.word), "{staff}");
    });
}

/// A filter by another's site or program finds nothing.
async fn check_filters(own: &World, other: &World, theirs: &Value) {
    let filters = [
        (&own.placing.rest, format!("/v1/outbox?includeTotalSize=true&programId={}", other.program)),
        (&own.receiving.rest, format!("/v1/inbox?includeTotalSize=true&siteId={}", other.site)),
        (&own.agent.rest, format!("/v1/inbox?includeTotalSize=true&destinationId={}", other.unit)),
        (&own.placing.rest, format!("/v1/outbox?includeTotalSize=true&query={}", text(&theirs["reference"]))),
    ];
    for (rest, path) in filters {
        let answer = rest.get(&path).await.ok();
        assert_eq!((&answer["requests"], &answer["totalSize"]), (&json!([]), &json!(0)), "{path}");
    }
    for rest in [&own.placing.rest, &own.receiving.rest] {
        let answer = rest.get(&format!("/v1/reports/requests?filter.siteId={}", other.site)).await.ok();
        assert_eq!(answer["rows"], json!([]));
    }
}

/// Within one hospital, an agent sees what the own unit is asked, and nothing of the next unit.
#[test]
fn an_agent_sees_the_own_unit_alone() {
    shared::run(async {
        let platform = shared::platform(Shape::OneProcess).await;
        let world = World::build(platform).await;
        let mine = world.redirected().await;
        let to_neighbour = json!({ "destinationId": world.french.unit });
        let neighbours = perform(&world.receiving.rest, &world.sent().await, "redirect", to_neighbour).await;
        let agent = &world.agent.rest;
        assert_eq!(see(agent, &mine).await, 200);
        assert_eq!(see(agent, &neighbours).await, 404);
        let inbox = agent.get("/v1/inbox").await.text();
        assert!(inbox.contains(&id(&mine)) && !inbox.contains(&id(&neighbours)), "{inbox}");
        let yes = json!({ "answer": "ANSWER_ACCEPT" });
        let path = format!("/v1/requests/{}/answer-at-destination", id(&neighbours));
        let answer = agent.post(&path, yes).await;
        assert_eq!((answer.status.as_u16(), answer.reason().as_str()), (404, "NOT_FOUND"));
    });
}

async fn see(rest: &Rest, request: &Value) -> u16 {
    rest.get(&format!("/v1/requests/{}", id(request))).await.status.as_u16()
}
