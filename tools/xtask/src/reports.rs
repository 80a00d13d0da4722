//! Reports that are checked in, so that a change of who talks to whom is seen in review.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

use chassis::{
    Service as _,
    access::{self, Rule},
};
use eventing::Topology;

const TOPOLOGIES: [&Topology; 7] = [
    identity::Identity::TOPOLOGY,
    configuration::Configuration::TOPOLOGY,
    placement::Placement::TOPOLOGY,
    notification::Notification::TOPOLOGY,
    reporting::Reporting::TOPOLOGY,
    gateway::Gateway::TOPOLOGY,
    web::Web::TOPOLOGY,
];

/// Name and text of each report.
fn reports() -> [(&'static str, String); 2] {
    [("docs/topology.md", topology()), ("docs/access.md", access())]
}

/// Writes all reports.
pub(crate) fn write(root: &Path) -> anyhow::Result<()> {
    for (name, text) in reports() {
        fs::write(root.join(name), text)?;
    }
    Ok(())
}

/// Events of the contracts that no service says it publishes, and published ones that no contract knows.
pub(crate) fn undeclared() -> Vec<String> {
    let contracted: BTreeSet<String> = proto::event_types().map(str::to_owned).collect();
    let published: BTreeSet<String> =
        TOPOLOGIES.iter().flat_map(|t| t.publishes).map(|event| (*event).to_owned()).collect();
    let missing = contracted.symmetric_difference(&published);
    missing.map(|event| format!("{event}: the contracts and the topology of its service do not agree")).collect()
}

/// The reports that no longer say what is so.
pub(crate) fn drift(root: &Path) -> anyhow::Result<Vec<String>> {
    let is_old = |(name, text): &(&str, String)| fs::read_to_string(root.join(name)).unwrap_or_default() != *text;
    let old = reports().into_iter().filter(is_old);
    Ok(old.map(|(name, _)| format!("{name} is out of date: run `xtask report` and commit it")).collect())
}

fn topology() -> String {
    let mut events: BTreeMap<&str, (Vec<&str>, Vec<&str>)> = BTreeMap::new();
    for topology in TOPOLOGIES {
        for event in topology.publishes {
            events.entry(event).or_default().0.push(topology.service);
        }
        for event in topology.consumes {
            events.entry(event).or_default().1.push(topology.service);
        }
    }
    let mut text = String::from(
        "# Who publishes, who consumes, who calls whom\n\nWritten by `xtask report`; do not edit. A consumer has one queue, `<consumer>.events`.\n\n\
         ## Events\n\n| Event | Published by | Consumed by |\n| --- | --- | --- |\n",
    );
    for (event, (publishers, consumers)) in events {
        let _ = writeln!(text, "| `{event}` | {} | {} |", or_nobody(&publishers), or_nobody(&consumers));
    }
    text.push_str("\n## Calls between services\n\n| Caller | Method | Why no copy does |\n| --- | --- | --- |\n");
    for topology in TOPOLOGIES {
        for call in topology.calls {
            let _ = writeln!(text, "| {} | `{}` | {} |", topology.service, call.rpc, call.reason);
        }
    }
    text.push_str(
        "\n## Connections\n\nWho opens a connection to whom: the calls above, the gateway to whatever people may call, the pages to \
         the gateway. Network policies allow these and no others.\n\n| From | To |\n| --- | --- |\n",
    );
    for (from, to) in connections() {
        let _ = writeln!(text, "| {from} | {} |", to.into_iter().collect::<Vec<_>>().join(", "));
    }
    text
}

fn connections() -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut connections: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for topology in TOPOLOGIES {
        let called = topology.calls.iter().filter_map(|call| service_of(call.rpc));
        connections.entry(topology.service).or_default().extend(called);
    }
    let for_people = access::rules().iter().filter(|(_, rule)| **rule != Rule::Internal);
    let passed_on = for_people.filter_map(|(path, _)| service_of(path.trim_start_matches('/')));
    connections.entry(gateway::Gateway::NAME).or_default().extend(passed_on);
    connections.entry(web::Web::NAME).or_default().insert(gateway::Gateway::NAME.into());
    connections
}

/// `placement` of `tandem.placement.v1.PlacementRequestService/SendRequest`.
fn service_of(rpc: &str) -> Option<String> {
    Some(rpc.strip_prefix("tandem.")?.split('.').next()?.to_owned())
}

fn or_nobody(names: &[&str]) -> String {
    if names.is_empty() { "nobody".into() } else { names.join(", ") }
}

fn access() -> String {
    let rules: BTreeMap<_, _> = access::rules().iter().collect();
    let mut text = String::from(
        "# Who may call which method\n\nWritten by `xtask report` from the contracts; do not edit. Scopes are checked after the role.\n\n\
         | Method | Admits |\n| --- | --- |\n",
    );
    for (path, rule) in rules {
        let _ = writeln!(text, "| `{}` | {} |", path.trim_start_matches('/'), admits(rule));
    }
    text
}

fn admits(rule: &Rule) -> String {
    match rule {
        Rule::Public => "anyone".into(),
        Rule::SignedIn => "anyone who is signed in".into(),
        Rule::Internal => "other services".into(),
        Rule::Roles(roles, level) => {
            let plain = |name: &str, prefix: &str| name.trim_start_matches(prefix).to_lowercase().replace('_', " ");
            let roles: Vec<_> = roles.iter().map(|r| plain(r.as_str_name(), "ROLE_")).collect();
            let level = plain(level.as_str_name(), "LEVEL_");
            let level = if level == "unspecified" { String::new() } else { format!(", at least {level}") };
            format!("{}{level}", roles.join(", "))
        }
    }
}
