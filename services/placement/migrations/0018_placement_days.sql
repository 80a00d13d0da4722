-- Whether one of the days that a request asks for lies in a period. `weekdays` holds bits, Monday lowest, 0 for various days. The
-- domain's `PlacementDays` says the same of one request.
CREATE FUNCTION asks_for_day_in(weekdays smallint, first_day date, last_day date, period_first date, period_last date)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT first_day <= period_last AND period_first <= last_day AND (weekdays = 0 OR EXISTS (
        SELECT FROM generate_series(0, least(6, least(last_day, period_last) - greatest(first_day, period_first))) AS day
        WHERE (weekdays::int >> (extract(isodow FROM greatest(first_day, period_first) + day)::int - 1)) & 1 = 1
    ))
$$;

-- Which dates an entry of the history moved, and to which; empty where it moved none, or was made before this was kept.
ALTER TABLE placement_history
    ADD COLUMN previous_start_date date,
    ADD COLUMN previous_end_date   date,
    ADD COLUMN start_date          date,
    ADD COLUMN end_date            date,
    ADD CONSTRAINT dates_moved_as_one CHECK (num_nulls(previous_start_date, previous_end_date, start_date, end_date) IN (0, 4));

-- Domain §7.7: a placement that ends early.
ALTER TABLE placement_request
    DROP CONSTRAINT placement_request_tags_check,
    ADD CONSTRAINT placement_request_tags_check CHECK (tags <@ ARRAY['POSTPONE', 'PARTCANC']);
