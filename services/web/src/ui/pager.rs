//! Paging both ways over lists whose pages only know the next one: the address carries the tokens of the pages that led here.

use super::text::Text;

/// Most tokens of an address, which must not grow without end; what lies further back is reached from the first page.
const MOST: usize = 30;

/// How one came to a page: the tokens of the second page and of those after it, up to this one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trail {
    tokens: Vec<String>,
    /// How many of the first tokens are forgotten.
    skipped: usize,
}

impl Trail {
    /// Takes a parameter of an address, if it is one of a trail.
    pub(crate) fn take(&mut self, name: &str, value: &str) {
        match name {
            "page" if self.tokens.len() < MOST => self.tokens.push(value.to_owned()),
            "skipped" => self.skipped = value.parse().unwrap_or(0),
            _ => {}
        }
    }

    /// As parameters of an address.
    pub(crate) fn parameters(&self) -> Vec<(&'static str, String)> {
        let skipped = if self.skipped == 0 { String::new() } else { self.skipped.to_string() };
        let tokens = self.tokens.iter().map(|token| ("page", token.clone()));
        tokens.chain([("skipped", skipped)]).collect()
    }

    /// The token of this page; empty on the first.
    pub(crate) fn token(&self) -> &str {
        self.tokens.last().map_or("", String::as_str)
    }

    /// The page before; `None` on the first.
    pub(crate) fn before(&self) -> Option<Self> {
        let mut before = self.clone();
        before.tokens.pop()?;
        Some(if before.tokens.is_empty() { Self::default() } else { before })
    }

    /// The page that a token leads to.
    pub(crate) fn after(&self, token: &str) -> Self {
        let mut after = self.clone();
        if after.tokens.len() == MOST {
            after.tokens.remove(0);
            after.skipped = after.skipped.saturating_add(1);
        }
        after.tokens.push(token.to_owned());
        after
    }

    /// How many pages lie before this one.
    fn depth(&self) -> usize {
        self.tokens.len().saturating_add(self.skipped)
    }
}

/// What stands below a list: where one is, and the ways on.
pub(crate) struct Pager {
    /// `51–100`; empty for a list without rows.
    pub(crate) range: String,
    pub(crate) first: Option<String>,
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
}

impl Pager {
    /// Of a page with `rows` rows of at most `size`, whose answer gave the token `next`. `address` makes an address of a trail.
    pub(crate) fn new(
        text: Text,
        trail: &Trail,
        (rows, size): (usize, i32),
        next: &str,
        address: impl Fn(Trail) -> String,
    ) -> Self {
        let before = trail.depth().saturating_mul(usize::try_from(size).unwrap_or(0));
        let number = |n: usize| text.number(i64::try_from(n).unwrap_or(i64::MAX));
        let range = match rows {
            0 => String::new(),
            rows => format!("{}–{}", number(before + 1), number(before + rows)),
        };
        let previous = trail.before();
        Self {
            range,
            first: previous.as_ref().filter(|p| **p != Trail::default()).map(|_| address(Trail::default())),
            previous: previous.map(&address),
            next: (!next.is_empty()).then(|| address(trail.after(next))),
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    #[test]
    fn one_comes_back_the_way_one_went() {
        let third = Trail::default().after("b").after("c");
        assert_eq!(third.token(), "c");
        let second = third.before().unwrap();
        assert_eq!(second.token(), "b");
        assert_eq!(second.before(), Some(Trail::default()));
        assert_eq!(Trail::default().before(), None);
    }

    #[test]
    fn a_long_way_keeps_an_address_short_and_the_count_right() {
        let far = (0..100).fold(Trail::default(), |trail, n| trail.after(&n.to_string()));
        assert_eq!((far.tokens.len(), far.depth(), far.token()), (MOST, 100, "99"));
        let back = (0..MOST).fold(far, |trail, _| trail.before().unwrap());
        assert_eq!(back, Trail::default());
    }

    #[test]
    fn the_pager_says_where_one_is() {
        let trail = Trail::default().after("b").after("c");
        let pager = Pager::new(Text(Locale::En), &trail, (7, 50), "", |trail| trail.token().to_owned());
        assert_eq!(pager.range, "101–107");
        assert_eq!((pager.first.as_deref(), pager.previous.as_deref(), pager.next), (Some(""), Some("b"), None));
    }
}
