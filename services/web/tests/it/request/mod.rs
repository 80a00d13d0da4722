//! One request: what is offered is what the API offers, and what is refused is shown again.

mod actions;
mod page;
