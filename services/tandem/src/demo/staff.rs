//! Who works where.

use std::collections::HashSet;

use directory::model::{Grant, Level, Role, Scope};
use identity::accounts::Login;
use kernel::{
    AgencyId,
    Locale::{self, Fr},
    PersonId, ProgramId, SiteId,
};

use super::{
    accounts::Post,
    draw::Draw,
    names,
    schools::SCHOOLS,
    sites::AGENCIES,
    world::{Person, Site},
};

/// Every third agent works without an account.
const WITHOUT_ACCOUNT: usize = 3;
/// Services that one agent answers for.
const SERVICES_PER_AGENT: usize = 2;

/// What the staff of the operator writes from.
const OPERATOR_DOMAIN: &str = "tandem.example";

/// Everybody, and who they are to whom.
#[derive(Default)]
pub(super) struct Staff {
    pub(super) people: Vec<Person>,
    /// For each school, who asks for the places of each program.
    pub(super) coordinators: Vec<Vec<Option<usize>>>,
    pub(super) sites: Vec<Site>,
    logins: HashSet<String>,
    agents: usize,
}

/// A person before they are hired.
struct Vacancy {
    post: Post,
    agency: Option<AgencyId>,
    locale: Locale,
    domain: &'static str,
    titles: (&'static str, &'static str),
    account: bool,
    rights: Vec<Grant>,
}

/// Streams of chance.
const PROVINCIAL: u64 = 1;
const EVERYBODY: u64 = 2;

fn provincial(post: Post, role: Role, level: Level) -> Vacancy {
    Vacancy {
        post,
        agency: None,
        locale: Fr,
        domain: OPERATOR_DOMAIN,
        titles: ("Coordination provinciale", "Provincial Coordination"),
        account: true,
        rights: vec![Grant { role, level, scope: Scope::Province }],
    }
}

impl Staff {
    /// The operator and the provincial lead, who are known before anybody else: number 0 and 1.
    pub(super) fn provincial() -> Self {
        let (mut staff, mut draw) = (Self::default(), Draw::of(PROVINCIAL));
        staff.hire(&mut draw, provincial(Post::Operator, Role::Operator, Level::LocalAdministrator));
        staff.hire(&mut draw, provincial(Post::ProvincialLead, Role::ProvincialLead, Level::Viewer));
        staff
    }

    /// Hires everybody else.
    pub(super) fn hire_all(&mut self, schools: &[(AgencyId, Vec<ProgramId>)], agencies: &[(AgencyId, Vec<SiteId>)]) {
        let mut draw = Draw::of(EVERYBODY);
        for (index, (agency, programs)) in schools.iter().enumerate() {
            self.school(&mut draw, index, *agency, programs);
        }
        for (index, (agency, sites)) in agencies.iter().enumerate() {
            self.agency(&mut draw, index, *agency, sites);
        }
    }

    fn school(&mut self, draw: &mut Draw, index: usize, agency: AgencyId, programs: &[ProgramId]) {
        let school = &SCHOOLS[index];
        let vacancy = |post, level, scope| Vacancy {
            post,
            agency: Some(agency),
            locale: school.locale,
            domain: school.domain,
            titles: ("Responsable des stages", "Clinical Placement Lead"),
            account: school.user,
            rights: vec![Grant { role: Role::PlacingCoordinator, level, scope }],
        };
        if !school.user {
            self.hire(draw, Vacancy { rights: vec![], ..vacancy(Post::Other, Level::Viewer, Scope::Province) });
            self.coordinators.push(vec![None; programs.len()]);
            return;
        }
        let whole = Scope::Agency(agency);
        self.hire(draw, vacancy(Post::SchoolAdministrator(index), Level::LocalAdministrator, whole));
        let first = self.hire(draw, vacancy(Post::SchoolCoordinator(index), Level::Regular, whole));
        let mut of_programs = vec![Some(first)];
        for program in &programs[1..] {
            of_programs.push(Some(self.hire(draw, vacancy(Post::Other, Level::Regular, Scope::Program(*program)))));
        }
        self.coordinators.push(of_programs);
    }

    fn agency(&mut self, draw: &mut Draw, index: usize, id: AgencyId, sites: &[SiteId]) {
        let agency = &AGENCIES[index];
        let vacancy = |post, rights| Vacancy {
            post,
            agency: Some(id),
            locale: agency.locale,
            domain: agency.domain,
            titles: ("Direction de l’enseignement", "Academic Affairs"),
            account: agency.user,
            rights,
        };
        let receives = |level, scope| Grant { role: Role::ReceivingCoordinator, level, scope };
        if agency.user {
            let rights = vec![receives(Level::LocalAdministrator, Scope::Agency(id))];
            self.hire(draw, vacancy(Post::HostAdministrator(index), rights));
        }
        for (at, site) in sites.iter().enumerate() {
            let here = Scope::Site(*site);
            let answers = Grant { role: Role::DestinationCoordinator, level: Level::Regular, scope: here };
            let looks = Grant { role: Role::DestinationMonitor, level: Level::Viewer, scope: here };
            let mut rights = if agency.user { vec![receives(Level::Regular, here)] } else { vec![] };
            // One coordinator is an agent as well, and switches between the two roles.
            if index == 6 {
                rights.push(answers);
            }
            let coordinator = self.hire(draw, vacancy(Post::HostCoordinator(index, at), rights));
            let agents = self.agents(draw, index, at, &vacancy);
            let backup = (agency.user && at == 0 && index < 5)
                .then(|| self.hire(draw, Vacancy { titles: TITLES_OF_AGENTS, ..vacancy(Post::Other, vec![answers]) }));
            if index < 2 && at == 0 {
                self.hire(draw, vacancy(Post::HostMonitor(index, at), vec![looks]));
            }
            self.sites.push(Site { id: *site, user: agency.user, locale: agency.locale, coordinator, agents, backup });
        }
    }

    /// Their rights follow when their units are there.
    fn agents(
        &mut self,
        draw: &mut Draw,
        index: usize,
        at: usize,
        vacancy: &dyn Fn(Post, Vec<Grant>) -> Vacancy,
    ) -> Vec<usize> {
        let agency = &AGENCIES[index];
        let count = agency.sites[at].services.len().div_ceil(SERVICES_PER_AGENT);
        let mut agents = Vec::new();
        for number in 0..count {
            self.agents += 1;
            let post = Post::Agent(index, at, number);
            let account = post.account().is_some() || !self.agents.is_multiple_of(WITHOUT_ACCOUNT);
            let account = account && agency.user;
            agents.push(self.hire(draw, Vacancy { titles: TITLES_OF_AGENTS, account, ..vacancy(post, vec![]) }));
        }
        agents
    }

    fn hire(&mut self, draw: &mut Draw, vacancy: Vacancy) -> usize {
        let number = self.people.len();
        let id = PersonId::from(draw.uuid());
        let drawn = names::somebody(draw, vacancy.locale);
        let printed = vacancy.post.account();
        let locale = printed.map_or(vacancy.locale, |a| a.locale);
        let (first, last) = printed.map_or(drawn, |a| (a.first, a.last));
        let taken: Vec<String> = self.logins.iter().cloned().collect();
        let usual = Login::of_name(first, last).first_free(&taken);
        self.logins.insert(usual.as_str().to_owned());
        let login = printed.map_or_else(|| usual.as_str().to_owned(), |a| a.login.to_owned());
        self.people.push(Person {
            id,
            agency: vacancy.agency,
            locale,
            first: first.to_owned(),
            last: last.to_owned(),
            title: if locale == Fr { vacancy.titles.0 } else { vacancy.titles.1 }.to_owned(),
            email: format!("{usual}@{}", vacancy.domain),
            // 555-0100 to 555-0199 ring nowhere.
            phone: format!("514 555-01{:02}", number % 100),
            login: vacancy.account.then_some(login),
            rights: vacancy.rights,
        });
        number
    }
}

const TITLES_OF_AGENTS: (&str, &str) = ("Chef d’unité", "Unit Manager");
