//! Coded reasons: forms choose from them, pages name them.

use proto::configuration::v1::{ListReasonsRequest, Reason, ReasonUse};
use tonic::Status;

use super::client::Api;
use crate::ui::Text;

/// The most that one answer holds.
const PAGE_SIZE: i32 = 500;

/// The coded reasons of the province (domain §8), also those that are no longer offered: the past names them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reasons(Vec<Reason>);

impl Reasons {
    /// All of them.
    pub(crate) async fn read(api: &Api) -> Result<Self, Status> {
        let mut reasons = Vec::new();
        let mut page_token = String::new();
        loop {
            let message =
                ListReasonsRequest { query: String::new(), include_inactive: true, page_size: PAGE_SIZE, page_token };
            let page = api.reasons().list_reasons(message).await?.into_inner();
            reasons.extend(page.reasons);
            if page.next_page_token.is_empty() {
                return Ok(Self(reasons));
            }
            page_token = page.next_page_token;
        }
    }

    /// Those that may be given for something now.
    pub(crate) fn offered(&self, used_for: ReasonUse) -> impl Iterator<Item = &Reason> {
        self.0.iter().filter(move |reason| reason.active && reason.uses().any(|u| u == used_for))
    }

    /// What people read for a code; the code itself if nobody knows it.
    pub(crate) fn name(&self, text: Text, code: &str) -> String {
        let known = self.0.iter().find(|reason| reason.code == code);
        known.map_or_else(|| code.to_owned(), |reason| text.pick(reason.name.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;
    use proto::text::v1::LocalizedText;

    use super::*;

    fn reason(code: &str, used_for: ReasonUse, active: bool) -> Reason {
        let name = LocalizedText { fr: format!("{code} fr"), en: format!("{code} en") };
        Reason { code: code.into(), name: Some(name), uses: vec![used_for.into()], active, etag: String::new() }
    }

    #[test]
    fn a_reason_is_offered_for_its_use_and_named_for_good() {
        let reasons = Reasons(vec![
            reason("A1", ReasonUse::Accept, true),
            reason("D1", ReasonUse::Decline, true),
            reason("D0", ReasonUse::Decline, false),
        ]);
        let codes: Vec<_> = reasons.offered(ReasonUse::Decline).map(|r| r.code.as_str()).collect();
        assert_eq!(codes, ["D1"]);
        assert_eq!(reasons.name(Text(Locale::Fr), "D0"), "D0 fr");
        assert_eq!(reasons.name(Text(Locale::En), "X9"), "X9");
    }
}
