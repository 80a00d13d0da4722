//! HTTP clients of tests.

use reqwest::{Client, ClientBuilder};

/// A client to be set up further. In a build of the whole workspace reqwest has TLS without a provider of cryptography, and
/// makes no client before one is installed, though tests speak plain HTTP alone.
pub fn builder() -> ClientBuilder {
    // Whoever was first has installed one; any will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
}

/// A client.
///
/// # Panics
/// Never: there is nothing in its settings to be wrong.
#[must_use]
pub fn client() -> Client {
    builder().build().expect("a client without settings can be built")
}
