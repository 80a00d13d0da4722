//! What every page has around its own content: where one can go, who one is, what was just done.

use proto::identity::v1::Role;

use crate::{session::Session, text::Text, visitor::Visitor};

/// The rooms of the front end, as the navigation names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// None of them.
    None,
    /// What awaits me.
    Home,
    /// Inbox or outbox.
    Requests,
    /// A new request.
    NewRequest,
    /// How full units are.
    Occupancy,
    /// Sites, services, destinations.
    Places,
    /// Reports.
    Reports,
}

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

/// The person at work.
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) role: String,
    pub(crate) roles: Vec<RoleChoice>,
}

/// What is around the content of a page.
pub(crate) struct Frame {
    pub(crate) theme: &'static str,
    /// Path and query of this page, to come back to.
    pub(crate) here: String,
    pub(crate) form_token: String,
    pub(crate) flash: Option<String>,
    pub(crate) person: Option<Person>,
    pub(crate) links: Vec<Link>,
    /// The form that is sent along when language or colours are changed.
    pub(crate) form: Option<OwnForm>,
}

/// A form of a page, to be shown again in another language with all that was typed.
pub(crate) struct OwnForm {
    pub(crate) id: String,
    /// The `step` of the button that the Enter key presses; empty for one without.
    pub(crate) step: &'static str,
}

impl Frame {
    /// For those who follow a mailed link: no navigation, no preferences.
    pub(crate) fn bare(_: Text) -> Self {
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
    pub(crate) fn holding(self, id: impl Into<String>, step: &'static str) -> Self {
        Self { form: Some(OwnForm { id: id.into(), step }), ..self }
    }

    /// An address of the present page in another language, or in other colours.
    pub(crate) fn preferring(&self, kind: &str, value: &str) -> String {
        crate::addresses::address(&format!("/{kind}/{value}"), &[("back", &self.here)])
    }
}

impl Visitor {
    /// What is around a page of a room.
    pub(crate) fn frame(&self, room: Room) -> Frame {
        let text = self.text();
        Frame {
            theme: self.theme,
            here: self.here.clone(),
            form_token: self.form_token(),
            flash: self.flash.as_ref().map(|flash| flash.say(text)),
            person: self.session.as_ref().map(|session| person(session, text)),
            links: self.session.as_ref().map(|session| links(session.role(), room, text)).unwrap_or_default(),
            form: None,
        }
    }
}

fn person(session: &Session, text: Text) -> Person {
    let name = session.name();
    let initials = name.split_whitespace().filter_map(|part| part.chars().next()).take(2).collect();
    let choice = |role: Role| RoleChoice { value: role.into(), label: text.role(role), active: role == session.role() };
    Person { initials, role: text.role(session.role()), roles: session.me.roles().map(choice).collect(), name }
}

fn links(role: Role, room: Room, text: Text) -> Vec<Link> {
    let requests = if role == Role::PlacingCoordinator { "nav-outbox" } else { "nav-inbox" };
    let all = [
        (Room::Home, "/", "nav-home"),
        (Room::Requests, "/requests", requests),
        (Room::NewRequest, "/requests/new", "nav-new-request"),
        (Room::Occupancy, "/occupancy", "nav-occupancy"),
        (Room::Places, "/places", "nav-places"),
        (Room::Reports, "/reports", "nav-reports"),
    ];
    let offered = all.into_iter().filter(|(of, ..)| is_open_to(*of, role));
    offered.map(|(of, address, key)| Link { address, label: text.t(key), current: of == room }).collect()
}

/// Whether a role has anything to do in a room; whether it may is for the services to say.
pub(crate) fn is_open_to(room: Room, role: Role) -> bool {
    use Role::{DestinationCoordinator, DestinationMonitor, PlacingCoordinator, ProvincialLead, ReceivingCoordinator};
    match room {
        Room::None | Room::Home | Room::Places => true,
        Room::Requests => {
            matches!(role, PlacingCoordinator | ReceivingCoordinator | DestinationCoordinator | DestinationMonitor)
        }
        Room::NewRequest => matches!(role, PlacingCoordinator | ReceivingCoordinator),
        Room::Occupancy => matches!(
            role,
            PlacingCoordinator | ReceivingCoordinator | DestinationCoordinator | DestinationMonitor | ProvincialLead
        ),
        Room::Reports => matches!(role, PlacingCoordinator | ReceivingCoordinator | DestinationCoordinator),
    }
}
