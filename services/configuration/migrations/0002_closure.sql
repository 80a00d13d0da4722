-- Days on which a place takes no students (domain §5.6): all of an agency, a site or a destination. Like the rest of the
-- directory it is never deleted: withdrawn is not active, ended early is an earlier last day.

create table closure (
    id uuid primary key,
    version bigint not null default 1 check (version > 0),
    changed_at timestamptz not null,
    agency_id uuid references agency (id),
    site_id uuid references site (id),
    destination_id uuid references destination (id),
    start_date date not null,
    end_date date not null check (end_date >= start_date),
    reason text not null,
    severity text not null,
    note text not null,
    active boolean not null,
    sort_key text collate "C" not null,
    search text not null,
    check (num_nonnulls(agency_id, site_id, destination_id) = 1),
    constraint closure_reason
        check (reason in ('OUTBREAK', 'CONSTRUCTION', 'LABOUR_DISPUTE', 'SECURITY', 'HOLIDAYS', 'OTHER')),
    constraint closure_severity check (severity in ('HOLD_NEW_REQUESTS', 'SUSPEND_CURRENT'))
);
create index closure_by_days on closure (sort_key, id);
create index closure_by_agency on closure (agency_id);
create index closure_by_site on closure (site_id);
create index closure_by_destination on closure (destination_id);
