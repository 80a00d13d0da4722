//! What awaits somebody.

use chassis::{Tx, UseCase};

use super::domain::{WorklistItem, items};
use crate::requests::{By, Context, Error, ListContext, ListQuery, requests_by_state};

/// The counts of what the viewer's grants reach, over the days that the lists have by default.
#[derive(Clone, Copy, Debug)]
pub struct GetWorklist;

impl UseCase for By<GetWorklist> {
    type Context = Context;
    type Output = Vec<WorklistItem>;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Vec<WorklistItem>, Error> {
        let today = cx.today();
        let context = ListContext::of(&self.viewer, cx.deadlines, today);
        let counts = requests_by_state(tx, &ListQuery::all(today), &context).await?;
        Ok(items(self.viewer.role, &counts))
    }
}
