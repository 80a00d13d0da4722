//! The main job on screen (domain §5): the school asks, the coordinator redirects, the agent accepts, the coordinator
//! ratifies, the school confirms. By mouse, by keys alone, and without scripts.

use platform::browser::View;
use testkit::wait_for;

use super::{Environment, audit, environment, hand::Hand, sign_in};
use crate::{
    shared,
    world::{PASSWORD, Person, first_day, last_day},
};

/// How it is done.
#[derive(Clone, Copy)]
struct Way {
    language: &'static str,
    keys_alone: bool,
    scripts: bool,
    /// Whether each page is looked at closely on the way.
    closely: bool,
}

const BY_MOUSE: Way = Way { language: "fr", keys_alone: false, scripts: true, closely: true };

#[test]
fn the_main_job_is_done_on_screen_in_french() {
    shared::run(async { main_job(BY_MOUSE).await });
}

#[test]
fn the_main_job_is_done_on_screen_in_english() {
    shared::run(async { main_job(Way { language: "en", ..BY_MOUSE }).await });
}

#[test]
fn the_main_job_is_done_on_screen_in_english_by_keys_alone() {
    shared::run(async { main_job(Way { language: "en", keys_alone: true, closely: false, ..BY_MOUSE }).await });
}

#[test]
fn the_main_job_is_done_on_screen_in_english_without_scripts() {
    shared::run(async { main_job(Way { language: "en", scripts: false, ..BY_MOUSE }).await });
}

/// What the pages say that was done: asked, redirected, accepted, confirmed.
fn words(language: &str) -> [&'static str; 4] {
    match language {
        "fr" => ["envoyée", "réacheminée", "acceptation enregistrée", "confirmée"],
        _ => ["sent", "redirected", "acceptance recorded", "confirmed"],
    }
}

/// The three who do it, each at a browser.
struct Job {
    environment: &'static Environment,
    way: Way,
    school: Hand,
    coordinator: Hand,
    agent: Hand,
}

async fn main_job(way: Way) {
    let environment = environment().await;
    let world = &environment.world;
    let (school, coordinator, agent) = futures::join!(
        enter(environment, way, &world.placing),
        enter(environment, way, &world.receiving),
        enter(environment, way, &world.agent)
    );
    let job = Job { environment, way, school, coordinator, agent };
    let [sent, redirected, accepted, confirmed] = words(way.language);

    job.ask().await;
    let reference = job.school.tab.text("#request h1").await;
    let address = job.school.tab.address().await;
    job.stands(&job.school, &address, "sent", sent).await;

    job.take_up(&job.coordinator, &reference).await;
    let unit = format!("#redirect input[value=\"{}\"]", world.unit);
    if job.coordinator.tab.count(&format!("{unit}:checked")).await == 0 {
        job.coordinator.tick(&unit).await;
    }
    job.coordinator.press("#redirect-submit").await;
    job.stands(&job.coordinator, &address, "redirected", redirected).await;

    // The agent has one screen: what awaits an answer, and the answers.
    let number = address.rsplit('/').next().unwrap_or_default();
    job.agent.press("nav.rooms a[href='/']").await;
    job.look(&job.agent, "the screen of the unit").await;
    job.agent.press(&format!("#accept-{number}")).await;
    assert!(job.agent.tab.text(".toast").await.contains(accepted));
    assert_eq!(job.agent.tab.count(&format!("#ask-{number}")).await, 0, "it has been answered");
    job.look(&job.agent, "the screen of the unit, afterwards").await;

    // What the unit says is not for the school before it is ratified (domain §10.3).
    job.school.tab.goto(&address).await;
    job.school.tab.find("#request .head .badge.s-redirected").await;
    assert_eq!(job.school.tab.count(".s-accepted-by-destination").await, 0, "the school sees no more than it may");

    job.take_up(&job.coordinator, &reference).await;
    job.coordinator.press("#accept-for-agency-submit").await;
    job.stands(&job.coordinator, &address, "accepted", accepted).await;

    job.take_up(&job.school, &reference).await;
    job.school.press("#confirm-submit").await;
    job.stands(&job.school, &address, "confirmed", confirmed).await;
    job.check_history(&address, &reference).await;
}

async fn enter(environment: &Environment, way: Way, person: &Person) -> Hand {
    let view = if way.scripts { View::default() } else { View::default().without_scripts() };
    let hand = Hand { tab: environment.open(view, way.language).await, keys_alone: way.keys_alone };
    if way.keys_alone {
        hand.fill("#login", &person.login).await;
        hand.fill("#password", PASSWORD).await;
        hand.press("main form button.primary").await;
    } else {
        sign_in(&hand.tab, &person.login, PASSWORD).await;
    }
    hand.tab.find("details.menu").await;
    hand
}

impl Job {
    /// The school fills in the form.
    async fn ask(&self) {
        let (school, world) = (&self.school, &self.environment.world);
        self.look(school, "home of the school").await;
        school.press("nav.rooms a[href='/requests/new']").await;
        self.look(school, "an empty form").await;
        school.choose("#program_id", &world.program).await;
        if !self.way.scripts {
            school.press("noscript button[value=look]").await;
        }
        school.choose("#course_id", &world.course).await;
        school.choose("#placement_type_code", "PRECEPTORSHIP").await;
        school.date("#start_date", &first_day().to_string()).await;
        school.date("#end_date", &last_day().to_string()).await;
        if !self.way.scripts {
            school.press("#look").await;
        }
        let unit = format!("input[value=\"{}:{}:{}\"]", world.site, world.service, world.unit);
        let folded = format!("#places details:has({unit})");
        school.tab.find(&format!("{folded} > summary")).await;
        if school.tab.count(&format!("{folded}[open]")).await == 0 {
            school.press(&format!("{folded} > summary")).await;
        }
        school.tick(&unit).await;
        school.fill("#comment", "Deux étudiantes de troisième année.").await;
        self.look(school, "a form filled in").await;
        school.press("#send").await;
    }

    /// Somebody goes from the list to the request.
    async fn take_up(&self, who: &Hand, reference: &str) {
        who.press("nav.rooms a[href='/requests']").await;
        who.tab.find("main h1").await;
        self.look(who, "a list").await;
        let script = format!(
            "return [...document.querySelectorAll('#list th a')].find(a => a.textContent.trim() === '{reference}')?.getAttribute('href') ?? ''"
        );
        let found = who.tab.ask(&script).await;
        let link =
            found.as_str().filter(|link| !link.is_empty()).unwrap_or_else(|| panic!("{reference} is not listed"));
        who.press(&format!("#list a[href='{link}']")).await;
        who.tab.find("#request").await;
        self.look(who, "a request").await;
    }

    /// That the page says in words what was done, and where the request stands now. Who came from a list is there again.
    async fn stands(&self, who: &Hand, address: &str, state: &str, words: &str) {
        let said = who.tab.text(".toast").await;
        assert!(said.contains(words), "{said:?}");
        assert_eq!(who.tab.ask("return document.documentElement.lang").await, self.way.language);
        self.look(who, "just done").await;
        who.tab.goto(address).await;
        who.tab.find(&format!("#request .head .badge.s-{state}")).await;
        self.look(who, state).await;
    }

    /// Everything that was done is in the history, and everybody had their mails.
    async fn check_history(&self, address: &str, reference: &str) {
        let world = &self.environment.world;
        self.coordinator.tab.goto(address).await;
        let actions = self.coordinator.tab.count(".timeline > li").await;
        assert!(actions >= 5, "sent, redirected, accepted, ratified, confirmed: {actions}");
        for to in [&world.placing.email, &world.receiving.email, &world.agent.email] {
            self.environment.platform.mails.wait_for(|m| m.subject().contains(reference) && m.to[0] == **to).await;
        }
        wait_for("the mails to be in the history", async || {
            self.coordinator.tab.goto(address).await;
            self.coordinator.tab.count("section.mails ul.mails > li").await >= 3
        })
        .await;
        self.look(&self.coordinator, "a request with its mails").await;
    }

    async fn look(&self, who: &Hand, what: &str) {
        match self.way {
            Way { closely: true, scripts: false, .. } => audit::check_without_scripts(&who.tab, what).await,
            Way { closely: true, language: "fr", .. } => audit::check_from_all_sides(&who.tab, what).await,
            Way { closely: true, .. } => audit::check_in_narrow_places(&who.tab, what).await,
            _ => {}
        }
    }
}
