-- The directory of a province. Nothing is ever deleted here: requests of years ago still name it.
--
--        create                      active := false
--   ───────────────►  active  ─────────────────────────►  retired
--                        ▲                                    │
--                        └────────────────────────────────────┘
--                                    active := true
--
-- A service retires only while no active destination uses it (domain §5.3). Placement types have days of validity in place
-- of the mark (domain §7.2).
--
-- `version` counts the changes of a row from 1: it is the etag, and the version of the row's event. `sort_key*` and `search`
-- are written by the code (lower case, no accents), so that order and search do not hang on the cluster's locale.
-- `source_key` names the row of the open data file that an entry came from, `source_values` what that row said: an import
-- writes only what the source itself has changed.

create table agency (
    id uuid primary key,
    version bigint not null default 1 check (version > 0),
    changed_at timestamptz not null,
    kind text not null check (kind in ('PLACING', 'RECEIVING')),
    name text not null check (name <> ''),
    short_name text not null,
    uses_tandem boolean not null,
    city text not null,
    active boolean not null,
    sort_key text collate "C" not null,
    search text not null,
    source_key text unique,
    source_values text,
    check ((source_key is null) = (source_values is null))
);
create index agency_by_name on agency (sort_key, id);

create table site (
    id uuid primary key,
    version bigint not null default 1 check (version > 0),
    changed_at timestamptz not null,
    agency_id uuid not null references agency (id),
    name text not null check (name <> ''),
    kind text not null,
    street text not null,
    city text not null check (city <> ''),
    postal_code text check (postal_code ~ '^[A-Z][0-9][A-Z] [0-9][A-Z][0-9]$'),
    latitude double precision check (latitude between 41 and 84),
    longitude double precision check (longitude between -142 and -52),
    active boolean not null,
    sort_key text collate "C" not null,
    search text not null,
    source_key text unique,
    source_values text,
    check ((latitude is null) = (longitude is null)),
    check ((source_key is null) = (source_values is null))
);
create index site_by_name on site (sort_key, id);
create index site_by_agency on site (agency_id, sort_key, id);

create table service (
    id uuid primary key,
    version bigint not null default 1 check (version > 0),
    changed_at timestamptz not null,
    site_id uuid not null references site (id),
    name_fr text not null check (name_fr <> ''),
    name_en text not null check (name_en <> ''),
    receiving_coordinator_id uuid not null,
    automatic_redirect boolean not null,
    active boolean not null,
    sort_key_fr text collate "C" not null,
    sort_key_en text collate "C" not null,
    search text not null
);
create index service_by_site on service (site_id);

create table destination (
    id uuid primary key,
    version bigint not null default 1 check (version > 0),
    changed_at timestamptz not null,
    site_id uuid not null references site (id),
    name text not null check (name <> ''),
    short_name text not null,
    agent_id uuid,
    capacity integer not null check (capacity between 0 and 999),
    maximum_group_size integer not null check (maximum_group_size between 0 and 999),
    active boolean not null,
    sort_key text collate "C" not null,
    search text not null
);
create index destination_by_name on destination (sort_key, id);
create index destination_by_site on destination (site_id, sort_key, id);

create table destination_service (
    destination_id uuid not null references destination (id),
    service_id uuid not null references service (id),
    ordinal integer not null,
    primary key (destination_id, service_id)
);
create index destination_service_by_service on destination_service (service_id);

create table program (
    id uuid primary key,
    version bigint not null default 1 check (version > 0),
    changed_at timestamptz not null,
    agency_id uuid not null references agency (id),
    name_fr text not null check (name_fr <> ''),
    name_en text not null check (name_en <> ''),
    discipline text not null check (discipline ~ '^[a-z][a-z0-9_-]{1,39}$'),
    uses_tandem boolean not null,
    active boolean not null,
    sort_key_fr text collate "C" not null,
    sort_key_en text collate "C" not null,
    search text not null
);
create index program_by_agency on program (agency_id);

create table placement_type (
    code text primary key check (code ~ '^[A-Z][A-Z0-9_]{1,39}$'),
    version bigint not null default 1 check (version > 0),
    changed_at timestamptz not null,
    name_fr text not null check (name_fr <> ''),
    name_en text not null check (name_en <> ''),
    valid_from date not null,
    valid_to date check (valid_to >= valid_from),
    sort_key text collate "C" not null,
    search text not null
);

create table course (
    id uuid primary key,
    version bigint not null default 1 check (version > 0),
    changed_at timestamptz not null,
    program_id uuid not null references program (id),
    code text not null check (code <> ''),
    name_fr text not null check (name_fr <> ''),
    name_en text not null check (name_en <> ''),
    hours integer not null check (hours between 0 and 5000),
    placement_type_code text references placement_type (code),
    active boolean not null,
    sort_key_fr text collate "C" not null,
    sort_key_en text collate "C" not null,
    search text not null
);
create index course_by_program on course (program_id);
-- A school may give a retired course's code to another.
create unique index course_code on course (program_id, code) where active;

create table term (
    id uuid primary key,
    version bigint not null default 1 check (version > 0),
    changed_at timestamptz not null,
    name_fr text not null check (name_fr <> ''),
    name_en text not null check (name_en <> ''),
    start_date date not null,
    end_date date not null check (end_date >= start_date),
    release_date date check (release_date <= end_date),
    active boolean not null,
    sort_key text collate "C" not null,
    search text not null
);
create index term_by_date on term (sort_key, id);

create table reason (
    code text primary key check (code ~ '^[A-Z][A-Z0-9_]{0,9}$'),
    version bigint not null default 1 check (version > 0),
    changed_at timestamptz not null,
    name_fr text not null check (name_fr <> ''),
    name_en text not null check (name_en <> ''),
    uses text[] not null check (cardinality(uses) > 0 and uses <@ array['ACCEPT', 'DECLINE', 'CANCEL']),
    active boolean not null,
    sort_key text collate "C" not null,
    search text not null
);

-- A copy of what identity says of people: enough to know whether one may be named as coordinator or agent.
create table person_copy (
    id uuid primary key,
    version bigint not null,
    agency_id uuid not null,
    active boolean not null
);
