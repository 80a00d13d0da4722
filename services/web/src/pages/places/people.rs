//! People as options of a form.

use proto::identity::v1::Person;

use crate::ui::Choice;

/// People of an agency to choose from. Whoever is chosen stays a choice, even where the list does not hold them.
pub(super) fn people(people: Vec<Person>, chosen: &str) -> Vec<Choice> {
    let choice =
        |person: Person| Choice::new(&person.id, format!("{}, {}", person.last_name, person.first_name), chosen);
    let mut choices: Vec<_> = people.into_iter().map(choice).collect();
    if !chosen.is_empty() && !choices.iter().any(|choice| choice.selected) {
        choices.push(Choice::new(chosen, "…".to_owned(), chosen));
    }
    choices
}
