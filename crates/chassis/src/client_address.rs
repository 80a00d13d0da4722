//! The address that somebody calls from, on its way from the front ends through the gateway to a service that counts tries of
//! a secret by it. It is believed beside a token between services, and of nobody else.

use std::net::IpAddr;

use http::{HeaderMap, HeaderValue};

use crate::{CLIENT, FRONT_END, ServiceTokens};

/// Tells it to whom a call is passed on, in place of whatever the caller said.
pub fn tell(headers: &mut HeaderMap, tokens: &ServiceTokens, address: IpAddr) {
    let told = [(FRONT_END, tokens.issue()), (CLIENT, address.to_string())];
    for (name, value) in told {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    }
}

/// The address that was told; `None` where nobody whom we trust told one.
#[must_use]
pub fn told(headers: &HeaderMap, tokens: &ServiceTokens) -> Option<IpAddr> {
    let token = headers.get(FRONT_END)?.to_str().ok()?;
    tokens.verify(token).ok()?;
    headers.get(CLIENT)?.to_str().ok()?.parse().ok()
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
        tell(&mut headers, &ours, address);
        assert_eq!(told(&headers, &ours), Some(address));
        assert_eq!(told(&headers, &tokens("a secret that somebody else has thought up")), None);
    }
}
