-- What a database holds, as one JSON document: tables and views of all schemas, their columns and keys. Tables of the
-- migrations' own begin with an underscore and are left out.
SELECT coalesce(json_agg(json_build_object(
    'schema', n.nspname,
    'name', c.relname,
    'columns', (
        SELECT json_agg(json_build_object(
            'name', a.attname,
            'type', format_type(a.atttypid, a.atttypmod),
            'required', a.attnotnull
        ) ORDER BY a.attnum)
        FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    ),
    'unique', (
        SELECT coalesce(json_agg(json_build_object(
            'primary', i.indisprimary,
            'partial', i.indpred IS NOT NULL,
            'columns', (
                SELECT json_agg(coalesce(a.attname, '…') ORDER BY k.place)
                FROM unnest(i.indkey::smallint[]) WITH ORDINALITY k (number, place)
                LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number AND k.number > 0
                WHERE k.place <= i.indnkeyatts
            )
        ) ORDER BY i.indisprimary DESC, x.relname), '[]')
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisunique
    ),
    'references', (
        SELECT coalesce(json_agg(json_build_object(
            'columns', (SELECT json_agg(a.attname ORDER BY k.place)
                        FROM unnest(f.conkey) WITH ORDINALITY k (number, place)
                        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number),
            'table', t.relname
        ) ORDER BY f.conname), '[]')
        FROM pg_constraint f JOIN pg_class t ON t.oid = f.confrelid WHERE f.conrelid = c.oid AND f.contype = 'f'
    )
) ORDER BY n.nspname, c.relname), '[]')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v') AND n.nspname NOT IN ('information_schema', 'public') AND n.nspname !~ '^pg_'
  AND c.relname !~ '^_'
