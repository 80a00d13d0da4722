//! What was given up: to be looked at, and played again once the cause is mended.

use kernel::EventId;
use sqlx::PgPool;

pub use crate::transport::DeadLetter;
use crate::{
    Transport, TransportError,
    transport::{Kind, in_process, rabbitmq},
};

/// The dead letters of the given queues, which stay where they are. Two who look at once may each see a part.
///
/// # Errors
/// If the broker or the database fails; [`TransportError::NoQueue`] if in process no consumer has registered a queue.
pub async fn list(transport: &Transport, queues: &[String]) -> Result<Vec<DeadLetter>, TransportError> {
    let mut letters = Vec::new();
    for name in queues {
        match &transport.0 {
            Kind::RabbitMq(rabbit) => letters.extend(rabbitmq::list_dead(rabbit, name).await?),
            Kind::InProcess(transport) => {
                let queue = transport.find(name).ok_or_else(|| TransportError::NoQueue(name.clone()))?;
                letters.extend(in_process::list(&queue.pool, std::slice::from_ref(name)).await?);
            }
        }
    }
    Ok(letters)
}

/// Hands one dead letter of a queue, or all, to the handler again, as if it had never been tried. Answers how many.
///
/// # Errors
/// If the broker or the database fails; [`TransportError::NoQueue`] if in process no consumer has registered the queue.
pub async fn replay(transport: &Transport, queue: &str, id: Option<EventId>) -> Result<u64, TransportError> {
    match &transport.0 {
        Kind::RabbitMq(rabbit) => rabbitmq::replay_dead(rabbit, queue, id).await,
        Kind::InProcess(transport) => {
            let found = transport.find(queue).ok_or_else(|| TransportError::NoQueue(queue.to_owned()))?;
            let count = in_process::replay(&found.pool, queue, id).await?;
            found.wake();
            Ok(count)
        }
    }
}

/// [`list`], straight from a service's schema, where events are handed over in process.
///
/// # Errors
/// If the database fails.
pub async fn list_in(pool: &PgPool, queues: &[String]) -> Result<Vec<DeadLetter>, sqlx::Error> {
    in_process::list(pool, queues).await
}

/// [`replay`], straight in a service's schema; a running consumer notices at its next look.
///
/// # Errors
/// If the database fails.
pub async fn replay_in(pool: &PgPool, queue: &str, id: Option<EventId>) -> Result<u64, sqlx::Error> {
    in_process::replay(pool, queue, id).await
}
