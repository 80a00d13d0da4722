//! Who changed what on a profile (domain §5.5 "History"), for those of its agency who work there.

use proto::{
    configuration::v1::{FieldChange, ListDestinationHistoryRequest, ListServiceHistoryRequest, ProfileChange},
    identity::v1::Role,
};
use serde::Deserialize;
use tonic::{Code, Status};

use crate::{
    api::instant,
    shell::{SignedIn, address},
    ui::Text,
};

/// What the address of a profile asks of its history.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct HistoryQuery {
    /// Where the page before ended.
    history: String,
}

#[derive(Clone, Copy)]
pub(crate) enum Profile<'a> {
    Service(&'a str),
    Destination(&'a str),
}

pub(crate) struct History {
    pub(crate) rows: Vec<Row>,
    /// What came before, if anything did.
    pub(crate) older: Option<String>,
}

pub(crate) struct Row {
    pub(crate) who: String,
    pub(crate) time: String,
    pub(crate) created: bool,
    /// What is called how, what it was, what it became.
    pub(crate) fields: Vec<(String, String, String)>,
}

/// Reads it; nothing for those whom it is not told. Whether people of the hospital side are of this place's agency is for the
/// service to say; the others are not params for in vain.
pub(crate) async fn read(user: &SignedIn, of: Profile<'_>, params: &HistoryQuery) -> Result<Option<History>, Status> {
    use Role::{DestinationCoordinator, DestinationMonitor, Operator, ReceivingCoordinator};
    let role = user.session.role();
    if !matches!(role, ReceivingCoordinator | DestinationCoordinator | DestinationMonitor | Operator) {
        return Ok(None);
    }
    match ask(user, of, params).await {
        Ok((changes, next)) => {
            let row = |change| Row::of(user, change);
            let older = (!next.is_empty()).then(|| format!("{}#history", address(&of.page(), &[("history", &next)])));
            Ok(Some(History { rows: changes.into_iter().map(row).collect(), older }))
        }
        Err(status) if status.code() == Code::PermissionDenied => Ok(None),
        Err(status) => Err(status),
    }
}

async fn ask(user: &SignedIn, of: Profile<'_>, params: &HistoryQuery) -> Result<(Vec<ProfileChange>, String), Status> {
    let (mut profiles, page_token) = (user.api.profile_histories(), params.history.clone());
    match of {
        Profile::Service(id) => {
            let request = ListServiceHistoryRequest { service_id: id.to_owned(), page_size: 0, page_token };
            let page = profiles.list_service_history(request).await?.into_inner();
            Ok((page.changes, page.next_page_token))
        }
        Profile::Destination(id) => {
            let request = ListDestinationHistoryRequest { destination_id: id.to_owned(), page_size: 0, page_token };
            let page = profiles.list_destination_history(request).await?.into_inner();
            Ok((page.changes, page.next_page_token))
        }
    }
}

impl Profile<'_> {
    fn page(self) -> String {
        match self {
            Self::Service(id) => format!("/places/services/{id}"),
            Self::Destination(id) => format!("/places/destinations/{id}"),
        }
    }
}

impl Row {
    fn of(user: &SignedIn, change: ProfileChange) -> Self {
        let text = user.text();
        let nameless = change.person_name.is_empty();
        Self {
            who: if nameless { text.t("places-history-operator") } else { change.person_name },
            time: text.date_time(instant(change.time.as_ref()), &user.env.zone),
            created: change.created,
            fields: change.fields.iter().map(|field| written(text, field)).collect(),
        }
    }
}

fn written(text: Text, change: &FieldChange) -> (String, String, String) {
    let label = label(&change.field).map_or_else(|| change.field.clone(), |key| text.t(key));
    (label, value(text, &change.field, &change.old_value), value(text, &change.field, &change.new_value))
}

/// What the profile calls a field; nothing for one that these texts do not know yet.
fn label(field: &str) -> Option<&'static str> {
    Some(match field {
        "name" => "places-name",
        "name.fr" => "places-name-fr",
        "name.en" => "places-name-en",
        "short_name" => "places-short-name",
        "service_ids" => "places-services",
        "agent_id" => "places-agent",
        "receiving_coordinator_id" => "places-coordinator",
        "automatic_redirect" => "places-automatic",
        "capacity" => "places-at-once",
        "maximum_group_size" => "places-group",
        "description.fr" => "places-description-fr",
        "description.en" => "places-description-en",
        "location" => "places-location",
        "shifts" => "places-shifts",
        "minimum_notice_weeks" => "places-notice",
        "prerequisites.fr" => "places-prerequisites-fr",
        "prerequisites.en" => "places-prerequisites-en",
        "active" => "places-active",
        _ => return None,
    })
}

fn value(text: Text, field: &str, value: &str) -> String {
    match (field, value) {
        (_, "") => text.t("places-history-nothing"),
        ("active" | "automatic_redirect", "true") => text.t("places-yes"),
        ("active" | "automatic_redirect", "false") => text.t("places-no"),
        ("shifts", codes) => {
            let names = codes.split(',').map(|code| text.t(&format!("places-shift-{}", code.to_lowercase())));
            names.collect::<Vec<_>>().join(", ")
        }
        (_, words) => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    fn shown(field: &str, old: &str, new: &str) -> (String, String, String) {
        let change = FieldChange { field: field.into(), old_value: old.into(), new_value: new.into() };
        written(Text(Locale::En), &change)
    }

    #[test]
    fn codes_become_words_and_words_stay() {
        assert_eq!(shown("shifts", "", "DAY,NIGHT").2, "day, night");
        assert_eq!(
            (shown("active", "true", "false").1, shown("active", "true", "false").2),
            ("yes".into(), "no".into())
        );
        assert_eq!(shown("name", "true", "4 West").1, "true");
        assert_eq!(shown("a_field_of_tomorrow", "1", "2").0, "a_field_of_tomorrow");
    }

    #[test]
    fn nothing_is_said_in_words() {
        assert_eq!(shown("location", "", "4th floor").1, Text(Locale::En).t("places-history-nothing"));
    }
}
