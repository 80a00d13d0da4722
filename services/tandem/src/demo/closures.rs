//! Places that take no students for a while: one now, one that is over, two ahead. They are entered on the day of loading, when
//! all requests of the past are there, and leave the units of the printed accounts open.

use jiff::{
    ToSpan as _,
    civil::{Date, date},
};
use proto::configuration::v1::{Closure, ClosureReason as Reason, ClosureSeverity as Severity};

use super::{clinics::Clinic, world::World};

/// All of them, as of `today`.
pub(super) fn all(world: &World, today: Date) -> Vec<Closure> {
    let summer = date(if today.month() < 7 { today.year() } else { today.year() + 1 }, 7, 1);
    let ahead = today + 40.days();
    let planned = [
        (
            unit(world, 0, Clinic::Surgery, 1),
            (today - 4.days(), today + 9.days()),
            (Reason::Outbreak, Severity::SuspendCurrent),
            "Éclosion de gastro-entérite : les stages reprennent lorsque le service de prévention des infections l’autorise.",
        ),
        (
            unit(world, 0, Clinic::Rehabilitation, 0),
            (summer, summer + 45.days()),
            (Reason::Holidays, Severity::HoldNewRequests),
            "Fermeture estivale : l’équipe est réduite et n’offre pas de supervision.",
        ),
        (
            world.sites.get(3).map(|site| Closure { site_id: site.id.to_string(), ..Closure::default() }),
            (ahead, ahead + 20.days()),
            (Reason::Construction, Severity::HoldNewRequests),
            "Ventilation is being replaced on every floor. Students who are here already stay.",
        ),
        (
            unit(world, 2, Clinic::Medicine, 1),
            (today - 95.days(), today - 82.days()),
            (Reason::Outbreak, Severity::SuspendCurrent),
            "COVID-19 outbreak on the unit; over.",
        ),
    ];
    let closure =
        |(place, days, (reason, severity), note): (Option<Closure>, (Date, Date), (Reason, Severity), &str)| {
            Some(Closure {
                start_date: days.0.to_string(),
                end_date: days.1.to_string(),
                reason: reason.into(),
                severity: severity.into(),
                note: note.to_owned(),
                ..place?
            })
        };
    planned.into_iter().filter_map(closure).collect()
}

/// One of the units that a clinic has at a site.
fn unit(world: &World, site: usize, clinic: Clinic, number: usize) -> Option<Closure> {
    let there = |unit: &usize| {
        let service = world.service_of(*unit);
        service.site == site && service.clinic == clinic
    };
    let found = (0..world.units.len()).filter(there).nth(number)?;
    Some(Closure { destination_id: world.units[found].id.to_string(), ..Closure::default() })
}
