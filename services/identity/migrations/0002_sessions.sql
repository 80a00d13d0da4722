-- Signing in (domain §4.3).

-- A sign-in and its chain of refresh tokens. A token belongs to a generation; the newest generation rotates the chain, the one
-- before is taken for a few seconds after the rotation, anything older ends the session.
create table session (
    id            uuid primary key,
    person_id     uuid not null references person (id),
    active_role   text not null check (active_role in (
        'PLACING_COORDINATOR', 'COURSE_LEADER', 'INSTRUCTOR', 'STUDENT_ADMINISTRATOR', 'STAFF_ADMINISTRATOR', 'STUDENT',
        'RECEIVING_COORDINATOR', 'DESTINATION_COORDINATOR', 'DESTINATION_MONITOR', 'SUPERVISOR', 'PROVINCIAL_LEAD',
        'OPERATOR')),
    generation    integer not null check (generation >= 1),
    started_at    timestamptz not null,
    rotated_at    timestamptz not null check (rotated_at >= started_at),
    ended_at      timestamptz,
    end_cause     text check (end_cause in ('SIGNED_OUT', 'EXPIRED', 'REUSED', 'PASSWORD', 'DISABLED', 'NO_ROLE')),
    check ((ended_at is null) = (end_cause is null))
);
create index session_of_person on session (person_id) where ended_at is null;
create index session_rotated on session (rotated_at);

-- Only the SHA-256 of a refresh token is kept.
create table refresh_token (
    digest      bytea primary key check (octet_length(digest) = 32),
    session_id  uuid not null references session (id) on delete cascade,
    generation  integer not null check (generation >= 1)
);
create index refresh_token_of_session on refresh_token (session_id);

-- Failed attempts for logins that nobody has, by the SHA-256 of what was typed: such a login locks like any other, so that
-- a lock tells nothing of who has an account. Purged after a day.
create table stray_attempt (
    login_digest     bytea primary key check (octet_length(login_digest) = 32),
    failed_attempts  smallint not null check (failed_attempts between 1 and 4),
    last_at          timestamptz not null
);
create index stray_attempt_last on stray_attempt (last_at);

-- The Ed25519 keys that sign access tokens. One is current; retired ones verify until the last token that they signed has ended.
create table signing_key (
    kid         text primary key,
    seed        bytea not null check (octet_length(seed) = 32),
    created_at  timestamptz not null,
    retired_at  timestamptz check (retired_at >= created_at)
);
create unique index signing_key_current on signing_key ((true)) where retired_at is null;

-- Who came in, was refused, went out, and who changed whose rights (domain §13.5). Holds neither passwords nor what was
-- typed as a login: people type passwords there.
create table access_audit (
    id          uuid primary key,
    at          timestamptz not null,
    what        text not null,
    -- Null where no account has the login.
    person_id   uuid,
    -- Null where the house itself acted, or nobody was known yet.
    actor_id    uuid,
    session_id  uuid,
    detail      text not null
);
create index access_audit_of_person on access_audit (person_id, at);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name;
end
$$;
create trigger access_audit_is_append_only before update or delete on access_audit
    for each row execute function refuse_change();
create trigger access_audit_is_not_emptied before truncate on access_audit
    for each statement execute function refuse_change();
