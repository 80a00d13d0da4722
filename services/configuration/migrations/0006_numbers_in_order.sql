-- Names are ordered by the size of the numbers in them, as those that are written from now on are.
CREATE FUNCTION numbers_in_order(key text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(string_agg(CASE WHEN part[1] ~ '^[0-9]' THEN lpad(part[1], greatest(6, length(part[1])), '0') ELSE part[1] END, '' ORDER BY at), '')
    FROM regexp_matches(key, '[0-9]+|[^0-9]+', 'g') WITH ORDINALITY AS parts (part, at)
$$;

UPDATE agency SET sort_key = numbers_in_order(sort_key);
UPDATE site SET sort_key = numbers_in_order(sort_key);
UPDATE service SET sort_key_fr = numbers_in_order(sort_key_fr), sort_key_en = numbers_in_order(sort_key_en);
UPDATE destination SET sort_key = numbers_in_order(sort_key);
UPDATE program SET sort_key_fr = numbers_in_order(sort_key_fr), sort_key_en = numbers_in_order(sort_key_en);
UPDATE course SET sort_key_fr = numbers_in_order(sort_key_fr), sort_key_en = numbers_in_order(sort_key_en);

DROP FUNCTION numbers_in_order (text);
