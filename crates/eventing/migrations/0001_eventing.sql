-- What has happened and is to be published. `position` orders the events of one aggregate, because whoever appends
-- holds that aggregate's row.
create table outbox (
    position bigint generated always as identity primary key,
    id uuid not null unique,
    type text not null,
    aggregate_id text not null,
    aggregate_version bigint not null,
    occurred_at timestamptz not null,
    payload bytea not null,
    traceparent text,
    tracestate text,
    appended_at timestamptz not null default now(),
    published_at timestamptz,
    -- Set while no queue takes the type: kept aside, published as soon as one does.
    parked_at timestamptz,
    check (published_at is null or parked_at is null)
);
create index outbox_to_publish on outbox (position) where published_at is null and parked_at is null;
create index outbox_parked on outbox (type, position) where parked_at is not null;
create index outbox_published on outbox (published_at) where published_at is not null;

-- Which event a queue's handler has taken: written in the transaction of its effect.
create table inbox (
    queue text not null,
    event_id uuid not null,
    handled_at timestamptz not null,
    primary key (queue, event_id)
);
create index inbox_handled on inbox (handled_at);

-- The in-process transport's queues, in the consumer's schema. Empty where a broker carries the events.
create table queue_message (
    position bigint generated always as identity primary key,
    queue text not null,
    event_id uuid not null,
    envelope bytea not null,
    traceparent text,
    tracestate text,
    attempts integer not null default 0,
    available_at timestamptz not null default now(),
    died_at timestamptz,
    dead_reason text,
    unique (queue, event_id)
);
create index queue_message_waiting on queue_message (available_at, position) where died_at is null;

-- Which copies of other services' data are complete.
create table copy_state (
    source text primary key,
    filled_at timestamptz not null
);
