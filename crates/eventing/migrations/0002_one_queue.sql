-- A service has one queue, `<service>.events`, and each of its events one handler: an event is in the inbox once, by
-- whichever queue it came. The release before still writes the queue's name; a later release drops the column.
alter table inbox drop constraint inbox_pkey;
alter table inbox alter column queue drop not null;
delete from inbox a using inbox b where a.event_id = b.event_id and a.ctid > b.ctid;
alter table inbox add primary key (event_id);

update queue_message set queue = split_part(queue, '.', 1) || '.events';

-- What waits is found at the same cost, however much does.
drop index queue_message_waiting;
create index queue_message_waiting on queue_message (queue, available_at, position) where died_at is null;
