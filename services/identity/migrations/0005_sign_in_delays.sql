-- Wrong passwords delay the next try for a while instead of locking the account for good, which anybody could do to anybody
-- (domain §4.3; for how long is a default of ours).

-- Wrong passwords of the last day, counted three times: by login from anywhere (network '*'), by network for any login (login
-- ''), and by both. A login is the SHA-256 of what was typed, whoever has it, so that a login that nobody has is delayed
-- like any other. A right password takes the login's row and its own away, and takes its own count off its network's. Purged after a day.
create table sign_in_failure (
    login    bytea not null check (octet_length(login) in (0, 32)),
    -- An IPv4 address, the first 64 bits of an IPv6 address, or 'unknown'.
    network  text not null check (network <> ''),
    wrong    integer not null check (wrong >= 0),
    last_at  timestamptz not null,
    primary key (login, network),
    check (network <> '*' or login <> '')
);
create index sign_in_failure_last on sign_in_failure (last_at);

-- There is no release before 0.1, hence no version that still counts here.
drop table stray_attempt;

-- Accounts count no longer, and none comes to LOCKED any more. Those that are there have no password left, and wait for a reset
-- as before.
update account set failed_attempts = 0 where failed_attempts > 0;
alter table account drop column failed_attempts;
alter table account add check (case state
    when 'INVITED' then password_temporary is true
    when 'ACTIVE' then password_temporary is false
    when 'LOCKED' then password_hash is null
    when 'DISABLED' then not alerts_accepted
end);
