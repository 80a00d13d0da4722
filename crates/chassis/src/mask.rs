//! Updates (AIP-134): the fields of the mask are laid over the message of what is stored, and the result is parsed as a whole, by
//! the parser that creation uses.

use kernel::{FieldViolation, Invalid};
use prost_types::FieldMask;

/// Which fields an update changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask(Vec<String>);

impl Mask {
    /// The fields of `mask`, all of which must be among `changeable`; an empty or absent mask means all of them.
    ///
    /// # Errors
    /// `UNKNOWN_FIELD` for each path that may not be changed.
    pub fn new(mask: &Option<FieldMask>, changeable: &[&str]) -> Result<Self, Invalid> {
        let paths = mask.as_ref().map(|m| m.paths.as_slice()).unwrap_or_default();
        if paths.is_empty() {
            return Ok(Self(changeable.iter().map(|&f| f.to_owned()).collect()));
        }
        let unknown = |path: &&String| !changeable.contains(&path.as_str());
        let faults: Vec<_> = paths
            .iter()
            .filter(unknown)
            .map(|path| FieldViolation::new(format!("update_mask.{path}"), "UNKNOWN_FIELD"))
            .collect();
        if faults.is_empty() { Ok(Self(paths.to_vec())) } else { Err(Invalid(faults)) }
    }

    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.0.iter().any(|f| f == field)
    }
}

/// Names the fields of a message that an update may change: `overlay!(pb::Person { first_name, last_name, email })` makes
/// `CHANGEABLE`, for [`Mask::new`], and `overlay(&mut stored, &from, &mask)`, in the module that reads the message. The contracts
/// are a crate of their own, so this can be no trait of theirs.
#[macro_export]
macro_rules! overlay {
    ($message:ty { $($field:ident),+ $(,)? }) => {
        /// The fields that an update may change.
        pub const CHANGEABLE: &[&str] = &[$(stringify!($field)),+];

        /// Lays those changeable fields of `from` that the mask names over what is stored.
        fn overlay(stored: &mut $message, from: &$message, mask: &$crate::mask::Mask) {
            $(if mask.has(stringify!($field)) {
                stored.$field.clone_from(&from.$field);
            })+
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_mask_means_all_and_an_unknown_path_is_refused() {
        let all = Mask::new(&None, &["name", "email"]).expect("nothing unknown");
        assert!(all.has("name") && all.has("email"));
        let some = Mask::new(&Some(FieldMask { paths: vec!["email".into()] }), &["name", "email"]).expect("known");
        assert!(!some.has("name") && some.has("email"));
        let wrong = Mask::new(&Some(FieldMask { paths: vec!["id".into()] }), &["name"]).expect_err("ids do not change");
        assert_eq!(wrong, Invalid::field("update_mask.id", "UNKNOWN_FIELD"));
    }
}
