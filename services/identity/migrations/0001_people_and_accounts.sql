-- People, and what they may do (domain §4).

-- A staff record. `version` counts the changes of the record, of its account and of its grants together, since the event
-- identity.v1.person_changed tells all three; 0 only inside the transaction that creates the row.
create table person (
    id          uuid primary key,
    -- Null for the operator's own staff, whom no agency employs.
    agency_id   uuid,
    first_name  text not null check (char_length(first_name) between 1 and 80),
    last_name   text not null check (char_length(last_name) between 1 and 80),
    title       text not null check (char_length(title) <= 80),
    email       text not null check (char_length(email) between 3 and 254),
    phone       text not null check (char_length(phone) <= 40),
    language    text not null check (language in ('fr', 'en')),
    active      boolean not null,
    -- The names without case and accents, written by the service: order and search. Byte order, so that a page token means
    -- the same on every server.
    last_key    text collate "C" not null,
    first_key   text collate "C" not null,
    search_key  text collate "C" not null,
    version     bigint not null check (version >= 0),
    created_at  timestamptz not null,
    updated_at  timestamptz not null
);
create index person_by_name on person (agency_id, last_key, first_key, id);
create index person_by_name_everywhere on person (last_key, first_key, id);

-- An account.
--
--        create
--          v        own password
--       INVITED ---------------------> ACTIVE
--         ^ | \                        / | ^
--         | |  \ 4 wrong      4 wrong /  | |
--         | |   '------> LOCKED <----'   | |      reset: INVITED, ACTIVE and LOCKED to INVITED
--         | |   reset |    |             | |
--         |<----------'    |             | |
--         | |              | disable     | |      disable: by an administrator, by archiving the person,
--         | '---------> DISABLED <-------' |               after 180 days without sign-in
--         '---------------'    '-----------'      enable: back to where it was
create table account (
    person_id           uuid primary key references person (id),
    login               text not null unique check (login ~ '^[a-z0-9._-]{2,64}$'),
    state               text not null check (state in ('INVITED', 'ACTIVE', 'LOCKED', 'DISABLED')),
    password_hash       text,
    password_set_at     timestamptz,
    password_temporary  boolean,
    failed_attempts     smallint not null check (failed_attempts between 0 and 3),
    locked_at           timestamptz,
    disabled_at         timestamptz,
    disabled_cause      text check (disabled_cause in ('ADMINISTRATOR', 'ARCHIVED', 'DORMANT')),
    alerts_accepted     boolean not null,
    last_sign_in_at     timestamptz,
    -- The 180 days count from here: created, reset, enabled or signed in last.
    awake_since         timestamptz not null,
    check ((password_hash is null) = (password_set_at is null) and (password_hash is null) = (password_temporary is null)),
    check ((state = 'LOCKED') = (locked_at is not null)),
    check ((state = 'DISABLED') = (disabled_at is not null)),
    check ((disabled_at is null) = (disabled_cause is null)),
    check (case state
        when 'INVITED' then password_temporary is true
        when 'ACTIVE' then password_temporary is false
        when 'LOCKED' then password_hash is null and failed_attempts = 0
        -- Without a password: it was locked before, and will be again when it is enabled.
        when 'DISABLED' then not alerts_accepted and (password_hash is not null or failed_attempts = 0)
    end)
);
create index account_awake on account (awake_since) where state <> 'DISABLED';

-- What a person may do, where.
create table role_grant (
    id          uuid primary key,
    person_id   uuid not null references person (id),
    role        text not null check (role in (
        'PLACING_COORDINATOR', 'COURSE_LEADER', 'INSTRUCTOR', 'STUDENT_ADMINISTRATOR', 'STAFF_ADMINISTRATOR', 'STUDENT',
        'RECEIVING_COORDINATOR', 'DESTINATION_COORDINATOR', 'DESTINATION_MONITOR', 'SUPERVISOR', 'PROVINCIAL_LEAD',
        'OPERATOR')),
    level       text not null check (level in ('VIEWER', 'REGULAR', 'LOCAL_ADMINISTRATOR')),
    scope_kind  text not null check (scope_kind in ('PROVINCE', 'AGENCY', 'SITE', 'SERVICE', 'DESTINATION', 'PROGRAM')),
    scope_id    uuid,
    given_at    timestamptz not null,
    -- Null where the house itself gave it: the first operator, the demonstration.
    given_by    uuid references person (id),
    check ((scope_kind = 'PROVINCE') = (scope_id is null)),
    check ((scope_kind = 'PROVINCE') = (role in ('PROVINCIAL_LEAD', 'OPERATOR'))),
    unique nulls not distinct (person_id, role, scope_kind, scope_id)
);
create index role_grant_operator on role_grant (person_id) where role = 'OPERATOR';
