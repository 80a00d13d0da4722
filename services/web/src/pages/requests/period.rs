//! The days that a list is about (domain §3.1): by default what is active now and in the next two years; a term; what is
//! past; or days of one's own.
//!
//! In an address a period is empty, `past`, `custom` with `from` and `to`, or the days themselves: `2027-01-01/2027-04-30`.

use jiff::{ToSpan as _, civil::Date};
use proto::configuration::v1::Term;

use crate::ui::{Choice, Text};

/// The period of what ended lately.
pub(crate) const PAST: &str = "past";
/// The period that `from` and `to` say.
pub(crate) const CUSTOM: &str = "custom";

/// First and last day, as the contracts take them; empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: String,
    pub(crate) to: String,
}

/// The days of a period.
pub(crate) fn span(period: &str, from: &str, to: &str, today: Date) -> Span {
    match period {
        PAST => {
            Span { from: today.saturating_sub(2.years()).to_string(), to: today.saturating_sub(1.day()).to_string() }
        }
        CUSTOM => Span { from: from.to_owned(), to: to.to_owned() },
        _ => days(period).unwrap_or_default(),
    }
}

fn days(period: &str) -> Option<Span> {
    let (from, to) = period.split_once('/')?;
    let is_day = |text: &str| text.parse::<Date>().is_ok();
    (is_day(from) && is_day(to)).then(|| Span { from: from.to_owned(), to: to.to_owned() })
}

/// The choices of a list: the default, which has a text of its own, terms to come, terms past, and the others.
pub(crate) struct Periods {
    pub(crate) first: Vec<Choice>,
    pub(crate) coming: Vec<Choice>,
    pub(crate) past: Vec<Choice>,
    pub(crate) last: Vec<Choice>,
    /// Whether the days are typed.
    pub(crate) custom: bool,
}

impl Periods {
    /// Of the province's terms. `default` is the key of what an empty period is called; only a list whose default leaves out
    /// what is past offers it apart.
    pub(crate) fn of(text: Text, terms: &[Term], chosen: &str, default: &str, past: bool, today: Date) -> Self {
        let choice = |value: &str, label: String| Choice::new(value, label, chosen);
        let today = today.to_string();
        let of_terms = |is_past: bool| -> Vec<Choice> {
            let terms = terms.iter().filter(|term| (term.end_date < today) == is_past);
            terms
                .map(|term| choice(&format!("{}/{}", term.start_date, term.end_date), text.pick(term.name.as_ref())))
                .collect()
        };
        let (coming, mut ended) = (of_terms(false), of_terms(true));
        ended.reverse();
        let mut first = vec![choice("", text.t(default))];
        let known = coming.iter().chain(&ended).any(|choice| choice.selected);
        if let Some(span) = days(chosen).filter(|_| !known) {
            first.push(choice(chosen, format!("{} – {}", text.short_day(&span.from), text.short_day(&span.to))));
        }
        let mut last = vec![choice(CUSTOM, text.t("requests-period-custom"))];
        if past {
            last.insert(0, choice(PAST, text.t("requests-period-past")));
        }
        Self { first, coming, past: ended, last, custom: chosen == CUSTOM }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;
    use proto::text::v1::LocalizedText;

    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 24);

    fn term(name: &str, start: &str, end: &str) -> Term {
        let name = Some(LocalizedText { fr: name.into(), en: name.into() });
        Term { name, start_date: start.into(), end_date: end.into(), ..Term::default() }
    }

    #[test]
    fn a_period_has_the_days_that_it_says() {
        let of = |period| {
            let Span { from, to } = span(period, "2027-02-01", "2027-02-28", TODAY);
            (from, to)
        };
        assert_eq!(of(""), (String::new(), String::new()));
        assert_eq!(of(PAST), ("2024-11-24".into(), "2026-11-23".into()));
        assert_eq!(of(CUSTOM), ("2027-02-01".into(), "2027-02-28".into()));
        assert_eq!(of("2027-01-01/2027-04-30"), ("2027-01-01".into(), "2027-04-30".into()));
        assert_eq!(of("soon/later"), (String::new(), String::new()));
    }

    #[test]
    fn terms_are_offered_nearest_first_on_both_sides_of_today() {
        let terms = [
            term("W26", "2026-01-01", "2026-04-30"),
            term("S26", "2026-05-01", "2026-08-31"),
            term("F26", "2026-09-01", "2026-12-31"),
            term("W27", "2027-01-01", "2027-04-30"),
        ];
        let periods = Periods::of(Text(Locale::En), &terms, "2027-01-01/2027-04-30", "requests-period", true, TODAY);
        let labels = |choices: &[Choice]| choices.iter().map(|c| c.label.clone()).collect::<Vec<_>>();
        assert_eq!(labels(&periods.coming), ["F26", "W27"]);
        assert_eq!(labels(&periods.past), ["S26", "W26"]);
        assert_eq!(periods.coming.iter().filter(|c| c.selected).count(), 1);
        assert_eq!(periods.first.len(), 1);
    }

    #[test]
    fn days_that_are_no_term_stay_chosen() {
        let periods = Periods::of(Text(Locale::En), &[], "2027-01-01/2027-04-30", "requests-period", true, TODAY);
        assert_eq!(periods.first[1].label, "Jan 1, 2027 – Apr 30, 2027");
        assert!(periods.first[1].selected);
    }
}
