//! Staff records, one and many, and who is calling.

use chassis::{Failure, Tx, UseCase};
use directory::model::Level;
use kernel::{AgencyId, Env, PersonId, SearchTerms, cut_page};

use crate::{
    grants::GrantError,
    people::{
        app::access::{self, Actor, Reach},
        domain::{
            person::{PageKey, Person, PersonError, PersonFilter},
            profile::Profile,
        },
        store,
    },
};

/// The caller with all grants, as they are now: the token may be some minutes behind.
#[derive(Clone, Copy, Debug)]
pub struct GetMe(pub PersonId);

impl UseCase for GetMe {
    type Context = Env;
    type Output = Profile;
    type Error = Failure;

    /// `NOT_FOUND`, if the person of the token is gone.
    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<Profile, Failure> {
        Ok(store::profile::find(tx, self.0).await?.ok_or(PersonError::NotFound)?)
    }
}

/// A staff record of an agency in which the caller has rights; the operator sees all.
#[derive(Clone, Debug)]
pub struct GetPerson {
    pub actor: Actor,
    pub person: PersonId,
}

impl UseCase for GetPerson {
    type Context = Env;
    type Output = Person;
    type Error = Failure;

    /// `NOT_FOUND`.
    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<Person, Failure> {
        access::visible(tx, &self.actor, Level::Viewer, self.person).await
    }
}

/// One page of staff records, by last name, then first name.
#[derive(Clone, Debug)]
pub struct ListPeople {
    pub actor: Actor,
    /// Of one agency; `None` for all that the caller sees.
    pub agency: Option<AgencyId>,
    /// Parts of names; none for all.
    pub query: SearchTerms,
    /// Also the archived.
    pub include_inactive: bool,
    /// Where the page before ended.
    pub after: Option<PageKey>,
    /// Most records.
    pub limit: i64,
}

impl UseCase for ListPeople {
    type Context = Env;
    /// The records, and where the page ended if more follow.
    type Output = (Vec<Person>, Option<PageKey>);
    type Error = Failure;

    /// `OUT_OF_SCOPE` for an agency in which the caller has no rights.
    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<Self::Output, Failure> {
        let agencies = match (self.agency, access::reach(&self.actor, Level::Viewer)) {
            (Some(agency), reach) if reach.holds(Some(agency)) => Some(vec![agency]),
            (Some(_), _) => return Err(GrantError::OutOfScope.into()),
            (None, Reach::Everybody) => None,
            (None, Reach::Agencies(own)) => Some(own),
        };
        let filter = PersonFilter { agencies, query: self.query.clone(), include_inactive: self.include_inactive };
        let mut people = store::person::page(tx, &filter, self.after.as_ref(), self.limit + 1).await?;
        let next = cut_page(&mut people, self.limit, |last| PageKey::from(last));
        Ok((people, next))
    }
}
