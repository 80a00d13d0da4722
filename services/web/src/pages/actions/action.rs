//! What a declaration of an action says.

use futures::future::BoxFuture;
use proto::{
    configuration::v1::ReasonUse,
    identity::v1::Role,
    placement::v1::{Action as Code, Answer, State},
};
use tonic::Status;

use super::calls::Input;
use crate::{api::Api, ui::Text};

#[derive(Debug)]
pub(crate) struct Action {
    /// Its name in addresses (`?action=`) and ids of the page.
    pub(crate) slug: &'static str,
    /// As the API offers it.
    pub(crate) code: Code,
    /// The API offers an answer as a whole, which is two actions: yes and no.
    pub(crate) answer: Answer,
    /// The last part of the address that its form is sent to: the verb of the gateway's REST addresses.
    pub(crate) verb: &'static str,
    /// States in which the API offers the answer, and only the other one is possible (domain §7.4 no. 10, 12, 13).
    pub(super) impossible_in: &'static [State],
    pub(crate) effect: Effect,
    /// In the order of the form.
    pub(crate) fields: &'static [Field],
    pub(super) wording: fn(State, Role) -> Wording,
    /// The key of what the next page says was done.
    pub(crate) done: &'static str,
    /// How it is done with many requests at once, if it is.
    pub(super) bulk: Option<Bulk>,
    pub(super) call: fn(&Api, Input) -> BoxFuture<'static, Result<State, Status>>,
}

/// What it does to the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It goes on. Of these, the page opens the first.
    MovesOn,
    Changes,
    /// Something ends, and the button warns of it.
    Ends,
}

/// A field of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// What does not fit, which whoever accepts ticks.
    Misfits,
    Destination,
    Dates,
    /// Hours per student in these dates.
    Hours,
    /// Whether what was postponed is submitted again.
    Resubmit,
    /// One of the coded reasons for a use (domain §8).
    Reason {
        used_for: ReasonUse,
        required: bool,
    },
    Comment {
        required: bool,
    },
}

/// Keys of texts: what it is called where that is not the word of the contract, and what follows from it.
pub(crate) type Wording = (Option<&'static str>, &'static str);

/// How an action is offered in the list.
#[derive(Debug)]
pub(super) struct Bulk {
    /// Its name in the list's form and in keys: yes and no of unit and agency are called alike.
    pub(super) name: &'static str,
    pub(super) roles: &'static [Role],
    pub(super) needs: Need,
}

/// What a request must be for an action to be done with it among many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Nothing,
    /// What was sent can be taken back too, but one by one.
    Draft,
    /// Each request goes to the destination that it names.
    Destination,
}

impl PartialEq for Action {
    fn eq(&self, other: &Self) -> bool {
        self.slug == other.slug
    }
}

impl Action {
    /// What it is called and what follows from it, for a role and from a state.
    pub(crate) fn wording(&self, text: Text, state: State, role: Role) -> (String, &'static str) {
        let (name, consequence) = (self.wording)(state, role);
        (name.map_or_else(|| text.action(self.code), |key| text.t(key)), consequence)
    }

    /// What the form says beside its verb; empty for what is no answer.
    pub(crate) fn answer_value(&self) -> &'static str {
        match self.answer {
            Answer::Accept => "accept",
            Answer::Decline => "decline",
            Answer::Unspecified => "",
        }
    }

    /// Does it; the state that it led to.
    pub(crate) fn call(&self, api: &Api, input: Input) -> BoxFuture<'static, Result<State, Status>> {
        (self.call)(api, Input { answer: self.answer.into(), ..input })
    }

    pub(crate) fn moves_on(&self) -> bool {
        self.effect == Effect::MovesOn
    }

    pub(crate) fn ends(&self) -> bool {
        self.effect == Effect::Ends
    }

    pub(crate) fn has_destination(&self) -> bool {
        self.fields.contains(&Field::Destination)
    }

    pub(crate) fn has_comment(&self) -> bool {
        self.fields.iter().any(|field| matches!(field, Field::Comment { .. }))
    }

    /// Which reasons it takes.
    pub(crate) fn reason(&self) -> Option<ReasonUse> {
        self.fields.iter().find_map(|field| match field {
            Field::Reason { used_for, .. } => Some(*used_for),
            _ => None,
        })
    }

    /// Which reasons it takes where it does nothing without one.
    pub(crate) fn required_reason(&self) -> Option<ReasonUse> {
        self.fields.iter().find_map(|field| match field {
            Field::Reason { used_for, required: true } => Some(*used_for),
            _ => None,
        })
    }

    /// Its name where it is done with many requests at once.
    pub(crate) fn bulk_name(&self) -> &'static str {
        self.bulk.as_ref().map_or("", |bulk| bulk.name)
    }
}
