# The texts of identity's errors: one key per reason code.
## Signing in
sign-in-refused = Login or password is wrong. From the fourth wrong password on you have to wait before the next try.
sign-in-delayed = Too many wrong passwords. Wait { $minutes } min before you try again. If you have forgotten your password, ask your local administrator for a new temporary one.
account-disabled = This account is switched off. Ask your local administrator to switch it on again.
password-change-required = Choose a new password: the present one is temporary or older than 90 days.
temporary-password-expired = This temporary password is no longer valid. Ask your local administrator for a new one.
no-role = You have no role in Tandem yet. Ask your local administrator for one.
session-expired = You were signed out after 30 minutes without activity, or after 12 hours. Sign in again.
session-ended = Your session has ended. Sign in again.
role-not-held = You do not have this role.
## Passwords
password-too-short = The password needs at least 12 characters.
password-too-long = The password may have at most 128 characters.
password-without-upper-case = The password needs an upper-case letter.
password-without-lower-case = The password needs a lower-case letter.
password-without-digit = The password needs a digit.
password-without-symbol = The password needs a symbol, such as ! or a space.
password-contains-login = The password must not contain the login.
password-unchanged = The new password must differ from the present one.
## People
malformed-email = This e-mail address is not valid.
unknown-language = The language must be fr or en.
person-archived = This person is archived; restore the record first.
## Accounts
no-account = This person has no account.
account-exists = This person has an account already.
login-taken = Someone else has this login.
malformed-login = A login has 2 to 64 letters without accents, digits, points, hyphens or underscores.
invalid-transition =
    The account is { $from ->
        [INVITED] waiting for its first password
        [ACTIVE] in use
        [LOCKED] locked
       *[DISABLED] switched off
    } and does not allow this; switch it on or reset its password first.
## Grants
level-not-allowed = This role does not have this level.
scope-not-allowed = This role is not given at this kind of place.
unknown-place = This place is not known. If it was created just now, try again shortly.
place-inactive = This place is closed.
wrong-side = This role belongs to the other side: schools and health organisations have roles of their own.
grant-reserved = Only the operator gives or takes this role or level.
grant-exists = This person has this role at this place already.
