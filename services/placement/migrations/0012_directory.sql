-- Places, programs, codes and people of other services are kept in the directory's tables from now on (`directory_*`, a history of
-- their own). Nothing is taken over: catch-up fills them from the owners' exports, as at a first start. The copies go in the same
-- step, since no release that reads them exists; their foreign keys go without successors, since rows arrive in any order
-- and the use cases check what a request refers to.
ALTER TABLE placement_request
    DROP CONSTRAINT placement_request_placing_agency_id_fkey,
    DROP CONSTRAINT placement_request_program_id_fkey,
    DROP CONSTRAINT placement_request_course_id_fkey,
    DROP CONSTRAINT placement_request_receiving_agency_id_fkey,
    DROP CONSTRAINT placement_request_site_id_fkey,
    DROP CONSTRAINT placement_request_service_id_fkey,
    DROP CONSTRAINT placement_request_destination_id_fkey,
    DROP CONSTRAINT placement_request_placement_type_code_fkey,
    DROP CONSTRAINT placement_request_reason_code_fkey;

DROP TABLE agent_grant_copy, person_copy, reason_copy, placement_type_copy, term_copy, course_copy, program_copy, closure_copy,
    destination_copy, service_copy, site_copy, agency_copy;

DO $$
BEGIN
    -- The table is eventing's, which is there in every schema but in one that is only made to check statements.
    IF to_regclass('copy_state') IS NOT NULL THEN
        DELETE FROM copy_state;
    END IF;
END
$$;
