//! Where a try comes from.

use std::net::IpAddr;

use ipnet::IpNet;

/// Where a call comes from, as far as the gateway tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The address; `None` where nobody whom we trust told one.
    pub address: Option<IpAddr>,
    /// What counts as one with it: the address itself, and of IPv6 the first 64 bits.
    pub network: Option<IpNet>,
}

impl Origin {
    /// The name under which the network is counted. Those that nobody tells count as one together.
    #[must_use]
    pub fn counted_as(self) -> String {
        self.network.map_or_else(|| "unknown".to_owned(), |network| network.addr().to_string())
    }
}
