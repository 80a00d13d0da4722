//! A destination without account answers by the link of a mail, once (domain §12). The pages are read as a browser would,
//! the mail as a mail server received it.

use platform::{Platform, Shape};
use reqwest::{Client, StatusCode, header::ACCEPT_LANGUAGE};
use serde_json::{Value, json};
use testkit::{mail::Mail, wait_for};

use crate::{
    shared,
    world::{OfflineUnit, World, id, perform, post, text},
};

/// What the reader is told, in one language.
struct Words {
    language: &'static str,
    question: &'static str,
    program: &'static str,
    accepted: &'static str,
    used: &'static str,
    altered: &'static str,
    expired: &'static str,
    closed: &'static str,
}

const FRENCH: Words = Words {
    language: "fr",
    question: "une demande de stage attend votre réponse",
    program: "Soins infirmiers",
    accepted: "Vous avez accepté la demande.",
    used: "Ce lien a déjà servi",
    altered: "Ce lien n'est pas complet ou a été modifié.",
    expired: "Ce lien est expiré.",
    closed: "Cette réponse n'est plus attendue",
};

const ENGLISH: Words = Words {
    language: "en",
    question: "a placement request awaits your answer",
    program: "Nursing",
    accepted: "You accepted the request.",
    used: "This link has already been used",
    altered: "This link is incomplete or has been changed.",
    expired: "This link has expired.",
    closed: "This answer is no longer awaited",
};

#[test]
fn a_mailed_link_accepts_once_in_french() {
    shared::run(async {
        let platform = shared::platform(Shape::OneProcess).await;
        let world = World::build(platform).await;
        accept_once(platform, &world, &world.french, &FRENCH).await;
    });
}

#[test]
fn a_mailed_link_accepts_once_in_english_across_processes() {
    shared::run(async {
        let platform = shared::platform(Shape::Split).await;
        let world = World::build(platform).await;
        accept_once(platform, &world, &world.english, &ENGLISH).await;
    });
}

async fn accept_once(platform: &Platform, world: &World, unit: &OfflineUnit, words: &Words) {
    let (request, mail) = asked_by_mail(platform, world, unit, words).await;
    assert!(mail.text().contains(words.program) && mail.html().contains(words.program));
    let reader = Reader { client: testkit::http::client(), link: link(&mail), language: words.language };
    assert!(reader.link.starts_with(&platform.pages_url()), "{}", reader.link);
    assert!(mail.html().contains(&reader.link), "the same link in both parts");

    // Mail programs and virus scanners open links before people do.
    for _ in 0..3 {
        let (status, page) = reader.look("").await;
        assert_eq!(status, StatusCode::OK, "{page}");
        assert!(page.contains(&format!("<html lang=\"{}\"", words.language)), "{page}");
        for part in [words.program, &format!("Cégep {}", world.word), &text(&request["reference"])] {
            assert!(page.contains(part), "{part} in {page}");
        }
    }
    let (_, other_language) = reader.look(if words.language == "fr" { "?lang=en" } else { "?lang=fr" }).await;
    assert!(!other_language.contains(words.program));
    assert_eq!(state(world, &request).await, "STATE_REDIRECTED_OFFLINE", "looking answers nothing");

    reader.altered().check_refused(StatusCode::BAD_REQUEST, words.altered).await;
    assert_eq!(state(world, &request).await, "STATE_REDIRECTED_OFFLINE");

    let (status, page) = reader.answer("accept", "").await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains(words.accepted), "{page}");
    assert_eq!(state(world, &request).await, "STATE_ACCEPTED_BY_DESTINATION");

    // A double click is told the same; anything else is refused, and nothing happens a second time.
    let (status, page) = reader.answer("accept", "").await;
    assert!(status == StatusCode::OK && page.contains(words.accepted), "{page}");
    let (status, page) = reader.answer("decline", "D1").await;
    assert!(status == StatusCode::CONFLICT && page.contains(words.used), "{status} {page}");
    reader.check_refused(StatusCode::CONFLICT, words.used).await;
    check_answered_once(world, &request, unit).await;
}

#[test]
fn an_expired_link_is_refused() {
    shared::run(async {
        let platform = shared::platform(Shape::OneProcess).await;
        let world = World::build(platform).await;
        for (unit, words) in [(&world.french, FRENCH), (&world.english, ENGLISH)] {
            let (request, mail) = asked_by_mail(platform, &world, unit, &words).await;
            let reader = Reader { client: testkit::http::client(), link: link(&mail), language: words.language };
            // Thirty days are too long to wait for, and the clock is the machine's: the link grows old where it is kept.
            let pool = platform.database.as_ref().unwrap().pool_for_schema("notification").await;
            let aged = sqlx::query(
                "UPDATE answer_link SET created_at = created_at - interval '31 days', expires_at = expires_at - interval '31 days'
                 WHERE placement_request_id = $1::uuid",
            );
            assert_eq!(aged.bind(id(&request)).execute(&pool).await.unwrap().rows_affected(), 1);
            reader.check_refused(StatusCode::CONFLICT, words.expired).await;
            let (status, page) = reader.answer("accept", "").await;
            assert!(status == StatusCode::CONFLICT && page.contains(words.expired), "{status} {page}");
            assert_eq!(state(&world, &request).await, "STATE_REDIRECTED_OFFLINE");
        }
    });
}

#[test]
fn a_link_to_a_request_that_went_elsewhere_is_refused() {
    shared::run(async {
        let platform = shared::platform(Shape::OneProcess).await;
        let world = World::build(platform).await;
        let (request, mail) = asked_by_mail(platform, &world, &world.french, &FRENCH).await;
        let reader = Reader { client: testkit::http::client(), link: link(&mail), language: "fr" };
        let elsewhere = json!({ "destinationId": world.english.unit });
        perform(&world.receiving.rest, &request, "change-destination", elsewhere).await;
        wait_for("the link to be closed", async || reader.look("").await.0 == StatusCode::CONFLICT).await;
        reader.check_refused(StatusCode::CONFLICT, FRENCH.closed).await;
        let (status, page) = reader.answer("accept", "").await;
        assert!(status == StatusCode::CONFLICT && page.contains(FRENCH.closed), "{status} {page}");
        assert_eq!(state(&world, &request).await, "STATE_REDIRECTED_OFFLINE");
    });
}

#[test]
fn declining_by_a_link_takes_a_reason_and_hides_from_the_school() {
    shared::run(async {
        let platform = shared::platform(Shape::OneProcess).await;
        let world = World::build(platform).await;
        let (request, mail) = asked_by_mail(platform, &world, &world.french, &FRENCH).await;
        let reader = Reader { client: testkit::http::client(), link: link(&mail), language: "fr" };
        let (_, page) = reader.answer("decline", "").await;
        assert!(page.contains("role=\"alert\"") && page.contains("Ce champ est obligatoire."), "{page}");
        assert_eq!(state(&world, &request).await, "STATE_REDIRECTED_OFFLINE");
        let (status, page) = reader.answer("decline", "D2").await;
        assert!(status == StatusCode::OK && page.contains("Vous avez refusé la demande."), "{status} {page}");
        let coordinators = world.receiving.rest.get(&format!("/v1/requests/{}", id(&request))).await.ok();
        assert_eq!(coordinators["request"]["state"], "STATE_DECLINED_BY_DESTINATION");
        assert_eq!(coordinators["request"]["reasonCode"], "D2");
        let schools = world.placing.rest.get(&format!("/v1/requests/{}", id(&request))).await.ok();
        assert_eq!(schools["request"]["reasonCode"], "");
        assert!(!schools.to_string().contains("DECLINED"), "{schools}");
        let told = post(
            &world.receiving.rest,
            &request,
            "answer-for-agency",
            json!({ "answer": "ANSWER_DECLINE", "reasonCode": "D2" }),
        );
        assert_eq!(told.await.ok()["request"]["state"], "STATE_DECLINED");
    });
}

/// A request that waits for a unit without account, and the mail that asks it.
async fn asked_by_mail(platform: &Platform, world: &World, unit: &OfflineUnit, words: &Words) -> (Value, Mail) {
    let sent = world.sent().await;
    let to = json!({ "destinationId": unit.unit });
    let request = perform(&world.receiving.rest, &sent, "redirect", to).await;
    assert_eq!(request["state"], "STATE_REDIRECTED_OFFLINE");
    let reference = text(&request["reference"]);
    let about = |mail: &Mail| mail.to == [unit.email.clone()] && mail.subject().contains(&reference);
    let mail = platform.mails.wait_for(about).await;
    assert!(mail.subject().contains(words.question), "{}", mail.subject());
    (request, mail)
}

/// The answer link, from the text of a mail.
fn link(mail: &Mail) -> String {
    let text = mail.text();
    let found = text.split_whitespace().find(|word| word.starts_with("http://") && word.contains("/a/"));
    found.unwrap_or_else(|| panic!("no link in {text}")).to_owned()
}

async fn state(world: &World, request: &Value) -> String {
    let answer = world.receiving.rest.get(&format!("/v1/requests/{}", id(request))).await.ok();
    text(&answer["request"]["state"])
}

async fn check_answered_once(world: &World, request: &Value, unit: &OfflineUnit) {
    let answer = world.receiving.rest.get(&format!("/v1/requests/{}/history", id(request))).await.ok();
    let entries = answer["entries"].as_array().unwrap();
    let answers: Vec<_> = entries.iter().filter(|entry| entry["action"] == "ACCEPTED_BY_DESTINATION").collect();
    assert_eq!(answers.len(), 1, "{entries:?}");
    assert_eq!(answers[0]["personId"], unit.agent, "the agent is in the history");
}

/// Someone with a browser.
struct Reader {
    client: Client,
    link: String,
    language: &'static str,
}

impl Reader {
    async fn look(&self, query: &str) -> (StatusCode, String) {
        let request = self.client.get(format!("{}{query}", self.link)).header(ACCEPT_LANGUAGE, self.language);
        let response = request.send().await.unwrap();
        let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert_eq!((header("referrer-policy"), header("cache-control")), ("no-referrer".into(), "no-store".into()));
        (response.status(), plain(&response.text().await.unwrap()))
    }

    async fn answer(&self, answer: &str, reason: &str) -> (StatusCode, String) {
        let form = format!("lang={}&answer={answer}&reason_code={reason}&comment=", self.language);
        let request = self.client.post(&self.link).header("content-type", "application/x-www-form-urlencoded");
        let response = request.body(form).send().await.unwrap();
        (response.status(), plain(&response.text().await.unwrap()))
    }

    /// The same with one character of the token changed.
    fn altered(&self) -> Self {
        let (address, token) = self.link.rsplit_once('/').unwrap();
        let (first, rest) = token.split_at(1);
        let other = if first == "A" { "B" } else { "A" };
        Self { client: self.client.clone(), link: format!("{address}/{other}{rest}"), language: self.language }
    }

    async fn check_refused(&self, expected: StatusCode, words: &str) {
        let (status, page) = self.look("").await;
        assert_eq!(status, expected, "{page}");
        assert!(page.contains(words), "{words} in {page}");
        assert!(page.contains("<code>"), "a reference for the support: {page}");
    }
}

/// A page as people read it: apostrophes are escaped in HTML.
fn plain(page: &str) -> String {
    page.replace("&#39;", "'").replace("&#x27;", "'")
}
