-- Placement requests (domain §7). Numbers are the transitions of domain §7.4.
--
--          1            2                     5, 6                            8, 9
--   ( ) ─────► DRAFT ─────────► SENT ───────────────────► REDIRECTED ──────────────────► ACCEPTED_BY_DESTINATION
--                │ 3     ▲        │  7 (configuration)     REDIRECTED_OFFLINE    │              ▲ 12    │ 10
--                ├─► HELD ┘ clock └──────────────────────► REDIRECTED_AUTOMAT.   └─► DECLINED_BY_DEST.  │
--                │ 4                                          │ 9, 11                  │ 10    │ 13     │
--                └─► SENT_OFFLINE ──┐ 14     SENT ──┐ 11      │                        ▼       ▼        ▼
--                                   ▼               ▼         ▼                     DECLINED ──────► ACCEPTED
--                            ACCEPTED, DECLINED   ACCEPTED, DECLINED                          13        │ 15, 16
--                                                                                                       ▼
--   18: DRAFT, HELD, SENT, SENT_OFFLINE, untouched ─► DELETED                                       CONFIRMED
--   17: from REDIRECTED… on, not DECLINED ─► CANCELLED ── 23 ─► SENT, SENT_OFFLINE
--   20: ACCEPTED, CONFIRMED ─► SENT, SENT_OFFLINE (resubmitted), or the same     21, 22: dates and destination, the same
--
-- `destination_id` is a wish until the receiving side has chosen; from then on `destination_coordinator_id` says who
-- answers for it. What is true in one state only is empty in the others: the checks say so, and the domain type holds it
-- in the variants of its state.
CREATE TABLE placement_request (
    id                         uuid        PRIMARY KEY,
    reference                  text        NOT NULL CONSTRAINT placement_request_reference UNIQUE,
    origin                     text        NOT NULL CHECK (origin IN ('PLACING_AGENCY', 'RECEIVING_AGENCY')),
    placing_agency_id          uuid        NOT NULL REFERENCES agency_copy (id),
    program_id                 uuid        NOT NULL REFERENCES program_copy (id),
    course_id                  uuid        NOT NULL REFERENCES course_copy (id),
    receiving_agency_id        uuid        NOT NULL REFERENCES agency_copy (id),
    site_id                    uuid        NOT NULL REFERENCES site_copy (id),
    service_id                 uuid        NOT NULL REFERENCES service_copy (id),
    destination_id             uuid        REFERENCES destination_copy (id),
    placement_type_code        text        NOT NULL REFERENCES placement_type_copy (code),
    kind                       text        NOT NULL CHECK (kind IN ('INDIVIDUAL', 'GROUP', 'OBSERVATION')),
    student_count              smallint    NOT NULL CHECK (student_count BETWEEN 1 AND 99),
    start_date                 date        NOT NULL,
    end_date                   date        NOT NULL,
    -- Bits, Monday lowest; 0 for various days.
    weekdays                   smallint    NOT NULL CHECK (weekdays BETWEEN 0 AND 127),
    shift_code                 text        NOT NULL CHECK (char_length(shift_code) <= 8),
    hours_per_student          smallint    NOT NULL CHECK (hours_per_student BETWEEN 0 AND 5000),
    comment                    text        NOT NULL CHECK (char_length(comment) <= 4000),
    use_release_date           boolean     NOT NULL,
    state                      text        NOT NULL CHECK (state IN (
        'DRAFT', 'HELD', 'SENT', 'SENT_OFFLINE', 'REDIRECTED', 'REDIRECTED_OFFLINE', 'REDIRECTED_AUTOMATICALLY',
        'ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION', 'ACCEPTED', 'DECLINED', 'CONFIRMED', 'CANCELLED', 'DELETED'
    )),
    release_on                 date,
    placing_coordinator_id     uuid,
    receiving_coordinator_id   uuid,
    destination_coordinator_id uuid,
    reason_code                text        REFERENCES reason_copy (code),
    answer_comment             text        NOT NULL CHECK (char_length(answer_comment) <= 4000),
    tags                       text[]      NOT NULL CHECK (tags <@ ARRAY['POSTPONE']),
    -- Whether the receiving side has ever acted on it: then it is cancelled, not deleted (nos. 17, 18).
    acted_on                   boolean     NOT NULL,
    created_at                 timestamptz NOT NULL,
    updated_at                 timestamptz NOT NULL,
    version                    bigint      NOT NULL CHECK (version >= 1),

    CONSTRAINT dates_in_order CHECK (end_date >= start_date),
    CONSTRAINT at_most_two_years CHECK (end_date <= start_date + interval '2 years'),
    CONSTRAINT held_has_its_day CHECK ((state = 'HELD') = (release_on IS NOT NULL)),
    CONSTRAINT asked_destination_is_known CHECK (
        destination_id IS NOT NULL OR state NOT IN (
            'REDIRECTED', 'REDIRECTED_OFFLINE', 'REDIRECTED_AUTOMATICALLY', 'ACCEPTED_BY_DESTINATION',
            'DECLINED_BY_DESTINATION')),
    CONSTRAINT agent_only_where_chosen CHECK (
        destination_coordinator_id IS NULL
        OR (destination_id IS NOT NULL AND state NOT IN ('DRAFT', 'HELD', 'SENT', 'SENT_OFFLINE', 'DELETED'))),
    CONSTRAINT refusal_has_a_reason CHECK (
        reason_code IS NOT NULL OR state NOT IN ('DECLINED_BY_DESTINATION', 'DECLINED', 'CANCELLED')),
    CONSTRAINT answer_only_where_answered CHECK (
        (reason_code IS NULL AND answer_comment = '') OR state IN (
            'ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION', 'ACCEPTED', 'DECLINED', 'CONFIRMED', 'CANCELLED'))
);

-- Lists: one index per kind of scope, each with the dates that every list filters by (domain §3.1 "Today").
CREATE INDEX placement_request_outbox_agency ON placement_request (placing_agency_id, end_date, state);
CREATE INDEX placement_request_outbox_program ON placement_request (program_id, end_date, state);
CREATE INDEX placement_request_inbox_agency ON placement_request (receiving_agency_id, end_date, state);
CREATE INDEX placement_request_inbox_site ON placement_request (site_id, end_date, state);
CREATE INDEX placement_request_inbox_service ON placement_request (service_id, end_date, state);

-- Lists of units, and occupancy, which reads nothing but this index.
CREATE INDEX placement_request_destination ON placement_request (destination_id, end_date, start_date, state)
    INCLUDE (student_count, weekdays);

-- The clock's work (no. 3).
CREATE INDEX placement_request_held ON placement_request (release_on) WHERE state = 'HELD';
