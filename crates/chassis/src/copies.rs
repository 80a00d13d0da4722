//! Filling the copies of other services' data at the first start.

use std::time::Duration;

use eventing::{Consumers, copy};
use futures::TryStreamExt as _;
use proto::event::v1::{ExportRequest, ExportResponse};
use tokio_util::sync::CancellationToken;
use tonic::{Status, Streaming};

use crate::{Host, PeerClient};

const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Fills the copy of `owner` unless it has been filled before; keeps trying until it succeeds or the process stops. Events
/// that arrive meanwhile are newer or the same: the versions tell.
pub(crate) async fn fill(
    host: Host,
    owner: &'static str,
    consumers: Consumers,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let mut pause = FIRST_PAUSE;
    while !stop.is_cancelled() {
        match fill_once(&host, owner, &consumers).await {
            Ok(()) => return Ok(()),
            Err(error) => tracing::warn!(owner, error = format!("{error:#}"), "the copy is not filled yet"),
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stop.cancelled() => {}
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
    Ok(())
}

async fn fill_once(host: &Host, owner: &str, consumers: &Consumers) -> anyhow::Result<()> {
    if copy::is_filled(host.db.pool(), owner).await? {
        return Ok(());
    }
    let types =
        consumers.types().into_iter().filter(|t| t.starts_with(&format!("{owner}."))).map(str::to_owned).collect();
    let envelopes = export(host.peer(owner)?, owner, types)
        .await?
        .map_err(anyhow::Error::from)
        .try_filter_map(async |r: ExportResponse| Ok(r.envelope));
    copy::refill(host.db.pool(), owner, consumers, envelopes).await?;
    Ok(())
}

/// Each owner exports by a method of the same form, so one generic call serves all owners.
async fn export(client: PeerClient, owner: &str, types: Vec<String>) -> anyhow::Result<Streaming<ExportResponse>> {
    let path = format!("/tandem.{owner}.v1.ExportService/Export").parse()?;
    let mut grpc = tonic::client::Grpc::new(client);
    grpc.ready().await.map_err(|e| Status::unavailable(e.to_string()))?;
    let codec = tonic_prost::ProstCodec::<ExportRequest, ExportResponse>::default();
    Ok(grpc.server_streaming(tonic::Request::new(ExportRequest { types }), path, codec).await?.into_inner())
}
