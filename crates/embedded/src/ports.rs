//! Ports for servers that cannot choose one themselves.

use std::net::TcpListener;

/// A loopback port that is free now. Another process may take it before it is used; whoever starts a server notices.
///
/// # Panics
/// If the machine has no free port left.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a machine has a free port");
    listener.local_addr().expect("a bound socket has an address").port()
}
