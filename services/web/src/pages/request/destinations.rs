//! Where a request could go: what fits first, and as many as one can look through; a search finds the others.

use kernel::SearchTerms;
use proto::placement::v1::FittingDestination;

use crate::ui::Text;

/// How many are shown before somebody searches.
const MOST: usize = 6;
/// How many of those that were searched for.
const MOST_FOUND: usize = 60;
/// Width of a bar, in the units of its drawing.
const WIDTH: i32 = 100;

pub(super) struct Destinations {
    pub(super) rows: Vec<Row>,
    pub(super) query: String,
    /// How many there are in all.
    pub(super) total: usize,
    /// How many are not shown.
    pub(super) hidden: u32,
}

pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) chosen: bool,
    /// Where the request is now, or where the school would like it to be.
    pub(super) present: bool,
    pub(super) fits: bool,
    /// `fits` or why not, in words.
    pub(super) verdict: String,
    /// Counts, in words.
    pub(super) counts: String,
    pub(super) electronic: bool,
    pub(super) bar: Bar,
}

/// Shares of a bar that is 100 wide.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) accepted: i32,
    pub(super) pending: i32,
    /// Where the capacity ends.
    pub(super) capacity: i32,
}

/// What is asked of the list.
pub(super) struct Search<'a> {
    pub(super) query: &'a str,
    /// Ticked already.
    pub(super) chosen: &'a str,
    /// The destination that the request names.
    pub(super) present: &'a str,
}

impl Destinations {
    /// In the order of the gateway; what is ticked, or named by the request, comes first and is never left out.
    pub(super) fn of(text: Text, fits: &[FittingDestination], search: &Search<'_>) -> Self {
        let query = SearchTerms::of(search.query);
        let most = if query.is_empty() { MOST } else { MOST_FOUND };
        let is_kept = |id: &str| !id.is_empty() && (id == search.chosen || id == search.present);
        let (kept, others): (Vec<_>, Vec<_>) = fits.iter().partition(|fit| is_kept(&fit.destination_id));
        let found: Vec<_> = others.into_iter().filter(|fit| query.are_in(&fit.name)).collect();
        let shown = kept.into_iter().chain(found.iter().copied().take(most));
        let rows: Vec<_> = shown.map(|fit| row(text, fit, search)).collect();
        let hidden = u32::try_from(found.len().saturating_sub(most)).unwrap_or(u32::MAX);
        Self { rows, query: search.query.trim().to_owned(), total: fits.len(), hidden }
    }

    /// Whether there is more than fits on the page, so that a search is worth its room.
    pub(super) fn searchable(&self) -> bool {
        self.total > MOST
    }
}

fn row(text: Text, fit: &FittingDestination, search: &Search<'_>) -> Row {
    let number = |n: i32| text.number(n);
    let counts = text.with(
        "request-place-counts",
        &[
            ("accepted", &number(fit.accepted)),
            ("pending", &number(fit.pending)),
            ("free", &number(fit.free)),
            ("capacity", &number(fit.capacity)),
        ],
    );
    Row {
        id: fit.destination_id.clone(),
        name: fit.name.clone(),
        chosen: fit.destination_id == search.chosen,
        present: fit.destination_id == search.present,
        fits: fit.fits,
        verdict: text.fit(fit),
        counts,
        electronic: fit.electronic,
        bar: bar(fit),
    }
}

fn bar(fit: &FittingDestination) -> Bar {
    let most = fit.capacity.max(fit.accepted + fit.pending).max(1);
    let share = |n: i32| n.saturating_mul(WIDTH) / most;
    Bar { accepted: share(fit.accepted), pending: share(fit.pending), capacity: share(fit.capacity) }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    fn units(count: usize) -> Vec<FittingDestination> {
        let unit = |n: usize| FittingDestination {
            destination_id: n.to_string(),
            name: format!("Médecine {n}"),
            capacity: 4,
            accepted: 1,
            fits: true,
            ..FittingDestination::default()
        };
        (0..count).map(unit).collect()
    }

    fn ids(places: &Destinations) -> Vec<&str> {
        places.rows.iter().map(|row| row.id.as_str()).collect()
    }

    #[test]
    fn of_three_hundred_the_best_are_shown_and_a_search_finds_the_others() {
        let text = Text(Locale::Fr);
        let first = Destinations::of(text, &units(300), &Search { query: "", chosen: "", present: "" });
        assert_eq!((first.rows.len(), first.hidden, first.total), (MOST, 294, 300));
        let found = Destinations::of(text, &units(300), &Search { query: " 129 medecine ", chosen: "", present: "" });
        assert_eq!(ids(&found), ["129"]);
        assert!(found.searchable());
        assert!(!Destinations::of(text, &units(3), &Search { query: "", chosen: "", present: "" }).searchable());
    }

    #[test]
    fn what_is_ticked_stays_though_the_search_does_not_find_it() {
        let search = Search { query: "médecine 7", chosen: "200", present: "150" };
        let found = Destinations::of(Text(Locale::Fr), &units(201), &search);
        let shown: Vec<_> = ids(&found).into_iter().take(3).collect();
        assert_eq!(shown, ["150", "200", "7"]);
        assert!(found.rows[1].chosen && found.rows[0].present);
    }

    #[test]
    fn a_bar_shows_more_than_the_capacity_where_there_is_more() {
        let over = FittingDestination { capacity: 4, accepted: 6, pending: 2, ..FittingDestination::default() };
        assert_eq!(bar(&over), Bar { accepted: 75, pending: 25, capacity: 50 });
        let empty = FittingDestination::default();
        assert_eq!(bar(&empty), Bar { accepted: 0, pending: 0, capacity: 0 });
    }
}
