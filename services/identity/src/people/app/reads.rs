//! The staff records of an agency.

use chassis::{Failure, Tx};
use directory::model::Level;
use kernel::AgencyId;

use crate::{
    grants::GrantError,
    people::{
        app::{
            self,
            access::{Actor, Reach},
        },
        domain::person::{PageKey, Person, PersonFilter},
        store,
    },
};

/// Which staff records are asked for.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Of one agency; `None` for all that the caller sees.
    pub agency: Option<AgencyId>,
    /// Part of a name, folded.
    pub query: String,
    /// Also the archived.
    pub include_inactive: bool,
    /// Where the page before ended.
    pub after: Option<PageKey>,
    /// Most records.
    pub limit: i64,
}

/// One page by last name, then first name, and where it ended if more follow.
///
/// # Errors
/// `OUT_OF_SCOPE` for an agency in which the caller has no rights.
pub async fn run(tx: &mut Tx, actor: &Actor, ask: &Ask) -> Result<(Vec<Person>, Option<PageKey>), Failure> {
    let reach = app::access::reach(actor, Level::Viewer);
    let agencies = match (ask.agency, reach) {
        (Some(agency), reach) if reach.holds(Some(agency)) => Some(vec![agency]),
        (Some(_), _) => return Err(GrantError::OutOfScope.into()),
        (None, Reach::Everybody) => None,
        (None, Reach::Agencies(own)) => Some(own),
    };
    let filter = PersonFilter { agencies, query: ask.query.clone(), include_inactive: ask.include_inactive };
    let mut people = store::person::page(tx, &filter, ask.after.as_ref(), ask.limit + 1).await?;
    let wanted = usize::try_from(ask.limit).unwrap_or(usize::MAX);
    let more = people.len() > wanted;
    people.truncate(wanted);
    let next = people.last().filter(|_| more).map(PageKey::from);
    Ok((people, next))
}
