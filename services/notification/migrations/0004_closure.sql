-- Closures (domain §5.6), for the mails that tell school coordinators of those that touch requests of theirs, and the site of a
-- destination, without which its name says little. What the copies hold already does not say: it is asked for again, by counting
-- as unfilled and older than whatever the owner exports.
create table closure_copy (
    id uuid primary key,
    version bigint not null,
    place_kind text not null check (place_kind in ('AGENCY', 'SITE', 'DESTINATION')),
    place_id uuid not null,
    start_date date not null,
    end_date date not null check (end_date >= start_date),
    reason text not null check (reason in ('OUTBREAK', 'CONSTRUCTION', 'LABOUR_DISPUTE', 'SECURITY', 'HOLIDAYS', 'OTHER')),
    active boolean not null
);

alter table destination_copy add column site_id uuid;
update destination_copy set version = 0;
do $$
begin
    -- The table is eventing's, which is there in every schema but in one that is only made to check statements.
    if to_regclass('copy_state') is not null then
        delete from copy_state where source = 'configuration';
    end if;
end
$$;

-- A mail about a closure is about no request in particular.
alter table delivery
    alter column placement_request_id drop not null,
    drop constraint delivery_template_check,
    add constraint delivery_template_check check (template in (
        'REDIRECTED_LINK', 'REDIRECTED', 'REQUEST_SENT', 'ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION',
        'REQUEST_ACCEPTED', 'REQUEST_DECLINED', 'REQUEST_CONFIRMED', 'REQUEST_CANCELLED',
        'REQUESTS_AFFECTED_BY_CLOSURE')),
    add constraint delivery_is_about_one_thing
        check ((placement_request_id is null) = (template = 'REQUESTS_AFFECTED_BY_CLOSURE'));
