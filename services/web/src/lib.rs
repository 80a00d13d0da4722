//! The front end in a browser: a client of the gateway.
