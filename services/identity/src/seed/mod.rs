//! What a province begins with: the first operator, and people of the demonstration. And the way back for an operator.

mod bootstrap;
mod reset_operator;
mod seed_account;

pub use bootstrap::{Bootstrap, FirstOperator};
pub use reset_operator::ResetOperator;
pub use seed_account::SeedAccount;
