//! Closures as pages list them (domain §5.6).

use std::collections::BTreeMap;

use jiff::civil::Date;
use proto::{
    configuration::v1::{Closure, ClosureReason, ClosureSeverity, Destination, Site},
    identity::v1::Role,
};

use super::rights::Rights;
use crate::{
    pages::requests,
    shell::SignedIn,
    ui::{Text, slug},
};

/// A closure in a list.
pub(crate) struct Row {
    /// All of the agency, all of the site, or which destination.
    pub(crate) place: String,
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) reason: String,
    pub(crate) severity: String,
    pub(crate) note: String,
    /// Whether it is on today.
    pub(crate) is_on: bool,
    /// The requests that it touches, for those who have a list of requests.
    pub(crate) requests: Option<String>,
    /// Where it is changed, for those who may.
    pub(crate) edit: Option<String>,
}

/// The list, and where one is added by those who may.
pub(crate) struct Closures {
    pub(crate) rows: Vec<Row>,
    pub(crate) add: Option<String>,
    /// Where all of the agency is closed.
    pub(crate) add_agency: Option<String>,
}

/// What rows are made with.
pub(super) struct RowContext<'a> {
    text: Text,
    today: Date,
    rights: &'a Rights,
    role: Role,
    site: &'a Site,
    destinations: &'a [Destination],
}

impl<'a> RowContext<'a> {
    /// For the closures of a site and of some of its destinations.
    pub(super) fn of(user: &SignedIn, rights: &'a Rights, site: &'a Site, destinations: &'a [Destination]) -> Self {
        Self { text: user.text(), today: user.env.today(), rights, role: user.session.role(), site, destinations }
    }

    /// The rows of some closures.
    pub(crate) fn rows(&self, closures: Vec<Closure>) -> Vec<Row> {
        let names: BTreeMap<_, _> = self.destinations.iter().map(|d| (d.id.as_str(), d)).collect();
        closures
            .into_iter()
            .map(|closure| self.row(&closure, names.get(closure.destination_id.as_str()).copied()))
            .collect()
    }

    fn row(&self, closure: &Closure, destination: Option<&Destination>) -> Row {
        let text = self.text;
        let may = self.rights.change(closure, self.site, destination);
        Row {
            place: match destination {
                Some(destination) => destination.name.clone(),
                None if !closure.agency_id.is_empty() => text.t("places-all-agency"),
                None if !closure.site_id.is_empty() => text.t("places-all-site"),
                None => text.t("places-a-destination"),
            },
            start: text.short_day(&closure.start_date),
            end: text.short_day(&closure.end_date),
            reason: reason(text, closure.reason()),
            severity: severity(text, closure.severity()),
            note: closure.note.clone(),
            is_on: is_on(closure, self.today),
            requests: requests::ENTRY
                .is_open_to(self.role)
                .then(|| format!("/places/closures/{}#affected", closure.id)),
            edit: may.then(|| format!("/places/closures/{}", closure.id)),
        }
    }
}

/// Whether a closure is on, on a day.
fn is_on(closure: &Closure, day: Date) -> bool {
    let day = day.to_string();
    closure.active && closure.start_date <= day && day <= closure.end_date
}

/// Why, in words.
pub(crate) fn reason(text: Text, reason: ClosureReason) -> String {
    text.t(&format!("places-reason-{}", slug(reason.as_str_name(), "CLOSURE_REASON_")))
}

/// What becomes of placements, in words.
pub(crate) fn severity(text: Text, severity: ClosureSeverity) -> String {
    text.t(&format!("places-severity-{}", slug(severity.as_str_name(), "CLOSURE_SEVERITY_")))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::Locale;

    use super::*;

    #[test]
    fn both_first_and_last_day_belong_to_a_closure() {
        let closure = Closure {
            start_date: "2027-01-11".into(),
            end_date: "2027-01-17".into(),
            active: true,
            ..Closure::default()
        };
        let on = |day| is_on(&closure, date(2027, 1, day));
        assert_eq!([on(10), on(11), on(17), on(18)], [false, true, true, false]);
        assert!(!is_on(&Closure { active: false, ..closure.clone() }, date(2027, 1, 12)));
    }

    #[test]
    fn every_reason_and_severity_has_its_words() {
        for locale in Locale::ALL {
            let text = Text(locale);
            let reasons = (1..).map_while(|n| ClosureReason::try_from(n).ok()).map(|r| reason(text, r));
            let severities = (1..).map_while(|n| ClosureSeverity::try_from(n).ok()).map(|s| severity(text, s));
            assert!(reasons.chain(severities).all(|words| !words.starts_with("places-")));
        }
    }
}
