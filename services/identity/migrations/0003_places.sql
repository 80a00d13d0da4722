-- The tree agency > site > service > destination and agency > program, as configuration tells it: a copy, without foreign
-- keys, since its events arrive in any order. Rows are never deleted, so that an older event can't bring one back.
create table place (
    id       uuid primary key,
    kind     text not null check (kind in ('AGENCY', 'SITE', 'SERVICE', 'DESTINATION', 'PROGRAM')),
    -- The side of an agency; null for what hangs below one.
    side     text check (side in ('PLACING', 'RECEIVING')),
    -- Directly above: a destination hangs below its site and below every service that it serves.
    parents  uuid[] not null,
    active   boolean not null,
    version  bigint not null check (version >= 1),
    check ((kind = 'AGENCY') = (side is not null)),
    check ((kind = 'AGENCY') = (cardinality(parents) = 0))
);
