//! What a province begins with: the first operator, and people of the demonstration. Both take the caller's transaction
//! on identity's schema.

pub mod bootstrap;
pub mod seed_account;
