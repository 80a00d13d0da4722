-- How often somebody has opened a request that had changed: a number that moves whenever what they have seen does, so that
-- counts that were made before are known to be old. What somebody sees by acting does not move it; the action's event tells.
CREATE TABLE request_reader (
    person_id uuid   PRIMARY KEY,
    marks     bigint NOT NULL CHECK (marks >= 1)
);
