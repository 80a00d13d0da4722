//! Outbox, relay, consumer with inbox, topology; broker and in-process transports.
