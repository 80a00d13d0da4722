//! The states that a list can be narrowed down to.

use proto::{identity::v1::Role, placement::v1::State};

use super::filters::state_name;
use crate::ui::Text;

/// One of the states that can be asked for.
pub(crate) struct StateChoice {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// The states that a role sees (domain §7.3), in the order of a request's way.
pub(crate) fn states(text: Text, role: Role, chosen: &[State]) -> Vec<StateChoice> {
    let seen = |state: &State| match role {
        Role::PlacingCoordinator => !matches!(state, State::AcceptedByDestination | State::DeclinedByDestination),
        Role::ReceivingCoordinator => !matches!(state, State::Draft | State::Held | State::SentOffline),
        _ => !matches!(state, State::Draft | State::Held | State::SentOffline | State::Sent),
    };
    let all = (1..).map_while(|number| State::try_from(number).ok()).filter(|state| *state != State::Deleted);
    let mut choices: Vec<StateChoice> = Vec::new();
    for state in all.filter(seen) {
        let (label, chosen) = (text.state(state, role), chosen.contains(&state));
        // What somebody cannot tell apart is one choice.
        match choices.iter_mut().find(|choice| choice.label == label) {
            Some(choice) => choice.chosen |= chosen,
            None => choices.push(StateChoice { name: state_name(state), label, chosen }),
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    #[test]
    fn nobody_is_offered_a_state_that_is_hidden_from_them() {
        let names = |role| states(Text(Locale::En), role, &[]).into_iter().map(|s| s.name).collect::<Vec<_>>();
        assert!(!names(Role::PlacingCoordinator).contains(&"declined-by-destination".to_owned()));
        assert!(!names(Role::ReceivingCoordinator).contains(&"draft".to_owned()));
        assert!(!names(Role::DestinationCoordinator).contains(&"sent".to_owned()));
        assert!(names(Role::DestinationCoordinator).contains(&"declined-by-destination".to_owned()));
    }

    #[test]
    fn no_two_choices_are_called_alike() {
        for role in [Role::PlacingCoordinator, Role::ReceivingCoordinator, Role::DestinationCoordinator] {
            let mut labels: Vec<_> = states(Text(Locale::Fr), role, &[]).into_iter().map(|s| s.label).collect();
            let all = labels.len();
            labels.sort();
            labels.dedup();
            assert_eq!(labels.len(), all, "{role:?}");
        }
    }

    #[test]
    fn what_is_chosen_is_marked() {
        let all = states(Text(Locale::En), Role::PlacingCoordinator, &[State::Held]);
        assert_eq!(all.iter().filter(|s| s.chosen).map(|s| &*s.name).collect::<Vec<_>>(), ["held"]);
    }
}
