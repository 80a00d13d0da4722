//! Staff records (domain §4.2).

use jiff::Timestamp;
use kernel::{AgencyId, ErrorKind, Locale, PersonId, Problem, fold};

/// A staff record, with or without account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// The agency that employs the person; `None` for the operator's own staff.
    pub agency: Option<AgencyId>,
    /// What is written on the business card.
    pub card: Card,
    /// False once archived.
    pub active: bool,
    /// Counts the changes of the record, its account and its grants.
    pub version: i64,
    /// When any of them changed last.
    pub updated_at: Timestamp,
}

/// What is written on a business card, which needs no consent (domain §13.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Given name; one-name people have the name in both fields.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Title or position; may be empty.
    pub title: String,
    /// The personal, identifying address.
    pub email: String,
    /// As people write it; may be empty.
    pub phone: String,
    /// The language of mails and errors.
    pub language: Locale,
}

/// Asks for a new staff record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// The agency.
    pub agency: AgencyId,
    /// The rest.
    pub card: Card,
}

/// Asks to change a staff record: what is `None` stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonEdit {
    /// Whose.
    pub id: PersonId,
    /// The version that was read, if the caller insists on it.
    pub etag: Option<i64>,
    /// New given name.
    pub first_name: Option<String>,
    /// New family name.
    pub last_name: Option<String>,
    /// New title.
    pub title: Option<String>,
    /// New address.
    pub email: Option<String>,
    /// New phone.
    pub phone: Option<String>,
    /// New language.
    pub language: Option<Locale>,
    /// Archive or restore.
    pub active: Option<bool>,
}

/// Why a staff record does not allow something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonError {
    /// No such person, or not visible to the caller.
    #[error("no such person")]
    NotFound,
    /// Somebody else changed the record, its account or its grants since it was read.
    #[error("changed since it was read")]
    Stale,
    /// Archived people get neither account nor rights.
    #[error("the person is archived")]
    Archived,
}

impl Problem for PersonError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound => ErrorKind::NotFound,
            Self::Stale => ErrorKind::Conflict,
            Self::Archived => ErrorKind::Precondition,
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::Stale => "STALE_ETAG",
            Self::Archived => "PERSON_ARCHIVED",
        }
    }
}

impl Person {
    /// The record after an edit; whether anything but the version differs is for the caller to compare.
    ///
    /// # Errors
    /// [`PersonError::Stale`].
    pub fn edit(self, edit: PersonEdit) -> Result<Self, PersonError> {
        if edit.etag.is_some_and(|etag| etag != self.version) {
            return Err(PersonError::Stale);
        }
        let card = Card {
            first_name: edit.first_name.unwrap_or(self.card.first_name),
            last_name: edit.last_name.unwrap_or(self.card.last_name),
            title: edit.title.unwrap_or(self.card.title),
            email: edit.email.unwrap_or(self.card.email),
            phone: edit.phone.unwrap_or(self.card.phone),
            language: edit.language.unwrap_or(self.card.language),
        };
        Ok(Self { card, active: edit.active.unwrap_or(self.active), ..self })
    }

    /// Passes if the person is not archived.
    ///
    /// # Errors
    /// [`PersonError::Archived`].
    pub fn check_active(&self) -> Result<(), PersonError> {
        if self.active { Ok(()) } else { Err(PersonError::Archived) }
    }
}

impl Card {
    /// What lists are ordered by: family name, then given name.
    #[must_use]
    pub fn sort_keys(&self) -> (String, String) {
        (fold(&self.last_name), fold(&self.first_name))
    }

    /// What a search looks into: the names in either order.
    #[must_use]
    pub fn search_key(&self) -> String {
        let (last, first) = self.sort_keys();
        format!("{first} {last} {first}")
    }
}

/// Which staff records are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonFilter {
    /// Of these agencies alone; `None` for everybody.
    pub agencies: Option<Vec<AgencyId>>,
    /// Part of a name, folded.
    pub query: String,
    /// Also the archived.
    pub include_inactive: bool,
}

/// Where a page of staff records ended: the keys of its last row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageKey {
    /// Family name, folded.
    pub last: String,
    /// Given name, folded.
    pub first: String,
    /// Tells namesakes apart.
    pub id: PersonId,
}

impl From<&Person> for PageKey {
    fn from(person: &Person) -> Self {
        let (last, first) = person.card.sort_keys();
        Self { last, first, id: person.id }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn person() -> Person {
        let card = Card {
            first_name: "Ève".into(),
            last_name: "O’Neil-Roy".into(),
            title: "Infirmière-chef".into(),
            email: "eve@example.ca".into(),
            phone: String::new(),
            language: Locale::Fr,
        };
        let id = PersonId::from(Uuid::from_u128(1));
        Person { id, agency: None, card, active: true, version: 4, updated_at: Timestamp::UNIX_EPOCH }
    }

    fn edit() -> PersonEdit {
        PersonEdit {
            id: person().id,
            etag: None,
            first_name: None,
            last_name: None,
            title: None,
            email: None,
            phone: None,
            language: None,
            active: None,
        }
    }

    #[test]
    fn an_edit_changes_what_it_names_only() {
        let edited = person().edit(PersonEdit { phone: Some("514 555-0100".into()), ..edit() }).expect("no etag");
        assert_eq!(edited.card.phone, "514 555-0100");
        assert_eq!(edited, Person { card: Card { phone: "514 555-0100".into(), ..person().card }, ..person() });
        assert_eq!(person().edit(edit()), Ok(person()));
    }

    #[test]
    fn a_stale_edit_is_refused() {
        assert_eq!(person().edit(PersonEdit { etag: Some(3), ..edit() }), Err(PersonError::Stale));
        assert!(person().edit(PersonEdit { etag: Some(4), ..edit() }).is_ok());
    }

    #[test]
    fn both_orders_of_a_name_are_found() {
        let key = person().card.search_key();
        assert!(key.contains("eve o neil") && key.contains("roy eve"), "{key}");
    }
}
