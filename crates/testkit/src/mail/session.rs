//! One SMTP conversation (RFC 5321), with what mail clients use of it.

use std::io;

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    time::sleep,
};

use super::{Fault, Mail, State, lock};

type Stream = BufReader<TcpStream>;

pub(super) async fn talk(stream: TcpStream, state: &State) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut from, mut to) = (String::new(), Vec::new());
    say(&mut stream, "220 testkit ESMTP").await?;
    loop {
        let line = read_line(&mut stream).await?;
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        match verb.as_str() {
            "EHLO" => say(&mut stream, "250-testkit\r\n250-8BITMIME\r\n250 SMTPUTF8").await?,
            "HELO" | "NOOP" => say(&mut stream, "250 testkit").await?,
            "MAIL" => {
                (from, to) = (address(&line), Vec::new());
                say(&mut stream, "250 sender taken").await?;
            }
            "RCPT" => {
                let recipient = address(&line);
                let refused = lock(&state.refused).get(&recipient.to_lowercase()).copied();
                if let Some(code) = refused {
                    say(&mut stream, &format!("{code} recipient refused")).await?;
                } else {
                    to.push(recipient);
                    say(&mut stream, "250 recipient taken").await?;
                }
            }
            "DATA" if to.is_empty() => say(&mut stream, "503 no recipient").await?,
            "DATA" => {
                say(&mut stream, "354 go ahead").await?;
                let raw = read_data(&mut stream).await?;
                let mail = Mail { from: std::mem::take(&mut from), to: std::mem::take(&mut to), raw };
                if !take(&mut stream, state, mail).await? {
                    return Ok(());
                }
            }
            "RSET" => {
                (from, to) = (String::new(), Vec::new());
                say(&mut stream, "250 forgotten").await?;
            }
            "QUIT" => return say(&mut stream, "221 good bye").await,
            _ => say(&mut stream, "500 not understood").await?,
        }
    }
}

/// Answers DATA; false if the connection ends here.
async fn take(stream: &mut Stream, state: &State, mail: Mail) -> io::Result<bool> {
    let fault = lock(&state.faults).pop_front();
    let answer = match fault {
        Some(Fault::Temporary) => "451 try again later",
        Some(Fault::Permanent) => "554 refused",
        Some(Fault::LostAnswer) => {
            lock(&state.mails).push(mail);
            return Ok(false);
        }
        Some(Fault::Slow(delay)) => {
            sleep(delay).await;
            lock(&state.mails).push(mail);
            "250 taken"
        }
        None => {
            lock(&state.mails).push(mail);
            "250 taken"
        }
    };
    say(stream, answer).await?;
    Ok(true)
}

/// Reads up to the lone dot, undoing the doubled dots (RFC 5321 §4.5.2).
async fn read_data(stream: &mut Stream) -> io::Result<Vec<u8>> {
    let mut data = Vec::new();
    loop {
        let line = read_line(stream).await?;
        match line.as_slice() {
            b".\r\n" | b".\n" => return Ok(data),
            [b'.', rest @ ..] => data.extend_from_slice(rest),
            all => data.extend_from_slice(all),
        }
    }
}

async fn read_line(stream: &mut Stream) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    if stream.read_until(b'\n', &mut line).await? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line)
}

async fn say(stream: &mut Stream, text: &str) -> io::Result<()> {
    stream.write_all(format!("{text}\r\n").as_bytes()).await?;
    stream.flush().await
}

/// What stands between the angle brackets.
fn address(line: &str) -> String {
    let inside = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or("", |(address, _)| address).to_owned()
}
