-- What notification keeps of others, fed by their events and refilled from their exports. `version` is the owner's; an
-- older event changes nothing. Rows are never deleted: a deleted row would let an older event bring it back.

create table person_copy (
    id uuid primary key,
    version bigint not null,
    first_name text not null,
    last_name text not null,
    email text not null,
    language text not null check (language in ('fr', 'en')),
    active boolean not null,
    account_active boolean not null,
    alerts_accepted boolean not null
);

create table agency_copy (
    id uuid primary key,
    version bigint not null,
    name text not null
);

create table site_copy (
    id uuid primary key,
    version bigint not null,
    name text not null
);

create table service_copy (
    id uuid primary key,
    version bigint not null,
    name_fr text not null,
    name_en text not null
);

create table destination_copy (
    id uuid primary key,
    version bigint not null,
    name text not null,
    agent_id uuid
);

create table program_copy (
    id uuid primary key,
    version bigint not null,
    name_fr text not null,
    name_en text not null
);

create table reason_copy (
    code text primary key,
    version bigint not null,
    name_fr text not null,
    name_en text not null,
    for_accept boolean not null,
    for_decline boolean not null,
    active boolean not null
);

-- The newest facts of each placement request, as its events told them: ids, dates, counts, no students. `facts` is read
-- whole and never searched, hence one column.
create table request (
    id uuid primary key,
    version bigint not null check (version > 0),
    facts jsonb not null
);
