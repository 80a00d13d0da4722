-- Where it came from, how long it is kept, and who reads it (domain §13.5).

-- Null where Tandem itself acted, or where nobody told the address.
alter table access_audit add column address inet;

-- The newest first, and what is past its retention.
create index access_audit_at on access_audit (at, id);
-- Where somebody has signed in from.
create index access_audit_signed_in on access_audit (person_id, at) where what = 'SIGNED_IN';

-- Lines are never changed, and removed by the task alone that ends their retention, which says so in its transaction. That guards
-- against mistakes; against whoever owns the database only a copy elsewhere does.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('tandem.retention', true) = 'ended' then
        return old;
    end if;
    raise exception '% is append-only', tg_table_name;
end
$$;
