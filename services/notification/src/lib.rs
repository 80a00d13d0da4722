//! E-mail, delivery log, answer links.
