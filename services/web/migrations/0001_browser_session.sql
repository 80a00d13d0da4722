-- Who is signed in with a browser. The browser holds a secret; here are its digest, by which the row is found, and the
-- tokens, sealed with a key that is made of the secret: whoever reads this table can neither find a browser's cookie nor use
-- its tokens.
CREATE TABLE browser_session (
    digest bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    sealed bytea NOT NULL CHECK (octet_length(sealed) BETWEEN 41 AND 65536),
    -- Two tabs may refresh the tokens at the same time: the first to write wins, the other reads again.
    version integer NOT NULL DEFAULT 1 CHECK (version > 0),
    created_at timestamptz NOT NULL,
    -- When the person last did something. Pages that refresh themselves do not count: half an hour of silence ends a session.
    active_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at)
);

CREATE INDEX browser_session_expires_at ON browser_session (expires_at);
