//! Drafts: made, changed, sent, deleted; and quick entries, which go out at once.

use chassis::{Tx, UseCase};
use kernel::Invalid;

use super::{
    By, Context, Error,
    change::{ChangeRequest, Changed, keep, publish, show_done, take},
    dispatch, facts,
};
use crate::requests::{
    domain::{
        Action, Checked, CreateCommand, NewRequest, Origin, Place, PlacementRequest, Reference, Role, Target,
        Transition, View, Viewer,
    },
    store,
    wire::UpdateCommand,
};

/// How many references are drawn before we give up: with five million requests one draw in two hundred is taken.
const DRAWS: u32 = 8;

/// Sends a draft (nos. 2 to 4 and 7).
#[derive(Clone, Copy, Debug)]
pub struct Send(pub Target);

/// Removes what nobody has acted on (no. 18). A tombstone stays in the history.
#[derive(Clone, Copy, Debug)]
pub struct Delete(pub Target);

/// No. 1: a draft by the school; or a quick entry by the coordinator, for a school that is not a user, which goes out at
/// once (domain §12 no. 3). A quick entry may record what has begun already; a school's own draft begins today or later.
impl UseCase for By<CreateCommand> {
    type Context = Context;
    type Output = View;
    type Error = Error;

    /// `INVALID_FIELDS`; `PLACE_CLOSED` for a quick entry; `OUT_OF_SCOPE` if no grant that writes covers the program or, for
    /// a quick entry, the service.
    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<View, Error> {
        let Self { viewer, command } = self;
        let origin = match viewer.role {
            Role::ReceivingCoordinator => Origin::ReceivingAgency,
            _ => Origin::PlacingAgency,
        };
        let references = facts::references(tx, cx, &command.content, command.wish).await?;
        let checked = references.check(&command.content, command.wish.is_some(), origin, cx.today())?;
        match origin {
            Origin::PlacingAgency if !viewer.places_for(checked.program.school, command.content.program) => {
                return Err(Error::OutOfScope);
            }
            Origin::PlacingAgency => {}
            Origin::ReceivingAgency => check_quick_entry(viewer, command, &checked)?,
        }
        let draft = insert_draft(tx, cx, self, origin, &checked).await?;
        let mut request = publish(tx, cx, draft, viewer.actor()).await?;
        if origin == Origin::ReceivingAgency {
            let sent = dispatch::send(cx, request, checked.receiver(), viewer.actor())?;
            request = keep(tx, cx, sent).await?;
            request = dispatch::redirect_automatically(tx, cx, request, viewer.actor()).await?;
        }
        show_done(tx, cx, viewer, request).await
    }
}

fn check_quick_entry(viewer: &Viewer, command: &CreateCommand, checked: &Checked) -> Result<(), Error> {
    let content = &command.content;
    let place = Place { agency: checked.site.agency, site: content.site, service: content.service, destination: None };
    if !viewer.receives_at(place) {
        return Err(Error::OutOfScope);
    }
    let fault = match command.placing_agency {
        None => ("request.placing_agency_id", "REQUIRED"),
        Some(school) if school != checked.program.school => ("request.program_id", "MISMATCHED_REFERENCE"),
        Some(_) if checked.program.is_user => ("request.placing_agency_id", "SCHOOL_IS_USER"),
        // What was entered for a non-user agency could reach nobody here.
        Some(_) if !checked.site.is_user => ("request.site_id", "AGENCY_NOT_USER"),
        Some(_) => return Ok(()),
    };
    Err(Invalid::field(fault.0, fault.1).into())
}

async fn insert_draft(
    tx: &mut Tx,
    cx: &Context,
    asked: &By<CreateCommand>,
    origin: Origin,
    checked: &Checked,
) -> Result<Transition, Error> {
    for _ in 0..DRAWS {
        let new = NewRequest {
            id: cx.ids.next(),
            reference: Reference::of(&cx.province, cx.ids.next()),
            origin,
            content: asked.command.content.clone(),
            wish: asked.command.wish,
        };
        let draft = PlacementRequest::draft(new, checked, asked.viewer.actor(), cx.at());
        if store::placement_request::insert(tx, &draft.request).await? {
            return Ok(draft);
        }
    }
    Err(Error::NoFreeReference)
}

impl ChangeRequest for UpdateCommand {
    fn target(&self) -> Target {
        self.target
    }

    fn action(&self) -> Action {
        Action::Update
    }

    /// `INVALID_FIELDS` of the content as it would be; `OUT_OF_SCOPE` if no grant that writes covers its program.
    async fn transition(&self, viewer: &Viewer, tx: &mut Tx, cx: &Context, request: PlacementRequest) -> Changed {
        let (content, wish) = self.laid_over(&request)?;
        let references = facts::references(tx, cx, &content, wish).await?;
        let checked = references.check(&content, wish.is_some(), request.origin, cx.today())?;
        if !viewer.places_for(checked.program.school, content.program) {
            return Err(Error::OutOfScope);
        }
        Ok(request.update(viewer.actor(), content, wish, &checked, cx.at())?)
    }
}

impl ChangeRequest for Send {
    fn target(&self) -> Target {
        self.0
    }

    fn action(&self) -> Action {
        Action::Send
    }

    /// `DRAFT_OUTDATED` with the fields, if what the draft refers to has been retired since it was written, or its start has
    /// passed; `PLACE_CLOSED` with the days.
    async fn transition(&self, viewer: &Viewer, tx: &mut Tx, cx: &Context, request: PlacementRequest) -> Changed {
        let wish = request.destination();
        let references = facts::references(tx, cx, &request.content, wish).await?;
        let checked = references
            .check(&request.content, wish.is_some(), request.origin, cx.today())
            .map_err(Error::DraftOutdated)?;
        dispatch::send(cx, request, checked.receiver(), viewer.actor())
    }

    async fn follow_up(
        &self,
        viewer: &Viewer,
        tx: &mut Tx,
        cx: &Context,
        request: PlacementRequest,
    ) -> Result<PlacementRequest, Error> {
        dispatch::redirect_automatically(tx, cx, request, viewer.actor()).await
    }
}

impl UseCase for By<Delete> {
    type Context = Context;
    type Output = ();
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<(), Error> {
        let request = take(tx, &self.viewer, self.command.0).await?;
        let deleted = request.delete(self.viewer.actor(), cx.at())?;
        keep(tx, cx, deleted).await?;
        Ok(())
    }
}
