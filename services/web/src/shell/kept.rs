//! What was typed into a form that cannot be taken, since nobody is signed in any more or somebody is anew: the sign-in page carries
//! it, sealed, and the same person finds it again. It is stored nowhere, and in no address.
//!
//! Forms that can be shown again say whose they are (`parts::kept_token`).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use proto::identity::v1::Me;

use super::{addresses::own_page, session::BrowserKey};

/// The longest form that is kept: sealed, it must fit into another.
const MOST_BYTES: usize = 128 * 1024;
/// Fields that are of the page on which the form stood: its token, whose it is, where it is shown again, and the switches.
const OF_PAGE: [&str; 6] = ["form_token", "kept_for", "shown_at", "language", "theme", "again"];

/// A form that was sent by somebody.
pub(crate) struct KeptForm {
    address: String,
    fields: Vec<(String, String)>,
}

impl KeptForm {
    /// From what was sent to an address; `None` for a form that says of nobody that it is theirs, or is too long.
    pub(super) fn read(address: &str, body: &[u8]) -> Option<Self> {
        let fields = form_urlencoded::parse(body).into_owned().collect();
        let form = Self { address: address.to_owned(), fields };
        (body.len() <= MOST_BYTES && form.field("kept_for").is_some()).then_some(form)
    }

    /// What [`KeptForm::seal`] sealed for this browser; `None` for whatever it did not.
    pub(super) fn open(key: &BrowserKey, sealed: &str) -> Option<Self> {
        let plain = key.open(&URL_SAFE_NO_PAD.decode(sealed).ok()?)?;
        let (address, body) = plain.split_at(plain.iter().position(|byte| *byte == b'\n')?);
        Self::read(std::str::from_utf8(address).ok()?, &body[1..])
    }

    /// For the sign-in page of this browser.
    pub(super) fn seal(&self, key: &BrowserKey) -> String {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.fields).finish();
        URL_SAFE_NO_PAD.encode(key.seal(format!("{}\n{body}", self.address).as_bytes()))
    }

    /// Whether it was shown to this person.
    pub(super) fn is_of(&self, me: &Me) -> bool {
        let id = me.person.as_ref().map(|person| person.id.as_str());
        id.is_some_and(|id| !id.is_empty() && self.field("kept_for") == Some(id))
    }

    /// Where it is shown again.
    pub(super) fn shown_at(&self) -> &str {
        own_page(Some(self.field("shown_at").unwrap_or(&self.address)))
    }

    /// What is typed and what goes with it.
    pub(super) fn carried(&self) -> Vec<&(String, String)> {
        self.fields.iter().filter(|(name, _)| !OF_PAGE.contains(&name.as_str())).collect()
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proto::identity::v1::Person;

    use super::*;

    fn me(id: &str) -> Me {
        Me { person: Some(Person { id: id.into(), ..Person::default() }), ..Me::default() }
    }

    #[test]
    fn what_was_sealed_is_opened_by_the_same_browser_and_belongs_to_one_person() {
        let (key, other) = (BrowserKey::random(), BrowserKey::random());
        let form = KeptForm::read("/requests/new", "kept_for=paule&comment=%C3%89t%C3%A9%0A%26".as_bytes()).unwrap();
        let sealed = form.seal(&key);
        let opened = KeptForm::open(&key, &sealed).unwrap();
        assert_eq!((opened.address.as_str(), opened.field("comment")), ("/requests/new", Some("Été\n&")));
        assert!(opened.is_of(&me("paule")) && !opened.is_of(&me("rachel")) && !opened.is_of(&Me::default()));
        assert!(KeptForm::open(&other, &sealed).is_none() && KeptForm::open(&key, "").is_none());
    }

    #[test]
    fn what_is_nobodys_or_too_long_is_not_kept() {
        assert!(KeptForm::read("/sign-out", b"form_token=a").is_none());
        assert!(KeptForm::read("/", format!("kept_for=p&a={}", "a".repeat(MOST_BYTES)).as_bytes()).is_none());
    }
}
