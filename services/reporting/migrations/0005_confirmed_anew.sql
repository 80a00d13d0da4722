-- The requests with what each side may see, and with the milestones of their present round: the one thing that reports read.
-- What the agency has changed since it was confirmed is to be confirmed anew.
create or replace view seen_request as
select
    id, reference, placing_agency_id, program_id, receiving_agency_id, site_id, service_id, destination_id,
    start_date, end_date, student_count,
    placing_state, placing_reason, receiving_state, receiving_reason, destination_state, destination_reason,
    sent_time,
    case when answered_version > coalesce(sent_version, 0) then answered_time end as answered_time,
    coalesce(answered_version > coalesce(sent_version, 0) and answer_accepted, false) as accepted,
    case when confirmed_version > coalesce(sent_version, 0) and state <> 'ACCEPTED' then confirmed_time end as confirmed_time,
    case when cancelled_version > coalesce(sent_version, 0) then cancelled_time end as cancelled_time
from request_row
where state <> 'DELETED';
