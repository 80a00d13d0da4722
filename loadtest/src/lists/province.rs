//! A province with many requests, and one coordinator who asks for them.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use http::Method;
use jiff::tz::TimeZone;
use kernel::{Clock as _, SystemClock};

use super::{
    Found,
    fill::{self, Filled},
    line::{Gathered, Line, QUESTIONS},
    templates::{self, LANE},
};
use crate::{
    api::{Api, Refusal, text},
    arguments::Arguments,
    arrivals::Diary,
    backlog::Backlog,
    closed_loop::{ask_for, connections},
    cpu::{self, Cpu},
    environment::Installation,
    progress,
    server::Server,
    session::{Keeper, Session},
    side::wait_until_known,
    world::World,
};

/// Of each question, before it counts: connections are opened, statements planned, caches filled.
const WARM_UP: Duration = Duration::from_secs(3);

/// A program with its province. Tandem runs only while it is asked.
pub(crate) struct Province<'a> {
    installation: &'a Installation,
    pub(crate) world: Arc<World>,
    filled: Filled,
    gathered: Vec<Gathered>,
    memory_mib: f64,
    log_errors: u64,
}

impl<'a> Province<'a> {
    /// Makes the province through the API, and fills its table.
    pub(crate) async fn found(arguments: &Arguments, server: &Server, installation: &'a Installation) -> Result<Self> {
        let tandem = installation.setup.start().await?;
        let operator =
            tandem.first_operator.as_ref().context("the first start of a province names its first operator")?;
        let today = SystemClock.today(&TimeZone::UTC);
        let api = Api::new(installation.setup.port);
        let (world, diary) = (World::build(&api, operator, arguments.seed, today).await?, Diary::default());
        let world = Arc::new(world);
        wait_until_known(&world, &diary).await?;
        tandem.stop().await?;
        Self::fill(arguments, server, installation, (world, &diary)).await
    }

    /// Fills the table of a province that is there.
    pub(crate) async fn fill(
        arguments: &Arguments,
        server: &Server,
        installation: &'a Installation,
        (world, diary): (Arc<World>, &Diary),
    ) -> Result<Self> {
        let database = installation.database(server)?;
        let tandem = installation.setup.start().await?;
        for session in world.sessions() {
            session.renew(&world.api).await?;
        }
        let templates = templates::make(&world, diary).await?;
        Backlog::drained(&database.pool, None).await?;
        tandem.stop().await?;
        let filled = fill::fill(&database.pool, &world, &templates, arguments.requests).await?;
        database.pool.close().await;
        let gathered = QUESTIONS.iter().map(|_| Gathered::default()).collect();
        Ok(Self { installation, world, filled, gathered, memory_mib: 0.0, log_errors: 0 })
    }

    /// Starts Tandem and asks each question on some connections for so long.
    pub(crate) async fn ask(&mut self, server: &Server, (count, length): (u32, Duration)) -> Result<()> {
        let (setup, world) = (&self.installation.setup, &self.world);
        let database = self.installation.database(server)?;
        let tandem = setup.start().await?;
        for session in world.sessions() {
            session.renew(&world.api).await?;
        }
        let keeper = Keeper::of(world.api.clone(), world.sessions());
        let session = Arc::clone(&world.lane(LANE).receiving);
        let paths = self.check(&session).await?;
        progress(&format!("lists, {}", setup.program.display()));
        let errors = || setup.log.errors.load(Ordering::Relaxed);
        let errors_before = errors();
        for ((question, path), gathered) in QUESTIONS.iter().zip(paths).zip(&mut self.gathered) {
            let apis = connections(setup.port, count);
            let session = Arc::clone(&session);
            let ask = |length| {
                let session = Arc::clone(&session);
                ask_for(&apis, length, move |api, _| ask_one(api, Arc::clone(&session), path))
            };
            ask(WARM_UP.min(length)).await;
            server.settle().await?;
            let before = Cpu::now(tandem.pid, &database.pool, None).await;
            let answers = ask(length).await;
            gathered.cpu += Cpu::now(tandem.pid, &database.pool, None).await.since(before);
            progress(&format!(
                "  {}: {:.0}/s, p99 {:.1} ms",
                question.name,
                answers.per_second(),
                answers.latency().p99
            ));
            gathered.answers.join(answers);
        }
        self.memory_mib = cpu::memory(tandem.pid);
        self.log_errors += errors() - errors_before;
        drop(keeper);
        database.pool.close().await;
        tandem.stop().await
    }

    /// What was found.
    pub(crate) fn conclude(self) -> Found {
        let lines = QUESTIONS.iter().zip(&self.gathered).map(|(question, gathered)| Line::of(question, gathered));
        Found {
            program: self.installation.setup.program.display().to_string(),
            lines: lines.collect(),
            filled: self.filled,
            memory_mib: self.memory_mib,
            log_errors: self.log_errors,
            log: self.installation.setup.log.last_lines(),
        }
    }

    /// Which way each question is asked, and whether the answers are those of what was filled in: else it would be quick
    /// because it finds nothing.
    async fn check(&self, session: &Session) -> Result<[&'static str; QUESTIONS.len()]> {
        let api = &self.world.api;
        let asked = api.get(&session.token(), QUESTIONS[0].path).await;
        let knows = asked.is_ok_and(|answer| answer["summaries"].is_array());
        let paths = QUESTIONS.map(|question| if knows { question.path } else { question.earlier });
        let rows = if knows { "summaries" } else { "requests" };
        let expected = [self.filled.open, self.filled.pending].map(|rows| usize::try_from(rows.min(50)));
        for (path, expected) in paths.iter().zip(expected) {
            let answer = api.get(&session.token(), path).await?;
            let found = answer[rows].as_array().map_or(0, Vec::len);
            ensure!(found == expected?, "{path} has {found} rows");
        }
        let worklist = api.get(&session.token(), "/v1/worklist").await?;
        let pending = worklist["items"].as_array().into_iter().flatten();
        let pending = pending.filter(|item| text(item, "/kind") == "WORKLIST_KIND_PENDING");
        let pending = pending.filter_map(|item| item["count"].as_i64()).sum::<i64>();
        ensure!(pending == self.filled.pending, "{pending} are pending, and not {}", self.filled.pending);
        Ok(paths)
    }
}

/// Asks a question as somebody, whose tokens are renewed meanwhile.
async fn ask_one(api: Api, session: Arc<Session>, path: &'static str) -> Result<usize, Refusal> {
    Ok(api.exchange(Method::GET, &session.token(), path, None).await?.len())
}
