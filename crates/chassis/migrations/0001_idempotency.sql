-- Answers to calls that carried a request_id, so that the same call made twice answers the same and does nothing twice.
-- The row is inserted before the work, in the work's transaction: a second call waits on the unique key until the first
-- has committed, then finds its answer.
CREATE TABLE idempotent_call (
    caller       uuid        NOT NULL,
    request_id   uuid        NOT NULL,
    method       text        NOT NULL,
    request_hash bytea       NOT NULL,
    response     bytea,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (caller, request_id)
);
CREATE INDEX idempotent_call_created_at ON idempotent_call (created_at);
