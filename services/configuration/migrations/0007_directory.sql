-- People are kept by the directory (`directory_person`), which is filled anew at the next start. There is no release before 0.1, hence
-- no version that still reads the old copy: it goes at once.
drop table person_copy;
delete from copy_state where source = 'identity';
