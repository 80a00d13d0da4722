-- What each side may see of a request, as placement told it with the request's newest event. A state is null where the request
-- does not exist for that side. Reports show these columns; `state` and `reason_code` are what is stored, and from now on only
-- milestones are read from them.
alter table request_row
    -- The version whose event told the views; null where none has.
    add column told_version bigint,
    add column placing_state text,
    add column placing_reason text not null default '',
    add column receiving_state text,
    add column receiving_reason text not null default '',
    add column destination_state text,
    add column destination_reason text not null default '',
    add constraint request_row_placing_state_check check (placing_state in (
        'DRAFT', 'HELD', 'SENT', 'SENT_OFFLINE', 'REDIRECTED', 'REDIRECTED_OFFLINE', 'REDIRECTED_AUTOMATICALLY',
        'ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION', 'ACCEPTED', 'DECLINED', 'CONFIRMED', 'CANCELLED'
    )),
    add constraint request_row_receiving_state_check check (receiving_state in (
        'DRAFT', 'HELD', 'SENT', 'SENT_OFFLINE', 'REDIRECTED', 'REDIRECTED_OFFLINE', 'REDIRECTED_AUTOMATICALLY',
        'ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION', 'ACCEPTED', 'DECLINED', 'CONFIRMED', 'CANCELLED'
    )),
    add constraint request_row_destination_state_check check (destination_state in (
        'DRAFT', 'HELD', 'SENT', 'SENT_OFFLINE', 'REDIRECTED', 'REDIRECTED_OFFLINE', 'REDIRECTED_AUTOMATICALLY',
        'ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION', 'ACCEPTED', 'DECLINED', 'CONFIRMED', 'CANCELLED'
    ));

-- What is projected already was told without views. Each side goes on seeing what the report showed it until now, until the
-- request's next event tells: for a school also where a unit has answered, whose way of being asked is not known here.
update request_row
set told_version = version,
    placing_state = case
        when state in ('ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION') then 'REDIRECTED'
        else state
    end,
    placing_reason = case
        when state in ('ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION') then ''
        else reason_code
    end,
    receiving_state = case when state not in ('DRAFT', 'HELD', 'SENT_OFFLINE') then state end,
    receiving_reason = reason_code,
    destination_state = case
        when state not in ('DRAFT', 'HELD', 'SENT', 'SENT_OFFLINE')
            and redirected_version >= coalesce(sent_version, 0) then state
    end,
    destination_reason = reason_code
where state <> 'DELETED';

-- The requests with what each side may see, and with the milestones of their present round: the one thing that reports read.
-- `request_report`, `redirected_version` and `redirected_time` are of the release before, and go when it cannot run any more.
create view seen_request as
select
    id, reference, placing_agency_id, program_id, receiving_agency_id, site_id, service_id, destination_id,
    start_date, end_date, student_count,
    placing_state, placing_reason, receiving_state, receiving_reason, destination_state, destination_reason,
    sent_time,
    case when answered_version > coalesce(sent_version, 0) then answered_time end as answered_time,
    coalesce(answered_version > coalesce(sent_version, 0) and answer_accepted, false) as accepted,
    case when confirmed_version > coalesce(sent_version, 0) then confirmed_time end as confirmed_time,
    case when cancelled_version > coalesce(sent_version, 0) then cancelled_time end as cancelled_time
from request_row
where state <> 'DELETED';
