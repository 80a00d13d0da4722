//! A mail server for the demonstration's past: it takes every mail, sends none on, and remembers the answer links in them, so
//! that agents without account can answer as they do in life: by the mail that they got.

use std::sync::{Arc, Mutex, PoisonError};

use mail_parser::MessageParser;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What stands before the secret in a link.
const PATH: &str = "/a/";

/// What has come.
#[derive(Default)]
struct Taken {
    mails: usize,
    /// The secrets of links that nobody has asked for yet.
    links: Vec<String>,
}

/// An SMTP server on a loopback port; it ends with this value.
pub(super) struct Postbox {
    port: u16,
    taken: Arc<Mutex<Taken>>,
    serving: JoinHandle<()>,
}

impl Postbox {
    /// Starts listening.
    ///
    /// # Errors
    /// If no loopback port is free.
    pub(super) async fn open() -> anyhow::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let taken = Arc::<Mutex<Taken>>::default();
        let kept = Arc::clone(&taken);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let kept = Arc::clone(&kept);
                tokio::spawn(async move {
                    if let Err(error) = talk(stream, &kept).await {
                        tracing::debug!(%error, "a sender went away");
                    }
                });
            }
        });
        Ok(Self { port, taken, serving })
    }

    /// Its port on 127.0.0.1.
    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    /// The secrets of the links that came since the last call.
    pub(super) fn take_links(&self) -> Vec<String> {
        std::mem::take(&mut self.taken.lock().unwrap_or_else(PoisonError::into_inner).links)
    }

    /// How many mails have come in all.
    pub(super) fn mails(&self) -> usize {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).mails
    }
}

impl Drop for Postbox {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn talk(stream: TcpStream, taken: &Mutex<Taken>) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    writer.write_all(b"220 postbox of the demonstration\r\n").await?;
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let verb = line.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match verb.as_str() {
            "EHLO" => b"250-postbox\r\n250 8BITMIME\r\n",
            "HELO" | "MAIL" | "RCPT" | "RSET" | "NOOP" => b"250 fine\r\n",
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await?;
                let mail = read_mail(&mut reader).await?;
                let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
                taken.mails += 1;
                taken.links.extend(link_in(&mail));
                b"250 taken\r\n"
            }
            "QUIT" => return writer.write_all(b"221 bye\r\n").await,
            _ => b"502 not here\r\n",
        };
        writer.write_all(answer).await?;
    }
}

async fn read_mail(reader: &mut (impl tokio::io::AsyncBufRead + Unpin)) -> std::io::Result<Vec<u8>> {
    let mut mail = Vec::new();
    loop {
        let start = mail.len();
        if reader.read_until(b'\n', &mut mail).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        match &mail[start..] {
            b".\r\n" => {
                mail.truncate(start);
                return Ok(mail);
            }
            [b'.', ..] => {
                mail.remove(start);
            }
            _ => {}
        }
    }
}

fn link_in(mail: &[u8]) -> Option<String> {
    let message = MessageParser::default().parse(mail)?;
    let text = message.body_text(0)?;
    let (_, rest) = text.split_once(PATH)?;
    let secret: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    (!secret.is_empty()).then_some(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_of_a_link_is_found_across_soft_line_breaks() {
        let mail = b"Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\
                     Content-Transfer-Encoding: quoted-printable\r\n\r\n\
                     R=C3=A9pondez : http://127.0.0.1:8080/a/AbC_12=\r\n3-z\r\nMerci\r\n";
        assert_eq!(link_in(mail).as_deref(), Some("AbC_123-z"));
        assert_eq!(link_in(b"Subject: x\r\n\r\nno link"), None);
    }
}
