# Headers of the report on placement requests
column-reference = Reference
column-placing-agency = Placing agency
column-program = Program
column-receiving-agency = Receiving agency
column-site = Site
column-service = Service
column-destination = Destination
column-start-date = Start
column-end-date = End
column-student-count = Students
column-state = State
column-sent-time = Sent
column-answered-time = Answered
column-confirmed-time = Confirmed
column-answer-delay-days = Answer delay (days)
column-confirmation-delay-days = Confirmation delay (days)
column-reason-code = Reason
column-placement-request-id = Identifier

# States
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
