//! Whom one can turn to about a place.

use std::collections::BTreeMap;

use proto::identity::v1::BusinessCard;

/// Whom one can turn to, as far as the reader may know.
pub(crate) struct Contact {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) email: String,
    pub(crate) phone: String,
}

impl From<&BusinessCard> for Contact {
    fn from(card: &BusinessCard) -> Self {
        let card = card.clone();
        Self { name: card.name, title: card.title, email: card.email, phone: card.phone }
    }
}

impl Contact {
    /// Of a place, among those that the reader may know.
    pub(super) fn of(cards: Option<&BTreeMap<String, BusinessCard>>, id: &str) -> Option<Self> {
        Some(cards?.get(id)?.into())
    }
}
