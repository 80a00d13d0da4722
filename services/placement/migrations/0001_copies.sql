-- What placement keeps of configuration's and identity's data. Each row is fed by the owner's `*_changed` events and by its
-- export stream; `version` is the aggregate's, and a write with an older one changes nothing. Rows arrive in any order, so
-- copies do not refer to each other by foreign keys, and are never deleted, only marked inactive.
-- `search` is the name without accents and case, folded by code.

CREATE TABLE agency_copy (
    id      uuid    PRIMARY KEY,
    version bigint  NOT NULL,
    name    text    NOT NULL,
    search  text    NOT NULL,
    is_user boolean NOT NULL,
    active  boolean NOT NULL
);

CREATE TABLE site_copy (
    id        uuid    PRIMARY KEY,
    version   bigint  NOT NULL,
    agency_id uuid    NOT NULL,
    name      text    NOT NULL,
    search    text    NOT NULL,
    active    boolean NOT NULL
);

CREATE TABLE service_copy (
    id                      uuid    PRIMARY KEY,
    version                 bigint  NOT NULL,
    site_id                 uuid    NOT NULL,
    name_fr                 text    NOT NULL,
    name_en                 text    NOT NULL,
    coordinator_id          uuid,
    redirects_automatically boolean NOT NULL,
    active                  boolean NOT NULL
);

CREATE TABLE destination_copy (
    id          uuid    PRIMARY KEY,
    version     bigint  NOT NULL,
    site_id     uuid    NOT NULL,
    service_ids uuid[]  NOT NULL,
    name        text    NOT NULL,
    search      text    NOT NULL,
    agent_id    uuid,
    capacity    integer NOT NULL CHECK (capacity >= 0),
    active      boolean NOT NULL
);
CREATE INDEX destination_copy_site ON destination_copy (site_id);
CREATE INDEX destination_copy_services ON destination_copy USING gin (service_ids);

CREATE TABLE program_copy (
    id        uuid    PRIMARY KEY,
    version   bigint  NOT NULL,
    agency_id uuid    NOT NULL,
    name_fr   text    NOT NULL,
    name_en   text    NOT NULL,
    search    text    NOT NULL,
    is_user   boolean NOT NULL,
    active    boolean NOT NULL
);

CREATE TABLE course_copy (
    id         uuid    PRIMARY KEY,
    version    bigint  NOT NULL,
    program_id uuid    NOT NULL,
    code       text    NOT NULL,
    active     boolean NOT NULL
);

CREATE TABLE term_copy (
    id           uuid    PRIMARY KEY,
    version      bigint  NOT NULL,
    start_date   date    NOT NULL,
    end_date     date    NOT NULL CHECK (end_date >= start_date),
    release_date date,
    active       boolean NOT NULL
);

CREATE TABLE placement_type_copy (
    code       text   PRIMARY KEY,
    version    bigint NOT NULL,
    valid_from date   NOT NULL,
    valid_to   date
);

CREATE TABLE reason_copy (
    code    text    PRIMARY KEY,
    version bigint  NOT NULL,
    uses    text[]  NOT NULL CHECK (uses <@ ARRAY['ACCEPT', 'DECLINE', 'CANCEL']),
    active  boolean NOT NULL
);

CREATE TABLE person_copy (
    id              uuid    PRIMARY KEY,
    version         bigint  NOT NULL,
    name            text    NOT NULL,
    account_active  boolean NOT NULL,
    alerts_accepted boolean NOT NULL
);

-- Replaced as a whole with the person's row. Only grants of destination coordinators that write: they decide whether a
-- destination is a user (domain §4.6). Everybody else's rights come with their access token.
CREATE TABLE agent_grant_copy (
    person_id  uuid NOT NULL REFERENCES person_copy (id),
    scope_kind text NOT NULL CHECK (scope_kind IN ('AGENCY', 'SITE', 'SERVICE', 'DESTINATION')),
    scope_id   uuid NOT NULL,
    PRIMARY KEY (person_id, scope_kind, scope_id)
);
