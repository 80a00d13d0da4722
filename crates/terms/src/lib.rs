//! The words for what the contracts name: states, actions, roles, levels, kinds, in French and English.
//!
//! Services and pages say each of these by the same word, and it stands here alone. A state is called differently by each
//! side that looks at it (domain §7.3), so it is looked up by the state **as that side may see it**, which placement tells, and
//! by the side. What a value is called is all that this crate knows; who may see it is not asked here.
//!
//! A value without a name (`UNSPECIFIED`, or one of a newer contract) is a dash.

use std::{collections::HashMap, str::FromStr as _, sync::LazyLock};

use fluent_templates::{LanguageIdentifier, Loader as _, static_loader};
use kernel::Locale;
use proto::{
    identity::v1::{Level, Role},
    placement::v1::{Action, Kind, State, Weekday},
};

static_loader! {
    static WORDS = {
        locales: "./locales",
        fallback_language: "fr",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The side from which somebody looks at a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// The school.
    Placing,
    /// The receiving coordinator.
    Receiving,
    /// The unit.
    Destination,
}

impl Audience {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Placing, Self::Receiving, Self::Destination];

    /// The side of a role; whoever is on none is told what the receiving side is told.
    #[must_use]
    pub const fn of(role: Role) -> Self {
        match role {
            Role::PlacingCoordinator => Self::Placing,
            Role::DestinationCoordinator | Role::DestinationMonitor => Self::Destination,
            _ => Self::Receiving,
        }
    }
}

/// What a state is called by those who see it.
#[must_use]
pub fn state(state: State, audience: Audience, locale: Locale) -> String {
    word(&format!("state-{}", state_key(state, audience)), locale)
}

/// The short label of a state: the code that people on the telephone know it by.
#[must_use]
pub fn state_label(state: State, audience: Audience, locale: Locale) -> String {
    word(&format!("label-{}", state_key(state, audience)), locale)
}

/// What a role is called.
#[must_use]
pub fn role(role: Role, locale: Locale) -> String {
    word(&key("role", role.as_str_name(), "ROLE_"), locale)
}

/// What the level of a grant is called.
#[must_use]
pub fn level(level: Level, locale: Locale) -> String {
    word(&key("level", level.as_str_name(), "LEVEL_"), locale)
}

/// What an action is called by those to whom it is offered.
#[must_use]
pub fn action(action: Action, locale: Locale) -> String {
    word(&key("action", action.as_str_name(), "ACTION_"), locale)
}

/// What an entry of the history is called; `code` is its `action`.
#[must_use]
pub fn history(code: &str, locale: Locale) -> String {
    word(&key("history", code, ""), locale)
}

/// What a kind of placement is called.
#[must_use]
pub fn kind(kind: Kind, locale: Locale) -> String {
    word(&key("kind", kind.as_str_name(), "KIND_"), locale)
}

/// What a day of the week is called beside others.
#[must_use]
pub fn weekday(day: Weekday, locale: Locale) -> String {
    word(&key("weekday", day.as_str_name(), "WEEKDAY_"), locale)
}

/// On which days of the week, as the contracts number them, and in which shift if one is named: `Mon, Fri · shift E8`.
#[must_use]
pub fn days(weekdays: impl IntoIterator<Item = i32>, shift_code: &str, locale: Locale) -> String {
    let named = weekdays.into_iter().map(|day| weekday(Weekday::try_from(day).unwrap_or_default(), locale));
    let named: Vec<_> = named.collect();
    let days = if named.is_empty() { word("weekday-various", locale) } else { named.join(", ") };
    if shift_code.is_empty() { days } else { format!("{days} · {} {shift_code}", word("shift", locale)) }
}

/// The column of domain §7.3.
const fn state_key(state: State, audience: Audience) -> &'static str {
    use Audience::{Destination, Placing};
    match (state, audience) {
        (State::Unspecified, _) => "unspecified",
        (State::Draft, _) => "draft",
        (State::Held, _) => "held",
        (State::Sent, Placing) => "sent",
        (State::SentOffline, _) => "sent-offline",
        (State::Sent, _)
        | (State::Redirected | State::RedirectedOffline | State::RedirectedAutomatically, Destination) => "pending",
        (State::Redirected, _) => "redirected",
        (State::RedirectedOffline, _) => "redirected-offline",
        (State::RedirectedAutomatically, _) => "redirected-automatically",
        (State::AcceptedByDestination, Destination) | (State::Accepted, Placing) => "accepted",
        (State::DeclinedByDestination, Destination) | (State::Declined, Placing) => "declined",
        (State::AcceptedByDestination, _) => "accepted-to-ratify",
        (State::DeclinedByDestination, _) => "declined-to-ratify",
        (State::Accepted, _) => "accepted-by-agency",
        (State::Declined, _) => "declined-by-agency",
        (State::Confirmed, _) => "confirmed",
        (State::Cancelled, _) => "cancelled",
        (State::Deleted, _) => "deleted",
    }
}

/// `ROLE_PLACING_COORDINATOR` is `role-placing-coordinator`.
fn key(group: &str, code: &str, prefix: &str) -> String {
    let name = code.strip_prefix(prefix).unwrap_or(code);
    format!("{group}-{}", name.to_lowercase().replace('_', "-"))
}

fn word(key: &str, locale: Locale) -> String {
    static LANGUAGES: LazyLock<[LanguageIdentifier; 2]> = LazyLock::new(|| {
        Locale::ALL.map(|l| LanguageIdentifier::from_str(l.code()).expect("the code of a locale is a language tag"))
    });
    let language = &LANGUAGES[usize::from(locale == Locale::En)];
    WORDS.try_lookup_with_args(language, key, &HashMap::new()).unwrap_or_else(|| "–".to_owned())
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use testkit::catalogue;

    use super::*;

    #[test]
    fn each_side_has_its_own_word_for_a_state() {
        let called = |seen, audience| state(seen, audience, Locale::En);
        assert_eq!(called(State::Sent, Audience::Placing), "Sent");
        assert_eq!(called(State::Sent, Audience::Receiving), "Pending");
        assert_eq!(called(State::DeclinedByDestination, Audience::Destination), "Declined");
        assert_eq!(called(State::DeclinedByDestination, Audience::Receiving), "Declined (destination), to ratify");
        assert_eq!(called(State::Declined, Audience::Receiving), "Declined (agency)");
        assert_eq!(called(State::Unspecified, Audience::Receiving), "–");
    }

    #[test]
    fn labels_are_those_of_the_domain() {
        assert_eq!(state_label(State::AcceptedByDestination, Audience::Receiving, Locale::En), "AccD, to be AccA");
        assert_eq!(state_label(State::RedirectedOffline, Audience::Destination, Locale::Fr), "En attente");
    }

    #[test]
    fn words_are_found_by_the_values_of_the_contracts() {
        assert_eq!(role(Role::DestinationCoordinator, Locale::Fr), "Agent de destination (AD)");
        assert_eq!(level(Level::LocalAdministrator, Locale::En), "Local administrator");
        assert_eq!(action(Action::ChangeDates, Locale::En), "Change dates");
        assert_eq!(kind(Kind::Group, Locale::Fr), "Groupe");
        assert_eq!(days([1, 5], "E8", Locale::En), "Mon, Fri · shift E8");
        assert_eq!(days([], "", Locale::Fr), "jours variables");
        assert_eq!(history("REDIRECTED_OFFLINE", Locale::En), "Redirected by e-mail, with a link");
        assert_eq!(history("UNHEARD_OF", Locale::En), "–");
    }

    /// All values of an enum of the contracts but the first, which is none.
    fn values<T: TryFrom<i32>>() -> impl Iterator<Item = T> {
        (1..).map_while(|number| T::try_from(number).ok())
    }

    /// The entries of the history are codes and no enum of a contract: placement looks after their words.
    #[test]
    fn every_value_has_a_word_and_no_word_is_there_for_nothing() {
        let mut expected = BTreeSet::new();
        for (state, audience) in values::<State>().flat_map(|state| Audience::ALL.map(|side| (state, side))) {
            let key = state_key(state, audience);
            expected.extend([format!("state-{key}"), format!("label-{key}")]);
        }
        expected.extend(values::<Role>().map(|role| key("role", role.as_str_name(), "ROLE_")));
        expected.extend(values::<Level>().map(|level| key("level", level.as_str_name(), "LEVEL_")));
        expected.extend(values::<Action>().map(|action| key("action", action.as_str_name(), "ACTION_")));
        expected.extend(values::<Kind>().map(|kind| key("kind", kind.as_str_name(), "KIND_")));
        expected.extend(values::<Weekday>().map(|day| key("weekday", day.as_str_name(), "WEEKDAY_")));
        expected.extend(["weekday-various", "shift"].map(str::to_owned));
        for language in ["fr", "en"] {
            let mut keys = catalogue::keys(&Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language));
            keys.retain(|key| !key.starts_with("history-"));
            assert_eq!(keys, expected, "{language}");
        }
    }
}
