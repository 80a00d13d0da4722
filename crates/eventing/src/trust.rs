//! Whom an encrypted connection to the broker trusts: to its queues, and to its management.

use std::sync::Arc;

use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject as _},
};

/// Why no certificate can be checked.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// What should hold authorities' certificates does not.
    #[error("certificates in PEM are expected: {0}")]
    Unreadable(String),
    /// A certificate cannot be an authority's, or the settings contradict themselves.
    #[error(transparent)]
    Refused(#[from] rustls::Error),
}

/// A client that trusts the authorities in `pem` and no others; without, those that browsers trust.
///
/// # Errors
/// If there is no certificate in `pem`, or one that cannot be read.
pub fn client(pem: Option<&[u8]>) -> Result<ClientConfig, TrustError> {
    let roots = match pem {
        None => RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(pem) => authorities(pem)?,
    };
    let provider = Arc::new(ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(versions.with_root_certificates(roots).with_no_client_auth())
}

fn authorities(pem: &[u8]) -> Result<RootCertStore, TrustError> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        roots.add(certificate.map_err(|error| TrustError::Unreadable(error.to_string()))?)?;
    }
    if roots.is_empty() {
        return Err(TrustError::Unreadable("there is none".to_owned()));
    }
    Ok(roots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_that_cannot_be_read_is_refused_rather_than_replaced_by_the_public_ones() {
        for pem in ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            assert!(client(Some(pem.as_bytes())).is_err(), "{pem}");
        }
        assert!(client(None).is_ok());
    }
}
