-- One e-mail to one person.
--
--   PENDING ──the mail server took it──────────────► SENT
--    │   ▲                                            ▲
--    │   └─ put off: 4xx, no connection, no answer    │ (an attempt that was thought lost had gone through)
--    └──── refused: 5xx, no address, too often ────► FAILED
--
-- A sender claims a pending row until `claimed_until`, talks to the mail server outside any transaction, and records the
-- outcome. A claim that has run out without an outcome is taken over: whether the mail had gone is then unknown.
create table delivery (
    id uuid primary key,
    placement_request_id uuid not null references request,
    event_id uuid not null,
    template text not null check (template in (
        'REDIRECTED_LINK', 'REDIRECTED', 'REQUEST_SENT', 'ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION',
        'REQUEST_ACCEPTED', 'REQUEST_DECLINED', 'REQUEST_CONFIRMED', 'REQUEST_CANCELLED')),
    recipient_id uuid,
    answer_link_id uuid references answer_link,
    resend_of uuid references delivery,
    -- What the event said; names and language are looked up when the mail is written.
    facts jsonb not null,
    -- Kept over all attempts, so that a mail that arrives twice is seen to be one.
    message_id text not null unique,
    traceparent text,
    tracestate text,
    created_at timestamptz not null,
    state text not null check (state in ('PENDING', 'SENT', 'FAILED')),
    attempts integer not null check (attempts >= 0),
    next_attempt_at timestamptz,
    claimed_until timestamptz,
    address text,
    last_error text check (char_length(last_error) <= 500),
    settled_at timestamptz,
    check ((state = 'PENDING') = (next_attempt_at is not null)),
    check ((state = 'PENDING') = (settled_at is null)),
    check (state = 'PENDING' or claimed_until is null),
    check (state <> 'FAILED' or last_error is not null),
    check (state <> 'SENT' or (recipient_id is not null and attempts > 0))
);
-- One event mails one person one template once; a repeated event adds nothing.
create unique index delivery_once on delivery (event_id, template, recipient_id) nulls not distinct where resend_of is null;
create index delivery_due on delivery (next_attempt_at) where state = 'PENDING';
create index delivery_of_request on delivery (placement_request_id, created_at desc);
