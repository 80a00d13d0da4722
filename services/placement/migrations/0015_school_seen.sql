-- What somebody has seen by acting was noted in the version of the receiving side, whoever acted: a school whose unit had
-- answered then missed what others did next, and could tell the answer by it. It is counted as the school counts (0008).
UPDATE request_seen s SET version = r.school_version
FROM placement_request r
WHERE r.id = s.request_id AND s.version > r.school_version AND EXISTS (
    SELECT FROM placement_history h
    WHERE h.request_id = s.request_id AND h.person_id = s.person_id AND h.role = 'PLACING_COORDINATOR');
