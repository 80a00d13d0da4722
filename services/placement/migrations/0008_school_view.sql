-- What a school sees of a request whose destination has answered and whose agency has not: that it waits, as it waited before
-- (domain §7.3). `asked_state` is the state in which the unit was asked; `school_updated_at` the time of the last change that
-- the school may see; `school_version`, from now on, how many those are, since a gap would tell of one that it may not see.
-- The defaults serve the release before, which does not know the columns.
ALTER TABLE placement_request
    ADD COLUMN asked_state       text        NOT NULL DEFAULT 'REDIRECTED' CHECK (asked_state IN (
        'REDIRECTED', 'REDIRECTED_OFFLINE', 'REDIRECTED_AUTOMATICALLY')),
    ADD COLUMN school_updated_at timestamptz NOT NULL DEFAULT now();

UPDATE placement_request r SET
    asked_state = coalesce((
        SELECT h.to_state FROM placement_history h
        WHERE h.request_id = r.id AND h.to_state IN ('REDIRECTED', 'REDIRECTED_OFFLINE', 'REDIRECTED_AUTOMATICALLY')
        ORDER BY h.version DESC LIMIT 1), asked_state),
    school_updated_at = coalesce((
        SELECT max(h.at) FROM placement_history h
        WHERE h.request_id = r.id AND h.act NOT IN ('ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION')), updated_at),
    school_version = greatest(1, (
        SELECT count(*) FROM placement_history h
        WHERE h.request_id = r.id AND h.act NOT IN ('ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION')));

-- What people have opened is counted as they count. Who has seen too little for it sees it as changed once more.
UPDATE request_seen s SET version = greatest(1, (
    SELECT count(*) FROM placement_history h
    WHERE h.request_id = s.request_id AND h.version <= s.version
      AND h.act NOT IN ('ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION')));
