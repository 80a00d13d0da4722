//! Black-box journeys: the built programs as people run them, reached through the gateway alone. Everything is in `tests/it`,
//! one module per thing that must be shown; `cargo build --workspace --bins` has to come first.
