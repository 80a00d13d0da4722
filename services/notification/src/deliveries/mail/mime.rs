//! The message as it goes over the wire: multipart, with the headers that mail systems look for.

use std::time::SystemTime;

use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};

use super::{
    super::domain::Mail,
    compose::{Composed, line},
};

/// Why a mail cannot become a message.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unsendable {
    #[error("the address is malformed")]
    Address(#[source] lettre::address::AddressError),
    #[error("the message cannot be built")]
    Message(#[from] lettre::error::Error),
}

/// The message of a mail. The same mail makes the same bytes, so that a second attempt sends the same mail.
pub(super) fn build(mail: &Mail, composed: &Composed, from: &Mailbox) -> Result<Message, Unsendable> {
    let to = mailbox(&mail.to_name, &mail.to_address)?;
    let mut message = Message::builder()
        .from(from.clone())
        .to(to)
        .subject(composed.subject.clone())
        .date(SystemTime::from(mail.created_at))
        .message_id(Some(format!("<{}>", mail.message_id)));
    if let Some((name, address)) = mail.reply_to() {
        message = message.reply_to(mailbox(name, address)?);
    }
    let parts = MultiPart::builder()
        .kind(lettre::message::MultiPartKind::Alternative)
        .boundary(format!("tandem-{}", mail.message_id.split('@').next().unwrap_or_default()))
        .singlepart(SinglePart::plain(composed.text.clone()))
        .singlepart(SinglePart::html(composed.html.clone()));
    let mut message = message.multipart(parts)?;
    let headers = message.headers_mut();
    // No out-of-office answers to an automatic mail (RFC 3834), the second for Exchange; and a name to sort by.
    headers.insert_raw(raw("Auto-Submitted", "auto-generated"));
    headers.insert_raw(raw("X-Auto-Response-Suppress", "All"));
    headers.insert_raw(raw("Content-Language", mail.locale.code()));
    headers.insert_raw(raw("List-Id", &format!("Tandem <requests.{}>", from.email.domain())));
    Ok(message)
}

fn mailbox(name: &str, address: &str) -> Result<Mailbox, Unsendable> {
    let address: Address = address.parse().map_err(Unsendable::Address)?;
    Ok(Mailbox::new(Some(line(name)), address))
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use kernel::Locale;

    use super::super::{
        super::domain::examples::{mail, mail_with},
        compose::Writer,
    };
    use super::*;
    use crate::{answer_links::LinkKey, messages::Message as Which};

    fn bytes(mail: &Mail) -> Result<Vec<u8>, Unsendable> {
        let key = LinkKey::new("0123456789abcdef0123456789abcdef");
        let writer = Writer { public_url: "https://tandem.example".into(), key, zone: TimeZone::UTC };
        let from = "Tandem <tandem@tandem.example>".parse().unwrap();
        Ok(build(mail, &writer.write(mail).unwrap(), &from)?.formatted())
    }

    #[test]
    fn the_same_mail_makes_the_same_bytes() {
        let mail = mail(Which::RedirectedLink, Locale::Fr);
        assert_eq!(bytes(&mail).unwrap(), bytes(&mail).unwrap());
    }

    #[test]
    fn no_name_adds_a_header_or_a_recipient() {
        let hostile = mail_with(Which::Redirected, Locale::En, |about| {
            about.facts.reference = "Q\r\nX-Evil: 1\r\n\r\nbody".into();
            about.coordinator = Some(("R\nCc: all@example.org".into(), "r@example.org".into()));
        });
        let hostile = Mail { to_name: "A\r\nBcc: <all@example.org>".into(), ..hostile };
        let raw = bytes(&hostile).unwrap();
        let message = mail_parser::MessageParser::default().parse(&raw).unwrap();
        let names: Vec<_> = message.headers().iter().map(|h| h.name().to_lowercase()).collect();
        for header in ["bcc", "cc", "x-evil"] {
            assert!(!names.contains(&header.to_owned()), "{header} in {names:?}");
        }
        assert_eq!(message.to().unwrap().as_list().unwrap().len(), 1);
        assert!(message.subject().unwrap().starts_with("Q X-Evil: 1 body"));
    }

    #[test]
    fn an_address_that_is_none_is_told_apart() {
        let mail = |address: &str| Mail { to_address: address.into(), ..mail(Which::Redirected, Locale::En) };
        for wrong in ["nobody", "a@b\r\nBcc: c@d", "a b@c", "<a@b.example>"] {
            assert!(matches!(bytes(&mail(wrong)), Err(Unsendable::Address(_))), "{wrong}");
        }
    }
}
