//! The text of a mail: subject, HTML and plain text, of the same sentences.

use askama::Template as _;
use jiff::{civil::Date, tz::TimeZone};
use kernel::Locale;

use super::texts::Texts;
use crate::domain::{AboutClosure, AboutRequest, Body, Letter, LinkKey, Template};

/// Writes letters: knows where links lead and how they are signed.
#[derive(Clone, Debug)]
pub struct Writer {
    /// Where people reach Tandem, without a slash at the end.
    pub public_url: String,
    /// Signs links.
    pub key: LinkKey,
    /// The province's time zone: the day on which a link expires.
    pub zone: TimeZone,
}

/// A mail's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// One line.
    pub subject: String,
    /// The part for most readers.
    pub html: String,
    /// The part for all others.
    pub text: String,
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
struct Told {
    subject: String,
    lead: String,
    rows: Vec<(String, String)>,
    action: Option<(String, String)>,
    note: Option<String>,
    contact: Option<String>,
    footer: &'static str,
}

impl Writer {
    /// Writes a letter in its reader's language.
    ///
    /// # Errors
    /// If a template can't be rendered, which would be a mistake in it.
    pub fn write(&self, letter: &Letter) -> Result<Composed, askama::Error> {
        let texts = Texts(letter.locale);
        let told = match &letter.body {
            Body::Request(about) => self.request(texts, letter, about),
            Body::Closure(about) => self.closure(texts, letter, about),
        };
        let greeting = texts.with("greeting", [("name", line(&letter.to_name).into())]);
        let (address_hint, footer) = (texts.get("action-address"), texts.get(told.footer));
        let (rows, action, note, contact) = (told.rows.as_slice(), &told.action, &told.note, &told.contact);
        let (greeting, lead, footer) = (greeting.as_str(), told.lead.as_str(), footer.as_str());
        let (language, address_hint, subject) = (letter.locale.code(), address_hint.as_str(), told.subject.as_str());
        let html = Html { language, subject, greeting, lead, rows, action, address_hint, note, contact, footer };
        let html = html.render()?;
        let text =
            Text { greeting, lead, rows, action, note, contact, footer, colon: colon(letter.locale) }.render()?;
        Ok(Composed { subject: line(subject), html, text })
    }

    fn request(&self, texts: Texts, letter: &Letter, about: &AboutRequest) -> Told {
        let key = letter.template.key();
        let place = line(about.destination.as_ref().unwrap_or(&about.site));
        let lead = texts.with(
            &format!("{key}-lead"),
            [
                ("school", line(&about.placing_agency).into()),
                ("agency", line(&about.receiving_agency).into()),
                ("place", place.into()),
            ],
        );
        let expiry = about.link.map(|l| l.expires_at.to_zoned(self.zone.clone()).date());
        Told {
            subject: texts.with(&format!("{key}-subject"), [("reference", line(&about.reference).into())]),
            lead,
            rows: rows(texts, letter.template, about),
            action: self.action(texts, letter, about),
            note: expiry.map(|day| texts.with("link-note", [("date", texts.date(day).into())])),
            contact: contact(texts, letter),
            footer: "footer",
        }
    }

    /// The one thing to do, and where. Somebody who cannot sign in is not sent to a page that asks for that.
    fn action(&self, texts: Texts, letter: &Letter, about: &AboutRequest) -> Option<(String, String)> {
        if let Some(link) = about.link {
            return Some((texts.get("action-answer"), format!("{}/a/{}", self.public_url, self.key.seal(link))));
        }
        let open = || (texts.get("action-open"), format!("{}/", self.public_url));
        letter.can_sign_in.then(open)
    }

    /// Its page says which requests it touches, as they are when it is read.
    fn closure(&self, texts: Texts, letter: &Letter, about: &AboutClosure) -> Told {
        let key = letter.template.key();
        let (place, dates) = (line(&about.place), dates(texts, about.start, about.end));
        let open = || (texts.get("action-open"), format!("{}/places/closures/{}", self.public_url, about.id));
        Told {
            subject: texts.with(&format!("{key}-subject"), [("place", place.clone().into())]),
            lead: texts
                .with(&format!("{key}-lead"), [("place", place.clone().into()), ("count", about.requests.into())]),
            rows: vec![
                (texts.get("label-place"), place),
                (texts.get("label-dates"), dates),
                (texts.get("label-reason"), texts.get(about.reason.key())),
            ],
            action: letter.can_sign_in.then(open),
            note: None,
            contact: None,
            footer: "footer-closure",
        }
    }
}

fn rows(texts: Texts, template: Template, about: &AboutRequest) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let mut row = |key: &str, value: &str| rows.push((texts.get(key), line(value)));
    row("label-reference", &about.reference);
    row("label-school", &about.placing_agency);
    row("label-program", &about.program);
    row("label-agency", &about.receiving_agency);
    row("label-site", &about.site);
    if let Some(service) = &about.service {
        row("label-service", service);
    }
    if let Some(destination) = &about.destination {
        row("label-destination", destination);
    }
    row("label-dates", &dates(texts, about.start, about.end));
    row("label-students", &texts.with("students", [("count", about.student_count.into())]));
    if about.hours_per_student > 0 {
        row("label-hours", &texts.with("hours", [("count", about.hours_per_student.into())]));
    }
    if let Some(reason) = &about.reason {
        row("label-reason", reason);
    }
    if let (Template::RequestCancelled, Some(actor)) = (template, &about.actor) {
        row("label-actor", actor);
    }
    rows
}

fn dates(texts: Texts, start: Date, end: Date) -> String {
    texts.with("dates", [("start", texts.date(start).into()), ("end", texts.date(end).into())])
}

/// Whom an agent asks: a reply goes there.
fn contact(texts: Texts, letter: &Letter) -> Option<String> {
    let (name, _) = letter.reply_to()?;
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
mod tests {
    use super::*;
    use crate::domain::{
        ClosureReason,
        tests::{closure_letter, letter, letter_with},
    };

    fn letter_of(template: Template, locale: Locale) -> Letter {
        letter(template, locale)
    }

    fn writer() -> Writer {
        Writer {
            public_url: "https://tandem.example".into(),
            key: LinkKey::new("0123456789abcdef0123456789abcdef"),
            zone: TimeZone::UTC,
        }
    }

    #[test]
    fn every_mail_names_the_request_in_both_parts_and_both_languages() {
        for template in Template::ALL.into_iter().filter(|t| t.is_about_request()) {
            for (locale, dates) in [
                (Locale::Fr, "du 11 janvier 2027 au 1er avril 2027"),
                (Locale::En, "January 11, 2027 to April 1, 2027"),
            ] {
                let mail = writer().write(&letter(template, locale)).unwrap();
                assert!(mail.subject.starts_with("QC-7F3K-29"), "{}", mail.subject);
                for part in [&mail.html, &mail.text] {
                    for said in ["QC-7F3K-29", "Cégep de la Rive", "Hôpital du Parc", "4 Ouest", dates, "Denis Dubé"]
                    {
                        assert!(part.contains(said), "{said} in {template:?} {locale}: {part}");
                    }
                    assert!(!part.contains("label-") && !part.contains("-lead"), "a key shows: {part}");
                }
                assert!(mail.html.contains(&format!("<html lang=\"{locale}\">")));
                let images = ["<img", "<script", "url(", "@import", "<link"];
                assert!(!images.iter().any(|tag| mail.html.contains(tag)), "remote content");
            }
        }
    }

    #[test]
    fn the_languages_differ_and_names_follow_them() {
        let [fr, en] = Locale::ALL.map(|l| writer().write(&letter(Template::RequestDeclined, l)).unwrap());
        assert_eq!(fr.subject, "QC-7F3K-29\u{a0}: demande de stage refusée");
        assert_eq!(en.subject, "QC-7F3K-29: placement request declined");
        assert!(fr.text.contains("Programme\u{a0}: Soins infirmiers") && fr.text.contains("Capacité atteinte"));
        assert!(en.text.contains("Program: Nursing") && en.text.contains("Reason: Capacity reached"));
        assert!(fr.text.contains("2 stagiaires") && en.text.contains("2 students"));
    }

    #[test]
    fn only_the_mail_with_a_link_holds_one() {
        let letter = letter(Template::RedirectedLink, Locale::En);
        let Body::Request(about) = &letter.body else { panic!("it is about a request") };
        let link = about.link.unwrap();
        let mail = writer().write(&letter).unwrap();
        let url = format!("https://tandem.example/a/{}", writer().key.seal(link));
        assert!(mail.text.contains(&url) && mail.html.contains(&format!("href=\"{url}\"")));
        assert!(mail.text.contains("expires on January 31, 1970"));
        let others = Template::ALL.into_iter().filter(|t| t.is_about_request() && *t != Template::RedirectedLink);
        for template in others {
            let mail = writer().write(&letter_of(template, Locale::En)).unwrap();
            assert!(!mail.text.contains("/a/") && mail.text.contains("https://tandem.example/"), "{template:?}");
        }
    }

    #[test]
    fn who_cannot_sign_in_is_not_sent_to_a_page_that_asks_for_that() {
        let letter = Letter { can_sign_in: false, ..letter(Template::RequestCancelled, Locale::En) };
        assert!(!writer().write(&letter).unwrap().text.contains("https://"));
    }

    #[test]
    fn a_refusal_by_the_destination_tells_its_reason_and_an_acceptance_has_none() {
        let told = |t| writer().write(&letter(t, Locale::En)).unwrap().text.contains("Capacity reached");
        assert!(told(Template::DeclinedByDestination) && told(Template::RequestCancelled));
        assert!(!told(Template::RequestAccepted) && !told(Template::RequestConfirmed));
    }

    #[test]
    fn a_closure_is_told_with_place_days_reason_and_where_to_look() {
        for (locale, said) in [
            (Locale::Fr, ["du 1er février 2027 au 14 février 2027", "Éclosion", "2 de vos demandes"]),
            (Locale::En, ["February 1, 2027 to February 14, 2027", "Outbreak", "2 of your requests"]),
        ] {
            let mail = writer().write(&closure_letter(locale)).unwrap();
            let page = "https://tandem.example/places/closures/00000000-0000-0000-0000-0000000000c1";
            for part in [&mail.html, &mail.text] {
                for said in said.into_iter().chain(["Hôpital du Parc", "Denis Dubé", page]) {
                    assert!(part.contains(said), "{said} in {part}");
                }
                assert!(!part.contains("label-") && !part.contains("-lead") && !part.contains("closure-"), "{part}");
            }
            assert!(mail.subject.contains("Hôpital du Parc"));
        }
        let texts = Locale::ALL.map(Texts);
        let keyless = |reason: &ClosureReason| texts.iter().all(|texts| texts.get(reason.key()) != reason.key());
        assert!(ClosureReason::ALL.iter().all(keyless));
    }

    #[test]
    fn hostile_names_stay_text_on_one_line() {
        let letter = letter_with(Template::RequestSent, Locale::Fr, |about| {
            about.placing_agency = "<script>alert(1)</script> & \"Cie\"".into();
            about.site = "Nord\r\nBcc: all@example.org\u{202e}".into();
            about.reference = "X\nY".into();
        });
        let mail = writer().write(&letter).unwrap();
        assert!(!mail.html.contains("<script>") && mail.html.contains("script"));
        assert!(mail.text.contains("<script>alert(1)</script> & \"Cie\""));
        assert!(mail.text.contains("Nord Bcc: all@example.org") && !mail.text.contains('\u{202e}'));
        assert!(mail.subject.starts_with("X Y") && !mail.subject.contains('\n'));
    }
}
