//! Which services and units the sites have, and who answers for them.

use kernel::Locale;

use super::{
    clinics::{self, Clinic},
    draw::Draw,
    sites::{AGENCIES, HARD_NAMES},
    world::World,
};

/// One unit among so many has no agent at all.
const ORPHANS: usize = 29;
/// The sites with more to choose from than the others; those of the printed accounts are among them.
const LARGE_SITES: usize = 4;

/// A service that is to be made.
#[derive(Debug)]
pub(super) struct Service {
    /// By its place in the world.
    pub(super) site: usize,
    pub(super) clinic: Clinic,
    pub(super) automatic: bool,
}

/// A unit that is to be made.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) service: usize,
    pub(super) name: String,
    pub(super) short: String,
    /// Where in the building.
    pub(super) location: String,
    pub(super) agent: Option<usize>,
    pub(super) capacity: i32,
    pub(super) group: i32,
}

/// The services of all sites.
pub(super) fn services() -> Vec<Service> {
    let sites = AGENCIES.iter().flat_map(|agency| agency.sites).enumerate();
    let of = |(site, here): (usize, &super::sites::Site)| {
        let service = move |&(clinic, automatic): &(Clinic, bool)| Service { site, clinic, automatic };
        here.services.iter().map(service).collect::<Vec<_>>()
    };
    sites.flat_map(of).collect()
}

/// The units of the world's services.
pub(super) fn units(draw: &mut Draw, world: &World) -> Vec<Unit> {
    let floors: Vec<i32> = AGENCIES.iter().flat_map(|agency| agency.sites).map(|site| site.floor).collect();
    let mut units = Vec::new();
    for (index, service) in world.services.iter().enumerate() {
        let turn = turn(world, index);
        let more = if service.site < LARGE_SITES || draw.chance(25) { 2 } else { 1 };
        let floor = (floors[service.site] + i32::try_from(turn / 2).unwrap_or(0)).max(1).to_string();
        for unit in service.clinic.units().iter().take(more) {
            let number = units.len();
            let capacity = (unit.capacity + draw.within(-1..=1)).clamp(1, 8);
            units.push(Unit {
                service: index,
                name: name(world.sites[service.site].locale, unit, number, &floor),
                short: unit.short.replace("{n}", &floor),
                location: location(world.sites[service.site].locale, &floor, number),
                agent: agent(world, index, number),
                capacity,
                group: unit.group.min(capacity),
            });
        }
    }
    units
}

/// Which of its site's services it is.
fn turn(world: &World, service: usize) -> usize {
    let site = world.services[service].site;
    let first = world.services.iter().position(|other| other.site == site).unwrap_or(service);
    service - first
}

/// The agents of a site take turns with its services. Where requests pass the coordinator by, the agent has an account.
fn agent(world: &World, service: usize, unit: usize) -> Option<usize> {
    let here = &world.services[service];
    let agents = &world.sites[here.site].agents;
    if here.automatic {
        return agents.iter().copied().find(|agent| world.people[*agent].login.is_some());
    }
    (unit % ORPHANS != ORPHANS - 1).then(|| agents[turn(world, service) % agents.len()])
}

fn name(locale: Locale, unit: &clinics::Unit, number: usize, floor: &str) -> String {
    match number {
        1 => HARD_NAMES[0].to_owned(),
        8 => HARD_NAMES[1].to_owned(),
        _ => ordinal(if locale == Locale::En { unit.en } else { unit.fr }.replace("{n}", floor), floor),
    }
}

/// A floor and a wing.
fn location(locale: Locale, floor: &str, number: usize) -> String {
    let wing = ["A", "B", "C", "D"][number % 4];
    let place = match locale {
        Locale::Fr => format!("{floor}e étage, aile {wing}"),
        Locale::En => format!("{floor}th Floor, Wing {wing}"),
    };
    ordinal(place, floor)
}

/// Neither `1e` nor `2th` is a floor.
fn ordinal(name: String, floor: &str) -> String {
    let english = match floor {
        "1" => "1st",
        "2" => "2nd",
        "3" => "3rd",
        _ => return name,
    };
    let name = name.replace(&format!("{floor}th"), english);
    if floor == "1" { name.replace("1e ", "1er ") } else { name }
}
