//! A mail server that keeps what it is given, and fails on demand.

mod session;

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use mail_parser::MessageParser;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::wait_for_some;

/// What goes wrong with the next message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Refused for now (451), at DATA.
    Temporary,
    /// Refused for good (554), at DATA.
    Permanent,
    /// Taken and kept, but the connection breaks before the answer: the sender can't know.
    LostAnswer,
    /// Taken, after this time.
    Slow(Duration),
}

/// A message that the server took.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Envelope sender.
    pub from: String,
    /// Envelope recipients.
    pub to: Vec<String>,
    /// Headers and body as they came.
    pub raw: Vec<u8>,
}

/// An SMTP server on a free loopback port.
#[derive(Debug)]
pub struct Sink {
    port: u16,
    state: Arc<State>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct State {
    mails: Mutex<Vec<Mail>>,
    faults: Mutex<VecDeque<Fault>>,
    refused: Mutex<HashMap<String, u16>>,
}

impl Sink {
    /// Starts listening.
    ///
    /// # Panics
    /// If no loopback port is free.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a loopback port is free");
        let port = listener.local_addr().expect("a bound listener has an address").port();
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&shared);
                tokio::spawn(async move {
                    // A client that goes away in the middle is the client's affair.
                    let _ = session::talk(stream, &shared).await;
                });
            }
        });
        Self { port, state, task }
    }

    /// The port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// `smtp://127.0.0.1:<port>`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Makes the next message, after those already spoken for, go wrong.
    pub fn fail_next(&self, fault: Fault) {
        lock(&self.state.faults).push_back(fault);
    }

    /// Refuses a recipient from now on, with 450 (for now) or 550 (for good).
    pub fn refuse(&self, recipient: &str, code: u16) {
        lock(&self.state.refused).insert(recipient.to_lowercase(), code);
    }

    /// Takes a recipient again.
    pub fn accept(&self, recipient: &str) {
        lock(&self.state.refused).remove(&recipient.to_lowercase());
    }

    /// Every message so far.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        lock(&self.state.mails).clone()
    }

    /// Waits for a message that fulfils `condition`.
    ///
    /// # Panics
    /// If none comes in time.
    pub async fn wait_for(&self, condition: impl Fn(&Mail) -> bool) -> Mail {
        wait_for_some("a mail", async || self.mails().into_iter().find(&condition)).await
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Mail {
    /// The message taken apart.
    ///
    /// # Panics
    /// If it is no message.
    #[must_use]
    pub fn parsed(&self) -> mail_parser::Message<'_> {
        MessageParser::default().parse(&self.raw).expect("what was sent is a message")
    }

    /// The subject, decoded; empty if there is none.
    #[must_use]
    pub fn subject(&self) -> String {
        self.parsed().subject().unwrap_or_default().to_owned()
    }

    /// The Message-ID without its brackets; empty if there is none.
    #[must_use]
    pub fn message_id(&self) -> String {
        self.parsed().message_id().unwrap_or_default().to_owned()
    }

    /// The text part; empty if there is none.
    #[must_use]
    pub fn text(&self) -> String {
        self.parsed().body_text(0).unwrap_or_default().into_owned()
    }

    /// The HTML part; empty if there is none.
    #[must_use]
    pub fn html(&self) -> String {
        self.parsed().body_html(0).unwrap_or_default().into_owned()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
