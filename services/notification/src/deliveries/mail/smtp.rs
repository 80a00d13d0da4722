//! The mail server: one pool of connections, and what its answers mean.

use std::{path::PathBuf, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{
        PoolConfig,
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};

use super::{
    super::domain::{Mail, Outcome},
    compose::Writer,
    folder, mime,
    sending::Sending,
};
use crate::config::{Config, Security};

/// How long an unused connection is kept.
const IDLE: Duration = Duration::from_secs(30);

/// Hands mails to the mail server. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    writer: Writer,
    /// For one whole attempt.
    timeout: Duration,
    /// Where mails are kept instead of being sent.
    folder: Option<PathBuf>,
}

impl Mailer {
    /// It connects with the first mail.
    pub(crate) fn new(config: &Config, writer: Writer) -> anyhow::Result<Self> {
        let smtp = &config.smtp;
        let tls = match smtp.security {
            Security::None => Tls::None,
            Security::StartTls => Tls::Required(TlsParameters::new(smtp.host.clone())?),
            Security::Tls => Tls::Wrapper(TlsParameters::new(smtp.host.clone())?),
        };
        let timeout = Duration::from_millis(smtp.timeout_ms);
        let pool = PoolConfig::new().max_size(config.senders).idle_timeout(IDLE);
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(smtp.host.clone())
            .port(smtp.port)
            .tls(tls)
            .timeout(Some(timeout))
            .pool_config(pool);
        if !smtp.username.is_empty() {
            builder = builder.credentials(Credentials::new(smtp.username.clone(), smtp.password.expose().to_owned()));
        }
        let folder = config.folder.clone();
        Ok(Self { transport: builder.build(), from: config.from.parse()?, writer, timeout: timeout * 2, folder })
    }

    /// Writes a mail and hands it over, within twice the time that one command may take.
    pub(crate) async fn send(&self, mail: &Mail) -> Sending {
        let composed = match self.writer.write(mail) {
            Ok(composed) => composed,
            Err(error) => return Sending::refused(format!("{error}")),
        };
        let message = match mime::build(mail, &composed, &self.from) {
            Ok(message) => message,
            Err(error) => return Sending::refused(error.to_string()),
        };
        if let Some(folder) = &self.folder {
            return folder::keep(folder, &message).await;
        }
        match tokio::time::timeout(self.timeout, self.transport.send(message)).await {
            Ok(Ok(_)) => Sending { outcome: Outcome::Accepted, answer_lost: false },
            Ok(Err(error)) => answered(&error),
            Err(_) => {
                Sending { outcome: Outcome::PutOff("the mail server did not answer in time".into()), answer_lost: true }
            }
        }
    }
}

/// 5xx is for good; everything else may be better later.
fn answered(error: &lettre::transport::smtp::Error) -> Sending {
    let text = error.to_string();
    if error.is_permanent() {
        return Sending::refused(text);
    }
    // An established connection that broke may have broken after the mail was taken. lettre tells a connection that was
    // never made apart only by its words.
    let never_connected = text.starts_with("Connection error");
    let said_no = error.is_transient() || error.is_client() || error.is_tls() || error.is_transport_shutdown();
    Sending { outcome: Outcome::PutOff(text), answer_lost: !never_connected && !said_no }
}
