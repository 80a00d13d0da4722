//! Every method on one request, as anyone, with arguments that are good in themselves.

use jiff::{ToSpan as _, civil::Date};
use proto::placement::v1::{
    AddCommentRequest, Answer, AnswerAtDestinationRequest, AnswerForAgencyRequest, CancelRequestRequest,
    ChangeDatesRequest, ChangeDestinationRequest, ConfirmRequestRequest, DeleteRequestRequest,
    GetRequestContactsRequest, GetRequestRequest, HistoryEntry, ListHistoryRequest, MarkRequestSeenRequest, Misfit,
    PlacementRequest, PostponeRequestRequest, ReactivateRequestRequest, RedirectRequestRequest, SendRequestRequest,
    State, SuggestDestinationsRequest, UpdateRequestRequest,
};
use testkit::service::User;
use tonic::Status;

use crate::world::{Client, NEXT_UNIT, UNIT, World, agent, receiver, school};

macro_rules! calls {
    ($($call:ident),* $(,)?) => {
        /// A method on one request; an answer is two.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Call { $($call),* }

        impl Call {
            pub const ALL: &'static [Self] = &[$(Self::$call),*];
        }
    };
}

calls! {
    Get,
    Contacts,
    History,
    Seen,
    Destinations,
    Update,
    Delete,
    Send,
    Redirect,
    AcceptAtDestination,
    DeclineAtDestination,
    AcceptForAgency,
    DeclineForAgency,
    Confirm,
    Cancel,
    Reactivate,
    Postpone,
    ChangeDates,
    ChangeDestination,
    Comment,
}

impl Call {
    /// Whether it changes nothing that others see.
    pub const fn only_looks(self) -> bool {
        matches!(self, Self::Get | Self::Contacts | Self::History | Self::Seen | Self::Destinations)
    }

    /// Whether the contract lets the role through.
    pub fn admits(self, role: proto::identity::v1::Role) -> bool {
        use proto::identity::v1::Role as R;
        match self {
            Self::Get | Self::Contacts | Self::History | Self::Seen => true,
            Self::Update | Self::Delete | Self::Send | Self::Postpone => role == R::PlacingCoordinator,
            Self::Redirect => role == R::ReceivingCoordinator,
            Self::Destinations | Self::AcceptAtDestination | Self::DeclineAtDestination | Self::ChangeDestination => {
                matches!(role, R::DestinationCoordinator | R::ReceivingCoordinator)
            }
            Self::Comment => role != R::DestinationMonitor,
            Self::AcceptForAgency
            | Self::DeclineForAgency
            | Self::Confirm
            | Self::Cancel
            | Self::Reactivate
            | Self::ChangeDates => matches!(role, R::PlacingCoordinator | R::ReceivingCoordinator),
        }
    }
}

impl World {
    /// Makes a call and answers the request after it; an empty one where the method answers none.
    pub async fn call(&self, user: &User, call: Call, id: &str) -> Result<PlacementRequest, Status> {
        self.call_at(user, call, id, "").await
    }

    /// The same, with the version that was read.
    pub async fn call_at(&self, user: &User, call: Call, id: &str, etag: &str) -> Result<PlacementRequest, Status> {
        let mut client = self.client(user);
        let (id, etag) = (id.to_owned(), etag.to_owned());
        let answered = match call {
            Call::Get => client.get_request(GetRequestRequest { id }).await?.into_inner().request,
            Call::Contacts => {
                client.get_request_contacts(GetRequestContactsRequest { id }).await?;
                Some(PlacementRequest::default())
            }
            Call::History => {
                client.list_history(ListHistoryRequest { id }).await?;
                Some(PlacementRequest::default())
            }
            Call::Seen => {
                client.mark_request_seen(MarkRequestSeenRequest { id, etag }).await?;
                Some(PlacementRequest::default())
            }
            Call::Destinations => {
                client.suggest_destinations(SuggestDestinationsRequest { id }).await?;
                Some(PlacementRequest::default())
            }
            Call::Update => {
                let request =
                    Some(PlacementRequest { id, etag, comment: "Autre".into(), ..PlacementRequest::default() });
                let update_mask = Some(prost_types::FieldMask { paths: vec!["comment".into()] });
                let message = UpdateRequestRequest { request, update_mask, request_id: String::new() };
                client.update_request(message).await?.into_inner().request
            }
            Call::Delete => {
                client.delete_request(DeleteRequestRequest { id, etag, ..Default::default() }).await?;
                Some(PlacementRequest::default())
            }
            Call::Send => {
                let message = SendRequestRequest { id, etag, ..Default::default() };
                client.send_request(message).await?.into_inner().request
            }
            Call::Redirect => {
                let destination_id = UNIT.to_string();
                let message = RedirectRequestRequest { id, etag, destination_id, ..Default::default() };
                client.redirect_request(message).await?.into_inner().request
            }
            Call::AcceptAtDestination => {
                let answer = Answer::Accept.into();
                let despite_misfits = knowing();
                let message = AnswerAtDestinationRequest { id, etag, answer, despite_misfits, ..Default::default() };
                client.answer_at_destination(message).await?.into_inner().request
            }
            Call::DeclineAtDestination => {
                let message = AnswerAtDestinationRequest {
                    id,
                    etag,
                    answer: Answer::Decline.into(),
                    reason_code: "D1".into(),
                    comment: "Trop de monde".into(),
                    ..Default::default()
                };
                client.answer_at_destination(message).await?.into_inner().request
            }
            Call::AcceptForAgency => {
                let message = AnswerForAgencyRequest {
                    id,
                    etag,
                    answer: Answer::Accept.into(),
                    reason_code: "A1".into(),
                    despite_misfits: knowing(),
                    ..Default::default()
                };
                client.answer_for_agency(message).await?.into_inner().request
            }
            Call::DeclineForAgency => {
                let answer = Answer::Decline.into();
                let message =
                    AnswerForAgencyRequest { id, etag, answer, reason_code: "D1".into(), ..Default::default() };
                client.answer_for_agency(message).await?.into_inner().request
            }
            Call::Confirm => {
                let message = ConfirmRequestRequest { id, etag, ..Default::default() };
                client.confirm_request(message).await?.into_inner().request
            }
            Call::Cancel => {
                let message = CancelRequestRequest { id, etag, reason_code: "C1".into(), ..Default::default() };
                client.cancel_request(message).await?.into_inner().request
            }
            Call::Reactivate => {
                let message = ReactivateRequestRequest { id, etag, ..Default::default() };
                client.reactivate_request(message).await?.into_inner().request
            }
            Call::Postpone => {
                let (start_date, end_date) = later(&mut client, &id, 3).await;
                let message =
                    PostponeRequestRequest { id, etag, start_date, end_date, resubmit: true, ..Default::default() };
                client.postpone_request(message).await?.into_inner().request
            }
            Call::ChangeDates => {
                let (start_date, end_date) = later(&mut client, &id, 1).await;
                let message = ChangeDatesRequest { id, etag, start_date, end_date, ..Default::default() };
                client.change_dates(message).await?.into_inner().request
            }
            Call::Comment => {
                let message = AddCommentRequest { id, etag, comment: "Merci".into(), ..Default::default() };
                client.add_comment(message).await?.into_inner().request
            }
            Call::ChangeDestination => {
                let destination_id = NEXT_UNIT.to_string();
                let message = ChangeDestinationRequest { id, etag, destination_id, ..Default::default() };
                client.change_destination(message).await?.into_inner().request
            }
        };
        Ok(answered.expect("the request after the call"))
    }

    /// A request of the school that was brought into a state by those whose business it is.
    pub async fn request_in(&self, state: State) -> PlacementRequest {
        let (pc, rc, dc) = (school(), receiver(), agent());
        let way: &[(&User, Call)] = match state {
            State::Draft => &[],
            State::Sent => &[(&pc, Call::Send)],
            State::Redirected => &[(&pc, Call::Send), (&rc, Call::Redirect)],
            State::AcceptedByDestination => {
                &[(&pc, Call::Send), (&rc, Call::Redirect), (&dc, Call::AcceptAtDestination)]
            }
            State::DeclinedByDestination => {
                &[(&pc, Call::Send), (&rc, Call::Redirect), (&dc, Call::DeclineAtDestination)]
            }
            State::Accepted => &[(&pc, Call::Send), (&rc, Call::AcceptForAgency)],
            State::Declined => &[(&pc, Call::Send), (&rc, Call::Redirect), (&rc, Call::DeclineForAgency)],
            State::Confirmed => &[(&pc, Call::Send), (&rc, Call::AcceptForAgency), (&pc, Call::Confirm)],
            State::Cancelled => &[(&pc, Call::Send), (&rc, Call::AcceptForAgency), (&pc, Call::Cancel)],
            other => panic!("no way to {other:?} is written here"),
        };
        let draft = self.draft().await;
        for (user, call) in way {
            self.call(user, *call, &draft.id).await.expect("a step of the usual way");
        }
        self.call(&pc, Call::Get, &draft.id).await.expect("the school sees its own request")
    }

    pub async fn history(&self, user: &User, id: &str) -> Vec<HistoryEntry> {
        let answer = self.client(user).list_history(ListHistoryRequest { id: id.to_owned() }).await;
        answer.expect("the history is theirs").into_inner().entries
    }
}

/// Of somebody who knows whatever does not fit.
fn knowing() -> Vec<i32> {
    [Misfit::Capacity, Misfit::GroupSize, Misfit::Closed].map(Into::into).to_vec()
}

/// The dates of a request, so many weeks later; those of every test's request, where the caller does not see it.
async fn later(client: &mut Client, id: &str, weeks: i32) -> (String, String) {
    let request = client.get_request(GetRequestRequest { id: id.to_owned() }).await.ok();
    let request = request.and_then(|answer| answer.into_inner().request).unwrap_or_else(|| PlacementRequest {
        start_date: "2027-01-11".into(),
        end_date: "2027-04-02".into(),
        ..PlacementRequest::default()
    });
    let shifted = |day: &str| day.parse::<Date>().expect("a day").saturating_add(weeks.weeks()).to_string();
    (shifted(&request.start_date), shifted(&request.end_date))
}
