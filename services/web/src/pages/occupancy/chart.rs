//! The table of weeks and destinations, as it is drawn.

use jiff::{ToSpan as _, civil::Date};
use proto::placement::v1::{DestinationOccupancy, OccupancyCell, UnassignedOccupancy};

use super::{
    cell::Count,
    links::{Links, days},
    scope::Counted,
    weeks::{Period, monday},
    words::Words,
};
use crate::ui::Text;

const ROWS: usize = 100;

pub(crate) struct Chart {
    pub(crate) weeks: Vec<Week>,
    pub(crate) rows: Vec<Row>,
    /// Services some of whose students have no destination, and so no places.
    pub(crate) unassigned: Vec<Row>,
    pub(crate) totals: Vec<Cell>,
    /// The word for closed.
    pub(crate) closed: String,
    /// What the row of totals is called.
    pub(crate) total: String,
    pub(crate) page: Page,
}

/// Which rows are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// The first one, counted from 1; 0 if there is none.
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) of: usize,
    pub(crate) before: Option<usize>,
    pub(crate) after: Option<usize>,
}

pub(crate) struct Week {
    /// `11 janv.`
    pub(crate) day: String,
    /// The year, where it begins.
    pub(crate) year: Option<i16>,
    /// What it is called in full.
    pub(crate) name: String,
    pub(crate) is_now: bool,
    pub(crate) link: Option<String>,
}

pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) capacity: i32,
    pub(crate) cells: Vec<Cell>,
}

/// A destination in a week.
pub(crate) struct Cell {
    pub(crate) class: &'static str,
    pub(crate) count: Count,
    /// What is read aloud.
    pub(crate) said: String,
    pub(crate) link: Option<String>,
}

impl Chart {
    /// Draws one page of destinations, and all that has none; totals are those of all rows. `page` is a number from 1, or `all`.
    pub(crate) fn draw(text: Text, period: Period, today: Date, counted: Counted, page: &str, links: &Links) -> Self {
        let words = Words::of(text);
        let Counted { destinations: rows, unassigned } = counted;
        let mondays: Vec<_> = (0..period.weeks).map(|n| period.first.saturating_add(i64::from(n).weeks())).collect();
        let totals = totals(&rows, &unassigned, mondays.len()).into_iter().map(|count| Cell {
            class: count.class(),
            count,
            said: words.say(count),
            link: None,
        });
        let totals = totals.collect();
        let total = text.n("occupancy-total", u32::try_from(rows.len()).unwrap_or(u32::MAX));
        let page = Page::of(page, rows.len());
        let drawn = rows.into_iter().skip(page.from.saturating_sub(1)).take(page.to + 1 - page.from.max(1));
        let days: Vec<_> = mondays.iter().map(|monday| days(*monday)).collect();
        let cells = |cells: &[OccupancyCell], capacity, link: Option<String>| {
            let cell = |(cell, days): (&OccupancyCell, &String)| {
                let count = Count::of(cell, capacity);
                let link = if count.is_empty() { None } else { link.as_ref().map(|link| format!("{link}{days}")) };
                Cell { class: count.class(), count, said: words.say(count), link }
            };
            cells.iter().zip(&days).map(cell).collect()
        };
        let row = |row: DestinationOccupancy| {
            let cells = cells(&row.cells, row.capacity, links.row("destination", &row.destination_id));
            Row { id: row.destination_id, name: row.name, capacity: row.capacity, cells }
        };
        let rows = if page.of == 0 { Vec::new() } else { drawn.map(row).collect() };
        let row = |row: UnassignedOccupancy| {
            let cells = cells(&row.cells, 0, links.row("service", &row.service_id));
            Row { id: row.service_id, name: text.pick(row.service.as_ref()), capacity: 0, cells }
        };
        let unassigned = unassigned.into_iter().map(row).collect();
        let weeks = weeks(text, &mondays, today, links);
        Self { weeks, rows, unassigned, totals, total, closed: words.closed, page }
    }
}

impl Page {
    fn of(wanted: &str, rows: usize) -> Self {
        if rows == 0 {
            return Self { from: 0, to: 0, of: 0, before: None, after: None };
        }
        if wanted == "all" {
            return Self { from: 1, to: rows, of: rows, before: None, after: None };
        }
        let last = rows.div_ceil(ROWS);
        let page = wanted.parse().unwrap_or(1).clamp(1, last);
        Self {
            from: (page - 1) * ROWS + 1,
            to: (page * ROWS).min(rows),
            of: rows,
            before: (page > 1).then(|| page - 1),
            after: (page < last).then(|| page + 1),
        }
    }

    /// Whether there is more than what is drawn.
    pub(crate) fn is_part(self) -> bool {
        self.before.is_some() || self.after.is_some()
    }
}

fn totals(rows: &[DestinationOccupancy], unassigned: &[UnassignedOccupancy], weeks: usize) -> Vec<Count> {
    let mut totals = vec![Count::default(); weeks];
    let units = rows.iter().map(|row| (&row.cells, row.capacity));
    let services = unassigned.iter().map(|row| (&row.cells, 0));
    for (cells, capacity) in units.chain(services) {
        for (total, cell) in totals.iter_mut().zip(cells) {
            *total = total.plus(Count::of(cell, capacity));
        }
    }
    totals
}

fn weeks(text: Text, mondays: &[Date], today: Date, links: &Links) -> Vec<Week> {
    let mut year = 0;
    let mut week = |day: &Date| {
        let is_new = day.year() != year;
        year = day.year();
        Week {
            day: short(text, *day),
            year: is_new.then_some(year),
            name: text.with("occupancy-week-of", &[("day", &text.date(*day))]),
            is_now: monday(today) == *day,
            link: links.week(&days(*day)),
        }
    };
    mondays.iter().map(&mut week).collect()
}

/// A day without its year: `11 janv.`, `Jan 11`.
fn short(text: Text, day: Date) -> String {
    let month = text.t(&format!("month-short-{}", day.month()));
    text.with("occupancy-day", &[("day", &text.day_of_month(day)), ("month", &month)])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::Locale;

    use super::*;

    fn rows(count: usize) -> Vec<DestinationOccupancy> {
        let cell = OccupancyCell { accepted: 1, pending: 2, closed: false };
        let row = |n: usize| DestinationOccupancy {
            destination_id: format!("id-{n}"),
            name: format!("Unité {n}"),
            capacity: 4,
            cells: vec![
                cell,
                OccupancyCell::default(),
                OccupancyCell { closed: true, ..cell },
                OccupancyCell::default(),
            ],
        };
        (0..count).map(row).collect()
    }

    fn draw(count: usize, page: &str, has_requests: bool) -> Chart {
        let period = Period { first: date(2026, 12, 21), weeks: 4 };
        let links = Links { has_requests, site_id: "s".into(), service_id: String::new() };
        let counted = Counted { destinations: rows(count), unassigned: Vec::new() };
        Chart::draw(Text(Locale::En), period, date(2026, 12, 30), counted, page, &links)
    }

    #[test]
    fn the_first_of_a_month_is_said_as_people_say_it() {
        assert_eq!(short(Text(Locale::Fr), date(2027, 3, 1)), "1er mars");
        assert_eq!(short(Text(Locale::Fr), date(2027, 3, 8)), "8 mars");
        assert_eq!(short(Text(Locale::En), date(2027, 3, 1)), "Mar 1");
    }

    #[test]
    fn a_cell_says_what_its_colour_says() {
        let chart = draw(1, "", true);
        let said: Vec<_> = chart.rows[0].cells.iter().map(|cell| cell.said.as_str()).collect();
        assert_eq!(said, ["1 of 4, 2 pending", "0 of 4", "1 of 4, 2 pending, closed", "0 of 4"]);
        assert_eq!(chart.totals[2].said, "1 of 0, 2 pending");
    }

    #[test]
    fn only_cells_with_requests_lead_to_them() {
        let chart = draw(1, "", true);
        let link = chart.rows[0].cells[0].link.as_deref();
        assert_eq!(link, Some("/requests?destination=id-0&period=custom&from=2026-12-21&to=2026-12-27"));
        assert!(chart.rows[0].cells[1].link.is_none());
        let week = chart.weeks[0].link.as_deref();
        assert_eq!(week, Some("/requests?site=s&period=custom&from=2026-12-21&to=2026-12-27"));
        assert!(draw(1, "", false).rows[0].cells[0].link.is_none(), "who has no list of requests gets no links");
    }

    #[test]
    fn long_tables_are_drawn_by_the_hundred_and_totals_count_them_all() {
        let chart = draw(250, "3", true);
        assert_eq!(chart.page, Page { from: 201, to: 250, of: 250, before: Some(2), after: None });
        assert_eq!((chart.rows.len(), chart.rows[0].name.as_str()), (50, "Unité 200"));
        assert_eq!(chart.totals[0].count.accepted, 250);
        assert_eq!(draw(250, "all", true).rows.len(), 250);
        assert_eq!(draw(250, "99", true).page.from, 201);
        assert_eq!(draw(100, "", true).page.after, None);
        assert!(draw(0, "2", true).rows.is_empty());
    }

    #[test]
    fn columns_name_their_week_and_where_a_year_begins() {
        let chart = draw(1, "", true);
        let years: Vec<_> = chart.weeks.iter().map(|week| week.year).collect();
        assert_eq!(years, [Some(2026), None, Some(2027), None]);
        assert_eq!(chart.weeks[1].day, "Dec 28");
        assert_eq!(chart.weeks.iter().position(|week| week.is_now), Some(1));
    }
}
