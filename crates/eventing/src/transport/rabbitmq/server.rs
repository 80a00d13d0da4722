//! Out of the queue, into the handlers.

use std::{sync::Arc, time::Duration};

use futures::{StreamExt as _, stream::ReadyChunks};
use lapin::{
    Connection, Consumer,
    message::Delivery,
    options::{BasicConsumeOptions, BasicQosOptions},
    types::FieldTable,
};
use tokio::task::JoinSet;

use super::{RabbitMq, answered, message, queues, settle::Mover, take_over::take_over};
use crate::{
    handling::Message,
    transport::{Backoff, Serve, TransportError},
};

/// How often what waits in former queues is looked for, while there are some.
const TAKE_OVER_INTERVAL: Duration = Duration::from_secs(10);

/// Serves until stopped; whatever breaks is connected again, and what was not acknowledged is delivered again.
pub(crate) async fn serve(rabbit: &Arc<RabbitMq>, serve: Serve) {
    let serve = Arc::new(serve);
    tokio::join!(consume_for_ever(rabbit, &serve), take_former_queues_over(rabbit, &serve));
}

async fn consume_for_ever(rabbit: &RabbitMq, serve: &Arc<Serve>) {
    let mut backoff = Backoff::default();
    while !serve.stop.is_cancelled() {
        match open(rabbit, serve).await {
            Ok(session) => {
                backoff.reset();
                serve.subscribed.send_replace(true);
                match session.run(serve).await {
                    Ok(()) => return,
                    Err(error) => tracing::warn!(error = %error, "consuming broke off; connecting again"),
                }
            }
            Err(error) => tracing::warn!(error = %error, "the broker can't be consumed from; trying again"),
        }
        backoff.wait(&serve.stop).await;
    }
}

/// A province whose servers of the release before still run has their queues too, until the last of them has ended.
async fn take_former_queues_over(rabbit: &RabbitMq, serve: &Serve) {
    let consumers = &serve.engine.consumers;
    loop {
        match take_over(rabbit, consumers.service(), &serve.engine.queue, &consumers.types()).await {
            Ok(0) => return,
            Ok(queues) => tracing::info!(queues, "former queues are still in use by other servers"),
            Err(error) => tracing::warn!(error = %error, "former queues can't be taken over; trying again"),
        }
        if serve.stop.run_until_cancelled(tokio::time::sleep(TAKE_OVER_INTERVAL)).await.is_none() {
            return;
        }
    }
}

/// One connection's life.
struct Session {
    connection: Connection,
    mover: Arc<Mover>,
    deliveries: ReadyChunks<Consumer>,
}

async fn open(rabbit: &RabbitMq, serve: &Serve) -> Result<Session, TransportError> {
    let connection = rabbit.connect("consumer").await?;
    let mover = Arc::new(Mover::open(&connection).await?);
    let (exchange, queue) = (&rabbit.config.exchange, &serve.engine.queue);
    let channel = answered(connection.create_channel()).await?;
    queues::declare_exchange(&channel, exchange).await?;
    queues::declare(&channel, exchange, queue, &serve.engine.consumers.types()).await?;
    queues::declare_retries(&channel, queue, serve.engine.delays.len()).await?;
    answered(channel.basic_qos(rabbit.config.prefetch, BasicQosOptions::default())).await?;
    let options = BasicConsumeOptions::default();
    let consumer = channel.basic_consume(queue.as_str().into(), "".into(), options, FieldTable::default());
    let deliveries = answered(consumer).await?.ready_chunks(serve.batch);
    Ok(Session { connection, mover, deliveries })
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
                // What has arrived while all hands were full is a batch.
                next = self.deliveries.next(), if running.len() < serve.concurrency => {
                    let gone = TransportError::Unconfirmed("the queue can't be consumed any more");
                    let batch = next.ok_or(gone)?.into_iter().collect::<Result<Vec<_>, _>>()?;
                    running.spawn(take(Arc::clone(serve), Arc::clone(&self.mover), batch));
                }
            }
        }
    }
}

fn joined(settled: Result<Result<(), TransportError>, tokio::task::JoinError>) -> Result<(), TransportError> {
    settled.unwrap_or(Err(TransportError::Unconfirmed("an event's task ended early")))
}

async fn take(serve: Arc<Serve>, mover: Arc<Mover>, mut batch: Vec<Delivery>) -> Result<(), TransportError> {
    let message = |delivery: &mut Delivery| Message {
        envelope: std::mem::take(&mut delivery.data),
        trace: message::trace(&delivery.properties),
        attempts: message::attempts(&delivery.properties),
        row: None,
    };
    let messages: Vec<Message> = batch.iter_mut().map(message).collect();
    let settlements = serve.engine.take(&messages, &serve.stop).await;
    for ((delivery, message), settlement) in batch.iter_mut().zip(messages).zip(settlements) {
        delivery.data = message.envelope;
        mover.settle(&serve.engine.queue, delivery, settlement, serve.engine.clock.now()).await?;
    }
    Ok(())
}
