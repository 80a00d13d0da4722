//! The mails of the demonstration's past. Notification keeps them as files in a folder that goes with the loading process;
//! agents without account answer by the link in theirs, as they do in life.

use std::{path::Path, time::Duration};

use anyhow::Context as _;
use directory::model::Role;
use mail_parser::MessageParser;
use notification::MailsWait;
use proto::notification::v1::{
    Delivery, DeliveryState, ListDeliveriesRequest, delivery_service_client::DeliveryServiceClient,
};

use super::{callers::Callers, world::Person};
use crate::commands::failed;

/// How long mails may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often to look.
const PAUSE: Duration = Duration::from_millis(10);
/// What stands before the secret in a link.
const PATH: &str = "/a/";
/// The mail with the link.
const LINK: &str = "REDIRECTED_LINK";

/// The mails, as receiving coordinators see them.
pub(super) struct Mails<'a> {
    pub(super) callers: &'a Callers,
    /// Who sends them.
    pub(super) notification: chassis::Host,
    /// Where the files are, each named like its delivery.
    pub(super) folder: &'a Path,
}

impl Mails<'_> {
    /// Waits until every mail has gone, so that each bears the day of what it is about, and none is left to whoever serves
    /// the province next.
    pub(super) async fn settled(&self) -> anyhow::Result<()> {
        let db = &self.notification.db;
        let settled = async {
            while db.read(&MailsWait, &()).await.map_err(failed)? {
                self.notification.waker.wake(notification::SEND_MAIL);
                tokio::time::sleep(PAUSE).await;
            }
            anyhow::Ok(())
        };
        tokio::time::timeout(PATIENCE, settled).await.context("mails wait for too long")?
    }

    /// The secret of the newest link that was mailed about a request, if one was.
    pub(super) async fn link(&self, request: &str, coordinator: &Person) -> anyhow::Result<Option<String>> {
        let newest = self.about(request, coordinator).await?.into_iter().find(|delivery| delivery.template == LINK);
        let Some(mail) = newest.filter(|delivery| delivery.state() == DeliveryState::Sent) else {
            self.notification.waker.wake(notification::SEND_MAIL);
            return Ok(None);
        };
        let file = self.folder.join(format!("{}.eml", mail.id));
        let bytes = tokio::fs::read(&file).await.with_context(|| file.display().to_string())?;
        Ok(link_in(&bytes))
    }

    /// How many have been kept.
    pub(super) fn count(&self) -> anyhow::Result<usize> {
        Ok(std::fs::read_dir(self.folder)?.count())
    }

    /// Newest first.
    async fn about(&self, request: &str, coordinator: &Person) -> anyhow::Result<Vec<Delivery>> {
        let caller = self.callers.call("notification", coordinator, Role::ReceivingCoordinator)?;
        let ask = ListDeliveriesRequest { placement_request_id: request.to_owned() };
        match DeliveryServiceClient::new(caller).list_deliveries(ask).await {
            Ok(answer) => Ok(answer.into_inner().deliveries),
            // Notification never heard of it: nothing about it is mailed.
            Err(status) if status.code() == tonic::Code::NotFound => Ok(Vec::new()),
            Err(status) => Err(status.into()),
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
