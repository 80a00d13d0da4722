//! Agencies first, then sites, some hundred per transaction.

use std::collections::{BTreeMap, HashMap};

use chassis::{Db, Failure, StoreError, UseCase, db::Tx};
use directory::model::Side;
use kernel::{AgencyId, Env};

use crate::{
    facilities::{
        app::{
            Taken,
            report::{Outcome, Report},
        },
        domain::{facility::Facility, organisation::Organisation, row::Cause},
        store,
    },
    organisations::{self, Agency, PostalCode, Site},
    resources::{self, Refusal, Table as _},
};

/// Entries per transaction.
const BATCH: usize = 200;

/// Writes what was taken, and notes in the report what became of it.
pub(crate) async fn run(db: &Db, env: &Env, taken: &[Taken], report: &mut Report) -> Result<(), Failure> {
    let province = report.province.clone();
    let dry_run = report.dry_run;
    let organisations: BTreeMap<String, &Organisation> =
        taken.iter().map(|t| (agency_key(&province, &t.facility.organisation), &t.facility.organisation)).collect();
    let organisations: Vec<_> = organisations.into_iter().collect();
    let mut agencies = HashMap::new();
    for batch in organisations.chunks(BATCH) {
        for (key, id, outcome) in db.write(&WriteAgencies { batch, dry_run }, env).await? {
            report.agencies.note(outcome);
            agencies.insert(key, id);
        }
    }
    for batch in taken.chunks(BATCH) {
        let written = db.write(&WriteSites { province: &province, batch, agencies: &agencies, dry_run }, env).await?;
        for (taken, outcome) in batch.iter().zip(written) {
            match outcome {
                Some(outcome) => report.sites.note(outcome),
                None => report.reject(taken.line, Cause::AgencyRetired, taken.facility.organisation.name.clone()),
            }
        }
    }
    Ok(())
}

/// Some of the source's organisations, by their keys.
struct WriteAgencies<'a> {
    batch: &'a [(String, &'a Organisation)],
    dry_run: bool,
}

impl UseCase for WriteAgencies<'_> {
    type Context = Env;
    type Output = Vec<(String, AgencyId, Outcome)>;
    type Error = Refusal;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Self::Output, Refusal> {
        store::take_turns(tx).await?;
        let keys: Vec<String> = self.batch.iter().map(|(key, _)| key.clone()).collect();
        let known = store::agencies(tx, &keys).await?;
        let mut written = Vec::with_capacity(self.batch.len());
        for (key, organisation) in self.batch {
            let (id, outcome) = match known.get(key) {
                None => (env.ids.next(), Outcome::Created),
                Some(imported) if imported.values == organisation.name => (imported.id, Outcome::Unchanged),
                Some(imported) => (imported.id, Outcome::Updated),
            };
            if !self.dry_run && outcome != Outcome::Unchanged {
                write_agency(tx, env, id, organisation, outcome).await?;
                store::mark_agency(tx, id, key, &organisation.name).await?;
            }
            written.push((key.clone(), id, outcome));
        }
        Ok(written)
    }
}

async fn write_agency(
    tx: &mut Tx,
    env: &Env,
    id: AgencyId,
    organisation: &Organisation,
    outcome: Outcome,
) -> Result<(), Refusal> {
    if outcome == Outcome::Updated {
        Agency::lock(tx, &id).await?;
        let before = resources::get::<Agency>(tx, &id).await?.value;
        resources::replace(tx, env, &Agency { name: organisation.name.clone(), ..before }).await?;
        return Ok(());
    }
    let agency = Agency {
        id,
        kind: Side::Receiving,
        name: organisation.name.clone(),
        short_name: String::new(),
        user: false,
        city: String::new(),
        active: true,
    };
    resources::add(tx, env, &agency).await?;
    Ok(())
}

/// Some of the source's facilities, whose organisations were written before.
struct WriteSites<'a> {
    province: &'a str,
    batch: &'a [Taken],
    agencies: &'a HashMap<String, AgencyId>,
    dry_run: bool,
}

impl UseCase for WriteSites<'_> {
    type Context = Env;
    /// What became of each row; `None` where a retired agency gets no new site.
    type Output = Vec<Option<Outcome>>;
    type Error = Refusal;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Self::Output, Refusal> {
        store::take_turns(tx).await?;
        let keys: Vec<String> = self.batch.iter().map(|t| site_key(self.province, &t.facility)).collect();
        let known = store::sites(tx, &keys).await?;
        let mut written = Vec::with_capacity(self.batch.len());
        for (key, Taken { facility, .. }) in keys.iter().zip(self.batch) {
            let organisation = agency_key(self.province, &facility.organisation);
            let agency_id =
                *self.agencies.get(&organisation).expect("every organisation was written before its facilities");
            let values = values(facility);
            let (id, outcome) = match known.get(key) {
                None => (env.ids.next(), Outcome::Created),
                Some(imported) if imported.values == values => (imported.id, Outcome::Unchanged),
                Some(imported) => (imported.id, Outcome::Updated),
            };
            if outcome == Outcome::Created && is_retired(tx, agency_id).await? {
                written.push(None);
                continue;
            }
            if !self.dry_run && outcome != Outcome::Unchanged {
                let site = Site {
                    id,
                    agency_id,
                    name: facility.name.clone(),
                    kind: facility.kind.clone(),
                    street: facility.street.clone(),
                    city: facility.city.clone(),
                    postal_code: facility.postal_code.clone(),
                    coordinates: facility.coordinates,
                    time_zone: String::new(),
                    web_link: String::new(),
                    active: true,
                };
                write_site(tx, env, site, outcome).await?;
                store::mark_site(tx, id, key, &values).await?;
            }
            written.push(Some(outcome));
        }
        Ok(written)
    }
}

async fn write_site(tx: &mut Tx, env: &Env, site: Site, outcome: Outcome) -> Result<(), Refusal> {
    if outcome == Outcome::Created {
        resources::add(tx, env, &site).await?;
        return Ok(());
    }
    Site::lock(tx, &site.id).await?;
    // What the source does not tell of stays as people have set it.
    let Site { active, time_zone, web_link, .. } = resources::get::<Site>(tx, &site.id).await?.value;
    resources::replace(tx, env, &Site { active, time_zone, web_link, ..site }).await?;
    Ok(())
}

/// In a dry run an agency that would be created is not there yet.
async fn is_retired(tx: &mut Tx, agency: AgencyId) -> Result<bool, StoreError> {
    Ok(organisations::holds::agency(tx, agency).await?.is_some_and(|(_, active)| !active))
}

fn agency_key(province: &str, organisation: &Organisation) -> String {
    format!("odhf:{province}:{}", organisation.key)
}

fn site_key(province: &str, facility: &Facility) -> String {
    format!("odhf:{province}:{}", facility.index)
}

/// All that the source says of a facility, in one text.
fn values(facility: &Facility) -> String {
    let point = facility.coordinates.map(|c| format!("{} {}", c.latitude(), c.longitude())).unwrap_or_default();
    let code = facility.postal_code.as_ref().map_or("", PostalCode::as_str);
    [&facility.organisation.key, facility.name.as_str(), &facility.kind, &facility.street, &facility.city, code, &point]
        .join("\n")
}
