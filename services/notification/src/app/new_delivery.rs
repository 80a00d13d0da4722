//! A delivery as it begins.

use kernel::{AnswerLinkId, DeliveryId, Env, EventId};

use super::Rules;
use crate::domain::{Delivery, DeliveryState, Mail, NO_ADDRESS, Subject, message_id};

/// A delivery that waits to be mailed; one that nobody is named for has failed from the start, so that the log shows it.
pub(super) fn of(
    env: &Env,
    rules: &Rules,
    (event, subject): (EventId, Subject),
    mail: Mail,
    link: Option<AnswerLinkId>,
    resend_of: Option<DeliveryId>,
) -> Delivery {
    let (id, now) = (env.ids.next::<DeliveryId>(), env.now());
    let state = match mail.recipient {
        Some(_) => DeliveryState::pending(now),
        None => DeliveryState::Failed { attempts: 0, at: now, error: NO_ADDRESS.to_owned() },
    };
    Delivery {
        id,
        event,
        template: mail.template,
        recipient: mail.recipient,
        link,
        resend_of,
        subject,
        message_id: message_id(id, &rules.mail_domain),
        created_at: now,
        address: None,
        state,
    }
}
