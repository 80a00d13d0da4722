//! Asks for pages and for their calls without them, by turns and at a fixed rate, whatever is still under way.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use http::StatusCode;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep_until},
};

use super::{
    figures::{Figures, Row, Seen},
    list::{Call, MainPage},
    people::{People, Who},
};
use crate::api::Api;

/// How often each page is opened before anything counts.
const WARM_UP: usize = 3;

/// The pages and what is known of them.
pub(crate) struct Runner {
    api: Api,
    people: People,
    pub(crate) pages: Vec<MainPage>,
    figures: Vec<Mutex<Figures>>,
}

impl Runner {
    /// Of some pages.
    pub(crate) fn new(api: Api, people: People, pages: Vec<MainPage>) -> Self {
        let figures = pages.iter().map(|_| Mutex::default()).collect();
        Self { api, people, pages, figures }
    }

    /// Opens every page a few times, one after another.
    ///
    /// # Errors
    /// All that are not answered well, or make other calls than their list says.
    pub(crate) async fn check(self: &Arc<Self>) -> Result<()> {
        let mut faults = Vec::new();
        for page in &self.pages {
            for _ in 0..WARM_UP {
                if let Err(fault) = self.check_one(page).await {
                    faults.push(format!("{} of {}: {fault:#}", page.name, page.who.name()));
                    break;
                }
            }
        }
        ensure!(faults.is_empty(), "{}", faults.join("\n"));
        Ok(())
    }

    async fn check_one(self: &Arc<Self>, page: &MainPage) -> Result<()> {
        let (_, mut made) = self.open(page).await?;
        let mut listed: Vec<_> = page.steps.iter().flatten().map(|call| call.method.to_owned()).collect();
        made.sort_unstable();
        listed.sort_unstable();
        ensure!(made == listed, "makes the calls {made:?}, and is said to make {listed:?}");
        self.make_calls(page).await
    }

    /// Asks at a rate for so long, and answers by how much one began too late, at most.
    pub(crate) async fn drive(self: &Arc<Self>, rate: f64, length: Duration) -> Duration {
        let (interval, start) = (Duration::from_secs_f64(1.0 / rate), Instant::now());
        let (mut offset, mut latest, mut turn) = (Duration::ZERO, Duration::ZERO, 0);
        let mut under_way = JoinSet::new();
        while offset < length {
            let intended = start + offset;
            sleep_until(intended).await;
            latest = latest.max(intended.elapsed());
            let (runner, at, is_page) = (Arc::clone(self), turn / 2 % self.pages.len(), turn % 2 == 0);
            under_way.spawn(async move { runner.ask(at, is_page, intended).await });
            while under_way.try_join_next().is_some() {}
            offset += interval;
            turn += 1;
        }
        // Each has patience of its own, and ends.
        under_way.join_all().await;
        latest
    }

    /// What was found.
    pub(crate) fn rows(&self) -> Vec<Row> {
        let figures = self.figures.iter().map(|figures| figures.lock().unwrap_or_else(PoisonError::into_inner));
        self.pages.iter().zip(figures).map(|(page, figures)| figures.row(page)).collect()
    }

    async fn ask(self: &Arc<Self>, at: usize, is_page: bool, intended: Instant) {
        let page = &self.pages[at];
        if is_page {
            let outcome = self.open(page).await.map(|(seen, _)| seen);
            let waited = intended.elapsed();
            self.figures[at].lock().unwrap_or_else(PoisonError::into_inner).add_page(outcome, waited);
        } else if !page.steps.is_empty() {
            let outcome = self.make_calls(page).await;
            let waited = intended.elapsed();
            self.figures[at].lock().unwrap_or_else(PoisonError::into_inner).add_direct(outcome, waited);
        }
    }

    /// Opens a page; besides what is seen of it, the methods that it called.
    async fn open(&self, page: &MainPage) -> Result<(Seen, Vec<String>)> {
        let answer = self.people.browser(page.who).open(&page.path).await?;
        ensure!(answer.status == StatusCode::OK, "answered {}", answer.status);
        let mut timing = answer.timing().into_iter();
        let (Some((_, own)), Some((_, gateway))) = (timing.next(), timing.next()) else {
            anyhow::bail!("the page does not tell where its time went");
        };
        let seen = Seen { own, gateway, bytes: answer.body.len() };
        Ok((seen, timing.map(|(method, _)| method).collect()))
    }

    /// Makes the calls of a page without it.
    async fn make_calls(self: &Arc<Self>, page: &MainPage) -> Result<()> {
        for step in &page.steps {
            let mut calls = JoinSet::new();
            for call in step {
                let (runner, who, call) = (Arc::clone(self), page.who, call.clone());
                calls.spawn(async move { runner.call(who, &call).await });
            }
            while let Some(outcome) = calls.join_next().await {
                outcome??;
            }
        }
        Ok(())
    }

    async fn call(&self, who: Who, call: &Call) -> Result<()> {
        let token = self.people.token(who);
        let outcome = match &call.body {
            Some(body) => self.api.post(&token, &call.path, body).await,
            None => self.api.get(&token, &call.path).await,
        };
        outcome.map(drop).with_context(|| call.path.clone())
    }
}
