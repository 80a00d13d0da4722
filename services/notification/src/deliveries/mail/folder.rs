//! Mails as files in a folder, for trying Tandem out where no mail server is: one `.eml` per mail, the newest last. Their links
//! work, so that nobody but their owner reads them.

use std::{fs::Permissions, os::unix::fs::PermissionsExt as _, path::Path};

use lettre::{Message, message::header::MessageId};
use tokio::{fs, io::AsyncWriteExt as _};

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
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).await?;
    let path = folder.join(format!("{name}.eml"));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path).await?;
    // One that was there already keeps the rights that it had.
    file.set_permissions(Permissions::from_mode(0o600)).await?;
    file.write_all(&message.formatted()).await?;
    file.flush().await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message() -> Message {
        let message = Message::builder().message_id(Some("<0190-ab@tandem.example>".into()));
        let message = message.from("a@example.org".parse().unwrap()).to("b@example.org".parse().unwrap());
        message.subject("Bonjour").body(String::from("Salut")).unwrap()
    }

    fn folder(name: &str) -> std::path::PathBuf {
        std::env::temp_dir().join(format!("tandem-mail-{name}-{}", std::process::id()))
    }

    #[tokio::test]
    async fn nobody_but_its_owner_reads_a_mail() {
        let top = folder("rights");
        let folder = top.join("mail");
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        keep(&folder, &message()).await;
        let file = folder.join("0190-ab.eml");
        assert_eq!([mode(&folder), mode(&file)], [0o700, 0o600]);
        std::fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        keep(&folder, &message()).await;
        assert_eq!(mode(&file), 0o600);
        std::fs::remove_dir_all(&top).unwrap();
    }

    #[tokio::test]
    async fn a_mail_that_is_written_twice_is_one_file() {
        let folder = folder("twice");
        for _ in 0..2 {
            assert_eq!(keep(&folder, &message()).await.outcome, Outcome::Accepted);
        }
        let text = std::fs::read_to_string(folder.join("0190-ab.eml")).unwrap();
        assert!(text.contains("Salut") && std::fs::read_dir(&folder).unwrap().count() == 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
