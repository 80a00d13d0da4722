-- What reporting knows, all of it projected from the events of other services. Nothing here is changed by hand.
--
-- A row is never deleted by an event: a deleted request stays as a tombstone (state DELETED), so that an older event that
-- arrives late cannot bring it back.

-- One placement request: the facts of its newest event, and when it passed its milestones.
--
--   DRAFT ─► HELD ─► [sent] ─► SENT, SENT_OFFLINE ─► [redirected] REDIRECTED, REDIRECTED_OFFLINE, REDIRECTED_AUTOMATICALLY
--     ▲ none of these is sent                          │          └► ACCEPTED_BY_DESTINATION, DECLINED_BY_DESTINATION
--                                                      └────────────────────────┴► [answered] ACCEPTED, DECLINED
--   ACCEPTED ─► [confirmed] CONFIRMED        most ─► [cancelled] CANCELLED
--   ACCEPTED, CONFIRMED, CANCELLED ─► [sent] once more: resubmitted or reactivated
--
-- Events arrive in any order and more than once. The facts yield to a newer `version` only, and each milestone to a newer
-- version of its own, so every order of the same events ends in the same row. A milestone of an older version than
-- `sent_version` belongs to an earlier round: the view below leaves it out.
create table request_row (
    id uuid primary key,
    version bigint not null check (version > 0),
    state text not null check (state in (
        'DRAFT', 'HELD', 'SENT', 'SENT_OFFLINE', 'REDIRECTED', 'REDIRECTED_OFFLINE', 'REDIRECTED_AUTOMATICALLY',
        'ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION', 'ACCEPTED', 'DECLINED', 'CONFIRMED', 'CANCELLED', 'DELETED'
    )),
    reference text not null,
    placing_agency_id uuid not null,
    program_id uuid not null,
    receiving_agency_id uuid not null,
    site_id uuid not null,
    service_id uuid not null,
    destination_id uuid,
    start_date date not null,
    end_date date not null,
    student_count integer not null check (student_count >= 0),
    reason_code text not null,
    sent_version bigint,
    sent_time timestamptz,
    redirected_version bigint,
    redirected_time timestamptz,
    answered_version bigint,
    answered_time timestamptz,
    -- Whether the answer of `answered_version` was yes.
    answer_accepted boolean,
    confirmed_version bigint,
    confirmed_time timestamptz,
    cancelled_version bigint,
    cancelled_time timestamptz,
    check (end_date >= start_date),
    check ((sent_version is null) = (sent_time is null)),
    check ((redirected_version is null) = (redirected_time is null)),
    check ((answered_version is null) = (answered_time is null)),
    check ((answered_version is null) = (answer_accepted is null)),
    check ((confirmed_version is null) = (confirmed_time is null)),
    check ((cancelled_version is null) = (cancelled_time is null))
);
-- Ids are UUIDv7, so their order is the order of creation: reports page through a scope by (place, id).
create index request_row_placing_agency on request_row (placing_agency_id, id);
create index request_row_program on request_row (program_id, id);
create index request_row_receiving_agency on request_row (receiving_agency_id, id);
create index request_row_site on request_row (site_id, id);
create index request_row_service on request_row (service_id, id);
create index request_row_destination on request_row (destination_id, id);

-- Names behind the ids, from configuration's events. Organisations, sites and units have one name, kept in both columns.
create table name_copy (
    kind text not null check (kind in ('AGENCY', 'SITE', 'SERVICE', 'DESTINATION', 'PROGRAM')),
    id uuid not null,
    version bigint not null,
    name_fr text not null,
    name_en text not null,
    primary key (kind, id)
);

-- The requests with the milestones of their present round: the one thing that reports read.
create view request_report as
select
    id, state, reference, placing_agency_id, program_id, receiving_agency_id, site_id, service_id, destination_id,
    start_date, end_date, student_count, reason_code, sent_time,
    -- A request that the system redirects is sent and redirected by one event, hence of one version.
    coalesce(redirected_version >= coalesce(sent_version, 0), false) as redirected,
    case when answered_version > coalesce(sent_version, 0) then answered_time end as answered_time,
    coalesce(answered_version > coalesce(sent_version, 0) and answer_accepted, false) as accepted,
    case when confirmed_version > coalesce(sent_version, 0) then confirmed_time end as confirmed_time,
    case when cancelled_version > coalesce(sent_version, 0) then cancelled_time end as cancelled_time
from request_row
where state <> 'DELETED';
