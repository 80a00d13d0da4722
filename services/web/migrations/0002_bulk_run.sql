-- What became of many requests at once: kept until the session ends, so that whoever leaves the page in the middle finds it again,
-- and so that work that a process could not finish is finished by the next one. Sealed as the session is, since it holds words that
-- people have typed.
CREATE TABLE bulk_run (
    id uuid PRIMARY KEY,
    digest bytea NOT NULL REFERENCES browser_session (digest) ON DELETE CASCADE,
    sealed bytea NOT NULL CHECK (octet_length(sealed) BETWEEN 41 AND 4194304),
    -- Who works on it: whoever takes over counts it up, and what the one before still writes is not taken.
    version integer NOT NULL DEFAULT 1 CHECK (version > 0),
    created_at timestamptz NOT NULL,
    -- Until when nobody may take over.
    held_until timestamptz NOT NULL
);

CREATE INDEX bulk_run_digest ON bulk_run (digest);
