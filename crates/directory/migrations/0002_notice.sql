-- How many weeks of notice a unit asks for. What is known already did not tell: it is asked for again at the next start.
ALTER TABLE directory_destination ADD COLUMN notice_weeks integer NOT NULL DEFAULT 0 CHECK (notice_weeks >= 0);
UPDATE directory_destination SET version = 0;
DO $$
BEGIN
    -- The table is eventing's, which is there in every schema but in one that is only made to check statements.
    IF to_regclass('copy_state') IS NOT NULL THEN
        DELETE FROM copy_state WHERE source = 'configuration';
    END IF;
END
$$;
