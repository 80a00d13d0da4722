-- A link by which an agent without account answers for a destination (domain §12).
--
--   OPEN ──an answer is being given──► CLAIMED ──placement took it──► USED
--    │ ▲                                │   │
--    │ └── placement found it invalid ──┘   └── placement refused it ──► CLOSED
--    └── the request no longer waits for this answer ───────────────────► CLOSED
--
-- Nothing here is secret: the token in the mail is this id and its expiry, signed with the configured key.
create table answer_link (
    id uuid primary key,
    placement_request_id uuid not null references request,
    -- The version of the request that asked for this link: a later link is never replaced by a late event.
    request_version bigint not null check (request_version > 0),
    destination_id uuid not null,
    agent_id uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    state text not null check (state in ('OPEN', 'CLAIMED', 'USED', 'CLOSED')),
    answer text check (answer in ('ACCEPT', 'DECLINE')),
    reason_code text,
    -- SHA-256 of the words, so that a repeated answer is recognised without keeping them.
    comment_hash bytea check (octet_length(comment_hash) = 32),
    changed_at timestamptz not null,
    check ((state in ('CLAIMED', 'USED')) = (answer is not null)),
    check ((answer is null) = (comment_hash is null)),
    check (reason_code is null or answer is not null)
);
create unique index answer_link_one_open on answer_link (placement_request_id) where state = 'OPEN';
create index answer_link_of_request on answer_link (placement_request_id, request_version);
