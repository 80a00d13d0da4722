//! Paging by keys (AIP-158): a token names the last row that was seen, so that pages neither repeat nor skip rows when
//! others are added.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::Invalid;
use serde::{Serialize, de::DeserializeOwned};

/// How many rows a page may hold.
///
/// # Errors
/// `OUT_OF_RANGE` when negative. More than `most` is cut to `most`, as AIP-158 has it; 0 means `default`.
pub fn size(requested: i32, default: i64, most: i64) -> Result<i64, Invalid> {
    match i64::from(requested) {
        n if n < 0 => Err(Invalid::field("page_size", "OUT_OF_RANGE")),
        0 => Ok(default),
        n => Ok(n.min(most)),
    }
}

/// The token that leads to the rows behind `key`.
///
/// # Panics
/// If `key` cannot be written as JSON, which keys of rows can.
pub fn encode(key: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).expect("the key of a row can be written as JSON"))
}

/// The key in a token; `None` for the first page.
///
/// # Errors
/// `MALFORMED_PAGE_TOKEN` when it is none of ours.
pub fn decode<T: DeserializeOwned>(token: &str) -> Result<Option<T>, Invalid> {
    if token.is_empty() {
        return Ok(None);
    }
    let bytes = URL_SAFE_NO_PAD.decode(token).ok();
    // No row has a text with it: PostgreSQL takes none.
    let bytes = bytes.filter(|bytes| !bytes.windows(6).any(|part| part == br"\u0000"));
    let key = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    key.map(Some).ok_or_else(|| Invalid::field("page_token", "MALFORMED_PAGE_TOKEN"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leads_back_to_its_key_and_a_foreign_one_is_refused() {
        let key = ("Éric".to_owned(), 7_i64);
        assert_eq!(decode(&encode(&key)), Ok(Some(key)));
        assert_eq!(decode::<(String, i64)>("***"), Err(Invalid::field("page_token", "MALFORMED_PAGE_TOKEN")));
        let nul = decode::<(String, i64)>(&encode(&("\0", 7)));
        assert_eq!(nul, Err(Invalid::field("page_token", "MALFORMED_PAGE_TOKEN")));
        assert_eq!(size(-1, 50, 200), Err(Invalid::field("page_size", "OUT_OF_RANGE")));
        assert_eq!(size(1000, 50, 200), Ok(200));
    }
}
