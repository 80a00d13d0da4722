//! Who asks for pages: the accounts that the demonstration prints, each signed in with a browser and, for the same calls without
//! pages, at the API.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::{Context as _, Result};
use serde::Serialize;

use super::browser::Browser;
use crate::{api::Api, session::Session};

/// What everybody of the demonstration signs in with.
const PASSWORD: &str = "Demonstration-2026!";

/// Whose page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Who {
    /// A school's coordinator, in French.
    School,
    /// Another one, in English.
    SchoolInEnglish,
    /// The receiving coordinator of the crowded site.
    Receiving,
    /// The agent of one of its destinations.
    Agent,
    /// The local administrator of its agency.
    Administrator,
    /// Somebody who has not signed in.
    Nobody,
}

/// All of them; cloning shares them.
#[derive(Clone)]
pub(crate) struct People(Arc<BTreeMap<Who, Person>>);

struct Person {
    browser: Browser,
    session: Option<Arc<Session>>,
}

impl Who {
    const ALL: [Self; 6] =
        [Self::School, Self::SchoolInEnglish, Self::Receiving, Self::Agent, Self::Administrator, Self::Nobody];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::SchoolInEnglish => "school (en)",
            Self::Receiving => "coordinator",
            Self::Agent => "agent",
            Self::Administrator => "administrator",
            Self::Nobody => "nobody",
        }
    }

    const fn login(self) -> Option<&'static str> {
        match self {
            Self::School => Some("ecole"),
            Self::SchoolInEnglish => Some("school"),
            Self::Receiving => Some("hopital"),
            Self::Agent => Some("unite"),
            Self::Administrator => Some("hopital.admin"),
            Self::Nobody => None,
        }
    }

    const fn language(self) -> &'static str {
        match self {
            Self::SchoolInEnglish => "en",
            _ => "fr",
        }
    }
}

impl People {
    /// Signs them in.
    pub(crate) async fn enter(api: &Api, port: u16) -> Result<Self> {
        let mut people = BTreeMap::new();
        for who in Who::ALL {
            let browser = Browser::new(port, who.language());
            let mut session = None;
            if let Some(login) = who.login() {
                browser.sign_in(login, PASSWORD).await?;
                let entered = Session::enter(api, login, PASSWORD).await;
                session = Some(Arc::new(entered.with_context(|| login.to_owned())?));
            }
            people.insert(who, Person { browser, session });
        }
        Ok(Self(Arc::new(people)))
    }

    /// Somebody's browser.
    pub(crate) fn browser(&self, who: Who) -> &Browser {
        &self.0[&who].browser
    }

    /// What somebody's calls are made with; empty for nobody.
    pub(crate) fn token(&self, who: Who) -> String {
        self.0[&who].session.as_ref().map(|session| session.token()).unwrap_or_default()
    }

    /// Everybody's session at the API.
    pub(crate) fn sessions(&self) -> Vec<Arc<Session>> {
        self.0.values().filter_map(|person| person.session.clone()).collect()
    }
}
