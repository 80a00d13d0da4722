## What is around each page
description = Tandem coordinates clinical placements between schools and care units.
skip = Skip to content
nav = Main navigation
nav-home = Home
nav-inbox = Inbox
nav-outbox = Outbox
nav-new-request = New request
nav-occupancy = Occupancy
nav-places = Places
nav-reports = Reports
language-name = English
language-keep = Show in English, keeping what is typed
menu = User menu
menu-roles = Switch role
menu-theme = Colours
menu-password = Change password
menu-sign-out = Sign out
theme-auto = System
theme-light = Light
theme-dark = Dark
dismiss = Dismiss this message
offline = No network: nothing was sent. What you typed is still here; send it when the network is back.
optional = (optional)
done-role = You now work as: { $subject }.
## Errors
error-title = This did not work
error-ours = Something went wrong on our side
error-missing = This address leads nowhere.
error-form = This form does not hold any more: it comes from another session or another site. Nothing was done.
error-too-long = What was sent is too long.
error-away = A part of Tandem does not answer at the moment.
error-unreadable = What was asked for cannot be read: the address or the form is incomplete or was changed.
error-reference = Reference for the support:
error-home = Back to home
error-turn-you = Check the address or what you typed, then try again.
error-turn-wait = Nothing was lost. Wait a moment and try again; if it persists, give the reference to the support.
error-turn-read-again = Somebody acted in the meantime. Open the page again to see where things stand.
error-turn-administrator = If you should have this right, your local administrator can give it to you.
error-turn-form = It is your turn: open the page again and start over.
error-turn-support = It is our turn: give the reference below to the support.
## Sign-in
sign-in-title = Sign in
sign-in-lead = Clinical placements, from school to care unit.
sign-in-login = Login
sign-in-password = Password
sign-in-submit = Sign in
sign-in-kept = Your session has ended, and nothing was sent. What you typed is kept: sign in again to find it.
resume-title = What you typed is still here
resume-lead = Nothing has been sent yet. Go back to the form, read it again, then send it.
resume-submit = Back to the form
done-kept = What you typed is still here. Nothing has been sent yet.
sign-in-forgotten = Password forgotten? Your local administrator gives you a temporary one.
password-title = New password
password-lead = A temporary password, or one that is 90 days old, must be replaced.
password-present = Present password
password-new = New password
password-rules = At least 12 characters, with upper case, lower case, digit and symbol.
password-submit = Save and continue
## Home
home-title = What awaits me
## Time
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
## Whether a unit fits
fits = fits
misfit-unspecified = does not fit
misfit-capacity = not enough places
misfit-group-size = group too large
misfit-closed = closed on these days
misfits-despite = Accept nevertheless: { $misfits }
misfit-notice = { $count ->
    [1] one day later than it asks to be told
   *[other] { $count } days later than it asks to be told
  }
