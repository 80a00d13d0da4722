//! Addresses of our own pages.

/// A path with a query; parameters without a value are left out.
pub(crate) fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let present = parameters.iter().filter(|(_, value)| !value.is_empty());
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(present).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// A place to go back to, if it is one of our pages: whoever crafts a link must not send people elsewhere.
pub(crate) fn own_page(place: Option<&str>) -> &str {
    let Some(place) = place else { return "/" };
    let is_path = place.starts_with('/') && !place.starts_with("//");
    // Browsers take a backslash for a slash and drop control characters.
    let is_plain = place.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if is_path && is_plain { place } else { "/" }
}

/// The page to go back to, if one was given and it is ours; empty if none was.
pub(crate) fn own_back(back: &str) -> String {
    if back.is_empty() { String::new() } else { own_page(Some(back)).to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_escaped_and_empty_ones_left_out() {
        assert_eq!(
            address("/requests", &[("query", "Été & co"), ("site", "")]),
            "/requests?query=%C3%89t%C3%A9+%26+co"
        );
        assert_eq!(address("/requests", &[]), "/requests");
    }

    #[test]
    fn nobody_is_sent_to_another_site() {
        for foreign in ["https://example.org", "//example.org", "/\\example.org", "/\t/example.org", "", "javascript:x"]
        {
            assert_eq!(own_page(Some(foreign)), "/", "{foreign}");
        }
        assert_eq!(own_page(Some("/requests?state=sent")), "/requests?state=sent");
        assert_eq!(own_page(None), "/");
    }
}
