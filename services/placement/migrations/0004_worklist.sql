-- Whose turn it is since when, and what each person has seen of each request (domain §7.9, §16 no. 5).
--
-- `since` is the day on which the state began, or on which another unit was asked; `school_since` the same of the state as
-- the school sees it, which an answer of the destination does not move. `school_version` is the version of the last act that
-- the school may see. The defaults serve the release before, which does not know the columns.
ALTER TABLE placement_request
    ADD COLUMN since          date   NOT NULL DEFAULT CURRENT_DATE,
    ADD COLUMN school_since   date   NOT NULL DEFAULT CURRENT_DATE,
    ADD COLUMN school_version bigint NOT NULL DEFAULT 1 CHECK (school_version >= 1);

-- Days of Greenwich, near enough for a deadline of days.
UPDATE placement_request r SET
    since = (
        SELECT max(h.at)::date FROM placement_history h
        WHERE h.request_id = r.id AND (h.from_state IS DISTINCT FROM h.to_state OR h.act = 'DESTINATION_CHANGED')),
    school_since = (
        SELECT max(h.at)::date FROM placement_history h
        WHERE h.request_id = r.id AND h.act NOT IN ('ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION')
          AND (h.from_state IS DISTINCT FROM h.to_state OR h.act = 'DESTINATION_CHANGED')),
    school_version = (
        SELECT max(h.version) FROM placement_history h
        WHERE h.request_id = r.id AND h.act NOT IN ('ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION'));

-- The version at which somebody last opened a request or acted on it. No row: never.
CREATE TABLE request_seen (
    person_id  uuid   NOT NULL,
    request_id uuid   NOT NULL REFERENCES placement_request (id),
    version    bigint NOT NULL CHECK (version >= 1),
    PRIMARY KEY (person_id, request_id)
);
