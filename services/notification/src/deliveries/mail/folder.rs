//! Mails as files in a folder, for trying Tandem out where no mail server is: one `.eml` per mail, the newest last.

use std::path::Path;

use lettre::{Message, message::header::MessageId};
use tokio::fs;

use super::{super::domain::Outcome, sending::Sending};

/// Writes a mail into `folder`. Its name is its Message-ID, so a mail that is written again is one file.
pub(super) async fn keep(folder: &Path, message: &Message) -> Sending {
    match write(folder, message).await {
        Ok(()) => Sending { outcome: Outcome::Accepted, answer_lost: false },
        Err(error) => {
            Sending { outcome: Outcome::PutOff(format!("{}: {error}", folder.display())), answer_lost: false }
        }
    }
}

async fn write(folder: &Path, message: &Message) -> std::io::Result<()> {
    let id = message.headers().get::<MessageId>().map(|id| id.as_ref().to_owned()).unwrap_or_default();
    let name: String =
        id.chars().take_while(|c| *c != '@').filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    fs::create_dir_all(folder).await?;
    fs::write(folder.join(format!("{name}.eml")), message.formatted()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_mail_that_is_written_twice_is_one_file() {
        let folder = std::env::temp_dir().join(format!("tandem-mail-{}", std::process::id()));
        let message = Message::builder()
            .message_id(Some("<0190-ab@tandem.example>".into()))
            .from("a@example.org".parse().unwrap())
            .to("b@example.org".parse().unwrap())
            .subject("Bonjour")
            .body(String::from("Salut"))
            .unwrap();
        for _ in 0..2 {
            assert_eq!(keep(&folder, &message).await.outcome, Outcome::Accepted);
        }
        let text = std::fs::read_to_string(folder.join("0190-ab.eml")).unwrap();
        assert!(text.contains("Salut") && std::fs::read_dir(&folder).unwrap().count() == 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
