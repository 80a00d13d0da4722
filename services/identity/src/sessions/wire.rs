//! Sessions.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use directory::model::Role;
use kernel::{Fields, Invalid};
use proto::identity::v1 as pb;

use crate::{
    accounts::{self, Login},
    grants,
    people::{self, Profile},
};

/// Longest login or password that is looked at, in bytes.
const LONGEST_INPUT: usize = 1024;

/// Reads login and password. What can't be a login is not told: it is nobody's.
///
/// # Errors
/// `REQUIRED`, `TOO_LONG`.
pub fn check_credentials(login: &str, password: &str) -> Result<(), Invalid> {
    let mut fields = Fields::default();
    check_input(&mut fields, "login", login);
    check_input(&mut fields, "password", password);
    fields.finish(|| Some(()))
}

/// Reads a change of password: the rules of the new one are checked before the old one is looked at.
///
/// # Errors
/// Every fault of the message.
pub fn check_new_password(message: &pb::ChangePasswordRequest) -> Result<(), Invalid> {
    let mut fields = Fields::default();
    check_input(&mut fields, "login", &message.login);
    check_input(&mut fields, "password", &message.password);
    check_input(&mut fields, "new_password", &message.new_password);
    // Whose login nobody can have will be refused; the rules of the password are told all the same.
    let login = Login::parse(&message.login).unwrap_or_else(|| Login::of_name("", ""));
    if !message.new_password.is_empty() {
        for reason in accounts::broken_rules(&message.new_password, &login, &message.password) {
            fields.fault("new_password", reason);
        }
    }
    fields.finish(|| Some(()))
}

/// Reads a refresh token; one that none of ours can be is answered like one that has ended.
///
/// # Errors
/// `REQUIRED`, `TOO_LONG`.
pub fn check_refresh_token(token: &str) -> Result<(), Invalid> {
    let mut fields = Fields::default();
    check_input(&mut fields, "refresh_token", token);
    fields.finish(|| Some(()))
}

/// Reads a switch of the active role.
///
/// # Errors
/// Every fault of the message.
pub fn parse_switch(message: &pb::SwitchRoleRequest) -> Result<Role, Invalid> {
    let mut fields = Fields::default();
    check_input(&mut fields, "refresh_token", &message.refresh_token);
    let role = grants::role(message.role);
    if role.is_none() {
        fields.fault("role", "REQUIRED");
    }
    fields.finish(|| role)
}

/// Who somebody is in a role, as contracts hold it.
#[must_use]
pub fn me(profile: &Profile, role: Role) -> pb::Me {
    pb::Me {
        person: Some(people::to_proto(&profile.person)),
        active_role: pb::Role::from(role).into(),
        roles: profile.roles().into_iter().map(|role| pb::Role::from(role).into()).collect(),
        grants: profile.grants_of(role).iter().map(grants::to_proto).collect(),
    }
}

/// A public key by its name and its 32 bytes in base64url, as RFC 8037 has it.
#[must_use]
pub fn jwk(kid: &str, public: &[u8; 32]) -> pb::Jwk {
    pb::Jwk {
        kty: "OKP".to_owned(),
        crv: "Ed25519".to_owned(),
        x: URL_SAFE_NO_PAD.encode(public),
        kid: kid.to_owned(),
        r#use: "sig".to_owned(),
        alg: "EdDSA".to_owned(),
    }
}

fn check_input(fields: &mut Fields, field: &str, text: &str) {
    if text.trim().is_empty() {
        fields.fault(field, "REQUIRED");
    } else if text.len() > LONGEST_INPUT {
        fields.fault(field, "TOO_LONG");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_broken_rule_is_told_of_the_new_password() {
        let message =
            pb::ChangePasswordRequest { login: "MRoy".into(), password: String::new(), new_password: "mroy".into() };
        let Invalid(faults) = check_new_password(&message).expect_err("faults");
        let faults: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.reason)).collect();
        assert_eq!(
            faults,
            [
                ("password", "REQUIRED"),
                ("new_password", "PASSWORD_TOO_SHORT"),
                ("new_password", "PASSWORD_WITHOUT_UPPER_CASE"),
                ("new_password", "PASSWORD_WITHOUT_DIGIT"),
                ("new_password", "PASSWORD_WITHOUT_SYMBOL"),
                ("new_password", "PASSWORD_CONTAINS_LOGIN"),
            ]
        );
    }
}
