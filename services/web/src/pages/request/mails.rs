//! The mails about a request, for the coordinator who answers for their delivery (domain §12, §18).

use axum::{extract::Path, response::Response};
use axum_extra::extract::Form;
use jiff::tz::TimeZone;
use proto::{
    identity::v1::{Level, Role},
    notification::v1::{Delivery, DeliveryState, ListDeliveriesRequest, ResendDeliveryRequest},
    placement::v1::{PlacementRequest, State},
};
use serde::Deserialize;

use crate::{
    api::instant,
    pages::requests::page_of,
    shell::{PageError, Session, SignedIn, own_page},
    ui::{Text, slug},
};

pub(super) struct Row {
    pub(super) id: String,
    /// Which mail, in words.
    pub(super) mail: String,
    pub(super) person: String,
    pub(super) address: String,
    pub(super) state: String,
    /// `good`, `wait` or `late`.
    pub(super) mark: &'static str,
    pub(super) time: String,
    /// What the mail server said; empty where it took the mail.
    pub(super) error: String,
    pub(super) can_resend: bool,
}

/// The mails about a request, newest first; nothing for others than a coordinator, and an error in place of the list where
/// it cannot be had: the request is worth showing without it.
pub(super) async fn read(user: &SignedIn, id: &str) -> Option<Result<Vec<Delivery>, ()>> {
    if user.session.role() != Role::ReceivingCoordinator {
        return None;
    }
    let message = ListDeliveriesRequest { placement_request_id: id.to_owned() };
    let answer = user.api.deliveries().list_deliveries(message).await;
    Some(answer.map(|a| a.into_inner().deliveries).map_err(|status| {
        tracing::warn!(code = ?status.code(), "the mails about a request cannot be listed");
    }))
}

/// As the page shows them.
pub(super) fn rows(
    text: Text,
    zone: &TimeZone,
    session: &Session,
    request: &PlacementRequest,
    mails: &[Delivery],
) -> Vec<Row> {
    let can_act = session.me.grants.iter().any(|grant| grant.level() != Level::Viewer);
    mails.iter().map(|mail| row(text, zone, can_act && can_resend(request, mail), mail)).collect()
}

/// A link is mailed again only while its answer is awaited, and nothing while it is on its way.
fn can_resend(request: &PlacementRequest, mail: &Delivery) -> bool {
    let awaited = mail.template != "REDIRECTED_LINK" || request.state() == State::RedirectedOffline;
    awaited && mail.state() != DeliveryState::Pending
}

fn row(text: Text, zone: &TimeZone, can_resend: bool, mail: &Delivery) -> Row {
    let (state, mark) = match mail.state() {
        DeliveryState::Sent => ("history-mail-sent", "good"),
        DeliveryState::Failed => ("history-mail-failed", "late"),
        DeliveryState::Pending | DeliveryState::Unspecified => ("history-mail-pending", "wait"),
    };
    let key = format!("history-mail-{}", slug(&mail.template, ""));
    let name = text.t(&key);
    let at = mail.sent_time.as_ref().or(mail.create_time.as_ref());
    Row {
        id: mail.id.clone(),
        mail: if name == key { mail.template.clone() } else { name },
        person: if mail.person_name.is_empty() { text.t("history-mail-nobody") } else { mail.person_name.clone() },
        address: mail.address.clone(),
        state: text.t(state),
        mark,
        time: text.date_time(instant(at), zone),
        error: if mail.state() == DeliveryState::Sent { String::new() } else { fault(text, &mail.last_error) },
        can_resend,
    }
}

/// Why a mail has not gone, in words; what a mail server said stays as it is.
fn fault(text: Text, error: &str) -> String {
    let key = match error {
        "NO_ADDRESS" => "history-mail-fault-no-address",
        "ALERTS_NOT_ACCEPTED" => "history-mail-fault-alerts",
        "LINK_ENDED" => "history-mail-fault-link-ended",
        "CLOSURE_WITHDRAWN" => "history-mail-fault-closure-withdrawn",
        "NAMES_NOT_YET_KNOWN" => "history-mail-fault-names",
        "NO_OUTCOME" => "history-mail-fault-no-outcome",
        said => return said.to_owned(),
    };
    text.t(key)
}

/// What the button carries.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct ResendForm {
    request_id: String,
    back: String,
}

/// Mails one of them again.
pub(super) async fn resend(
    user: SignedIn,
    Path((id, delivery_id)): Path<(String, String)>,
    Form(form): Form<ResendForm>,
) -> Result<Response, PageError> {
    let message = ResendDeliveryRequest { delivery_id, request_id: form.request_id };
    let mail = user.api.deliveries().resend_delivery(message).await?.into_inner().delivery.unwrap_or_default();
    let back = (!form.back.is_empty()).then(|| own_page(Some(&form.back)));
    Ok(user.done("done-request-resent", &mail.person_name, &page_of(&id, back.unwrap_or_default())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(template: &str, state: DeliveryState) -> Delivery {
        Delivery { template: template.into(), state: state.into(), ..Delivery::default() }
    }

    #[test]
    fn a_link_is_mailed_again_only_while_its_answer_is_awaited() {
        let request = |state: State| PlacementRequest { state: state.into(), ..PlacementRequest::default() };
        let link = mail("REDIRECTED_LINK", DeliveryState::Failed);
        assert!(can_resend(&request(State::RedirectedOffline), &link));
        assert!(!can_resend(&request(State::Accepted), &link));
        assert!(can_resend(&request(State::Accepted), &mail("REQUEST_SENT", DeliveryState::Failed)));
        assert!(!can_resend(&request(State::Accepted), &mail("REQUEST_SENT", DeliveryState::Pending)));
    }

    #[test]
    fn every_mail_has_a_name_in_both_languages() {
        const MAILS: [&str; 12] = [
            "REDIRECTED_LINK",
            "REDIRECTED",
            "REQUEST_SENT",
            "ACCEPTED_BY_DESTINATION",
            "DECLINED_BY_DESTINATION",
            "REQUEST_ACCEPTED",
            "REQUEST_DECLINED",
            "REQUEST_CONFIRMED",
            "REQUEST_CANCELLED",
            "DATES_CHANGED",
            "DESTINATION_CHANGED",
            "WITHDRAWN_FROM_DESTINATION",
        ];
        for locale in kernel::Locale::ALL {
            for template in MAILS {
                let row = row(Text(locale), &TimeZone::UTC, false, &mail(template, DeliveryState::Sent));
                assert_ne!(row.mail, template, "{locale}");
            }
        }
    }
}
