//! People, accounts, sign-in, tokens, role grants.
