-- What a step changes is in no index, so that a new version of a row stays on its page and touches none (heap-only updates):
-- states and times of change leave the indexes, and some room is left on each page. One index per kind of scope holds the dates in
-- the order in which lists show requests; since no placement is longer than two years, it also serves whatever asks for
-- those that are active on some days. The release before works with these indexes too.
CREATE INDEX placement_request_by_placing_agency ON placement_request (placing_agency_id, start_date, end_date, id);
CREATE INDEX placement_request_by_program ON placement_request (program_id, start_date, end_date, id);
CREATE INDEX placement_request_by_receiving_agency ON placement_request (receiving_agency_id, start_date, end_date, id);
CREATE INDEX placement_request_by_site ON placement_request (site_id, start_date, end_date, id);
CREATE INDEX placement_request_by_service ON placement_request (service_id, start_date, end_date, id);
CREATE INDEX placement_request_by_destination ON placement_request (destination_id, start_date, end_date, id);
DROP INDEX placement_request_outbox_agency;
DROP INDEX placement_request_outbox_program;
DROP INDEX placement_request_inbox_agency;
DROP INDEX placement_request_inbox_site;
DROP INDEX placement_request_inbox_service;
DROP INDEX placement_request_destination;

-- A release date is there exactly while a request is held.
CREATE INDEX placement_request_release ON placement_request (release_on) WHERE release_on IS NOT NULL;
DROP INDEX placement_request_held;

ALTER TABLE placement_request SET (fillfactor = 80);
