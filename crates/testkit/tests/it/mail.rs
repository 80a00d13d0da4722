//! The mail server.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;

use testkit::mail::{Fault, Sink};

/// Sends one mail, line by line, and answers the server's last word; empty if the connection broke.
fn send(port: u16, recipient: &str) -> String {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    let mut answer = String::new();
    reader.read_line(&mut answer).unwrap();
    let mail = "Subject: =?utf-8?Q?Demande_refus=C3=A9e?=\r\nMessage-ID: <1@tandem>\r\n\r\nBonjour\r\n..point\r\n.";
    for line in ["HELO test", "MAIL FROM:<a@x>", &format!("RCPT TO:<{recipient}>"), "DATA", mail] {
        writer.write_all(format!("{line}\r\n").as_bytes()).unwrap();
        answer.clear();
        reader.read_line(&mut answer).unwrap();
        if answer.starts_with(['4', '5']) {
            break;
        }
    }
    answer.trim_end().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_is_kept_and_taken_apart() {
    let sink = Sink::start().await;
    assert_eq!(send(sink.port(), "b@x"), "250 taken");
    let mail = sink.wait_for(|mail| mail.to == ["b@x"]).await;
    assert_eq!((mail.subject().as_str(), mail.message_id().as_str()), ("Demande refusée", "1@tandem"));
    assert_eq!((mail.from.as_str(), mail.text().as_str()), ("a@x", "Bonjour\r\n.point\r\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_come_in_the_order_they_were_asked_for() {
    let sink = Sink::start().await;
    for fault in [Fault::Temporary, Fault::Permanent, Fault::LostAnswer] {
        sink.fail_next(fault);
    }
    assert_eq!(send(sink.port(), "b@x"), "451 try again later");
    assert_eq!(send(sink.port(), "b@x"), "554 refused");
    assert_eq!(sink.mails().len(), 0);
    assert_eq!(send(sink.port(), "b@x"), "");
    assert_eq!(sink.mails().len(), 1);
    assert_eq!(send(sink.port(), "b@x"), "250 taken");
    sink.refuse("b@x", 550);
    assert_eq!(send(sink.port(), "B@x"), "550 recipient refused");
}
