-- Who changed what on the profiles of services and destinations (domain §5.5 "History"), from now on. Written once, under the
-- version that the change led to, in its transaction. `changes` is read whole and never searched, hence one column.

create table profile_history (
    profile_kind text not null check (profile_kind in ('SERVICE', 'DESTINATION')),
    profile_id uuid not null,
    version bigint not null check (version > 0),
    id uuid not null unique,
    at timestamptz not null,
    person_id uuid not null,
    changes jsonb not null,
    primary key (profile_kind, profile_id, version)
);

create function refuse_to_rewrite_profile_history() returns trigger language plpgsql as $$
begin
    raise exception 'the history of profiles is append-only';
end
$$;

create trigger profile_history_is_append_only
    before update or delete or truncate on profile_history
    for each statement execute function refuse_to_rewrite_profile_history();
