//! Mailed links.

use kernel::{Fields, Invalid};
use proto::placement::v1::{AnswerByLinkRequest, DescribeForLinkRequest};

use super::domain::{AnswerByLink, LinkTarget};
use crate::requests::{decision, despite_misfits};

pub fn describe_for_link(message: &DescribeForLinkRequest) -> Result<LinkTarget, Invalid> {
    let mut fields = Fields::default();
    let link = link(&mut fields, &message.id, &message.agent_id, &message.destination_id);
    fields.finish(|| link)
}

pub fn answer_by_link(message: &AnswerByLinkRequest) -> Result<AnswerByLink, Invalid> {
    let mut fields = Fields::default();
    let link = link(&mut fields, &message.id, &message.agent_id, &message.destination_id);
    let decision = decision(&mut fields, message.answer, &message.reason_code, &message.comment);
    let despite = despite_misfits(&mut fields, &message.despite_misfits);
    let read = fields.etag("etag", &message.etag);
    fields.finish(|| Some(AnswerByLink { link: link?, decision: decision?, despite: despite?, read: read? }))
}

fn link(fields: &mut Fields, id: &str, agent: &str, destination: &str) -> Option<LinkTarget> {
    let (id, agent) = (fields.id("id", id), fields.id("agent_id", agent));
    let destination = fields.id("destination_id", destination);
    Some(LinkTarget { id: id?, agent: agent?, destination: destination? })
}
