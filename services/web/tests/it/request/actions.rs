use proto::{
    identity::v1::Role,
    placement::v1::{
        Action, AddCommentRequest, AddCommentResponse, Answer, AnswerAtDestinationRequest, AnswerAtDestinationResponse,
        AnswerForAgencyRequest, AnswerForAgencyResponse, CancelRequestRequest, CancelRequestResponse,
        ChangeDatesRequest, ChangeDatesResponse, ChangeDestinationRequest, ChangeDestinationResponse,
        ConfirmRequestRequest, ConfirmRequestResponse, DeleteRequestRequest, DeleteRequestResponse, HistoryEntry,
        ListHistoryResponse, Misfit, PlacementRequest, PostponeRequestRequest, PostponeRequestResponse,
        ReactivateRequestRequest, ReactivateRequestResponse, RedirectRequestRequest, RedirectRequestResponse,
        SendRequestRequest, SendRequestResponse, State,
    },
};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::{data, sign_in::refusal, world::World};

const SERVICE: &str = "PlacementRequestService";

fn path(verb: &str) -> String {
    format!("/requests/{}/{verb}", data::REQUEST)
}

async fn offered(role: Role, state: State, actions: &[Action]) -> World {
    let world = World::with(role).await;
    data::show(&world.gateway, &data::request(state, actions));
    world
}

/// The forms of each action that the API offers.
const FORMS: &[(Action, &[&str])] = &[
    (Action::Send, &["send"]),
    (Action::Redirect, &["redirect"]),
    (Action::AnswerAtDestination, &["accept-at-destination", "decline-at-destination"]),
    (Action::AnswerForAgency, &["accept-for-agency", "decline-for-agency"]),
    (Action::Confirm, &["confirm"]),
    (Action::Reactivate, &["reactivate"]),
    (Action::Postpone, &["postpone"]),
    (Action::ChangeDates, &["change-dates"]),
    (Action::ChangeDestination, &["change-destination"]),
    (Action::Comment, &["comment"]),
    (Action::Cancel, &["cancel"]),
    (Action::Delete, &["delete"]),
];

#[tokio::test]
async fn exactly_what_the_api_offers_has_a_form() {
    let world = World::with(Role::ReceivingCoordinator).await;
    for (action, expected) in FORMS {
        data::show(&world.gateway, &data::request(State::Redirected, &[*action]));
        let page = world.browser.get("/requests/1").await.main();
        for (_, slugs) in FORMS {
            for slug in *slugs {
                let is_there = page.contains(&format!("id=\"{slug}-form\""));
                assert_eq!(is_there, expected.contains(slug), "{slug} where {action:?} is offered");
            }
        }
    }
    data::show(&world.gateway, &data::request(State::Confirmed, &[]));
    world.browser.get("/requests/1").await.shows(&["Rien pour l’instant"]).hides(&["-form\"", "id=\"edit\""]);
    data::show(&world.gateway, &data::request(State::Draft, &[Action::Update]));
    world.browser.get("/requests/1").await.shows(&["id=\"edit\" href=\"/requests/01a20d5d"]);
}

#[tokio::test]
async fn the_button_says_what_an_answer_does_from_where_the_request_stands() {
    let world = World::with(Role::ReceivingCoordinator).await;
    for (state, button, follows) in [
        (State::Sent, "Accepter pour l’organisme", "Vous répondez sans consulter de destination."),
        (State::AcceptedByDestination, "Ratifier l’acceptation", "doit confirmer."),
        (State::DeclinedByDestination, "Accepter malgré le refus", "sans voir le refus"),
        (State::Declined, "Accepter finalement", "L’école a reçu votre refus"),
    ] {
        data::show(&world.gateway, &data::request(state, &[Action::AnswerForAgency]));
        let page = world.browser.get("/requests/1").await;
        page.shows(&[&format!("<summary id=\"accept-for-agency-summary\">{button}</summary>"), follows]);
        let declines = matches!(state, State::Sent | State::DeclinedByDestination);
        assert_eq!(page.main().contains("id=\"decline-for-agency\""), declines, "{state:?}");
    }
    let nowhere =
        PlacementRequest { destination_id: String::new(), ..data::request(State::Sent, &[Action::AnswerForAgency]) };
    data::show(&world.gateway, &nowhere);
    world.browser.get("/requests/1").await.shows(&["les étudiants ne comptent nulle part"]);
    // A school that notes what it was told by telephone is not told what a coordinator would be.
    let school = World::with(Role::PlacingCoordinator).await;
    data::show(&school.gateway, &PlacementRequest { state: State::SentOffline.into(), ..nowhere });
    school.browser.get("/requests/1").await.hides(&["ne comptent nulle part"]).shows(&["hors ligne"]);
}

#[tokio::test]
async fn what_does_not_fit_is_ticked_by_whoever_accepts() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let fits = data::request(State::Sent, &[Action::AnswerForAgency]);
    data::show(&world.gateway, &fits);
    world.browser.get("/requests/1").await.hides(&["name=\"despite\""]);
    let misfits = vec![Misfit::Closed.into(), Misfit::Capacity.into()];
    data::show(&world.gateway, &PlacementRequest { misfits, ..fits });
    let page = world.browser.get("/requests/1").await;
    let ticked = "MISFIT_CLOSED,MISFIT_CAPACITY";
    page.shows(&["Accepter malgré cela : fermée ces jours-là, pas assez de places", &format!("value=\"{ticked}\"")]);
    assert_eq!(page.body.matches("name=\"despite\"").count(), 1, "a no explains nothing");
    let method = format!("{SERVICE}/AnswerForAgency");
    world.gateway.refuse(&method, refusal(Code::FailedPrecondition, "DOES_NOT_FIT", "Fermée."));
    let typed = [("answer", "accept"), ("despite", ticked), ("comment", "Oui")];
    let page = world.browser.post(&path("answer-for-agency"), &typed).await;
    page.shows(&["Fermée.", "Oui", &format!("value=\"{ticked}\" id=\"accept-for-agency-despite\" required checked")]);
    let asked = world.gateway.asked::<AnswerForAgencyRequest>(&method);
    assert_eq!(asked[0].despite_misfits, [i32::from(Misfit::Closed), i32::from(Misfit::Capacity)]);
}

#[tokio::test]
async fn each_form_makes_its_call_with_what_was_typed_and_says_that_it_is_done() {
    let every: Vec<_> = FORMS.iter().map(|(action, _)| *action).collect();
    let world = offered(Role::ReceivingCoordinator, State::Redirected, &every).await;
    let request = Some(data::request(State::Redirected, &every));
    let fields = [
        ("etag", "7"),
        ("request_id", "once"),
        ("reference", "QC-7F3K-29"),
        ("comment", "Mots"),
        ("reason_code", "D1"),
        ("destination_id", "other"),
        ("start_date", "2027-02-01"),
        ("end_date", "2027-03-01"),
        ("hours_per_student", "90"),
        ("despite", "MISFIT_CLOSED"),
    ];
    macro_rules! check {
        ($verb:literal $(answer $answer:literal)?, $method:literal, $response:expr, $expected:expr, $done:literal) => {{
            let expected = $expected;
            let method = format!("{SERVICE}/{}", $method);
            world.gateway.answer(&method, $response);
            let answer: &[(&str, &str)] = &[$(("answer", $answer))?];
            let page = world.browser.post(&path($verb), &[answer, &fields].concat()).await;
            assert!(page.is(303).header("location").starts_with("/requests"), "{}", $verb);
            let mut asked = world.gateway.asked(&method);
            assert_eq!(asked.pop().as_ref(), Some(&expected), "{}", $verb);
            world.browser.get("/requests/1").await.shows(&[concat!("QC-7F3K-29 : ", $done)]);
        }};
    }
    let (id, etag, request_id) = (data::REQUEST.to_owned(), "7".to_owned(), "once".to_owned());
    let (comment, destination_id) = ("Mots".to_owned(), "other".to_owned());
    let (start_date, end_date) = ("2027-02-01".to_owned(), "2027-03-01".to_owned());
    let reason_code = "D1".to_owned();
    check!(
        "send",
        "SendRequest",
        SendRequestResponse { request: request.clone() },
        SendRequestRequest { id: id.clone(), etag: etag.clone(), request_id: request_id.clone() },
        "envoyée."
    );
    check!(
        "redirect",
        "RedirectRequest",
        RedirectRequestResponse { request: request.clone() },
        RedirectRequestRequest {
            id: id.clone(),
            destination_id: destination_id.clone(),
            comment: comment.clone(),
            etag: etag.clone(),
            request_id: request_id.clone(),
        },
        "réacheminée."
    );
    check!(
        "answer-at-destination" answer "accept", "AnswerAtDestination",
        AnswerAtDestinationResponse { request: request.clone() },
        AnswerAtDestinationRequest {
            id: id.clone(), answer: Answer::Accept.into(), reason_code: "D1".into(), comment: comment.clone(),
            etag: etag.clone(), request_id: request_id.clone(), despite_misfits: vec![Misfit::Closed.into()],
        },
        "acceptation enregistrée."
    );
    check!(
        "answer-for-agency" answer "decline", "AnswerForAgency",
        AnswerForAgencyResponse { request: request.clone() },
        AnswerForAgencyRequest {
            id: id.clone(), answer: Answer::Decline.into(), reason_code: "D1".into(), comment: comment.clone(),
            etag: etag.clone(), request_id: request_id.clone(), despite_misfits: vec![Misfit::Closed.into()],
        },
        "refus enregistré."
    );
    check!(
        "confirm",
        "ConfirmRequest",
        ConfirmRequestResponse { request: request.clone() },
        ConfirmRequestRequest { id: id.clone(), etag: etag.clone(), request_id: request_id.clone() },
        "confirmée."
    );
    check!(
        "reactivate",
        "ReactivateRequest",
        ReactivateRequestResponse { request: request.clone() },
        ReactivateRequestRequest {
            id: id.clone(),
            comment: comment.clone(),
            etag: etag.clone(),
            request_id: request_id.clone(),
        },
        "réactivée."
    );
    check!(
        "postpone",
        "PostponeRequest",
        PostponeRequestResponse { request: request.clone() },
        PostponeRequestRequest {
            id: id.clone(),
            start_date: start_date.clone(),
            end_date: end_date.clone(),
            resubmit: false,
            comment: comment.clone(),
            etag: etag.clone(),
            request_id: request_id.clone(),
            hours_per_student: Some(90),
        },
        "reportée."
    );
    check!(
        "change-dates",
        "ChangeDates",
        ChangeDatesResponse { request: request.clone() },
        ChangeDatesRequest {
            id: id.clone(),
            start_date: start_date.clone(),
            end_date: end_date.clone(),
            etag: etag.clone(),
            request_id: request_id.clone(),
            reason_code: reason_code.clone(),
            comment: comment.clone(),
            hours_per_student: Some(90),
        },
        "dates modifiées."
    );
    check!(
        "change-destination",
        "ChangeDestination",
        ChangeDestinationResponse { request: request.clone() },
        ChangeDestinationRequest {
            id: id.clone(),
            destination_id: destination_id.clone(),
            etag: etag.clone(),
            request_id: request_id.clone(),
        },
        "destination changée."
    );
    check!(
        "comments",
        "AddComment",
        AddCommentResponse { request: request.clone() },
        AddCommentRequest {
            id: id.clone(),
            comment: comment.clone(),
            etag: etag.clone(),
            request_id: request_id.clone(),
        },
        "commentaire ajouté."
    );
    check!(
        "cancel",
        "CancelRequest",
        CancelRequestResponse { request: request.clone() },
        CancelRequestRequest {
            id: id.clone(),
            reason_code: "D1".into(),
            comment: comment.clone(),
            etag: etag.clone(),
            request_id: request_id.clone(),
        },
        "annulée."
    );
    check!(
        "delete",
        "DeleteRequest",
        DeleteRequestResponse {},
        DeleteRequestRequest { id: id.clone(), etag: etag.clone(), request_id: request_id.clone() },
        "supprimée."
    );
}

#[tokio::test]
async fn what_is_refused_is_shown_again_with_what_was_typed() {
    let world = offered(Role::ReceivingCoordinator, State::Sent, &[Action::AnswerForAgency, Action::Comment]).await;
    let details = ErrorDetails::with_bad_request_violation("reason_code", "Choisissez une raison.");
    let refused = Status::with_error_details(Code::InvalidArgument, "no", details);
    world.gateway.refuse("PlacementRequestService/AnswerForAgency", refused);
    let fields =
        [("answer", "decline"), ("comment", "</textarea><script>x</script>"), ("back", "/requests?state=sent")];
    let page = world.browser.post(&path("answer-for-agency"), &fields).await;
    page.is(400).shows(&[
        "id=\"decline-for-agency\" open>",
        "id=\"decline-for-agency-reason_code-error\">Choisissez une raison.</p>",
        "aria-describedby=\"decline-for-agency-reason_code-error\"",
        "&#60;/textarea&#62;&#60;script&#62;x",
        "name=\"refused\" value=\"true\"",
        "name=\"back\" value=\"/requests?state=sent\"",
    ]);
    page.hides(&["<script>x", "id=\"comment\" open"]);
}

#[tokio::test]
async fn whoever_is_too_late_sees_what_happened_meanwhile_and_keeps_what_was_typed() {
    let world = offered(Role::ReceivingCoordinator, State::Sent, &[Action::Comment]).await;
    let entry = |id: &str, action: &str| HistoryEntry {
        id: id.into(),
        person_id: "dan".into(),
        person_name: "Dan Dubois".into(),
        action: action.into(),
        ..HistoryEntry::default()
    };
    let entries = vec![entry("1", "SENT"), entry("2", "REDIRECTED")];
    world.gateway.answer("PlacementRequestService/ListHistory", ListHistoryResponse { entries });
    let stale = refusal(Code::Aborted, "STALE_ETAG", "Trop tard.");
    world.gateway.refuse("PlacementRequestService/AddComment", stale.clone());
    world.gateway.refuse("PlacementRequestService/AnswerForAgency", stale);
    let fields = [("comment", "Mes mots"), ("last_entry", "1")];
    let page = world.browser.post(&path("comments"), &fields).await;
    page.is(409).shows(&["id=\"meanwhile\"", "Réacheminée à la destination", ">Mes mots</textarea>", "est encore là"]);
    // Where the action is over, the words are given back.
    let page = world.browser.post(&path("answer-for-agency"), &[&[("answer", "accept")], &fields[..]].concat()).await;
    page.is(409).shows(&["n’est plus possible", "<blockquote>Mes mots</blockquote>"]);
}

#[tokio::test]
async fn what_is_not_offered_and_refused_is_a_page_of_its_own() {
    let world = offered(Role::PlacingCoordinator, State::Sent, &[Action::Cancel]).await;
    world
        .gateway
        .refuse("PlacementRequestService/ConfirmRequest", refusal(Code::FailedPrecondition, "X", "Pas encore."));
    world
        .browser
        .post(&path("confirm"), &[("etag", "7")])
        .await
        .is(409)
        .shows(&["Pas encore."])
        .hides(&["id=\"request\""]);
    world.gateway.refuse("PlacementRequestService/ConfirmRequest", refusal(Code::PermissionDenied, "X", "Pas vous."));
    world.browser.post(&path("confirm"), &[("etag", "7")]).await.is(403).shows(&["Pas vous."]);
    world.browser.post(&path("teleport"), &[]).await.is(404);
    world.browser.post(&path("answer-for-agency"), &[("answer", "perhaps")]).await.is(404);
}

#[tokio::test]
async fn afterwards_one_is_where_one_came_from_and_never_elsewhere() {
    let world = offered(Role::PlacingCoordinator, State::Draft, &[Action::Delete]).await;
    world.gateway.answer("PlacementRequestService/DeleteRequest", DeleteRequestResponse {});
    for (back, to) in [("", "/requests"), ("/requests?state=draft", "/requests?state=draft"), ("//example.org", "/")] {
        world.browser.post(&path("delete"), &[("back", back)]).await.leads_to(to);
    }
}

#[tokio::test]
async fn the_address_of_a_form_leads_back_to_it() {
    let world = offered(Role::ReceivingCoordinator, State::Sent, &[Action::Comment]).await;
    let to = format!("/requests/{}?action=comment", data::REQUEST);
    world.browser.get(&path("comments")).await.leads_to(&to);
    world.browser.get(&to).await.is(200).shows(&["id=\"comment\" open>"]);
    world.browser.get(&path("teleport")).await.is(404);
}
