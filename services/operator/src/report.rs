//! Decisions and happenings as Events of the province's resource, and in the log.

use kube::{
    Resource as _, ResourceExt as _,
    runtime::events::{Event, EventType},
};

use crate::{
    apply::Happening,
    context::Context,
    resource::{DecisionRecord, Province},
};

/// The longest text of an Event, in bytes, that the API server takes.
const MOST_BYTES: usize = 1024;

pub async fn decision(context: &Context, province: &Province, record: &DecisionRecord) {
    let DecisionRecord { component, from, to, reason, message, .. } = record;
    tracing::info!(province = province.name_any(), component, from, to, reason, "decided");
    // Events of the same reason and action are counted as one; each step is one of its own.
    let action = format!("Scale {component} from {from} to {to}");
    let note = format!("{component}: {from} → {to}. {message}");
    publish(context, province, EventType::Normal, reason, action, note).await;
}

/// Tells of something that was done.
pub async fn happening(context: &Context, province: &Province, happening: &Happening, note: String) {
    let Happening { code, value, is_warning, .. } = happening;
    let kind = if *is_warning { EventType::Warning } else { EventType::Normal };
    tracing::info!(province = province.name_any(), what = code, value, "done");
    publish(context, province, kind, code, format!("{code} {value}"), note).await;
}

/// An Event that can't be written is no reason to stop: status and log say the same.
async fn publish(context: &Context, province: &Province, type_: EventType, reason: &str, action: String, note: String) {
    let event = Event {
        type_,
        reason: reason.to_owned(),
        note: Some(cut(note, MOST_BYTES)),
        action: cut(action, 128),
        secondary: None,
    };
    if let Err(error) = context.recorder.publish(&event, &province.object_ref(&())).await {
        tracing::warn!(error = %error, "an event could not be written");
    }
}

fn cut(mut text: String, most: usize) -> String {
    if text.len() > most {
        let end = (0..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
    }
    text
}
