//! A form that is sent for no other reason than to be shown in another language or in other colours, or after its person has signed in
//! again: what was typed stays, and nothing is done.
//!
//! The switches of a page with a form are submit buttons of that form ([`super::layout::PageForm`]), named as the preferences are.
//! What was typed is in the body of a POST, never in an address.

use std::future::Future;

use kernel::Locale;
use serde::Deserialize;
use tonic::Status;
use tonic_types::StatusExt as _;

use super::cookies;
use crate::ui::user_message;

/// The id of a call that no service takes: it says what is wrong with the fields, then that this is no id.
pub(crate) const NO_CALL: &str = "-";
/// A version that nothing has ever had: whoever changes it is told what is wrong with the fields, then that they come too late.
pub(crate) const NO_VERSION: &str = "9223372036854775807";

/// What the button of a switch says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Preferred {
    language: String,
    theme: String,
    /// Whether it was kept while its person signed in.
    again: bool,
    /// Whether the page that the form stood on had found error with it.
    refused: bool,
}

/// Why a form is shown again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Redraw {
    /// It is being filled in.
    Typed,
    /// It was refused before; what is wrong is said again.
    Refused,
}

impl Preferred {
    /// The language that is wished for.
    pub(crate) fn language(&self) -> Option<Locale> {
        self.language.parse().ok()
    }

    /// The colours that are wished for.
    pub(crate) fn theme(&self) -> Option<&'static str> {
        cookies::known_theme(&self.theme)
    }

    /// Whether the form is to be shown again, and why.
    pub(crate) fn redraw(&self) -> Option<Redraw> {
        let wished = self.again || self.language().is_some() || self.theme().is_some();
        wished.then_some(if self.refused { Redraw::Refused } else { Redraw::Typed })
    }
}

impl Redraw {
    /// What was wrong with the form, said again. `call` sends it with [`NO_CALL`] or [`NO_VERSION`], so that it is refused
    /// whatever is in it.
    pub(crate) async fn refusal<T>(self, call: impl Future<Output = Result<T, Status>>) -> Option<Status> {
        match self {
            Self::Typed => None,
            Self::Refused => call.await.err().filter(|status| !is_ours(status)),
        }
    }
}

/// Whether nothing is wrong but what we made so.
fn is_ours(status: &Status) -> bool {
    let fields = status.get_details_bad_request().map(|b| b.field_violations).unwrap_or_default();
    user_message::reason(status) == "STALE_ETAG" || fields.iter().any(|error| error.field == "request_id")
}

#[cfg(test)]
mod tests {
    use tonic_types::ErrorDetails;

    use super::*;

    fn preferred(language: &str, theme: &str, refused: bool) -> Option<Redraw> {
        Preferred { language: language.into(), theme: theme.into(), again: false, refused }.redraw()
    }

    #[test]
    fn a_form_is_shown_again_for_a_preference_that_there_is_or_after_signing_in() {
        assert_eq!(preferred("en", "", false), Some(Redraw::Typed));
        assert_eq!(preferred("", "dark", true), Some(Redraw::Refused));
        assert_eq!(preferred("xx", "pink", true), None);
        assert_eq!(Preferred { again: true, ..Preferred::default() }.redraw(), Some(Redraw::Typed));
    }

    #[tokio::test]
    async fn what_was_wrong_is_said_again_and_no_more() {
        let refused = |field: &str| {
            let details = ErrorDetails::with_bad_request_violation(field, "no");
            Err::<(), _>(Status::with_error_details(tonic::Code::InvalidArgument, "no", details))
        };
        assert!(Redraw::Refused.refusal(async { refused("comment") }).await.is_some());
        assert!(Redraw::Refused.refusal(async { refused("request_id") }).await.is_none());
        assert!(Redraw::Typed.refusal(async { refused("comment") }).await.is_none());
    }
}
