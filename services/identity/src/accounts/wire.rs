//! Accounts.

use kernel::{Fields, Invalid, PersonId};
use proto::identity::v1 as pb;

use crate::accounts::domain::{self, account::Account, login::Login, state::StateName};

/// An account as contracts hold it.
#[must_use]
pub fn to_proto(account: &Account) -> pb::Account {
    pb::Account {
        person_id: account.person.to_string(),
        login: account.login.to_string(),
        state: state_to_proto(account.state.name()).into(),
        last_sign_in_at: account.last_sign_in_at.map(proto::timestamp),
        alerts_accepted: account.alerts_accepted,
    }
}

/// A state as contracts hold it.
#[must_use]
pub const fn state_to_proto(state: StateName) -> pb::AccountState {
    match state {
        StateName::Invited => pb::AccountState::Invited,
        StateName::Active => pb::AccountState::Active,
        StateName::Locked => pb::AccountState::Locked,
        StateName::Disabled => pb::AccountState::Disabled,
    }
}

/// Reads for whom an account is asked, and with which login.
///
/// # Errors
/// Every fault of the message.
pub fn parse_create(message: &pb::CreateAccountRequest) -> Result<(PersonId, Option<Login>), Invalid> {
    let mut fields = Fields::default();
    let person = fields.id("person_id", &message.person_id);
    let text = fields.text("login", &message.login, 0..=domain::login::LONGEST);
    let login = text.filter(|text| !text.is_empty()).map(|text| Login::parse(&text));
    if login == Some(None) {
        fields.fault("login", "MALFORMED_LOGIN");
    }
    fields.finish(|| Some((person?, login.flatten())))
}

/// Reads one id.
///
/// # Errors
/// `REQUIRED` or `MALFORMED_ID` of `field`.
pub fn parse_id<T: std::str::FromStr>(field: &str, text: &str) -> Result<T, Invalid> {
    let mut fields = Fields::default();
    let id = fields.id(field, text);
    fields.finish(|| id)
}

/// Reads whose grant goes.
///
/// # Errors
/// Every fault of the message.
pub fn parse_delete_grant(message: &pb::DeleteGrantRequest) -> Result<(PersonId, kernel::GrantId), Invalid> {
    let mut fields = Fields::default();
    let person = fields.id("person_id", &message.person_id);
    let grant = fields.id("grant_id", &message.grant_id);
    fields.finish(|| Some((person?, grant?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_may_be_left_to_us_but_not_be_malformed() {
        let ask = |login: &str| {
            let person_id = uuid::Uuid::from_u128(1).to_string();
            parse_create(&pb::CreateAccountRequest { person_id, login: login.into(), request_id: String::new() })
        };
        assert_eq!(ask("").expect("left to us").1, None);
        assert_eq!(ask(" MRoy ").expect("given").1, Login::parse("mroy"));
        assert_eq!(ask("m roy"), Err(Invalid::field("login", "MALFORMED_LOGIN")));
        assert_eq!(ask(&"m".repeat(65)), Err(Invalid::field("login", "TOO_LONG")));
    }
}
