-- The largest group that a unit takes, 0 for no maximum of its own. What the copy holds already does not say: it is asked for
-- again, by counting as unfilled and older than whatever the owner exports.
ALTER TABLE destination_copy ADD COLUMN maximum_group_size integer NOT NULL DEFAULT 0 CHECK (maximum_group_size >= 0);
UPDATE destination_copy SET version = 0;
DO $$
BEGIN
    -- The table is eventing's, which is there in every schema but in one that is only made to check statements.
    IF to_regclass('copy_state') IS NOT NULL THEN
        DELETE FROM copy_state WHERE source = 'configuration';
    END IF;
END
$$;
