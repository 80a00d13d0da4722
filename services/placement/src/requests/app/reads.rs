//! What somebody reads of requests, and that they have read it.

use chassis::{StoreError, Tx, UseCase};
use kernel::{PersonId, PlacementRequestId, cut_page};

use super::{
    By, Context, Error,
    change::{look, show, show_to_decide},
    facts::Closures,
    names,
};
use crate::requests::{
    domain::{
        Card, Contacts, Cursor, Detail, HistoryEntry, ListContext, ListQuery, Page, PlacementRequest, RowContext, Rows,
        Summary, Target, View, shown,
    },
    store,
};

/// One request.
#[derive(Clone, Copy, Debug)]
pub struct Get(pub PlacementRequestId);

/// The cards of the people whom the viewer sees on a request.
#[derive(Clone, Copy, Debug)]
pub struct GetContacts(pub PlacementRequestId);

/// One page of a list.
#[derive(Clone, Debug)]
pub struct List(pub ListQuery);

/// What was done with a request, oldest first; of a deleted one for the school that deleted it.
#[derive(Clone, Copy, Debug)]
pub struct ListHistory(pub PlacementRequestId);

/// Somebody opens a request: what was done until then is known to them (domain §7.9).
#[derive(Clone, Copy, Debug)]
pub struct MarkSeen(pub Target);

impl UseCase for By<Get> {
    type Context = Context;
    type Output = View;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<View, Error> {
        let request = look(tx, &self.viewer, self.command.0).await?;
        show_to_decide(tx, cx, &self.viewer, request).await
    }
}

impl UseCase for By<GetContacts> {
    type Context = Context;
    type Output = Contacts;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Contacts, Error> {
        let request = look(tx, &self.viewer, self.command.0).await?;
        let request = show(tx, cx, &self.viewer, request).await?.summary.request;
        let agent = request.state.unit().and_then(|unit| unit.agent);
        let people = [request.placing_coordinator, request.receiving_coordinator, agent];
        let people: Vec<_> = people.into_iter().flatten().collect();
        let known = cx.directory.people(&mut **tx, &people).await.map_err(StoreError::from)?;
        let card = |person: Option<PersonId>| person.and_then(|id| known.get(&id)).and_then(|person| Card::of(person));
        Ok(Contacts {
            placing_coordinator: card(request.placing_coordinator),
            receiving_coordinator: card(request.receiving_coordinator),
            destination_coordinator: card(agent),
        })
    }
}

impl UseCase for By<List> {
    type Context = Context;
    type Output = Page;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Page, Error> {
        let (viewer, query) = (&self.viewer, &self.command.0);
        let context = ListContext::of(viewer, cx.deadlines, cx.today());
        let mut rows = store::list::page(tx, query, &context).await?;
        let total = if query.counts { store::list::count(tx, query, &context).await? } else { 0 };
        let closure_version = match query.closure {
            Some(closure) => store::list::closure_version(tx, closure).await?,
            None => None,
        };
        let next = cut_page(&mut rows, query.page_size, |(last, _)| Cursor::of(last, query.order, viewer.role));
        let known = cx.directory.snapshot();
        let closures = Closures::near(&known, rows.iter().map(|(request, _)| request));
        // The rows were selected by the same rule that `Summary::of` applies; should the two ever differ, nothing is shown.
        let summary = |request: PlacementRequest, seen, names| {
            let context = RowContext { names, seen, closed: closures.touching(&request) };
            Summary::of(request, context, viewer, cx.deadlines, cx.today())
        };
        let rows = match query.detail {
            Detail::Summary => {
                let row = |(request, seen): (PlacementRequest, _)| {
                    let names = names::without_people(&known, &request);
                    summary(request, seen, names)
                };
                Rows::Summaries(rows.into_iter().filter_map(row).collect())
            }
            Detail::Whole => {
                let (requests, seen): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
                let names = names::of(tx, cx, &requests).await?;
                let rows = requests.into_iter().zip(seen).zip(names);
                let view = |((request, seen), names)| View::of(summary(request, seen, names)?, viewer, cx.today());
                Rows::Whole(rows.filter_map(view).collect())
            }
        };
        Ok(Page { rows, next, total, closure_version })
    }
}

impl UseCase for By<ListHistory> {
    type Context = Context;
    type Output = Vec<HistoryEntry>;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, _: &Context) -> Result<Vec<HistoryEntry>, Error> {
        let request = store::placement_request::load(tx, self.command.0).await?.ok_or(Error::NotFound)?;
        if !self.viewer.sees_history(&request) {
            return Err(Error::NotFound);
        }
        let entries = store::history::of(tx, request.id).await?;
        let mut before = None;
        Ok(entries.into_iter().filter_map(|entry| shown::past(entry, self.viewer.role, &mut before)).collect())
    }
}

impl UseCase for By<MarkSeen> {
    type Context = Context;
    type Output = ();
    type Error = Error;

    /// Notes the version that was shown. An older one than was noted before changes nothing.
    async fn run(&self, tx: &mut Tx, _: &Context) -> Result<(), Error> {
        let Target { id, version } = self.command.0;
        let request = look(tx, &self.viewer, id).await?;
        let shown = shown::version(&request, self.viewer.role);
        let version = version.map_or(shown, |read| read.min(shown));
        Ok(store::seen::mark(tx, self.viewer.person, request.id, version).await?)
    }
}
