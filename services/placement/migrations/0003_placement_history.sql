-- What was done with each request: one row per version, written once.
CREATE TABLE placement_history (
    request_id  uuid        NOT NULL REFERENCES placement_request (id),
    version     bigint      NOT NULL CHECK (version >= 1),
    id          uuid        NOT NULL UNIQUE,
    at          timestamptz NOT NULL,
    person_id   uuid,
    -- The name at that time; empty for the system.
    person_name text        NOT NULL,
    role        text        NOT NULL CHECK (role IN (
        'PLACING_COORDINATOR', 'RECEIVING_COORDINATOR', 'DESTINATION_COORDINATOR', 'SYSTEM')),
    act         text        NOT NULL CHECK (act IN (
        'DRAFTED', 'UPDATED', 'DELETED', 'HELD', 'SENT', 'SENT_OFFLINE', 'REDIRECTED', 'REDIRECTED_OFFLINE',
        'REDIRECTED_AUTOMATICALLY', 'ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION', 'ACCEPTED', 'DECLINED',
        'CONFIRMED', 'CANCELLED', 'REACTIVATED', 'POSTPONED', 'DATES_CHANGED', 'DESTINATION_CHANGED')),
    from_state  text,
    to_state    text        NOT NULL,
    reason_code text,
    comment     text        NOT NULL,
    on_behalf   boolean     NOT NULL,
    PRIMARY KEY (request_id, version),
    CONSTRAINT the_system_is_nobody CHECK ((role = 'SYSTEM') = (person_id IS NULL))
);

CREATE FUNCTION refuse_to_rewrite_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history of placement requests is append-only';
END
$$;

CREATE TRIGGER placement_history_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON placement_history
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_history();
