//! What must not be guessed: password hashes, refresh tokens, temporary passwords, the signatures of access tokens.

mod access_token;
mod passwords;
mod refresh_token;
mod temporary_password;

pub use access_token::{SignError, new_key, public_key, sign};
pub use passwords::{HashError, Passwords};
pub use refresh_token::{RefreshToken, digest};
pub use temporary_password::temporary_password;
