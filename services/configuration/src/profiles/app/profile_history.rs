//! Who changed what on the profile of a service or a destination.

use std::collections::HashMap;

use chassis::{Principal, UseCase, db::Tx};
use directory::Directory;
use kernel::{PersonId, cut_page};
use uuid::Uuid;

use crate::{
    profiles::{
        domain::profile_history::{FieldChange, Names, Profile, ProfileChange},
        store,
    },
    resources::{self, Context, Refusal},
};

/// The changes of a profile, newest first, for those of its agency whose grants reach it.
pub struct ListProfileHistory {
    pub who: Principal,
    /// Whose history.
    pub profile: Profile,
    /// The version at which the page before ended.
    pub below: Option<i64>,
    /// Changes on a page.
    pub limit: i64,
}

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Newest first, each with the name of who did it. Ids are spelled as names.
    pub changes: Vec<(ProfileChange, String)>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
}

impl UseCase for ListProfileHistory {
    type Context = Context;
    type Output = Page;
    type Error = Refusal;

    /// `NOT_FOUND`, `OUT_OF_SCOPE`.
    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Page, Refusal> {
        let standing = store::profile_history::standing(tx, self.profile).await?.ok_or(Refusal::NotFound)?;
        resources::access::works_at(&self.who, &standing)?;
        let mut changes = store::profile_history::of(tx, self.profile, self.below, self.limit + 1).await?;
        let next = cut_page(&mut changes, self.limit, |last| last.version);
        let people = names_of_people(tx, &cx.directory, &ids(&changes, Names::People)).await?;
        let services = ids(&changes, Names::Services);
        let services = store::profile_history::names_of_services(tx, &services, self.who.locale).await?;
        let named = changes.into_iter().map(|change| {
            let name = people.get(&change.person.uuid()).cloned().unwrap_or_default();
            let fields = change.fields.into_iter().map(|field| match field.names() {
                Some(Names::People) => spelled(field, &people),
                Some(Names::Services) => spelled(field, &services),
                None => field,
            });
            (ProfileChange { fields: fields.collect(), ..change }, name)
        });
        Ok(Page { changes: named.collect(), next })
    }
}

/// What is named anywhere on the page: whoever did something, and the ids in fields.
fn ids(changes: &[ProfileChange], names: Names) -> Vec<Uuid> {
    let fields = changes.iter().flat_map(|change| &change.fields).filter(|field| field.names() == Some(names));
    let in_fields = fields.flat_map(FieldChange::parts).filter_map(|id| id.parse().ok());
    let who = changes.iter().filter(|_| names == Names::People).map(|change| change.person.uuid());
    in_fields.chain(who).collect()
}

async fn names_of_people(tx: &mut Tx, directory: &Directory, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Refusal> {
    let ids: Vec<_> = ids.iter().copied().map(PersonId::from).collect();
    let people = directory.people(&mut **tx, &ids).await?;
    Ok(people.into_iter().map(|(id, person)| (id.uuid(), person.name())).collect())
}

fn spelled(field: FieldChange, names: &HashMap<Uuid, String>) -> FieldChange {
    // Whom the copy does not know keeps the id: that something changed must not be lost.
    field.spelled(|id| id.parse().ok().and_then(|id: Uuid| names.get(&id).cloned()).unwrap_or_else(|| id.to_owned()))
}
