-- A request that was declined or cancelled before any unit was asked keeps its destination as what it was, a wish: the people of
-- a unit that was never asked do not come to see it by its end. The default serves the release before, which does not know the
-- column; what it brings back to SENT says by its state that the destination is a wish.
ALTER TABLE placement_request
    ADD COLUMN ended_as_wish boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT wish_has_no_agent CHECK (
        NOT ended_as_wish OR (destination_id IS NOT NULL AND destination_coordinator_id IS NULL));

-- Until now such a destination counted as chosen. What led to the end says which those are.
UPDATE placement_request r SET ended_as_wish = true, destination_coordinator_id = NULL
WHERE r.state IN ('DECLINED', 'CANCELLED') AND r.destination_id IS NOT NULL
  AND (SELECT h.from_state FROM placement_history h
       WHERE h.request_id = r.id AND h.to_state = r.state AND h.from_state <> h.to_state
       ORDER BY h.version DESC LIMIT 1) IN ('SENT', 'SENT_OFFLINE');
