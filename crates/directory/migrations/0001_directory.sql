-- Copies of what configuration and identity own, as their events last told it; each service keeps the kinds that it needs, the
-- other tables stay empty. Events arrive in any order and more than once: a row yields to a newer `version` (its aggregate's)
-- only, nothing refers to another table, and no row is ever deleted, or an older event would bring it back.

-- Counts the transactions that wrote here. Writers hold the row until they commit, so that revisions are committed in their
-- order: whoever has seen revision 7 has seen all up to 7, and finds what came later by `revision > 7`.
CREATE TABLE directory_revision (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    revision bigint NOT NULL
);
INSERT INTO directory_revision (revision) VALUES (0);

-- `search` is the name, or both names with a line break between, without accents and case.
CREATE TABLE directory_agency (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    revision bigint NOT NULL,
    name text NOT NULL,
    search text NOT NULL,
    side text NOT NULL CHECK (side IN ('PLACING', 'RECEIVING')),
    is_user boolean NOT NULL,
    active boolean NOT NULL
);
CREATE INDEX directory_agency_revision ON directory_agency (revision);

CREATE TABLE directory_site (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    revision bigint NOT NULL,
    agency_id uuid NOT NULL,
    name text NOT NULL,
    search text NOT NULL,
    active boolean NOT NULL
);
CREATE INDEX directory_site_revision ON directory_site (revision);

CREATE TABLE directory_service (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    revision bigint NOT NULL,
    site_id uuid NOT NULL,
    name_fr text NOT NULL,
    name_en text NOT NULL,
    search text NOT NULL,
    coordinator_id uuid,
    redirects_automatically boolean NOT NULL,
    active boolean NOT NULL
);
CREATE INDEX directory_service_revision ON directory_service (revision);

CREATE TABLE directory_destination (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    revision bigint NOT NULL,
    site_id uuid NOT NULL,
    service_ids uuid[] NOT NULL,
    name text NOT NULL,
    search text NOT NULL,
    agent_id uuid,
    capacity integer NOT NULL CHECK (capacity >= 0),
    group_size integer NOT NULL CHECK (group_size >= 0),
    active boolean NOT NULL
);
CREATE INDEX directory_destination_revision ON directory_destination (revision);

CREATE TABLE directory_closure (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    revision bigint NOT NULL,
    place_kind text NOT NULL CHECK (place_kind IN ('AGENCY', 'SITE', 'DESTINATION')),
    place_id uuid NOT NULL,
    start_date date NOT NULL,
    end_date date NOT NULL CHECK (end_date >= start_date),
    reason text NOT NULL
        CHECK (reason IN ('OUTBREAK', 'CONSTRUCTION', 'LABOUR_DISPUTE', 'SECURITY', 'HOLIDAYS', 'OTHER')),
    active boolean NOT NULL
);
CREATE INDEX directory_closure_revision ON directory_closure (revision);

CREATE TABLE directory_program (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    revision bigint NOT NULL,
    agency_id uuid NOT NULL,
    name_fr text NOT NULL,
    name_en text NOT NULL,
    search text NOT NULL,
    is_user boolean NOT NULL,
    active boolean NOT NULL
);
CREATE INDEX directory_program_revision ON directory_program (revision);

CREATE TABLE directory_course (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    revision bigint NOT NULL,
    program_id uuid NOT NULL,
    code text NOT NULL,
    name_fr text NOT NULL,
    name_en text NOT NULL,
    active boolean NOT NULL
);
CREATE INDEX directory_course_revision ON directory_course (revision);

CREATE TABLE directory_term (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    revision bigint NOT NULL,
    name_fr text NOT NULL,
    name_en text NOT NULL,
    start_date date NOT NULL,
    end_date date NOT NULL CHECK (end_date >= start_date),
    release_date date,
    active boolean NOT NULL
);
CREATE INDEX directory_term_revision ON directory_term (revision);

CREATE TABLE directory_placement_type (
    code text PRIMARY KEY,
    version bigint NOT NULL,
    revision bigint NOT NULL,
    name_fr text NOT NULL,
    name_en text NOT NULL,
    valid_from date NOT NULL,
    valid_to date
);
CREATE INDEX directory_placement_type_revision ON directory_placement_type (revision);

CREATE TABLE directory_reason (
    code text PRIMARY KEY,
    version bigint NOT NULL,
    revision bigint NOT NULL,
    name_fr text NOT NULL,
    name_en text NOT NULL,
    uses text[] NOT NULL CHECK (uses <@ ARRAY['ACCEPT', 'DECLINE', 'CANCEL']),
    active boolean NOT NULL
);
CREATE INDEX directory_reason_revision ON directory_reason (revision);

-- Personal data: business cards. `grants` is an array of {role, level, kind, id}, by their codes, without an id for the province.
CREATE TABLE directory_person (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    revision bigint NOT NULL,
    agency_id uuid,
    first_name text NOT NULL,
    last_name text NOT NULL,
    title text NOT NULL,
    email text NOT NULL,
    phone text NOT NULL,
    language text NOT NULL CHECK (language IN ('fr', 'en')),
    active boolean NOT NULL,
    account_active boolean NOT NULL,
    alerts_accepted boolean NOT NULL,
    grants jsonb NOT NULL
);
CREATE INDEX directory_person_revision ON directory_person (revision);
