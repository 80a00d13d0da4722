//! What mails say.

use jiff::civil::date;

use super::*;
use crate::deliveries::domain::examples;

fn writer() -> Writer {
    Writer {
        public_url: "https://tandem.example".into(),
        key: LinkKey::new("0123456789abcdef0123456789abcdef"),
        zone: TimeZone::UTC,
    }
}

#[test]
fn every_mail_names_the_request_in_both_parts_and_both_languages() {
    for message in Message::ALL.iter().copied().filter(|t| t.is_about_request()) {
        for (locale, dates) in
            [(Locale::Fr, "du 11 janvier 2027 au 1er avril 2027"), (Locale::En, "January 11, 2027 to April 1, 2027")]
        {
            let mail = writer().write(&examples::mail(message, locale)).unwrap();
            assert!(mail.subject.starts_with("QC-7F3K-29"), "{}", mail.subject);
            for part in [&mail.html, &mail.text] {
                for said in ["QC-7F3K-29", "Cégep de la Rive", "Hôpital du Parc", dates, "Denis Dubé"] {
                    assert!(part.contains(said), "{said} in {message:?} {locale}: {part}");
                }
                // Where it went is not the business of the unit that it was taken from.
                let names_unit = message != Message::WithdrawnFromDestination;
                assert_eq!(part.contains("4 Ouest"), names_unit, "{message:?}: {part}");
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
    let [fr, en] = Locale::ALL.map(|l| writer().write(&examples::mail(Message::RequestDeclined, l)).unwrap());
    assert_eq!(fr.subject, "QC-7F3K-29\u{a0}: demande de stage refusée");
    assert_eq!(en.subject, "QC-7F3K-29: placement request declined");
    assert!(fr.text.contains("Programme\u{a0}: Soins infirmiers") && fr.text.contains("Capacité atteinte"));
    assert!(en.text.contains("Program: Nursing") && en.text.contains("Reason: Capacity reached"));
    assert!(fr.text.contains("2 stagiaires") && en.text.contains("2 students"));
}

#[test]
fn only_the_mail_with_a_link_holds_one() {
    let with_link = examples::mail(Message::RedirectedLink, Locale::En);
    let Body::Request(about) = &with_link.body else { panic!("it is about a request") };
    let link = about.link.unwrap();
    let mail = writer().write(&with_link).unwrap();
    let url = format!("https://tandem.example/a/{}", writer().key.seal(link));
    assert!(mail.text.contains(&url) && mail.html.contains(&format!("href=\"{url}\"")));
    assert!(mail.text.contains("expires on January 31, 1970"));
    let others = Message::ALL.iter().copied().filter(|t| t.is_about_request() && *t != Message::RedirectedLink);
    for message in others {
        let mail = writer().write(&examples::mail(message, Locale::En)).unwrap();
        assert!(!mail.text.contains("/a/"), "{message:?}");
    }
}

#[test]
fn a_mail_leads_to_its_request_where_its_reader_finds_it() {
    let page = format!("https://tandem.example/requests/{}", crate::messages::example().request);
    for message in Message::ALL.iter().copied().filter(|message| message.is_about_request()) {
        let mail = writer().write(&examples::mail(message, Locale::Fr)).unwrap();
        let leads = !matches!(message, Message::RedirectedLink | Message::WithdrawnFromDestination);
        for part in [mail.html, mail.text] {
            assert_eq!(part.contains(&page), leads, "{message:?}");
        }
    }
}

#[test]
fn all_that_is_decided_on_is_told() {
    for message in [Message::RedirectedLink, Message::Redirected, Message::RequestSent] {
        let mail = writer().write(&examples::mail(message, Locale::Fr)).unwrap();
        for said in ["sam., dim. · quart N12", "Préceptorat", "2 stagiaires", "120 heures"] {
            assert!(mail.text.contains(said) && mail.html.contains(said), "{said} in {}", mail.text);
        }
    }
    let plain = examples::mail_with(Message::Redirected, Locale::En, |about| {
        about.facts.weekdays.clear();
        about.facts.shift_code.clear();
        about.placement_type = None;
    });
    let mail = writer().write(&plain).unwrap();
    assert!(mail.text.contains("Days: various days") && !mail.text.contains("Placement type"), "{}", mail.text);
}

#[test]
fn other_dates_are_told_beside_the_ones_before_them() {
    for (locale, said) in [
        (Locale::Fr, ["du 4 janvier 2027 au 26 mars 2027", "L'école doit les confirmer."]),
        (Locale::En, ["January 4, 2027 to March 26, 2027", "The school has to confirm them."]),
    ] {
        let moved = examples::mail_with(Message::DatesChanged, locale, |about| {
            about.facts.previous_dates = Some((date(2027, 1, 4), date(2027, 3, 26)));
            about.facts.agreement = Some(Agreement::Accepted);
        });
        let mail = writer().write(&moved).unwrap();
        assert!(said.iter().all(|said| mail.text.contains(said)), "{}", mail.text);
    }
}

#[test]
fn who_cannot_sign_in_is_not_sent_to_a_page_that_asks_for_that() {
    let without = Mail { can_sign_in: false, ..examples::mail(Message::RequestCancelled, Locale::En) };
    assert!(!writer().write(&without).unwrap().text.contains("https://"));
}

#[test]
fn a_refusal_by_the_destination_tells_its_reason_and_an_acceptance_has_none() {
    let has_reason = |t| writer().write(&examples::mail(t, Locale::En)).unwrap().text.contains("Capacity reached");
    assert!(has_reason(Message::DeclinedByDestination) && has_reason(Message::RequestCancelled));
    assert!(!has_reason(Message::RequestAccepted) && !has_reason(Message::RequestConfirmed));
}

#[test]
fn a_closure_is_told_with_place_days_reason_and_where_to_look() {
    for (locale, said) in [
        (Locale::Fr, ["du 1er février 2027 au 14 février 2027", "Éclosion", "2 de vos demandes"]),
        (Locale::En, ["February 1, 2027 to February 14, 2027", "Outbreak", "2 of your requests"]),
    ] {
        let mail = writer().write(&examples::closure_mail(locale)).unwrap();
        let page = "https://tandem.example/places/closures/00000000-0000-0000-0000-0000000000c1";
        for part in [&mail.html, &mail.text] {
            for said in said.into_iter().chain(["Hôpital du Parc", "Denis Dubé", page]) {
                assert!(part.contains(said), "{said} in {part}");
            }
            assert!(!part.contains("label-") && !part.contains("-lead") && !part.contains("closure-"), "{part}");
        }
        assert!(mail.subject.contains("Hôpital du Parc"));
    }
}

#[test]
fn hostile_names_stay_text_on_one_line() {
    let hostile = examples::mail_with(Message::RequestSent, Locale::Fr, |about| {
        about.placing_agency = "<script>alert(1)</script> & \"Cie\"".into();
        about.site = "Nord\r\nBcc: all@example.org\u{202e}".into();
        about.facts.reference = "X\nY".into();
    });
    let mail = writer().write(&hostile).unwrap();
    assert!(!mail.html.contains("<script>") && mail.html.contains("script"));
    assert!(mail.text.contains("<script>alert(1)</script> & \"Cie\""));
    assert!(mail.text.contains("Nord Bcc: all@example.org") && !mail.text.contains('\u{202e}'));
    assert!(mail.subject.starts_with("X Y") && !mail.subject.contains('\n'));
}
