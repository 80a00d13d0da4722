//! What the list is asked for: filters, order and page, read from the address and written back to it, so that every view of
//! the list can be kept, sent and gone back to.

use jiff::civil::Date;
use kernel::Locale;
use proto::{
    identity::v1::Role,
    placement::v1::{ListInboxRequest, PlacementRequestView, State},
};
use terms::Audience;

use super::period::{self, Span};
use crate::{
    shell::address,
    ui::{Field, FormErrors, Text, Trail, Values, label_of, slug},
};

/// Where the list is.
pub(crate) const LIST: &str = "/requests";
/// Where the list is as a file.
pub(crate) const FILE: &str = "/requests.csv";

/// How many rows a page may have; the first is the default.
pub(crate) const SIZES: [i32; 3] = [50, 100, 200];

/// The orders of the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// What begins next comes first, what has begun already last.
    #[default]
    Start,
    /// What changed last comes first.
    Updated,
    Reference,
}

/// The question behind a view of the list. What an address holds besides is left aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filters {
    pub(crate) states: Vec<State>,
    pub(crate) site: String,
    pub(crate) service: String,
    pub(crate) destination: String,
    pub(crate) program: String,
    /// Only what this closure touches.
    pub(crate) closure: String,
    /// As in [`period`].
    pub(crate) period: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) query: String,
    pub(crate) overdue: bool,
    pub(crate) changed: bool,
    /// Whether the filters of place and program are shown.
    pub(crate) more: bool,
    pub(crate) order: Order,
    /// Rows of a page; 0 for the default.
    pub(crate) size: i32,
    pub(crate) trail: Trail,
}

/// The filters by their names in an address, in the order in which they stand there.
const FIELDS: &[Field<Filters>] = &[
    Field::written(
        "state",
        "requests-states",
        |f| f.states.iter().map(|state| state_name(*state)).collect(),
        |f, name| f.states.extend(named_state(name).filter(|state| !f.states.contains(state))),
    ),
    Field::text("site", "requests-column-site", |f| &mut f.site),
    Field::text("service", "requests-column-service", |f| &mut f.service),
    Field::text("destination", "requests-column-destination", |f| &mut f.destination),
    Field::text("program", "requests-column-program", |f| &mut f.program),
    Field::text("closure", "requests-only-closure", |f| &mut f.closure),
    Field::text("period", "requests-period-label", |f| &mut f.period),
    Field::text("from", "requests-from", |f| &mut f.from),
    Field::text("to", "requests-to", |f| &mut f.to),
    Field::text("query", "requests-query", |f| &mut f.query),
    Field::written("overdue", "requests-only-overdue", |f| ticked(f.overdue), |f, _| f.overdue = true),
    Field::written("changed", "requests-only-changed", |f| ticked(f.changed), |f, _| f.changed = true),
    Field::written("more", "requests-more", |f| ticked(f.more), |f, _| f.more = true),
    Field::written(
        "order",
        "requests-order",
        |f| vec![order_name(f.order).to_owned()],
        |f, name| f.order = named_order(name),
    ),
    Field::written(
        "size",
        "requests-rows",
        |f| if f.size == 0 { Vec::new() } else { vec![f.size.to_string()] },
        |f, size| f.size = size.parse().ok().filter(|size| SIZES[1..].contains(size)).unwrap_or(0),
    ),
];

impl Filters {
    /// Of the address of a page.
    pub(crate) fn read(here: &str) -> Self {
        let query = here.split_once('?').map_or("", |(_, query)| query);
        let parameters: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let mut trail = Trail::default();
        for (name, value) in parameters.iter().filter(|(_, value)| !value.trim().is_empty()) {
            trail.take(name, value.trim());
        }
        let base = Self { trail, ..Self::default() };
        Values::from(parameters).message(FIELDS, base, &mut FormErrors::default(), Text(Locale::default()))
    }

    /// The key of a filter's label.
    pub(crate) fn label(&self, name: &str) -> &'static str {
        label_of(&FIELDS.iter().collect::<Vec<_>>(), name)
    }

    /// The same question of somebody to whom several states are one: whoever asks for one of them asks for all.
    pub(crate) fn seen_by(mut self, role: Role) -> Self {
        let word = |state: State| terms::state(state, Audience::of(role), Locale::default());
        let chosen: Vec<_> = self.states.iter().map(|state| word(*state)).collect();
        let all = (1..).map_while(|number| State::try_from(number).ok());
        self.states.extend(
            all.filter(|state| chosen.contains(&word(*state)) && !self.states.contains(state)).collect::<Vec<_>>(),
        );
        self
    }

    /// The address of this view under a path.
    pub(crate) fn address(&self, path: &str) -> String {
        let (values, trail) = (Values::of(FIELDS, self), self.trail.parameters());
        let pages = trail.iter().map(|(name, value)| (*name, value.as_str()));
        address(path, &values.parameters().into_iter().chain(pages).collect::<Vec<_>>())
    }

    /// The same question on another page.
    pub(crate) fn on(&self, trail: Trail) -> Self {
        Self { trail, ..self.clone() }
    }

    /// The same question from its first page, with something changed.
    pub(crate) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut other = self.on(Trail::default());
        change(&mut other);
        other
    }

    /// Whether anything is left out that the list would show by itself.
    pub(crate) fn narrows(&self) -> bool {
        let unnarrowed = Self { more: self.more, order: self.order, size: self.size, ..Self::default() };
        self.on(Trail::default()) != unnarrowed
    }

    /// Whether the filters of place and program are to be seen.
    pub(crate) fn shows_more(&self) -> bool {
        let places = [&self.site, &self.service, &self.destination, &self.program];
        self.more || places.into_iter().any(|id| !id.is_empty())
    }

    pub(crate) fn page_size(&self) -> i32 {
        if self.size == 0 { SIZES[0] } else { self.size }
    }

    /// As the contract asks it.
    pub(crate) fn question(&self, today: Date) -> ListInboxRequest {
        let Span { from, to } = period::span(&self.period, &self.from, &self.to, today);
        ListInboxRequest {
            states: self.states.iter().map(|state| i32::from(*state)).collect(),
            site_id: self.site.clone(),
            service_id: self.service.clone(),
            destination_id: self.destination.clone(),
            program_id: self.program.clone(),
            from_date: from,
            to_date: to,
            query: self.query.clone(),
            order_by: match self.order {
                Order::Updated => "update_time desc",
                Order::Start => "start_date",
                Order::Reference => "reference",
            }
            .to_owned(),
            page_size: self.page_size(),
            page_token: self.trail.token().to_owned(),
            overdue: self.overdue,
            changed_by_others: self.changed,
            closure_id: self.closure.clone(),
            include_total_size: false,
            view: PlacementRequestView::Unspecified.into(),
        }
    }
}

/// A flag, where it is set.
fn ticked(set: bool) -> Vec<String> {
    if set { vec!["1".to_owned()] } else { Vec::new() }
}

/// `sent-offline`: the name of a state in addresses.
pub(crate) fn state_name(state: State) -> String {
    slug(state.as_str_name(), "STATE_")
}

/// The state of such a name.
pub(crate) fn named_state(name: &str) -> Option<State> {
    (1..).map_while(|number| State::try_from(number).ok()).find(|state| state_name(*state) == name)
}

fn order_name(order: Order) -> &'static str {
    match order {
        Order::Start => "",
        Order::Updated => "updated",
        Order::Reference => "reference",
    }
}

fn named_order(name: &str) -> Order {
    [Order::Updated, Order::Reference].into_iter().find(|order| order_name(*order) == name).unwrap_or_default()
}

#[cfg(test)]
mod tests;
