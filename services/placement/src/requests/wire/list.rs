//! Inbox and outbox: two methods of the contract, one shape.

use jiff::civil::Date;
use kernel::{DateRange, Fields, Invalid};
use proto::placement::v1::{ListInboxRequest, ListOutboxRequest, PlacementRequestView};

use super::codes;
use crate::requests::domain::{Cursor, Detail, ListQuery, Order, Status, coming};

/// Most characters of a search.
const QUERY: usize = 100;

/// Declares the parser of one of the two messages, which the contract keeps apart and which have the same fields.
macro_rules! parser {
    ($name:ident, $message:ty, $doc:literal) => {
        #[doc = $doc]
        ///
        /// `page_size` and `after` are what the page's size and token stand for; `today` begins the default period, which is
        /// "now and the next two years" (domain §3.1).
        ///
        /// # Errors
        /// Every fault.
        pub fn $name(
            message: &$message,
            page_size: i64,
            after: Option<Cursor>,
            today: Date,
        ) -> Result<ListQuery, Invalid> {
            let mut fields = Fields::default();
            let states = states(&mut fields, &message.states);
            let site = fields.optional_id("site_id", &message.site_id);
            let service = fields.optional_id("service_id", &message.service_id);
            let destination = fields.optional_id("destination_id", &message.destination_id);
            let program = fields.optional_id("program_id", &message.program_id);
            let closure = fields.optional_id("closure_id", &message.closure_id);
            let active = period(&mut fields, &message.from_date, &message.to_date, today);
            let query = fields.text("query", &message.query, 0..=QUERY);
            let order = order(&mut fields, &message.order_by, after.as_ref());
            let detail = detail(&mut fields, message.view);
            fields.finish(|| {
                Some(ListQuery {
                    states: states?,
                    site: site?,
                    service: service?,
                    destination: destination?,
                    program: program?,
                    closure: closure?,
                    active: active?,
                    query: query?,
                    overdue: message.overdue,
                    changed: message.changed_by_others,
                    order: order?,
                    counts: message.include_total_size,
                    detail: detail?,
                    page_size,
                    after,
                })
            })
        }
    };
}

parser!(list_inbox, ListInboxRequest, "Parses ListInbox.");
parser!(list_outbox, ListOutboxRequest, "Parses ListOutbox.");

fn states(fields: &mut Fields, numbers: &[i32]) -> Option<Vec<Status>> {
    let states: Option<Vec<Status>> = numbers.iter().map(|number| codes::status(*number)).collect();
    if states.is_none() {
        fields.fault("states", "UNKNOWN_VALUE");
    }
    states
}

fn period(fields: &mut Fields, from: &str, to: &str, today: Date) -> Option<DateRange> {
    let (from, to) = (fields.optional_date("from_date", from), fields.optional_date("to_date", to));
    let coming = coming(from?.unwrap_or(today));
    let range = DateRange::new(coming.start(), to?.unwrap_or(coming.end()));
    if range.is_err() {
        fields.fault("to_date", "DATE_REVERSED");
    }
    range.ok()
}

fn order(fields: &mut Fields, text: &str, after: Option<&Cursor>) -> Option<Order> {
    let order = match text {
        "" => Order::default(),
        "update_time desc" => Order::UpdateTimeDescending,
        "start_date" => Order::StartDate,
        "reference" => Order::Reference,
        _ => {
            fields.fault("order_by", "UNKNOWN_ORDER");
            return None;
        }
    };
    if after.is_some_and(|cursor| !cursor.fits(order)) {
        fields.fault("page_token", "MALFORMED_PAGE_TOKEN");
        return None;
    }
    Some(order)
}

fn detail(fields: &mut Fields, number: i32) -> Option<Detail> {
    match PlacementRequestView::try_from(number) {
        Ok(PlacementRequestView::Basic) => Some(Detail::Summary),
        Ok(PlacementRequestView::Unspecified | PlacementRequestView::Full) => Some(Detail::Whole),
        Err(_) => {
            fields.fault("view", "UNKNOWN_VALUE");
            None
        }
    }
}
