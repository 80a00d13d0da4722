//! People as options of a form.

use proto::identity::v1::Person;

use crate::ui::Choice;

/// People of an agency to choose from. Whoever is chosen stays a choice, even where the list does not hold them.
pub(super) fn people(people: Vec<Person>, chosen: &str) -> Vec<Choice> {
    let name = |person: &Person| match (&person.last_name, &person.first_name) {
        (last, first) if first == last => last.clone(),
        (last, first) => format!("{last}, {first}"),
    };
    let choice = |person: Person| Choice::new(&person.id, name(&person), chosen);
    let mut choices: Vec<_> = people.into_iter().map(choice).collect();
    if !chosen.is_empty() && !choices.iter().any(|choice| choice.selected) {
        choices.push(Choice::new(chosen, "…".to_owned(), chosen));
    }
    choices
}
