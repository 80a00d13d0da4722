//! The stream of what somebody may notice.

use std::time::Duration;

use chassis::{Host, Principal};
use futures::{Stream, stream};
use jiff::Timestamp;
use proto::placement::v1::{WatchKind, WatchRequestsResponse};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Interval, MissedTickBehavior, interval},
};
use tonic::Status;

use super::app::{News, Watch};
use crate::requests::{Context, Viewer, viewer};

/// How often a stream says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// One stream.
struct Watcher {
    viewer: Viewer,
    until: Timestamp,
    cx: Context,
    news: Receiver<News>,
    heartbeat: Interval,
    host: Host,
}

/// What the caller may notice from now on, until the token ends or the process stops.
pub(crate) fn watching(
    host: &Host,
    cx: &Context,
    watch: &Watch,
    who: &Principal,
) -> impl Stream<Item = Result<WatchRequestsResponse, Status>> + Send + use<> {
    let mut heartbeat = interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let watcher = Watcher {
        viewer: viewer(who),
        until: who.expires_at,
        cx: cx.clone(),
        news: watch.subscribe(),
        heartbeat,
        host: host.clone(),
    };
    stream::unfold(watcher, |mut watcher| async move {
        let message = watcher.next().await?;
        Some((Ok(message), watcher))
    })
}

impl Watcher {
    /// The next message; nothing at the end.
    async fn next(&mut self) -> Option<WatchRequestsResponse> {
        loop {
            let left = Duration::try_from(self.until.duration_since(self.cx.now())).ok()?;
            if left.is_zero() {
                return None;
            }
            tokio::select! {
                biased;
                () = self.host.stopping.cancelled() => return None,
                () = tokio::time::sleep(left) => return None,
                heard = self.news.recv() => match update(&self.viewer, heard) {
                    Update::Message(message) => return Some(message),
                    Update::Nothing => {}
                    Update::End => return None,
                },
                _ = self.heartbeat.tick() => return Some(message(WatchKind::Heartbeat, String::new())),
            }
        }
    }
}

/// What a viewer is told of what was heard.
#[derive(Debug, PartialEq)]
enum Update {
    Message(WatchRequestsResponse),
    Nothing,
    End,
}

fn update(viewer: &Viewer, heard: Result<News, RecvError>) -> Update {
    match heard {
        Ok(News::Changed(change)) if viewer.notices(&change) => {
            Update::Message(message(WatchKind::Changed, change.request.to_string()))
        }
        Ok(News::Changed(_)) => Update::Nothing,
        Ok(News::Missed) | Err(RecvError::Lagged(_)) => Update::Message(message(WatchKind::Resync, String::new())),
        Err(RecvError::Closed) => Update::End,
    }
}

fn message(kind: WatchKind, request_id: String) -> WatchRequestsResponse {
    WatchRequestsResponse { kind: kind.into(), request_id }
}

#[cfg(test)]
mod tests {
    use kernel::PersonId;
    use uuid::Uuid;

    use super::*;
    use crate::requests::Role;

    #[test]
    fn whoever_falls_behind_is_told_to_read_everything_again() {
        let nobody = Viewer { person: PersonId::from(Uuid::nil()), role: Role::DestinationMonitor, grants: Vec::new() };
        let again = Update::Message(message(WatchKind::Resync, String::new()));
        assert_eq!(update(&nobody, Err(RecvError::Lagged(7))), again);
        assert_eq!(update(&nobody, Ok(News::Missed)), again);
        assert_eq!(update(&nobody, Err(RecvError::Closed)), Update::End);
    }
}
