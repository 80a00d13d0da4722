use proto::{
    identity::v1::Role,
    placement::v1::{Kind, ListInboxRequest, ListInboxResponse, ListOutboxResponse, PlacementRequest, State},
};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::{data, world::World};

const INBOX: &str = "PlacementRequestService/ListInbox";

#[tokio::test]
async fn the_address_asks_the_question_and_the_form_shows_it_again() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let page =
        world.browser.get("/requests?state=sent&query=%C3%89t%C3%A9+%26+co&overdue=1&order=updated&site=00000000-0000-7000-8000-0000000000b1").await;
    page.is(200).shows(&[
        "value=\"Été &#38; co\"",
        "value=\"sent\" checked>",
        "name=\"overdue\" value=\"1\" checked>",
        "<option value=\"updated\" selected>",
        "<option value=\"00000000-0000-7000-8000-0000000000b1\" selected>Hôpital du Parc</option>",
        "<option value=\"2027-01-01/2027-04-30\">Hiver 2027</option>",
        "<strong>1</strong> demande",
        "id=\"clear\"",
    ]);
    let asked = world.gateway.asked::<ListInboxRequest>(INBOX).pop().unwrap();
    assert_eq!((&*asked.query, asked.overdue, &*asked.order_by), ("Été & co", true, "update_time desc"));
    assert_eq!((asked.states, &*asked.site_id, asked.page_size), (vec![i32::from(State::Sent)], data::SITE, 50));
}

#[tokio::test]
async fn pages_lead_on_and_back() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let requests = vec![data::request(State::Sent, &[]); 50];
    world.gateway.answer(
        INBOX,
        ListInboxResponse { requests, next_page_token: "Mg".into(), total_size: 120, ..Default::default() },
    );
    let page = world.browser.get("/requests").await;
    page.is(200).shows(&["1–50", "rel=\"next\" href=\"/requests?page=Mg\""]).hides(&["rel=\"prev\""]);
    let page = world.browser.get("/requests?page=Mg").await;
    page.shows(&["51–100", "rel=\"prev\" href=\"/requests\""]);
    assert_eq!(world.gateway.asked::<ListInboxRequest>(INBOX).pop().unwrap().page_token, "Mg");
}

#[tokio::test]
async fn an_empty_list_says_what_to_do_next() {
    let world = World::with(Role::PlacingCoordinator).await;
    world.gateway.answer("PlacementRequestService/ListOutbox", ListOutboxResponse::default());
    world.browser.get("/requests").await.is(200).shows(&["Créez votre première demande", "href=\"/requests/new\""]);
    world.browser.get("/requests?overdue=1").await.shows(&["Élargissez la période"]);
    let unit = World::with(Role::DestinationCoordinator).await;
    unit.gateway.answer(INBOX, ListInboxResponse::default());
    unit.browser.get("/requests").await.shows(&["href=\"/requests?period=past\""]);
}

#[tokio::test]
async fn filters_that_are_wrong_are_explained_beside_their_fields() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let details = ErrorDetails::with_bad_request_violation("to_date", "Avant le premier jour.");
    world.gateway.refuse(INBOX, Status::with_error_details(Code::InvalidArgument, "no", details));
    let page = world.browser.get("/requests?period=custom&from=2027-02-01&to=2027-01-01").await;
    page.is(400).shows(&[
        "id=\"to_date-error\">Avant le premier jour.</p>",
        "value=\"2027-01-01\"",
        "corrigez les filtres",
    ]);
    page.hides(&["<table"]);
    // A file is a page that says why, not half a file.
    world.browser.get("/requests.csv").await.is(400).hides(&["QC-7F3K-29"]);
}

#[tokio::test]
async fn the_list_is_a_file_too_all_of_its_pages() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let mut request = data::request(State::Sent, &[]);
    request.names.as_mut().unwrap().placing_agency = "=HYPERLINK(1)".into();
    request.set_kind(Kind::Group);
    (request.shift_code, request.reason_code, request.answer_comment) = ("N12".into(), "D1".into(), "Trop tard".into());
    world.gateway.reply(INBOX, move |asked: ListInboxRequest| {
        let next_page_token = if asked.page_token.is_empty() { "Mg".into() } else { String::new() };
        Ok(ListInboxResponse { requests: vec![request.clone()], next_page_token, total_size: 2, ..Default::default() })
    });
    let file = world.browser.get("/requests.csv?state=sent").await;
    file.is(200);
    assert!(file.header("content-disposition").starts_with("attachment; filename=\""));
    let lines: Vec<_> = file.body.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].starts_with("Référence;État;École;"), "{}", lines[0]);
    assert!(lines[1].starts_with("QC-7F3K-29;En attente;'=HYPERLINK(1);Soins infirmiers;"), "{}", lines[1]);
    let cells = |line: &str| line.split(';').map(str::to_owned).collect::<Vec<_>>();
    let cell = |heading: &str| {
        let at = cells(lines[0]).iter().position(|cell| cell == heading).expect("the column is there");
        cells(lines[1])[at].clone()
    };
    assert_eq!((&*cell("Jours et quart"), &*cell("Forme du stage")), ("lun., mar. · quart N12", "Groupe"));
    assert_eq!((&*cell("Raison de la réponse"), &*cell("Commentaire de la réponse")), ("Raison D1", "Trop tard"));
    assert_eq!((&*cell("Coordonnateur demandeur"), &*cell("Commentaire de l’école")), ("Paule Roy", "Deux stagiaires"));
}

#[tokio::test]
async fn a_closure_is_told_in_lists_and_on_the_page() {
    let world = World::with(Role::PlacingCoordinator).await;
    let open = data::request(State::Accepted, &[]);
    data::show(&world.gateway, &open);
    for path in ["/requests", "/requests/1"] {
        world.browser.get(path).await.is(200).hides(&["fermé"]);
    }
    let (closure_start_date, closure_end_date) = ("2027-02-01".into(), "2027-02-14".into());
    data::show(&world.gateway, &PlacementRequest { closure_start_date, closure_end_date, ..open });
    world.browser.get("/requests").await.shows(&["fermé</span> 1er févr. 2027 – 14 févr. 2027"]);
    let page = world.browser.get("/requests/1").await;
    page.shows(&["Le milieu est fermé certains des jours de ce stage : 1er février 2027 – 14 février 2027."]);
}

#[tokio::test]
async fn what_people_typed_cannot_become_markup() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let mut request = data::request(State::Sent, &[]);
    let names = request.names.as_mut().unwrap();
    (names.placing_agency, names.site, names.destination) =
        ("<script>1</script>".into(), "\"><b>".into(), "<i>".into());
    data::show(&world.gateway, &request);
    let page = world.browser.get("/requests?query=%22%3E%3Cscript%3E&site=%22%3E%3Cb%3E").await;
    page.is(200).hides(&["<script", "\"><b>", "<i>"]).shows(&["&#60;script&#62;1"]);
}
