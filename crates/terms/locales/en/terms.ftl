# States, as each side calls them.
state-draft = New
state-held = Held
state-sent = Sent
state-sent-offline = Sent-P
state-pending = Pending
state-redirected = Redirected
state-redirected-offline = Redirected-P
state-redirected-automatically = Redirected auto
state-accepted-to-ratify = Accepted (destination), to ratify
state-declined-to-ratify = Declined (destination), to ratify
state-accepted = Accepted
state-declined = Declined
state-accepted-by-agency = Accepted (agency)
state-declined-by-agency = Declined (agency)
state-confirmed = Confirmed
state-cancelled = Cancelled
state-deleted = Deleted

# Their short labels.
label-draft = New
label-held = Hold
label-sent = Sent
label-sent-offline = Sent-P
label-pending = Pend
label-redirected = Redir
label-redirected-offline = Redir-P
label-redirected-automatically = ARedir
label-accepted-to-ratify = AccD, to be AccA
label-declined-to-ratify = DecD, to be DecA
label-accepted = Acc
label-declined = Dec
label-accepted-by-agency = AccA
label-declined-by-agency = DecA
label-confirmed = Conf
label-cancelled = Canc
label-deleted = Del

# Roles.
role-placing-coordinator = Placing coordinator (PC)
role-course-leader = Course leader
role-instructor = Instructor
role-student-administrator = Student administrator
role-staff-administrator = Staff administrator
role-student = Student
role-receiving-coordinator = Receiving coordinator (RC)
role-destination-coordinator = Destination coordinator (DC)
role-destination-monitor = Destination monitor
role-supervisor = Supervisor
role-provincial-lead = Provincial lead agency
role-operator = Operator

# Levels.
level-viewer = View only
level-regular = Regular user
level-local-administrator = Local administrator

# What can be done with a request.
action-update = Edit
action-delete = Delete
action-send = Send
action-redirect = Redirect
action-answer-at-destination = Answer at the destination
action-answer-for-agency = Answer for the agency
action-confirm = Confirm
action-cancel = Cancel the request
action-reactivate = Reactivate
action-postpone = Postpone
action-change-dates = Change dates
action-change-destination = Change destination
action-comment = Comment

# What was done, in the history.
history-drafted = Draft made
history-updated = Draft edited
history-deleted = Deleted
history-held = Held until the release date
history-sent = Sent
history-sent-offline = Sent to an agency outside Tandem
history-redirected = Redirected to the destination
history-redirected-offline = Redirected by e-mail, with a link
history-redirected-automatically = Redirected automatically
history-accepted-by-destination = Accepted by the destination
history-declined-by-destination = Declined by the destination
history-accepted = Accepted by the agency
history-declined = Declined by the agency
history-confirmed = Confirmed
history-cancelled = Cancelled
history-reactivated = Reactivated
history-postponed = Postponed
history-dates-changed = Dates changed
history-destination-changed = Destination changed
history-commented = Comment

# Kinds of placement.
kind-individual = Individual
kind-group = Group
kind-observation = Observation

# Days of the week, and the shift.
weekday-monday = Mon
weekday-tuesday = Tue
weekday-wednesday = Wed
weekday-thursday = Thu
weekday-friday = Fri
weekday-saturday = Sat
weekday-sunday = Sun
weekday-various = various days
shift = shift
