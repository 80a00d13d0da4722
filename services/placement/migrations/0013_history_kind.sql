-- What was done is the kind of an entry of the history, as the API and the code call it. A rename at one stroke, since no release
-- reads the column yet.
ALTER TABLE placement_history RENAME COLUMN act TO kind;
ALTER TABLE placement_history RENAME CONSTRAINT placement_history_act_check TO placement_history_kind_check;
