//! The contracts of Tandem: messages, services and events, generated at build time from the `.proto` files beside this crate.
//!
//! A file `*_events.proto` holds events only: each message there is an [`Event`] whose type, and so whose routing key, follows
//! from package and name. The encoded descriptors keep every option; the gateway reads `google.api.http` from them, the
//! chassis reads `tandem.identity.v1.access`.
#![allow(missing_docs, clippy::all, clippy::pedantic, unused_qualifications, reason = "generated code")]

mod convert;

use std::sync::LazyLock;

use prost_reflect::DescriptorPool;

mod generated {
    include!(concat!(env!("OUT_DIR"), "/contracts.rs"));
}

/// The part of Google's API definitions that Tandem uses.
pub use generated::google;
pub use generated::tandem::{configuration, event, identity, notification, placement, reporting, text};

/// A message that is published as an event.
pub trait Event: prost::Message + Default + 'static {
    /// The event's name, which is its routing key: `placement.v1.request_accepted`.
    const TYPE: &'static str;
}

include!(concat!(env!("OUT_DIR"), "/events.rs"));

/// A request that has the same effect however often it is sent under one `request_id` (AIP-155).
pub trait Idempotent: prost::Message {
    /// The method that it is sent to: `CreateRequest`.
    const METHOD: &'static str;

    /// The caller's key; empty where each call counts.
    fn request_id(&self) -> &str;
}

include!(concat!(env!("OUT_DIR"), "/idempotent.rs"));

pub use convert::{instant, timestamp};

/// The types of all events of the contracts.
pub fn event_types() -> impl Iterator<Item = &'static str> {
    EVENT_TYPES.iter().copied()
}

/// All contracts, encoded with their options, for reflection and the gateway.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));

/// All contracts, to be looked up by name.
///
/// # Panics
/// Never: the descriptors were compiled with this crate.
pub fn descriptors() -> &'static DescriptorPool {
    static POOL: LazyLock<DescriptorPool> =
        LazyLock::new(|| DescriptorPool::decode(FILE_DESCRIPTOR_SET).expect("descriptors compiled with this crate"));
    &POOL
}
