//! The mails that Tandem writes about placement requests (domain §17).

use std::str::FromStr;

/// Which mail. The code is part of the API and of the delivery log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Template {
    /// To the agent of a destination that is not a user: answer by the link (in place of the print queue of domain §12).
    RedirectedLink,
    /// To the agent of a user destination: a request awaits you.
    Redirected,
    /// To the receiving coordinator: a request awaits you.
    RequestSent,
    /// To the receiving coordinator: the destination said yes, to be ratified.
    AcceptedByDestination,
    /// To the receiving coordinator: the destination said no, to be ratified.
    DeclinedByDestination,
    /// To the school's coordinator: accepted, to be confirmed (N14).
    RequestAccepted,
    /// To the school's coordinator: declined, with the reason (N14).
    RequestDeclined,
    /// To the receiving side: the school commits.
    RequestConfirmed,
    /// To both sides: stopped, with the reason (N5).
    RequestCancelled,
    /// To the school's coordinator: a place of some requests takes no students for a while (N17).
    RequestsAffectedByClosure,
}

/// Not the code of a mail.
#[derive(Debug, thiserror::Error)]
#[error("not the code of a mail")]
pub struct UnknownTemplate;

impl Template {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::RedirectedLink,
        Self::Redirected,
        Self::RequestSent,
        Self::AcceptedByDestination,
        Self::DeclinedByDestination,
        Self::RequestAccepted,
        Self::RequestDeclined,
        Self::RequestConfirmed,
        Self::RequestCancelled,
        Self::RequestsAffectedByClosure,
    ];

    /// The stable code, as the delivery log shows it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::RedirectedLink => "REDIRECTED_LINK",
            Self::Redirected => "REDIRECTED",
            Self::RequestSent => "REQUEST_SENT",
            Self::AcceptedByDestination => "ACCEPTED_BY_DESTINATION",
            Self::DeclinedByDestination => "DECLINED_BY_DESTINATION",
            Self::RequestAccepted => "REQUEST_ACCEPTED",
            Self::RequestDeclined => "REQUEST_DECLINED",
            Self::RequestConfirmed => "REQUEST_CONFIRMED",
            Self::RequestCancelled => "REQUEST_CANCELLED",
            Self::RequestsAffectedByClosure => "REQUESTS_AFFECTED_BY_CLOSURE",
        }
    }

    /// The beginning of its keys in the catalogues: `redirected-link`.
    #[must_use]
    pub fn key(self) -> String {
        self.code().to_lowercase().replace('_', "-")
    }

    /// Whether somebody has to act on it: then a missing recipient is worth a line in the log.
    #[must_use]
    pub const fn asks_for_action(self) -> bool {
        matches!(
            self,
            Self::RedirectedLink
                | Self::Redirected
                | Self::RequestSent
                | Self::AcceptedByDestination
                | Self::DeclinedByDestination
        )
    }

    /// Whether it is about one request; else it is about a closure.
    #[must_use]
    pub const fn is_about_request(self) -> bool {
        !matches!(self, Self::RequestsAffectedByClosure)
    }

    /// Whether it tells why: the reason of a refusal or cancellation.
    #[must_use]
    pub const fn tells_reason(self) -> bool {
        matches!(self, Self::DeclinedByDestination | Self::RequestDeclined | Self::RequestCancelled)
    }
}

impl FromStr for Template {
    type Err = UnknownTemplate;

    fn from_str(code: &str) -> Result<Self, UnknownTemplate> {
        Self::ALL.into_iter().find(|t| t.code() == code).ok_or(UnknownTemplate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_leads_back_to_its_template() {
        for template in Template::ALL {
            assert_eq!(template.code().parse::<Template>().ok(), Some(template));
        }
        assert!("REMINDER".parse::<Template>().is_err());
    }
}
