code-taken = This code is taken.
agency-retired = This agency is retired: nothing can be added to it or reopened.
site-closed = This site is closed: nothing can be added to it or reopened.
program-retired = This program is retired: no course can be added to it or reopened.
service-in-use =
    { $destinations ->
        [1] An active destination still uses this service.
       *[other] { $destinations } active destinations still use this service.
    }
profile-only = A destination coordinator changes the profile alone: name, short name, capacity and group size.
unknown-kind = There is no such kind of agency.
unknown-use = There is no such use.
unknown-agency = There is no such agency.
agency-not-receiving = This agency does not receive students.
agency-not-placing = This agency does not send students.
unknown-site = There is no such site.
unknown-service = There is no such service.
service-of-other-site = This service belongs to another site.
service-removed = This service has been removed.
unknown-program = There is no such program.
unknown-placement-type = There is no such placement type.
placement-type-not-in-use = This placement type is not in use today.
unknown-person = This person is not known here. If the record has just been created, try again in a moment.
person-archived = This person’s record is archived.
person-of-other-agency = This person works for another agency.
duplicate = This value is given twice.
malformed-code = A code is written in capitals, digits and underscores, and begins with a capital.
malformed-discipline = The code of a discipline is written in lower-case letters, digits and hyphens, such as nursing.
malformed-postal-code = A Canadian postal code is written like H2X 1Y4.
release-after-end = The release date lies after the end of the term.
file-empty = The file is empty.
file-not-text = The file is not a table of text (CSV).
file-lacks-columns = The file lacks columns: { $columns }.
