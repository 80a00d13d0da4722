//! Loading, from the first row to the last.

use std::{
    path::Path,
    sync::{Arc, PoisonError},
    time::Duration,
};

use ::directory::model::Role;
use anyhow::Context as _;
use chassis::{Process, Settings};
use configuration::{facilities, seed::AddStarterLists};
use identity::accounts::Passwords;
use jiff::Timestamp;
use kernel::{Clock, FixedClock};
use proto::identity::v1::{GetPersonRequest, person_service_client::PersonServiceClient};

use super::{
    Outcome, PASSWORD, Summary, calendar::Calendar, callers::Callers, closures, directory::Directory, draw::Draw,
    mails::Mails, play::Player, requests, seed, settle::Settle, staff::Staff, world::World,
};
use crate::{
    Config,
    commands::failed,
    database::{Databases, SCHEMAS},
    platform::{Platform, TOPOLOGIES},
};

/// Rows of the Open Database of Healthcare Facilities; `data/README.md` says which, and under which licence.
const FACILITIES: &[u8] = include_bytes!("../../data/facilities_qc.csv");
/// Their province in the source.
const PROVINCE: &str = "qc";
/// Which of the people is who.
const OPERATOR: usize = 0;
const LEAD: usize = 1;
/// The stream of chance for units.
const UNITS: u64 = 3;
/// How long a call of the loading may take.
const PATIENCE_MS: u64 = 120_000;
/// How long the process may take to end.
const GRACE: Duration = Duration::from_secs(20);

/// Loads the demonstration as of `now` into databases that are open, unless it is there.
///
/// # Errors
/// If the province holds other data, or an earlier load broke off; or if a service fails.
pub(crate) async fn load_into(
    settings: &Settings<Config>,
    databases: &Databases,
    now: Timestamp,
) -> anyhow::Result<Outcome> {
    // What was mailed in the past goes to nobody: it is kept as files, as long as this loads.
    let mails = tempfile::tempdir()?;
    let clock = FixedClock::at(now);
    let mut settings = settings.clone();
    settings.service.notification.folder = Some(mails.path().to_owned());
    // Nobody waits for these calls, and everything happens at once: patience beats giving up.
    settings.database.acquire_timeout_ms = PATIENCE_MS;
    settings.server.deadline_ms = PATIENCE_MS;
    let env = Process::env(&settings, Arc::new(clock.clone()) as Arc<dyn Clock>)?;
    let calendar = Calendar::new(now, env.zone.clone());
    let mut process = Process::new(env, Process::transport(&settings), &SCHEMAS);
    let callers = Callers::new(&mut process, &settings.province.code, clock.clone())?;
    let mut platform = Platform::assemble_in(process, &settings, databases).await?;
    let load = Load { settings: &settings, clock: &clock, calendar, callers: &callers, folder: mails.path() };
    let outcome = load.run(&mut platform).await;
    platform.process.lifecycle().stop();
    platform.process.finished(GRACE).await;
    outcome
}

struct Load<'a> {
    settings: &'a Settings<Config>,
    clock: &'a FixedClock,
    calendar: Calendar,
    callers: &'a Callers,
    folder: &'a Path,
}

impl Load<'_> {
    async fn run(&self, platform: &mut Platform) -> anyhow::Result<Outcome> {
        let mut staff = Staff::provincial();
        match (self.is_there(&staff, OPERATOR).await?, self.is_there(&staff, LEAD).await?) {
            (_, true) => return Ok(Outcome::Present),
            (true, false) => anyhow::bail!(
                "an earlier load of the demonstration broke off; it can't be taken up again. Start anew with {}",
                self.emptied()
            ),
            (false, false) => {}
        }
        let operator = staff.people[OPERATOR].clone();
        let directory = Directory::new(self.callers, &operator);
        anyhow::ensure!(
            directory.is_empty().await?,
            "this province has data of its own; the demonstration is loaded into an empty one only, such as {}",
            self.emptied()
        );
        Process::transport(self.settings).declare(&TOPOLOGIES).await?;
        platform.process.start();
        let mut settle = Settle::new(platform);
        let passwords = Passwords::new(&self.settings.service.identity.argon2)?;
        let hash = passwords.hash(PASSWORD).await?;
        seed::person(&platform.identity, &operator, &hash).await?;

        let sites = self.province(platform, &directory).await?;
        let world = self.world(platform, &directory, &mut staff, &mut settle, &hash).await?;
        let requests = self.requests(platform, &world, &mut settle).await?;
        self.clock.set(self.calendar.now);
        directory.close(closures::all(&world, self.calendar.today())).await?;
        seed::person(&platform.identity, &world.people[LEAD], &hash).await?;
        settle.all().await?;
        // Schools are told of the closures.
        let mails = self.mails(platform);
        mails.settled().await?;
        let mails = mails.count()?;
        let (people, units) = (world.people.len(), world.units.len());
        Ok(Outcome::Loaded(Summary { sites, people, units, requests, mails }))
    }

    fn mails(&self, platform: &Platform) -> Mails<'_> {
        Mails { callers: self.callers, notification: platform.notification.clone(), folder: self.folder }
    }

    async fn is_there(&self, staff: &Staff, person: usize) -> anyhow::Result<bool> {
        let caller = self.callers.call("identity", &staff.people[OPERATOR], Role::Operator)?;
        let ask = GetPersonRequest { person_id: staff.people[person].id.to_string() };
        match PersonServiceClient::new(caller).get_person(ask).await {
            Ok(_) => Ok(true),
            Err(status) if status.code() == tonic::Code::NotFound => Ok(false),
            Err(status) => Err(status).context("looking for the demonstration"),
        }
    }

    /// What to do for an empty province, in words.
    fn emptied(&self) -> String {
        if self.settings.database.url.is_empty() {
            format!("another data folder, or after removing {}", self.settings.service.data.display())
        } else {
            "an empty database in place of the one of `database.url`".to_owned()
        }
    }

    /// Starter lists and facilities.
    async fn province(&self, platform: &Platform, directory: &Directory<'_>) -> anyhow::Result<usize> {
        let host = &platform.configuration;
        host.db.write(&AddStarterLists::new(&self.calendar.years()), &host.env).await.map_err(failed)?;
        directory.release_dates().await?;
        let report = facilities::run(&host.db, &host.env, FACILITIES, PROVINCE, false).await.map_err(failed)?;
        Ok(report.sites.created)
    }

    /// Schools, staff and units.
    async fn world(
        &self,
        platform: &Platform,
        directory: &Directory<'_>,
        staff: &mut Staff,
        settle: &mut Settle,
        hash: &str,
    ) -> anyhow::Result<World> {
        let schools = directory.schools().await?;
        let agencies = directory.agencies().await?;
        staff.hire_all(&schools, &agencies);
        let programs = directory.programs(&schools, &staff.coordinators).await?;
        for (index, person) in staff.people.iter().enumerate() {
            // The lead is the sign that all is there, and comes last.
            if index != LEAD {
                seed::person(&platform.identity, person, hash).await?;
            }
        }
        settle.all().await.context("people and places")?;
        let (people, sites) = (std::mem::take(&mut staff.people), std::mem::take(&mut staff.sites));
        let mut world = World { people, programs, sites, ..World::default() };
        directory.units(&mut Draw::of(UNITS), &mut world).await?;
        settle.all().await.context("services and units")?;
        directory.agents(&mut world).await?;
        settle.all().await.context("rights of agents")?;
        Ok(world)
    }

    /// A year of requests; answers how many.
    async fn requests(&self, platform: &Platform, world: &World, settle: &mut Settle) -> anyhow::Result<usize> {
        let steps = requests::all(world, &self.calendar);
        let player = Player {
            world,
            calendar: &self.calendar,
            callers: self.callers,
            clock: self.clock,
            mails: self.mails(platform),
            placement: platform.placement.waker.clone(),
            known: Default::default(),
        };
        player.play(&steps, settle).await?;
        Ok(player.known.into_inner().unwrap_or_else(PoisonError::into_inner).len())
    }
}
