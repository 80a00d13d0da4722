//! Who may call which method: read once from the `tandem.identity.v1.access` option of the contracts.

use std::{collections::HashMap, sync::LazyLock};

use prost::Message as _;
use proto::identity::v1 as pb;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Anyone, without a token.
    Public,
    /// Anyone who is signed in.
    SignedIn,
    /// These active roles, with a grant of at least this level.
    Roles(Vec<pb::Role>, pb::Level),
    /// Other services of Tandem.
    Internal,
}

/// The rule of a method by its gRPC path, `/tandem.placement.v1.PlacementRequestService/SendRequest`. `None` for unknown
/// methods and for those that carry no rule: they are refused to everyone.
#[must_use]
pub fn rule(path: &str) -> Option<&'static Rule> {
    rules().get(path)
}

/// All methods that carry a rule, by path.
#[must_use]
pub fn rules() -> &'static HashMap<String, Rule> {
    static RULES: LazyLock<HashMap<String, Rule>> = LazyLock::new(read);
    &RULES
}

fn read() -> HashMap<String, Rule> {
    let pool = proto::descriptors();
    let option =
        pool.get_extension_by_name("tandem.identity.v1.access").expect("the contracts define the access option");
    let mut rules = HashMap::new();
    for service in pool.services() {
        for method in service.methods() {
            let options = method.options();
            let value = options.get_extension(&option);
            let Some(message) = value.as_message() else { continue };
            let rule =
                pb::AccessRule::decode(message.encode_to_vec().as_slice()).expect("the option has the type it has");
            if let Some(rule) = from_option(&rule) {
                rules.insert(format!("/{}/{}", service.full_name(), method.name()), rule);
            }
        }
    }
    rules
}

fn from_option(rule: &pb::AccessRule) -> Option<Rule> {
    match rule.audience() {
        pb::Audience::Unspecified => None,
        pb::Audience::Public => Some(Rule::Public),
        pb::Audience::SignedIn => Some(Rule::SignedIn),
        pb::Audience::Roles => Some(Rule::Roles(rule.roles().collect(), rule.level())),
        pb::Audience::Internal => Some(Rule::Internal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_of_tandem_carries_a_rule() {
        for service in proto::descriptors().services().filter(|s| s.full_name().starts_with("tandem.")) {
            for method in service.methods() {
                let path = format!("/{}/{}", service.full_name(), method.name());
                let rule = rule(&path).unwrap_or_else(|| panic!("{path} carries no access rule"));
                if let Rule::Roles(roles, _) = rule {
                    assert!(!roles.is_empty(), "{path} admits nobody");
                }
            }
        }
    }

    #[test]
    fn internal_methods_have_no_http_route() {
        let http = proto::descriptors().get_extension_by_name("google.api.http").expect("annotations are compiled in");
        for service in proto::descriptors().services().filter(|s| s.full_name().starts_with("tandem.")) {
            for method in service.methods() {
                let path = format!("/{}/{}", service.full_name(), method.name());
                let internal = rule(&path) == Some(&Rule::Internal);
                assert_eq!(method.options().has_extension(&http), !internal, "{path}");
            }
        }
    }
}
