//! People whom places name: tables `service`, `destination`.

use chassis::{StoreError, Tx};
use kernel::{AgencyId, Locale, PersonId};
use uuid::Uuid;

use crate::profiles::domain::contact::{ContactFor, ContactsOf};

struct Row {
    service_id: Option<Uuid>,
    destination_id: Option<Uuid>,
    person_id: Uuid,
}

impl TryFrom<Row> for (ContactFor, PersonId) {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let answers_for = match (row.service_id, row.destination_id) {
            (Some(id), None) => ContactFor::Service(id.into()),
            (None, Some(id)) => ContactFor::Destination(id.into()),
            _ => return Err(StoreError::inconsistent("service", "id", row.person_id)),
        };
        Ok((answers_for, row.person_id.into()))
    }
}

/// The agency that a place belongs to, if there is such a place.
///
/// # Errors
/// If the database fails.
pub async fn agency(tx: &mut Tx, of: ContactsOf) -> Result<Option<AgencyId>, StoreError> {
    let (site, service, destination) = ids(of);
    let agency = sqlx::query_scalar!(
        "select agency_id from site
         where id in ($1, (select site_id from service where id = $2), (select site_id from destination where id = $3))",
        site,
        service,
        destination,
    );
    Ok(agency.fetch_optional(&mut **tx).await?.map(Into::into))
}

/// Whom a place that is in use names: agents first, then coordinators by the name of their service.
///
/// # Errors
/// If the database fails or a row is inconsistent.
pub async fn of(tx: &mut Tx, of: ContactsOf, locale: Locale) -> Result<Vec<(ContactFor, PersonId)>, StoreError> {
    let (site, service, destination) = ids(of);
    let rows = sqlx::query_as!(
        Row,
        r#"select named.service_id as "service_id?", named.destination_id as "destination_id?",
                  named.person_id as "person_id!"
           from (
               select null::uuid as service_id, d.id as destination_id, d.agent_id as person_id, '' as sort_key
               from destination d where d.id = $3 and d.active
               union all
               select s.id, null, s.receiving_coordinator_id, case when $4 then s.sort_key_fr else s.sort_key_en end
               from service s
               where s.active and (s.site_id = $1 or s.id = $2 or s.id in (
                   select u.service_id from destination_service u join destination d on d.id = u.destination_id
                   where d.id = $3 and d.active))
           ) named
           where named.person_id is not null
           order by named.service_id is not null, named.sort_key collate "C", named.service_id"#,
        site,
        service,
        destination,
        locale == Locale::Fr,
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Site, service and destination; one of them.
fn ids(of: ContactsOf) -> (Option<Uuid>, Option<Uuid>, Option<Uuid>) {
    match of {
        ContactsOf::Site(id) => (Some(id.uuid()), None, None),
        ContactsOf::Service(id) => (None, Some(id.uuid()), None),
        ContactsOf::Destination(id) => (None, None, Some(id.uuid())),
    }
}
