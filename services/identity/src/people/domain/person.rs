//! Staff records (domain §4.2).

use jiff::Timestamp;
use kernel::{AgencyId, ErrorKind, Locale, PersonId, Problem, SearchTerms, fold};

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
    /// Passes if the record is still at the version that the caller has read, or the caller does not insist on one.
    ///
    /// # Errors
    /// [`PersonError::Stale`].
    pub fn check_version(&self, etag: Option<i64>) -> Result<(), PersonError> {
        if etag.is_none_or(|etag| etag == self.version) { Ok(()) } else { Err(PersonError::Stale) }
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
    /// Parts of names; none for all.
    pub query: SearchTerms,
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

    #[test]
    fn a_stale_update_is_refused() {
        assert_eq!(person().check_version(Some(3)), Err(PersonError::Stale));
        assert_eq!(person().check_version(Some(4)), Ok(()));
        assert_eq!(person().check_version(None), Ok(()));
    }

    #[test]
    fn both_orders_of_a_name_are_found() {
        let key = person().card.search_key();
        assert!(key.contains("eve o neil") && key.contains("roy eve"), "{key}");
    }
}
