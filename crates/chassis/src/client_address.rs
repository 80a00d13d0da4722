//! The address that somebody calls from, on its way from the front ends through the gateway to a service that counts tries of
//! a secret by it. It is believed beside a token between services, and of nobody else.

use std::net::IpAddr;

use http::{HeaderMap, HeaderValue};

use crate::{CLIENT, FRONT_END, ServiceTokens};

/// Says, to whom a call is passed on, that a process of ours passes it on, and from where as far as that is known; in place of
/// whatever the caller said.
pub fn tell(headers: &mut HeaderMap, tokens: &ServiceTokens, address: Option<IpAddr>) {
    forget(headers);
    let said = [(FRONT_END, Some(tokens.issue())), (CLIENT, address.map(|address| address.to_string()))];
    for (name, value) in said {
        if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
            headers.insert(name, value);
        }
    }
}

/// A call that a process of ours passes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassedOn {
    /// From where, where that was told.
    pub address: Option<IpAddr>,
}

/// Whether a process of ours passes a call on; `None` where nobody whom we trust says so.
#[must_use]
pub fn passed_on(headers: &HeaderMap, tokens: &ServiceTokens) -> Option<PassedOn> {
    tokens.verify(headers.get(FRONT_END)?.to_str().ok()?).ok()?;
    let address = headers.get(CLIENT).and_then(|address| address.to_str().ok()?.parse().ok());
    Some(PassedOn { address })
}

/// The address that was told; `None` where nobody whom we trust told one.
#[must_use]
pub fn told(headers: &HeaderMap, tokens: &ServiceTokens) -> Option<IpAddr> {
    passed_on(headers, tokens)?.address
}

/// Takes what was said off a call.
pub fn forget(headers: &mut HeaderMap) {
    headers.remove(FRONT_END);
    headers.remove(CLIENT);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::SystemClock;

    use super::*;
    use crate::{Secret, config::Internal};

    fn tokens(secret: &str) -> ServiceTokens {
        let internal = Internal { secret: Secret::new(secret), ..Internal::default() };
        ServiceTokens::new("gateway", internal, Arc::new(SystemClock))
    }

    #[test]
    fn an_address_is_believed_of_our_own_alone() {
        let ours = tokens("a secret that only services of ours know");
        let address = IpAddr::from([203, 0, 113, 7]);
        let mut headers = HeaderMap::new();
        headers.insert(CLIENT, HeaderValue::from_static("198.51.100.1"));
        assert_eq!(told(&headers, &ours), None, "said without a token");
        tell(&mut headers, &ours, None);
        assert_eq!(passed_on(&headers, &ours), Some(PassedOn { address: None }), "what the caller says is gone");
        tell(&mut headers, &ours, Some(address));
        assert_eq!(told(&headers, &ours), Some(address));
        assert_eq!(told(&headers, &tokens("a secret that somebody else has thought up")), None);
    }
}
