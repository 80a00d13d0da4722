//! Temporary passwords, which must survive being said by phone (domain §4.3).

use rand::RngExt as _;

/// Without letters and digits that are mistaken for each other.
const UPPER: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
const LOWER: &[u8] = b"abcdefghijkmnpqrstuvwxyz";
const DIGIT: &[u8] = b"23456789";

/// A fresh temporary password from the system's generator, such as `Km4x-Tq7d-Bw2s-Hp9e`: 65 bits, and within the rules by its
/// shape. No login can be part of it by more than three characters.
#[must_use]
pub fn temporary_password() -> String {
    let mut random = rand::rng();
    let mut pick = |from: &[u8]| char::from(from[random.random_range(0..from.len())]);
    let mut groups = Vec::with_capacity(4);
    for _ in 0..4 {
        groups.push([UPPER, LOWER, DIGIT, LOWER].map(&mut pick).iter().collect::<String>());
    }
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::domain::{login::Login, password::broken_rules};

    #[test]
    fn a_temporary_password_keeps_the_rules() {
        let login = Login::parse("mtremblay").expect("a login");
        for _ in 0..100 {
            assert_eq!(broken_rules(&temporary_password(), &login, ""), [""; 0]);
        }
        assert_ne!(temporary_password(), temporary_password());
    }
}
