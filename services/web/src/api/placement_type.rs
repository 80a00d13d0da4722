use proto::configuration::v1::GetPlacementTypeRequest;

use super::client::Api;
use crate::ui::Text;

/// What people read for a code of a placement type; the code itself where its name cannot be had, since no page is worth
/// less without it.
pub(crate) async fn placement_type(api: &Api, text: Text, code: &str) -> String {
    let message = GetPlacementTypeRequest { code: code.to_owned() };
    let answer = api.placement_types().get_placement_type(message).await.ok().map(tonic::Response::into_inner);
    let name = answer.and_then(|a| a.placement_type).map(|kind| text.pick(kind.name.as_ref()));
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| code.to_owned())
}
