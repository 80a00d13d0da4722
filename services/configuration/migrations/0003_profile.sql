-- What the profile of a destination (domain §5.5) and of a site (domain §5.2) say to readers.

alter table destination
    add column description_fr text not null default '',
    add column description_en text not null default '',
    add column location text not null default '',
    add column shifts text[] not null default '{}',
    add column minimum_notice_weeks integer not null default 0 check (minimum_notice_weeks between 0 and 52),
    add column prerequisites_fr text not null default '',
    add column prerequisites_en text not null default '',
    add constraint destination_shifts check (shifts <@ array['DAY', 'EVENING', 'NIGHT']);

alter table site
    add column time_zone text not null default '',
    add column web_link text not null default '';
