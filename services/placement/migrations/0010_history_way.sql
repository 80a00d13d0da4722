-- How the unit was last asked, after each act: what a school reads in place of an answer that is none of its business, also where an
-- answered request was moved to a unit that is reached in another way. Nothing where the release before wrote: the state that the
-- school read before stands in for it then.
ALTER TABLE placement_history
    ADD COLUMN asked_state text CHECK (asked_state IN ('REDIRECTED', 'REDIRECTED_OFFLINE', 'REDIRECTED_AUTOMATICALLY'));

-- What was written stays; only what it left out is added. Where nothing has asked anew since, it is what the request says; else
-- the way in which the unit was last asked before.
ALTER TABLE placement_history DISABLE TRIGGER placement_history_is_append_only;
UPDATE placement_history h SET asked_state = coalesce(
    (SELECT r.asked_state FROM placement_request r
     WHERE r.id = h.request_id AND NOT EXISTS (
         SELECT FROM placement_history later
         WHERE later.request_id = h.request_id AND later.version > h.version
           AND (later.act = 'DESTINATION_CHANGED'
                OR later.to_state IN ('REDIRECTED', 'REDIRECTED_OFFLINE', 'REDIRECTED_AUTOMATICALLY')))),
    (SELECT before.to_state FROM placement_history before
     WHERE before.request_id = h.request_id AND before.version < h.version
       AND before.to_state IN ('REDIRECTED', 'REDIRECTED_OFFLINE', 'REDIRECTED_AUTOMATICALLY')
     ORDER BY before.version DESC LIMIT 1))
WHERE h.to_state IN ('ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION');
ALTER TABLE placement_history ENABLE TRIGGER placement_history_is_append_only;
