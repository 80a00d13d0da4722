-- Days on which a place takes no students, as configuration tells of them (domain §5.6). The place is an agency, a site or a
-- destination: ids of all three are unique in themselves.

CREATE TABLE closure_copy (
    id         uuid    PRIMARY KEY,
    version    bigint  NOT NULL,
    place_id   uuid    NOT NULL,
    start_date date    NOT NULL,
    end_date   date    NOT NULL CHECK (end_date >= start_date),
    active     boolean NOT NULL
);
CREATE INDEX closure_copy_place ON closure_copy (place_id, end_date) WHERE active;
