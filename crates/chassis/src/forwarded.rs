//! Whom a load balancer before us calls for, and what counts as one caller.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;
use ipnet::IpNet;

/// What load balancers add to: who called them, after whatever the caller wrote there before.
pub const FORWARDED_FOR: &str = "x-forwarded-for";

/// Networks whose [`FORWARDED_FOR`] is believed.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Networks such as `10.0.0.0/8` or `fd00:10::/64`, or single addresses.
    ///
    /// # Errors
    /// Names the one that is none.
    pub fn parse(networks: &[String]) -> Result<Self, String> {
        let parsed = networks.iter().map(|text| network(text).ok_or_else(|| format!("{text}: no network")));
        parsed.collect::<Result<_, _>>().map(Self)
    }

    /// The address that a call comes from: the last one on its way that is not a trusted proxy's. The header is read from its end,
    /// all its lines as one, since each proxy adds what it saw to the right, and some in a line of their own. What stands further left was
    /// written by whoever is found.
    #[must_use]
    pub fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut caller = peer.to_canonical();
        let lines = headers.get_all(FORWARDED_FOR).iter().rev();
        for hop in lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(',')) {
            if !self.contains(caller) {
                break;
            }
            let Some(before) = address(hop) else { break };
            caller = before;
        }
        caller
    }

    fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse().ok().map(|address: IpAddr| address.into()))
}

/// An address as proxies write it: bare, with a port, in brackets.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.parse().ok().or_else(|| text.parse().ok().map(|address: SocketAddr| address.ip()));
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    bare.or_else(bracketed).map(|address: IpAddr| address.to_canonical())
}

/// What counts as one caller: an address of IPv4; of IPv6 the first 64 bits, since whoever has one address of a network has all.
#[must_use]
pub fn one_caller(address: IpAddr) -> IpNet {
    network_of(address, 32, 64)
}

/// The network of an address, by so many of its first bits.
pub(crate) fn network_of(address: IpAddr, bits_of_ipv4: u8, bits_of_ipv6: u8) -> IpNet {
    let address = address.to_canonical();
    let bits = if address.is_ipv4() { bits_of_ipv4 } else { bits_of_ipv6 };
    IpNet::new(address, bits).unwrap_or_else(|_| address.into()).trunc()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn caller(peer: &str, lines: &[&str]) -> String {
        let networks = ["10.0.0.0/8", "fd00:10::/64", "192.0.2.9"].map(str::to_owned);
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, HeaderValue::from_str(line).unwrap());
        }
        TrustedProxies::parse(&networks).unwrap().caller(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn nobody_is_believed_but_a_trusted_proxy() {
        assert_eq!(caller("203.0.113.1", &["198.51.100.1"]), "203.0.113.1");
        assert_eq!(caller("10.1.2.3", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(caller("fd00:10::5", &["2001:db8::7"]), "2001:db8::7");
        assert_eq!(caller("fd00:10:0:1::5", &["2001:db8::7"]), "fd00:10:0:1::5");
        assert_eq!(caller("10.1.2.3", &[]), "10.1.2.3");
    }

    #[test]
    fn the_last_hop_that_is_not_trusted_calls_whatever_stands_before_it() {
        assert_eq!(caller("10.1.2.3", &["198.51.100.1, 203.0.113.5"]), "203.0.113.5");
        assert_eq!(caller("10.1.2.3", &["198.51.100.1, 203.0.113.5, 10.9.9.9, 192.0.2.9"]), "203.0.113.5");
        assert_eq!(caller("10.1.2.3", &["10.4.4.4, 10.5.5.5"]), "10.4.4.4");
    }

    #[test]
    fn a_proxy_that_adds_a_line_of_its_own_is_read_last() {
        assert_eq!(caller("10.1.2.3", &["198.51.100.1", "203.0.113.5"]), "203.0.113.5");
        assert_eq!(caller("10.1.2.3", &["198.51.100.1, 198.51.100.2", "203.0.113.5, 10.9.9.9"]), "203.0.113.5");
    }

    #[test]
    fn what_is_no_address_ends_the_search() {
        assert_eq!(caller("10.1.2.3", &["198.51.100.1, unknown"]), "10.1.2.3");
        assert_eq!(caller("10.1.2.3", &["198.51.100.1, _hidden, 10.9.9.9"]), "10.9.9.9");
        assert_eq!(caller("10.1.2.3", &[""]), "10.1.2.3");
    }

    #[test]
    fn an_address_is_read_as_proxies_write_it() {
        for (written, address) in [
            ("203.0.113.5:4711", "203.0.113.5"),
            ("[2001:db8::7]:4711", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("::ffff:203.0.113.5", "203.0.113.5"),
        ] {
            assert_eq!(caller("::ffff:10.1.2.3", &[written]), address, "{written}");
        }
    }

    #[test]
    fn a_network_that_is_none_is_named() {
        for wrong in ["10.0.0.0/33", "fd00::/129", "10.0.0/8", "proxy", "10.0.0.0/x", ""] {
            let refused = TrustedProxies::parse(&[wrong.to_owned()]).unwrap_err();
            assert!(refused.starts_with(&format!("{wrong}: ")), "{refused}");
        }
        let everybody = TrustedProxies::parse(&["0.0.0.0/0".into()]).unwrap();
        assert!(
            everybody.contains("203.0.113.1".parse().unwrap()) && !everybody.contains("2001:db8::1".parse().unwrap())
        );
    }

    #[test]
    fn a_network_of_ipv6_is_one_caller() {
        let one = |text: &str| one_caller(text.parse().unwrap()).to_string();
        assert_eq!(one("2001:db8:1:2:3:4:5:6"), one("2001:db8:1:2:ffff::1"));
        assert_ne!(one("2001:db8:1:2::1"), one("2001:db8:1:3::1"));
        assert_eq!([one("203.0.113.5"), one("::ffff:203.0.113.5")], ["203.0.113.5/32", "203.0.113.5/32"]);
    }
}
