//! A world in which every text is hostile, each in its own words.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{mail::Mail, wait_for};
use tokio::sync::OnceCell;

use crate::{
    browser::environment,
    shared::fresh_id,
    world::{World, create, id, text},
};

/// What people could type to be taken for a formula, a script, an attribute or a template. It names what it was typed into.
pub(super) fn mark(what: &str) -> String {
    format!("=1+{what}</textarea><script>hacked=1</script>\"'><img src=x onerror=hacked=1>{{{{7*7}}}}")
}

/// The same for short fields.
pub(super) fn brief(what: &str) -> String {
    format!("@{what}\"'><b onclick=hacked=1>x")
}

/// The same for a field of eight characters.
pub(super) const SHIFT: &str = "=<b>x</b";

/// The world.
pub(super) struct Hostile {
    pub(super) world: World,
    /// The code of a reason for declining.
    pub(super) reason: String,
    /// The unit's profile, the site's and the agency's, as they are shown.
    pub(super) profile: Vec<String>,
}

static HOSTILE: OnceCell<Hostile> = OnceCell::const_new();

impl Hostile {
    pub(super) async fn get() -> &'static Self {
        HOSTILE.get_or_init(Self::build).await
    }

    async fn build() -> Self {
        let world = World::build(environment().await.platform).await;
        let patch = async |path: String, fields: Value| {
            let mask: Vec<&str> = fields.as_object().unwrap().keys().map(String::as_str).collect();
            let path = format!("{path}?updateMask={}", mask.join(","));
            let answer = world.operator.call(Method::PATCH, &path, Some(fields)).await;
            assert!(answer.is_ok(), "{path}: {answer:?}");
        };
        let both = |what: &str| json!({ "fr": mark(what), "en": mark(what) });
        let named = |what: &str| json!({ "name": mark(what), "shortName": brief(what) });
        patch(format!("/v1/agencies/{}", world.school), named("school")).await;
        patch(
            format!("/v1/agencies/{}", world.hospital),
            json!({ "name": mark("hospital"), "shortName": brief("h"), "city": mark("town") }),
        )
        .await;
        let site = json!({
            "name": mark("site"), "kind": brief("kind"), "street": mark("street"), "city": mark("city"),
        });
        patch(format!("/v1/sites/{}", world.site), site).await;
        let unit = json!({
            "name": mark("unit-name"), "shortName": brief("unit"), "location": mark("location"),
            "description": both("description"), "prerequisites": both("prerequisites"),
        });
        patch(format!("/v1/destinations/{}", world.unit), unit).await;
        patch(format!("/v1/services/{}", world.service), json!({ "name": both("service") })).await;
        patch(format!("/v1/programs/{}", world.program), json!({ "name": both("program") })).await;
        patch(format!("/v1/courses/{}", world.course), json!({ "name": both("course"), "code": brief("course") }))
            .await;
        for (person, first) in [(&world.receiving.id, "first-name"), (&world.agent.id, "first")] {
            let person_fields = json!({ "firstName": brief(first), "lastName": brief("last-name"), "title": brief("title"), "phone": brief("1") });
            patch(format!("/v1/people/{person}"), person_fields).await;
        }
        let reason = format!("H{}", world.word.to_uppercase());
        let offered = json!({ "code": reason, "name": both("reason"), "uses": ["REASON_USE_DECLINE"] });
        create(&world.operator, "/v1/reasons", "reason", offered).await;
        let kind = json!({ "code": format!("T{}", world.word.to_uppercase()), "name": both("type"), "validFrom": "2020-01-01" });
        create(&world.operator, "/v1/placement-types", "placementType", kind).await;
        let term = json!({ "name": both("term"), "startDate": "2041-01-01", "endDate": "2041-01-31" });
        create(&world.operator, "/v1/terms", "term", term).await;
        let closure = json!({
            "destinationId": world.unit, "startDate": "2041-01-01", "endDate": "2041-01-31", "note": mark("note"),
            "reason": "CLOSURE_REASON_OTHER", "severity": "CLOSURE_SEVERITY_HOLD_NEW_REQUESTS",
        });
        create(&world.receiving.rest, "/v1/closures", "closure", closure).await;
        let profile = ["unit-name", "location", "description", "prerequisites", "note", "site", "service"].map(mark);
        let hostile = Self { world, reason, profile: [&profile[..], &[brief("unit")]].concat() };
        hostile.settle().await;
        hostile
    }

    /// Waits until placement and reporting know the names.
    async fn settle(&self) {
        let draft = self.draft().await;
        let expected = ["school", "site", "unit-name", "hospital"].map(mark);
        wait_for("the names to be known", async || {
            let seen = self.world.placing.rest.get(&format!("/v1/requests/{}", id(&draft))).await.ok();
            let names = &seen["request"]["names"];
            let now = ["placingAgency", "site", "destination", "receivingAgency"].map(|name| text(&names[name]));
            now == expected && names["program"]["fr"] == mark("program") && names["service"]["fr"] == mark("service")
        })
        .await;
    }

    /// A draft with hostile words.
    pub(super) async fn draft(&self) -> Value {
        let fields = json!({ "comment": mark("comment"), "shiftCode": SHIFT });
        let body = json!({ "request": self.world.request_with(fields), "requestId": fresh_id() });
        self.world.placing.rest.post("/v1/requests", body).await.ok()["request"].clone()
    }

    /// The mail about a request to somebody.
    pub(super) async fn mail_to(&self, address: &str, request: &Value) -> Mail {
        let reference = text(&request["reference"]);
        let about = |mail: &Mail| mail.to == [address.to_owned()] && mail.subject().contains(&reference);
        environment().await.platform.mails.wait_for(about).await
    }
}
