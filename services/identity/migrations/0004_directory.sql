-- Places are kept by the directory (`directory_agency` and the others), which is filled anew at the next start. There is no release
-- before 0.1, hence no version that still reads the old copy: it goes at once.
drop table place;
delete from copy_state where source = 'configuration';
