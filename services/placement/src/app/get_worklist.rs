//! What awaits the viewer.

use chassis::Tx;

use super::{Env, Error};
use crate::{
    domain::{Lens, ListQuery, Viewer, WorklistItem, worklist},
    store,
};

/// The counts of what the viewer's grants reach, over the days that the lists have by default.
///
/// # Errors
/// If the store fails.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer) -> Result<Vec<WorklistItem>, Error> {
    let lens = Lens::of(viewer, env.deadlines, env.today());
    let counts = store::request_list::by_state(tx, &ListQuery::all(env.today()), &lens).await?;
    Ok(worklist::items(viewer.role, &counts))
}
