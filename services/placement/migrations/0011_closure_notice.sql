-- Which school coordinators have been told that a closure touches requests of theirs (domain §5.6): each once for each closure,
-- however often it is changed afterwards. Rows are never deleted: a deleted one would tell again.
CREATE TABLE closure_notice (
    closure_id uuid NOT NULL,
    person_id  uuid NOT NULL,
    PRIMARY KEY (closure_id, person_id)
);
