//! What a province begins with: the first operator, and people of the demonstration.

mod bootstrap;
mod seed_account;

pub use bootstrap::{Bootstrap, FirstOperator};
pub use seed_account::SeedAccount;
