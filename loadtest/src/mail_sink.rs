//! A mail server that takes everything and counts what came twice.

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// An SMTP server on a free loopback port.
pub(crate) struct MailSink {
    pub(crate) port: u16,
    /// How often each Message-ID came.
    seen: Arc<Mutex<HashMap<String, u64>>>,
    task: JoinHandle<()>,
}

impl MailSink {
    /// Starts listening.
    pub(crate) async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let seen = Arc::<Mutex<HashMap<String, u64>>>::default();
        let shared = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&shared);
                // A client that goes away in the middle is the client's affair.
                tokio::spawn(async move { talk(stream, &shared).await.unwrap_or_default() });
            }
        });
        Ok(Self { port, seen, task })
    }

    /// How many mails came, and how many of them repeated one that had come.
    pub(crate) fn count(&self) -> (u64, u64) {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let all: u64 = seen.values().sum();
        (all, all - seen.values().map(|_| 1).sum::<u64>())
    }
}

impl Drop for MailSink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One SMTP conversation (RFC 5321), as far as Tandem speaks it.
async fn talk(stream: TcpStream, seen: &Mutex<HashMap<String, u64>>) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    say(&mut stream, "220 loadtest ESMTP").await?;
    loop {
        let line = read_line(&mut stream).await?;
        let verb = line.split([' ', ':']).next().unwrap_or_default().trim_end().to_uppercase();
        match verb.as_str() {
            "EHLO" => say(&mut stream, "250-loadtest\r\n250-8BITMIME\r\n250 SMTPUTF8").await?,
            "DATA" => {
                say(&mut stream, "354 go ahead").await?;
                let id = read_message(&mut stream).await?;
                *seen.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_default() += 1;
                say(&mut stream, "250 taken").await?;
            }
            "QUIT" => return say(&mut stream, "221 good bye").await,
            _ => say(&mut stream, "250 as you like").await?,
        }
    }
}

/// Reads up to the lone dot, and answers the Message-ID.
async fn read_message(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut id = String::new();
    loop {
        let line = read_line(stream).await?;
        if line == ".\r\n" {
            return Ok(id);
        }
        if id.is_empty() && line.to_lowercase().starts_with("message-id:") {
            line.trim_end().clone_into(&mut id);
        }
    }
}

async fn read_line(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = Vec::new();
    if stream.read_until(b'\n', &mut line).await? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(String::from_utf8_lossy(&line).into_owned())
}

async fn say(stream: &mut BufReader<TcpStream>, text: &str) -> io::Result<()> {
    stream.write_all(format!("{text}\r\n").as_bytes()).await
}
