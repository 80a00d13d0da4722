//! Why a request does not fit where it is to go: what whoever accepts it ticks.

use proto::placement::v1::Misfit;

use super::Text;

/// As the API tells them of a request, and takes them of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Misfits(Vec<Misfit>);

impl Misfits {
    /// Of a request, by the numbers of the contract.
    pub(crate) fn of(numbers: &[i32]) -> Self {
        let known = numbers.iter().filter_map(|number| Misfit::try_from(*number).ok());
        Self(known.filter(|misfit| *misfit != Misfit::Unspecified).collect())
    }

    /// Of a box that was ticked; what is none is left out.
    pub(crate) fn ticked(value: &str) -> Self {
        Self(
            value
                .split(',')
                .filter_map(Misfit::from_str_name)
                .filter(|misfit| *misfit != Misfit::Unspecified)
                .collect(),
        )
    }

    /// What the box says that was ticked.
    pub(crate) fn value(&self) -> String {
        self.0.iter().map(Misfit::as_str_name).collect::<Vec<_>>().join(",")
    }

    pub(crate) fn numbers(&self) -> Vec<i32> {
        self.0.iter().map(|misfit| i32::from(*misfit)).collect()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the box is called.
    pub(crate) fn despite(&self, text: &Text) -> String {
        let words: Vec<_> = self.0.iter().map(|misfit| text.misfit(*misfit)).collect();
        text.with("misfits-despite", &[("misfits", &words.join(", "))])
    }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    #[test]
    fn what_is_ticked_is_what_was_told() {
        let told = Misfits::of(&[3, 1, 0, 99]);
        assert_eq!(told.numbers(), [3, 1]);
        assert_eq!(Misfits::ticked(&told.value()), told);
        assert!(Misfits::ticked("").is_empty() && Misfits::ticked("yes,MISFIT_UNSPECIFIED").is_empty());
        assert_eq!(told.despite(&Text(Locale::En)), "Accept nevertheless: closed on these days, not enough places");
    }
}
