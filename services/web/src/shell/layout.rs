//! What every page has around its own content: where one can go, who one is, what was just done.

use proto::identity::v1::Role;

use super::{addresses::address, navigation::NavEntry, session::Session, visitor::Visitor};
use crate::ui::Text;

/// A link of the navigation.
pub(crate) struct Link {
    pub(crate) address: &'static str,
    pub(crate) label: String,
    pub(crate) current: bool,
}

/// One of the person's roles.
pub(crate) struct RoleChoice {
    pub(crate) value: i32,
    pub(crate) label: String,
    pub(crate) active: bool,
}

pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) role: String,
    pub(crate) roles: Vec<RoleChoice>,
}

/// What is around the content of a page.
pub(crate) struct Layout {
    pub(crate) theme: &'static str,
    /// Path and query of this page, to come back to.
    pub(crate) here: String,
    pub(crate) form_token: String,
    pub(crate) flash: Option<String>,
    pub(crate) person: Option<Person>,
    pub(crate) links: Vec<Link>,
    /// The form that is sent along when language or colours are changed.
    pub(crate) form: Option<PageForm>,
}

/// A form of a page, to be shown again in another language with all that was typed.
pub(crate) struct PageForm {
    pub(crate) id: String,
    /// The `step` of the button that the Enter key presses; empty for one without.
    pub(crate) step: &'static str,
}

impl Layout {
    /// For those who follow a mailed link: no navigation, no preferences.
    pub(crate) fn bare() -> Self {
        Self {
            theme: "auto",
            here: String::new(),
            form_token: String::new(),
            flash: None,
            person: None,
            links: Vec::new(),
            form: None,
        }
    }

    /// The same around a page with a form. `step` is what the button says that the Enter key presses, if it says anything.
    pub(crate) fn with_form(self, id: impl Into<String>, step: &'static str) -> Self {
        Self { form: Some(PageForm { id: id.into(), step }), ..self }
    }

    /// An address of the present page in another language, or in other colours.
    pub(crate) fn preference_address(&self, kind: &str, value: &str) -> String {
        address(&format!("/{kind}/{value}"), &[("back", &self.here)])
    }
}

impl Visitor {
    /// What is around a page, whose entry in the menu is marked.
    pub(crate) fn layout(&self, current: impl Into<Option<NavEntry>>) -> Layout {
        let (text, current) = (self.text(), current.into());
        Layout {
            theme: self.theme,
            here: self.here.clone(),
            form_token: self.form_token(),
            flash: self.flash.as_ref().map(|flash| flash.say(text)),
            person: self.session.as_ref().map(|session| person(session, text)),
            links: self.session.as_ref().map(|session| links(session, &self.menu, current, text)).unwrap_or_default(),
            form: None,
        }
    }
}

fn person(session: &Session, text: Text) -> Person {
    let name = session.name();
    let initials = name.split_whitespace().filter_map(|part| part.chars().next()).take(2).collect();
    let choice = |role: Role| RoleChoice { value: role.into(), label: text.role(role), active: role == session.role() };
    let id = session.me.person.as_ref().map(|person| person.id.clone()).unwrap_or_default();
    Person { id, initials, role: text.role(session.role()), roles: session.me.roles().map(choice).collect(), name }
}

fn links(session: &Session, menu: &[NavEntry], current: Option<NavEntry>, text: Text) -> Vec<Link> {
    let role = session.role();
    let is_current = |entry: &NavEntry| current.is_some_and(|current| current.address == entry.address);
    let offered = menu.iter().filter(|entry| entry.is_open_to(role));
    offered
        .map(|entry| Link { address: entry.address, label: text.t((entry.label)(role)), current: is_current(entry) })
        .collect()
}
