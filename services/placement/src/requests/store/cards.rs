//! Business cards, from the copy of people.

use kernel::PersonId;
use uuid::Uuid;

use super::Error;
use crate::requests::domain::{Card, CardLines};
use chassis::Tx;

/// The cards of those among some people who are on the staff, in no order.
///
/// # Errors
/// If the database fails.
pub async fn of(tx: &mut Tx, people: &[PersonId]) -> Result<Vec<Card>, Error> {
    let ids: Vec<Uuid> = people.iter().map(|id| id.uuid()).collect();
    let rows =
        sqlx::query!("SELECT id, name, title, email, phone FROM person_copy WHERE active AND id = ANY($1)", &ids)
            .fetch_all(&mut **tx)
            .await?;
    let card = rows.into_iter().map(|row| Card {
        person: row.id.into(),
        name: row.name,
        reach: CardLines { title: row.title, email: row.email, phone: row.phone },
    });
    Ok(card.collect())
}
