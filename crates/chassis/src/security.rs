//! Security events: what somebody who watches over a province should learn of attacks. Each is one line of the log, of target
//! `security`, and counts in `tandem_security_events_total`, which an alert watches. A line names ids, and of an address the
//! network alone ([`shortened`]); what was typed, tokens and names are in none.

use std::net::IpAddr;

use ipnet::IpNet;
use kernel::{PersonId, SessionId};
use tracing::field::display;

use crate::forwarded::network_of;

kernel::coded! {
    /// What happened.
    SecurityEvent {
        /// Somebody was not let in: a wrong password, or an account that is switched off.
        SignInRefused = "SIGN_IN_REFUSED",
        /// A wrong password after which the next one has to wait.
        SignInDelayBegan = "SIGN_IN_DELAY_BEGAN",
        /// A try during such a delay, which was not looked at. Counted, and not logged: a guesser makes as many as the gateway lets through.
        SignInDelayed = "SIGN_IN_DELAYED",
        /// A refresh token came back, and its session was ended.
        TokenReused = "TOKEN_REUSED",
        /// A refresh token that was never issued, or so long ago that nobody remembers.
        TokenUnknown = "TOKEN_UNKNOWN",
        /// An access token that does not hold: forged, altered, or of another province. One that has run out is none.
        TokenInvalid = "TOKEN_INVALID",
        /// An administrator issued a temporary password.
        PasswordReset = "PASSWORD_RESET",
    }
}

/// Whom an event concerns, as far as that is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Concerned<'a> {
    pub person: Option<PersonId>,
    /// Who did it, where that is somebody else.
    pub actor: Option<PersonId>,
    pub session: Option<SessionId>,
    pub address: Option<IpAddr>,
    /// The reason code of the refusal.
    pub reason: &'a str,
}

/// Logs and counts an event. Call it after the commit, so that nothing is told that did not happen.
pub fn record(event: SecurityEvent, concerned: Concerned<'_>) {
    metrics::counter!("tandem_security_events_total", "event" => event.code()).increment(1);
    let Concerned { person, actor, session, address, reason } = concerned;
    let (person, actor) = (person.map(display), actor.map(display));
    let (session, address) = (session.map(display), address.map(shortened).map(display));
    match event {
        SecurityEvent::SignInDelayed => {}
        SecurityEvent::PasswordReset => {
            tracing::info!(target: "security", event = event.code(), person, actor, session, address, reason, "security event");
        }
        _ => {
            tracing::warn!(target: "security", event = event.code(), person, actor, session, address, reason, "security event");
        }
    }
}

/// The network of an address: the first 24 bits of IPv4, the first 48 of IPv6. Enough to tell attacks from each other and where
/// they come from, and not who is behind.
#[must_use]
pub fn shortened(address: IpAddr) -> IpNet {
    network_of(address, 24, 48)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use uuid::Uuid;

    use super::*;

    /// What is logged of an event.
    fn logged(event: SecurityEvent) -> String {
        #[derive(Clone, Default)]
        struct Lines(Arc<Mutex<Vec<u8>>>);

        impl std::io::Write for Lines {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0.lock().expect("nobody panicked").write(bytes)
            }

            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }

        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber =
            tracing_subscriber::fmt().json().flatten_event(true).with_writer(move || writer.clone()).finish();
        let concerned = Concerned {
            person: Some(PersonId::from(Uuid::from_u128(7))),
            address: Some(IpAddr::from([203, 0, 113, 77])),
            reason: "SIGN_IN_REFUSED",
            ..Concerned::default()
        };
        tracing::subscriber::with_default(subscriber, || record(event, concerned));
        let text = lines.0.lock().expect("nobody panicked").clone();
        String::from_utf8(text).expect("logs are text")
    }

    #[test]
    fn a_line_names_the_event_ids_and_the_network_alone() {
        let text = logged(SecurityEvent::SignInRefused);
        let line: serde_json::Value = serde_json::from_str(&text).expect("one object");
        let person = Uuid::from_u128(7).to_string();
        for (field, value) in [
            ("target", "security"),
            ("level", "WARN"),
            ("event", "SIGN_IN_REFUSED"),
            ("person", person.as_str()),
            ("address", "203.0.113.0/24"),
            ("reason", "SIGN_IN_REFUSED"),
        ] {
            assert_eq!(line[field], value, "{field} in {text}");
        }
        assert!(line.get("session").is_none() && !text.contains("203.0.113.77"), "{text}");
    }

    #[test]
    fn a_flood_of_tries_fills_no_log() {
        assert_eq!(logged(SecurityEvent::SignInDelayed), "");
    }

    #[test]
    fn of_an_address_the_network_is_told() {
        for (address, told) in [
            ("203.0.113.77", "203.0.113.0/24"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ] {
            assert_eq!(shortened(address.parse().unwrap()).to_string(), told);
        }
    }
}
