use kernel::Text;

/// Names behind the ids of a request, as far as they are known here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) placing_agency: Option<String>,
    pub(crate) receiving_agency: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) service: Option<Text>,
    pub(crate) destination: Option<String>,
    pub(crate) program: Option<Text>,
    pub(crate) placement_type: Option<Text>,
    pub(crate) reason: Option<Text>,
    pub(crate) actor: Option<String>,
    /// Name and address.
    pub(crate) coordinator: Option<(String, String)>,
}
