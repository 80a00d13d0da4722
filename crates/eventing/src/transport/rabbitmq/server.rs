//! Out of the queues, into the handlers.

use std::sync::Arc;

use futures::{
    StreamExt as _,
    stream::{BoxStream, once, select_all},
};
use lapin::{
    Connection,
    message::Delivery,
    options::{BasicConsumeOptions, BasicQosOptions},
    types::FieldTable,
};
use tokio::task::JoinSet;

use super::{RabbitMq, answered, message, queues, settle::Mover};
use crate::{
    consumers::Subscription,
    handling::Message,
    transport::{Backoff, Serve, TransportError},
};

/// Serves until stopped; whatever breaks is connected again, and what was not acknowledged is delivered again.
pub(crate) async fn serve(rabbit: &Arc<RabbitMq>, serve: Serve) {
    let serve = Arc::new(serve);
    let mut backoff = Backoff::default();
    while !serve.stop.is_cancelled() {
        match open(rabbit, &serve).await {
            Ok(session) => {
                backoff.reset();
                serve.subscribed.send_replace(true);
                match session.run(&serve).await {
                    Ok(()) => return,
                    Err(error) => tracing::warn!(error = %error, "consuming broke off; connecting again"),
                }
            }
            Err(error) => tracing::warn!(error = %error, "the broker can't be consumed from; trying again"),
        }
        backoff.wait(&serve.stop).await;
    }
}

type Deliveries = BoxStream<'static, (usize, Option<Result<Delivery, lapin::Error>>)>;

/// One connection's life.
struct Session {
    connection: Connection,
    mover: Arc<Mover>,
    deliveries: futures::stream::SelectAll<Deliveries>,
}

async fn open(rabbit: &RabbitMq, serve: &Serve) -> Result<Session, TransportError> {
    let connection = rabbit.connect("consumer").await?;
    let mover = Arc::new(Mover::open(&connection).await?);
    let mut streams = Vec::new();
    for (index, subscription) in serve.subscriptions.iter().enumerate() {
        streams.push(consume(rabbit, &connection, subscription, index, serve.engine.delays.len()).await?);
    }
    Ok(Session { connection, mover, deliveries: select_all(streams) })
}

async fn consume(
    rabbit: &RabbitMq,
    connection: &Connection,
    subscription: &Subscription,
    index: usize,
    delays: usize,
) -> Result<Deliveries, TransportError> {
    let (exchange, queue) = (&rabbit.config.exchange, &subscription.queue);
    let channel = answered(connection.create_channel()).await?;
    queues::declare_exchange(&channel, exchange).await?;
    queues::declare(&channel, exchange, queue, subscription.event_type).await?;
    queues::declare_retries(&channel, queue, delays).await?;
    answered(channel.basic_qos(rabbit.config.prefetch, BasicQosOptions::default())).await?;
    let options = BasicConsumeOptions::default();
    let consumer =
        answered(channel.basic_consume(queue.as_str().into(), "".into(), options, FieldTable::default())).await?;
    // A stream that ends, because its queue was deleted, must be noticed among the others: hence the last `None`.
    let ended = once(async move { (index, None) });
    Ok(consumer.map(move |delivery| (index, Some(delivery))).chain(ended).boxed())
}

impl Session {
    /// Until stopped or broken; either way what is in hand is finished first.
    async fn run(mut self, serve: &Arc<Serve>) -> Result<(), TransportError> {
        let mut running = JoinSet::new();
        let mut outcome = self.take_until_stopped(serve, &mut running).await;
        while let Some(settled) = running.join_next().await {
            outcome = outcome.and(joined(settled));
        }
        if outcome.is_ok() {
            // All is settled; a connection that does not say good-bye is dropped.
            let _ = answered(self.connection.close(200, "done".into())).await;
        }
        outcome
    }

    async fn take_until_stopped(
        &mut self,
        serve: &Arc<Serve>,
        running: &mut JoinSet<Result<(), TransportError>>,
    ) -> Result<(), TransportError> {
        loop {
            tokio::select! {
                biased;
                () = serve.stop.cancelled() => return Ok(()),
                Some(settled) = running.join_next(), if !running.is_empty() => joined(settled)?,
                next = self.deliveries.next(), if running.len() < serve.concurrency => match next {
                    Some((index, Some(delivery))) => {
                        let delivery = delivery?;
                        running.spawn(take(Arc::clone(serve), Arc::clone(&self.mover), index, delivery));
                    }
                    Some((_, None)) | None => return Err(TransportError::Unconfirmed("a queue can't be consumed any more")),
                },
            }
        }
    }
}

fn joined(settled: Result<Result<(), TransportError>, tokio::task::JoinError>) -> Result<(), TransportError> {
    settled.unwrap_or(Err(TransportError::Unconfirmed("an event's task ended early")))
}

async fn take(
    serve: Arc<Serve>,
    mover: Arc<Mover>,
    index: usize,
    mut delivery: Delivery,
) -> Result<(), TransportError> {
    let subscription = &serve.subscriptions[index];
    let message = Message {
        envelope: std::mem::take(&mut delivery.data),
        trace: message::trace(&delivery.properties),
        attempts: message::attempts(&delivery.properties),
        row: None,
    };
    let settlement = serve.engine.take(subscription, &message, &serve.stop).await;
    delivery.data = message.envelope;
    mover.settle(&subscription.queue, &delivery, settlement, serve.engine.clock.now()).await
}
