//! When something last happened, for those who keep what they have counted.

use std::collections::HashMap;

use kernel::AgencyId;

use crate::requests::Change;

/// Moments of one process, in its own order: what it hears later has a higher number.
#[derive(Debug, Default)]
pub struct Moments {
    now: u64,
    /// When something was missed, so that it may have happened to anybody.
    missed: u64,
    /// Of each agency, when something happened that it may notice.
    agencies: HashMap<AgencyId, u64>,
}

impl Moments {
    /// A request has changed. A school whose unit has answered notices nothing.
    pub fn changed(&mut self, change: &Change) {
        self.now += 1;
        self.agencies.insert(change.place.agency, self.now);
        if change.for_school {
            self.agencies.insert(change.school, self.now);
        }
    }

    /// Something may have happened to anybody.
    pub fn missed(&mut self) {
        self.now += 1;
        self.missed = self.now;
        self.agencies.clear();
    }

    /// When the last thing happened that one of these agencies may notice; 0 for nothing.
    #[must_use]
    pub fn last(&self, agencies: &[AgencyId]) -> u64 {
        let heard = agencies.iter().filter_map(|agency| self.agencies.get(agency));
        heard.copied().fold(self.missed, u64::max)
    }
}

#[cfg(test)]
mod tests {
    use kernel::PlacementRequestId;
    use uuid::Uuid;

    use super::*;
    use crate::requests::{Place, Status};

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    #[test]
    fn what_happens_is_of_those_who_may_notice_it() {
        let (school, host, stranger) = (id(1), id(2), id(3));
        let change = |for_school| Change {
            request: id::<PlacementRequestId>(4),
            school,
            program: id(5),
            place: Place { agency: host, site: id(6), service: id(7), destination: None },
            left: None,
            for_school,
            from: Some(Status::Redirected),
            to: Status::AcceptedByDestination,
        };
        let mut moments = Moments::default();
        assert_eq!(moments.last(&[school, host]), 0);
        moments.changed(&change(true));
        let before = moments.last(&[school]);
        moments.changed(&change(false));
        assert_eq!(moments.last(&[school]), before, "an answer of the unit");
        assert!(moments.last(&[host]) > before && moments.last(&[school, host]) > before);
        assert_eq!(moments.last(&[stranger]), 0);
        moments.missed();
        assert!(moments.last(&[stranger]) > before);
        assert_eq!(moments.last(&[stranger]), moments.last(&[host]));
    }
}
