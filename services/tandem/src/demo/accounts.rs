//! The accounts that are printed: one for each role, with a login that says it.

use kernel::Locale::{self, En, Fr};

/// The password of every account of the demonstration. It keeps identity's rules for each of the logins.
pub const PASSWORD: &str = "Demonstration-2026!";

/// An account that is printed.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// What is typed at sign-in.
    pub login: &'static str,
    pub(super) post: Post,
    pub(super) locale: Locale,
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    /// The role in French and English.
    pub role: [&'static str; 2],
    /// What its owner sees, in the language of its owner.
    pub sees: &'static str,
}

/// What somebody is there for. Schools and agencies by their place in their lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Post {
    Operator,
    ProvincialLead,
    SchoolAdministrator(usize),
    SchoolCoordinator(usize),
    HostAdministrator(usize),
    /// Agency and site.
    HostCoordinator(usize, usize),
    HostMonitor(usize, usize),
    /// Agency, site, and which of its agents.
    Agent(usize, usize, usize),
    Other,
}

const fn account(
    login: &'static str,
    post: Post,
    (locale, first, last): (Locale, &'static str, &'static str),
    role: [&'static str; 2],
    sees: &'static str,
) -> Account {
    Account { login, post, locale, first, last, role, sees }
}

const PLACING: [&str; 2] = ["Coordonnateur demandeur (CD)", "Placing coordinator (PC)"];
const PLACING_ADMINISTRATOR: [&str; 2] = ["CD, administrateur local (AL)", "PC, local administrator (LA)"];
const RECEIVING: [&str; 2] = ["Coordonnateur receveur (CR)", "Receiving coordinator (RC)"];
const RECEIVING_ADMINISTRATOR: [&str; 2] = ["CR, administrateur local (AL)", "RC, local administrator (LA)"];
const AGENT: [&str; 2] = ["Agent de destination (AD)", "Destination coordinator (DC)"];

/// The accounts that are printed.
pub const ACCOUNTS: [Account; 12] = [
    account(
        "ecole",
        Post::SchoolCoordinator(0),
        (Fr, "Mélanie", "Tremblay"),
        PLACING,
        "toutes les demandes du Cégep de la Rive-Boisée",
    ),
    account(
        "ecole.admin",
        Post::SchoolAdministrator(0),
        (Fr, "François", "Gauthier"),
        PLACING_ADMINISTRATOR,
        "de même, et les programmes, cours et comptes du cégep",
    ),
    account(
        "school",
        Post::SchoolCoordinator(1),
        (En, "Heather", "MacLeod"),
        PLACING,
        "all requests of Maplewood College",
    ),
    account(
        "hopital",
        Post::HostCoordinator(0, 0),
        (Fr, "Josée", "Bouchard"),
        RECEIVING,
        "les demandes reçues à l’Hôpital Charles LeMoyne",
    ),
    account(
        "hopital.admin",
        Post::HostAdministrator(0),
        (Fr, "Nathalie", "Desjardins"),
        RECEIVING_ADMINISTRATOR,
        "tout le CISSS de la Montérégie-Centre, ses services, destinations et comptes",
    ),
    account(
        "hospital",
        Post::HostCoordinator(1, 0),
        (En, "Deborah", "Goldberg"),
        RECEIVING,
        "requests received at the Jewish General (Hôpital général juif)",
    ),
    account(
        "hospital.admin",
        Post::HostAdministrator(1),
        (En, "Colin", "McGregor"),
        RECEIVING_ADMINISTRATOR,
        "all of the CIUSSS Centre-Ouest, its services, destinations and accounts",
    ),
    account(
        "unite",
        Post::Agent(0, 0, 0),
        (Fr, "Karim", "Benali"),
        AGENT,
        "les demandes réacheminées au 4e Ouest – Médecine, Hôpital Charles LeMoyne",
    ),
    account(
        "unit",
        Post::Agent(1, 0, 0),
        (En, "Grace", "O’Connor"),
        AGENT,
        "requests redirected to 7 West – Medicine, Jewish General",
    ),
    account(
        "moniteur",
        Post::HostMonitor(0, 0),
        (Fr, "Sylvie", "Picard"),
        ["Moniteur de destination", "Destination monitor"],
        "ce que voient les agents de l’Hôpital Charles LeMoyne, sans rien y changer",
    ),
    account(
        "province",
        Post::ProvincialLead,
        (Fr, "Hélène", "Saint-Pierre"),
        ["Organisme responsable provincial", "Provincial lead (PAL)"],
        "l’occupation de toute la province, sans noms",
    ),
    account(
        "operateur",
        Post::Operator,
        (Fr, "Olivier", "Lessard"),
        ["Opérateur", "Operator"],
        "établissements, écoles, codes et comptes de la province",
    ),
];

impl Post {
    /// The printed account of the post, if it has one.
    pub(super) fn account(self) -> Option<&'static Account> {
        ACCOUNTS.iter().find(|account| account.post == self)
    }
}

/// The accounts as text for the terminal.
#[must_use]
pub fn table() -> String {
    let login = ACCOUNTS.iter().map(|account| account.login.len()).max().unwrap_or(0);
    let head = format!("Comptes / accounts — mot de passe / password: {PASSWORD}\n");
    let rows = ACCOUNTS.iter().map(|account| {
        let Account { role: [fr, en], sees, .. } = account;
        format!("  {:login$}  {fr} / {en}\n  {:login$}    {sees}\n", account.login, "")
    });
    std::iter::once(head).chain(rows).collect()
}

#[cfg(test)]
mod tests {
    use identity::accounts::{Login, broken_rules};

    use super::*;

    #[test]
    fn the_password_keeps_the_rules_for_every_printed_login() {
        for account in ACCOUNTS {
            let login = Login::parse(account.login).expect("a login");
            assert_eq!(login.as_str(), account.login);
            assert_eq!(broken_rules(PASSWORD, &login, ""), [""; 0], "{login}");
        }
    }

    #[test]
    fn the_table_names_every_account() {
        let table = table();
        assert!(ACCOUNTS.iter().all(|a| table.contains(a.login) && table.contains(a.sees)));
        assert_eq!(table.lines().count(), 2 * ACCOUNTS.len() + 1);
        assert!(table.lines().all(|line| line.chars().count() < 100));
    }
}
