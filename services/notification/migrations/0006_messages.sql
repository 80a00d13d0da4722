-- Facts say whose answer a request awaits, and whether it had reached its destination, instead of the stored states from which
-- both follow: no mail tells a state, and what each side may see of one is placement's to decide.
UPDATE request SET facts = (facts - 'state' - 'previous_state') || jsonb_build_object(
    'awaits', CASE facts->>'state'
        WHEN 'SENT' THEN 'COORDINATOR'
        WHEN 'REDIRECTED' THEN 'DESTINATION'
        WHEN 'REDIRECTED_AUTOMATICALLY' THEN 'DESTINATION'
        WHEN 'REDIRECTED_OFFLINE' THEN 'DESTINATION_BY_LINK' END,
    'reached_destination',
    coalesce(facts->>'previous_state', '') NOT IN ('DRAFT', 'HELD', 'SENT', 'SENT_OFFLINE', 'DELETED'));

UPDATE delivery SET facts = (facts - 'state' - 'previous_state') || jsonb_build_object(
    'awaits', CASE facts->>'state'
        WHEN 'SENT' THEN 'COORDINATOR'
        WHEN 'REDIRECTED' THEN 'DESTINATION'
        WHEN 'REDIRECTED_AUTOMATICALLY' THEN 'DESTINATION'
        WHEN 'REDIRECTED_OFFLINE' THEN 'DESTINATION_BY_LINK' END,
    'reached_destination',
    coalesce(facts->>'previous_state', '') NOT IN ('DRAFT', 'HELD', 'SENT', 'SENT_OFFLINE', 'DELETED'))
WHERE placement_request_id IS NOT NULL;
