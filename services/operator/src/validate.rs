//! The second step: a declaration becomes a plan, or all its faults are reported at once.
//!
//! API servers that know CEL have refused most of these before; older ones have not, and none of them knows time zones.

use std::collections::BTreeMap;

use jiff::{SignedDuration, tz::TimeZone};
use kernel::Locale;

use crate::{
    domain::{Bounds, Component, MonthDay, Peak, Plan, ScaleDown},
    resource::{BrokerSpec, ComponentSpec, Language, PeakSpec, Province, ProvinceSpec},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, such as `spec.peaks[0].from`.
    pub field: String,
    /// The key of the text that tells what is wrong.
    pub key: &'static str,
    pub value: String,
}

/// The language in which a province is answered, whether its declaration holds together or not.
#[must_use]
pub fn locale(spec: &ProvinceSpec) -> Locale {
    match spec.locales.first() {
        Some(Language::En) => Locale::En,
        Some(Language::Fr) | None => Locale::Fr,
    }
}

/// The plan that a declaration makes.
///
/// # Errors
/// All faults, in the order of the fields.
pub fn validate(province: &Province) -> Result<Plan, Vec<Fault>> {
    let spec = &province.spec;
    let mut faults = Vec::new();
    let taken = province.status.as_ref().and_then(|status| status.release.as_ref());
    if taken.is_some_and(|taken| *taken != spec.release) {
        faults.push(fault("spec.release", "fault-immutable", &spec.release));
    }
    let zone = TimeZone::get(&spec.time_zone);
    if zone.is_err() {
        faults.push(fault("spec.timeZone", "fault-time-zone", &spec.time_zone));
    }
    if spec.components.is_empty() {
        faults.push(fault("spec.components", "fault-no-components", ""));
    }
    for (name, component) in &spec.components {
        check_component(name, component, &mut faults);
    }
    let peaks = peaks(spec, &mut faults);
    if spec.broker.is_none() && spec.components.values().any(|component| component.messages_per_replica.is_some()) {
        faults.push(fault("spec.broker", "fault-no-broker", ""));
    }
    let encrypted = |broker: &BrokerSpec| broker.ca_secret.is_none() || broker.management_url.starts_with("https://");
    if spec.broker.as_ref().is_some_and(|broker| !encrypted(broker)) {
        faults.push(fault("spec.broker.caSecret", "fault-not-encrypted", ""));
    }
    if spec.maintenance.as_ref().is_some_and(|maintenance| maintenance.from >= maintenance.to) {
        faults.push(fault("spec.maintenance.to", "fault-order", ""));
    }
    let (Ok(zone), true) = (zone, faults.is_empty()) else { return Err(faults) };
    Ok(plan(spec, zone, peaks))
}

fn plan(spec: &ProvinceSpec, zone: TimeZone, peaks: Vec<Peak>) -> Plan {
    let component = |component: &ComponentSpec| Component {
        bounds: Bounds { floor: component.floor, ceiling: component.ceiling },
        cpu_percent: component.cpu_percent,
        messages_per_replica: component.messages_per_replica,
    };
    Plan {
        code: spec.code.clone(),
        locale: locale(spec),
        zone,
        release: spec.release.clone(),
        components: spec.components.iter().map(|(name, of)| (name.clone(), component(of))).collect(),
        peaks,
        scale_down: ScaleDown {
            calm: SignedDuration::from_secs(spec.scale_down.stabilization_seconds.into()),
            step: SignedDuration::from_secs(spec.scale_down.step_seconds.into()),
        },
        paused: spec.paused,
        maintenance: spec.maintenance.as_ref().map(|maintenance| (maintenance.from, maintenance.to)),
    }
}

fn check_component(name: &str, component: &ComponentSpec, faults: &mut Vec<Fault>) {
    let field = |of: &str| format!("spec.components[{name}].{of}");
    if component.floor == 0 {
        faults.push(fault(field("floor"), "fault-zero", ""));
    }
    if component.floor > component.ceiling {
        faults.push(fault(field("floor"), "fault-above-ceiling", &component.floor.to_string()));
    }
}

fn peaks(spec: &ProvinceSpec, faults: &mut Vec<Fault>) -> Vec<Peak> {
    let mut names = BTreeMap::new();
    let mut peaks = Vec::new();
    for (index, peak) in spec.peaks.iter().enumerate() {
        let field = |of: &str| format!("spec.peaks[{index}].{of}");
        if names.insert(&peak.name, index).is_some() {
            faults.push(fault(field("name"), "fault-twice", &peak.name));
        }
        check_floors(spec, peak, &field, faults);
        let mut day = |of: &str, text: &str| {
            let day = MonthDay::parse(text);
            if day.is_none() {
                faults.push(fault(field(of), "fault-day", text));
            }
            day
        };
        let (from, to) = (day("from", &peak.from), day("to", &peak.to));
        if let (Some(from), Some(to)) = (from, to) {
            let lead = SignedDuration::from_mins(peak.lead_minutes.into());
            peaks.push(Peak { name: peak.name.clone(), from, to, lead, floors: peak.floors.clone() });
        }
    }
    peaks
}

fn check_floors(spec: &ProvinceSpec, peak: &PeakSpec, field: &dyn Fn(&str) -> String, faults: &mut Vec<Fault>) {
    for (component, floor) in &peak.floors {
        let field = field(&format!("floors[{component}]"));
        match spec.components.get(component) {
            None => faults.push(fault(field, "fault-unknown-component", component)),
            Some(of) if *floor > of.ceiling => faults.push(fault(field, "fault-above-ceiling", &floor.to_string())),
            Some(_) => {}
        }
    }
}

fn fault(field: impl Into<String>, key: &'static str, value: &str) -> Fault {
    Fault { field: field.into(), key, value: value.to_owned() }
}
