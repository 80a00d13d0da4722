//! What awaits somebody.

use std::{sync::Arc, time::Duration};

use chassis::{Tx, UseCase};
use directory::{
    Snapshot,
    model::{Reach, Scope},
};
use jiff::civil::Date;
use kernel::{AgencyId, PersonId};
use moka::future::Cache;

use super::domain::{WorklistItem, items};
use crate::{
    requests::{By, Context, Error, ListContext, ListQuery, Role, StateCount, reading_marks, requests_by_state},
    watch::Watch,
};

/// How many people's counts are kept; a few hundred bytes each.
const KEPT: u64 = 10_000;
/// How long, should a transaction have been under way for longer than the watch looks back.
const LONGEST: Duration = Duration::from_mins(10);

/// The counts that were made before. They are answered again as long as nothing has happened at the agencies that they are
/// about, and the person has opened nothing: then a count over thousands of requests would find the same.
#[derive(Clone)]
pub struct Counts {
    watch: Watch,
    kept: Cache<Question, Arc<Counted>>,
}

/// Whose requests are counted, and on which day.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Question {
    person: PersonId,
    role: Role,
    scopes: Vec<Scope>,
    today: Date,
}

/// Counts, and what was so when they were made.
struct Counted {
    counts: Vec<StateCount>,
    /// When something had last happened at the agencies.
    last: u64,
    /// How often the person had opened something.
    marks: i64,
}

impl Counts {
    /// None yet. `watch` tells what happens.
    #[must_use]
    pub fn new(watch: Watch) -> Self {
        Self { watch, kept: Cache::builder().max_capacity(KEPT).time_to_live(LONGEST).build() }
    }
}

/// The counts of what the viewer's grants reach, over the days that the lists have by default. Whoever asks has let the watch
/// catch up, so that no count is older than what was done before.
#[derive(Clone)]
pub struct GetWorklist(pub Counts);

impl UseCase for By<GetWorklist> {
    type Context = Context;
    type Output = Vec<WorklistItem>;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Vec<WorklistItem>, Error> {
        let Self { viewer, command: GetWorklist(Counts { watch, kept }) } = self;
        let context = ListContext::of(viewer, cx.deadlines, cx.today());
        let Some(agencies) = agencies(&cx.directory.snapshot(), &context.reach) else {
            return Ok(items(viewer.role, &counted(tx, &context).await?));
        };
        // Before the transaction sees anything: what happens from now on makes the counts old.
        let last = watch.last(&agencies);
        let marks = reading_marks(tx, viewer.person).await?;
        let question = Question {
            person: viewer.person,
            role: viewer.role,
            scopes: context.reach.scopes().to_vec(),
            today: context.today,
        };
        if let Some(known) = kept.get(&question).await.filter(|known| (known.last, known.marks) == (last, marks)) {
            return Ok(items(viewer.role, &known.counts));
        }
        let counts = counted(tx, &context).await?;
        let items = items(viewer.role, &counts);
        kept.insert(question, Arc::new(Counted { counts, last, marks })).await;
        Ok(items)
    }
}

async fn counted(tx: &mut Tx, context: &ListContext) -> Result<Vec<StateCount>, Error> {
    Ok(requests_by_state(tx, &ListQuery::all(context.today), context).await?)
}

/// The agencies whose requests are in reach; nothing where one of the scopes is not known yet.
fn agencies(known: &Snapshot, reach: &Reach) -> Option<Vec<AgencyId>> {
    reach.scopes().iter().map(|scope| Some(known.place(*scope)?.agency)).collect()
}
