-- Business cards of the people whom places name (domain §4.4, §13.2), kept while the person is on the staff. What the copy holds
-- already does not say: it is asked for again, by counting as unfilled and older than whatever the owner exports.

alter table person_copy
    add column name text not null default '',
    add column title text not null default '',
    add column email text not null default '',
    add column phone text not null default '';
update person_copy set version = 0;
do $$
begin
    -- The table is eventing's, which is there in every schema but in one that is only made to check statements.
    if to_regclass('copy_state') is not null then
        delete from copy_state where source = 'identity';
    end if;
end
$$;
