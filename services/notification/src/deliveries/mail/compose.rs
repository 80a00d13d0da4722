//! The text of a mail: subject, HTML and plain text, of the same sentences.

use askama::Template as _;
use jiff::{civil::Date, tz::TimeZone};
use kernel::Locale;

use super::{
    super::domain::{AboutClosure, AboutRequest, Body, Mail},
    texts::{Texts, closure_key},
};
use crate::{
    answer_links::LinkKey,
    messages::{Agreement, Message, Row},
};

/// Writes mails: knows where links lead and how they are signed.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    /// Where people reach Tandem, without a slash at the end.
    pub(crate) public_url: String,
    /// Signs links.
    pub(crate) key: LinkKey,
    /// The province's time zone: the day on which a link expires.
    pub(crate) zone: TimeZone,
}

/// A mail's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Composed {
    /// One line.
    pub(crate) subject: String,
    /// The part for most readers.
    pub(crate) html: String,
    /// The part for all others.
    pub(crate) text: String,
}

#[derive(askama::Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    language: &'a str,
    subject: &'a str,
    greeting: &'a str,
    lead: &'a str,
    rows: &'a [(String, String)],
    action: &'a Option<(String, String)>,
    address_hint: &'a str,
    note: &'a Option<String>,
    contact: &'a Option<String>,
    footer: &'a str,
}

#[derive(askama::Template)]
#[template(path = "mail.txt")]
struct Text<'a> {
    greeting: &'a str,
    lead: &'a str,
    rows: &'a [(String, String)],
    action: &'a Option<(String, String)>,
    note: &'a Option<String>,
    contact: &'a Option<String>,
    footer: &'a str,
    colon: &'a str,
}

/// What a mail says, whatever it is about.
struct Content {
    subject: String,
    lead: String,
    rows: Vec<(String, String)>,
    action: Option<(String, String)>,
    note: Option<String>,
    contact: Option<String>,
    footer: &'static str,
}

impl Writer {
    /// Writes a mail in its reader's language.
    pub(crate) fn write(&self, mail: &Mail) -> Result<Composed, askama::Error> {
        let texts = Texts(mail.locale);
        let content = match &mail.body {
            Body::Request(about) => self.request(texts, mail, about),
            Body::Closure(about) => self.closure(texts, mail, about),
        };
        let greeting = texts.with("greeting", [("name", line(&mail.to_name).into())]);
        let (address_hint, footer) = (texts.get("action-address"), texts.get(content.footer));
        let (rows, action, note, contact) = (content.rows.as_slice(), &content.action, &content.note, &content.contact);
        let (greeting, lead, footer) = (greeting.as_str(), content.lead.as_str(), footer.as_str());
        let (language, address_hint, subject) = (mail.locale.code(), address_hint.as_str(), content.subject.as_str());
        let html = Html { language, subject, greeting, lead, rows, action, address_hint, note, contact, footer };
        let html = html.render()?;
        let text = Text { greeting, lead, rows, action, note, contact, footer, colon: colon(mail.locale) }.render()?;
        Ok(Composed { subject: line(subject), html, text })
    }

    fn request(&self, texts: Texts, mail: &Mail, about: &AboutRequest) -> Content {
        let key = mail.message.key();
        let place = line(about.destination.as_ref().unwrap_or(&about.site));
        let lead = texts.with(
            &format!("{key}-lead"),
            [
                ("school", line(&about.placing_agency).into()),
                ("agency", line(&about.receiving_agency).into()),
                ("place", place.into()),
                ("agreement", about.facts.agreement.map_or("", Agreement::code).into()),
            ],
        );
        let expiry = about.link.map(|l| l.expires_at.to_zoned(self.zone.clone()).date());
        Content {
            subject: texts.with(&format!("{key}-subject"), [("reference", line(&about.facts.reference).into())]),
            lead,
            rows: rows(texts, mail.message, |row| of_request(texts, about, row)),
            action: self.action(texts, mail, about),
            note: expiry.map(|day| texts.with("link-note", [("date", texts.date(day).into())])),
            contact: contact(texts, mail),
            footer: "footer",
        }
    }

    /// The one thing to do, and where. Somebody who cannot sign in is not sent to a page that asks for that.
    fn action(&self, texts: Texts, mail: &Mail, about: &AboutRequest) -> Option<(String, String)> {
        if let Some(link) = about.link {
            return Some((texts.get("action-answer"), format!("{}/a/{}", self.public_url, self.key.seal(link))));
        }
        let open = || (texts.get("action-open"), format!("{}/requests/{}", self.public_url, about.facts.request));
        (mail.can_sign_in && mail.message.reader_sees_request()).then(open)
    }

    /// Its page says which requests it affects, as they are when it is read.
    fn closure(&self, texts: Texts, mail: &Mail, about: &AboutClosure) -> Content {
        let key = mail.message.key();
        let place = line(&about.place);
        let open = || (texts.get("action-open"), format!("{}/places/closures/{}", self.public_url, about.id));
        Content {
            subject: texts.with(&format!("{key}-subject"), [("place", place.clone().into())]),
            lead: texts.with(&format!("{key}-lead"), [("place", place.into()), ("count", about.requests.into())]),
            rows: rows(texts, mail.message, |row| of_closure(texts, about, row)),
            action: mail.can_sign_in.then(open),
            note: None,
            contact: None,
            footer: "footer-closure",
        }
    }
}

/// The rows of a message that have a value.
fn rows(texts: Texts, message: Message, value: impl Fn(Row) -> Option<String>) -> Vec<(String, String)> {
    message.rows().filter_map(|row| Some((texts.get(row.code()), line(&value(row)?)))).collect()
}

fn of_request(texts: Texts, about: &AboutRequest, row: Row) -> Option<String> {
    match row {
        Row::Reference => Some(about.facts.reference.clone()),
        Row::School => Some(about.placing_agency.clone()),
        Row::Program => Some(about.program.clone()),
        Row::Agency => Some(about.receiving_agency.clone()),
        Row::Site => Some(about.site.clone()),
        Row::Service => about.service.clone(),
        Row::Destination => about.destination.clone(),
        Row::Dates => Some(dates(texts, about.facts.start, about.facts.end)),
        Row::Days => {
            let weekdays = about.facts.weekdays.iter().copied().map(i32::from);
            Some(terms::days(weekdays, &about.facts.shift_code, texts.0))
        }
        Row::PlacementType => about.placement_type.clone(),
        Row::PreviousDates => about.facts.previous_dates.map(|(start, end)| dates(texts, start, end)),
        Row::Students => Some(texts.with("students", [("count", about.facts.student_count.into())])),
        Row::Hours => Some(about.facts.hours_per_student)
            .filter(|hours| *hours > 0)
            .map(|hours| texts.with("hours", [("count", hours.into())])),
        Row::Reason => about.reason.clone(),
        Row::Actor => about.actor.clone(),
        Row::Place => None,
    }
}

fn of_closure(texts: Texts, about: &AboutClosure, row: Row) -> Option<String> {
    match row {
        Row::Place => Some(about.place.clone()),
        Row::Dates => Some(dates(texts, about.start, about.end)),
        Row::Reason => Some(texts.get(&closure_key(about.reason))),
        _ => None,
    }
}

fn dates(texts: Texts, start: Date, end: Date) -> String {
    texts.with("dates", [("start", texts.date(start).into()), ("end", texts.date(end).into())])
}

/// Whom an agent asks: a reply goes there.
fn contact(texts: Texts, mail: &Mail) -> Option<String> {
    let (name, _) = mail.reply_to()?;
    Some(texts.with("contact", [("name", line(name).into())]))
}

/// French sets a space before it.
const fn colon(locale: Locale) -> &'static str {
    match locale {
        Locale::Fr => "\u{a0}:",
        Locale::En => ":",
    }
}

/// A value on one line, without characters that break lines or turn the direction of writing: names are typed by people.
pub(super) fn line(value: &str) -> String {
    let turns = |c: char| matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String = value.chars().map(|c| if c.is_control() || turns(c) { ' ' } else { c }).collect();
    plain.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
