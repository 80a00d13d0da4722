-- Names come from the directory's tables, which stand beside these and are filled from configuration's export: anew at the next
-- start, since until now only names were kept. `name_copy` is of the release before, and goes when it cannot run any more.
delete from copy_state where source = 'configuration';
