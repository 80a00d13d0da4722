-- Business cards of the people of a request (domain §7.1 "Contacts", §13.2), kept while the person is on the staff. What the copy
-- holds already does not say: it is asked for again, by counting as unfilled and older than whatever the owner exports.
ALTER TABLE person_copy
    ADD COLUMN active boolean NOT NULL DEFAULT false,
    ADD COLUMN title  text    NOT NULL DEFAULT '',
    ADD COLUMN email  text    NOT NULL DEFAULT '',
    ADD COLUMN phone  text    NOT NULL DEFAULT '';
UPDATE person_copy SET version = 0;
DO $$
BEGIN
    -- The table is eventing's, which is there in every schema but in one that is only made to check statements.
    IF to_regclass('copy_state') IS NOT NULL THEN
        DELETE FROM copy_state WHERE source = 'identity';
    END IF;
END
$$;
