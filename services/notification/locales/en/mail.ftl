# The mails. Each template has a subject (-subject) and an opening sentence (-lead).
redirected-link-subject = { $reference }: a placement request awaits your answer
redirected-link-lead = { $school } asks for a placement on your unit: { $place }. You can accept or decline by the link below, without account or password.
redirected-subject = { $reference }: a placement request awaits your answer
redirected-lead = { $school } asks for a placement on your unit: { $place }. The request awaits your answer in Tandem.
request-sent-subject = { $reference }: new placement request
request-sent-lead = { $school } sends you a placement request for { $place }. It is yours to redirect, accept or decline.
accepted-by-destination-subject = { $reference }: accepted by the destination, to be ratified
accepted-by-destination-lead = The destination accepts the placement request: { $place }. The school will not know until you have accepted it for the agency.
declined-by-destination-subject = { $reference }: declined by the destination, to be ratified
declined-by-destination-lead = The destination declines the placement request: { $place }. The school has not been told; it is yours to ratify this, to accept all the same, or to redirect.
request-accepted-subject = { $reference }: placement request accepted, to be confirmed
request-accepted-lead = { $agency } accepts your placement request. Confirm it to keep the place.
request-declined-subject = { $reference }: placement request declined
request-declined-lead = { $agency } declines your placement request.
request-confirmed-subject = { $reference }: placement confirmed
request-confirmed-lead = { $school } confirms the placement: { $place }.
request-cancelled-subject = { $reference }: placement request cancelled
request-cancelled-lead = The following placement request is cancelled: { $place }.
dates-changed-subject = { $reference }: other dates for an agreed placement
dates-changed-lead =
    { $agreement ->
        [CONFIRMED] The dates of the following placement have changed: { $place }. It stays confirmed.
       *[ACCEPTED] The dates of the following placement have changed: { $place }. The school has to confirm them.
    }
destination-changed-subject = { $reference }: another destination for an agreed placement
destination-changed-lead = The following placement is now at another destination: { $place }. What was agreed beside that stays as it is.
withdrawn-from-destination-subject = { $reference }: no longer at your unit
withdrawn-from-destination-lead = The following request is no longer at your unit: either it is pending again with { $agency }, or another destination has it. You have nothing to do.
requests-affected-by-closure-subject = Closure: { $place }
requests-affected-by-closure-lead =
    { $count ->
        [one] { $place } takes no students on the days below, which touches one of your requests. Agree with the place whether to change its dates, to postpone or to cancel it.
       *[other] { $place } takes no students on the days below, which touches { $count } of your requests. Agree with the place whether to change their dates, to postpone or to cancel them.
    }

# The rest of the message.
greeting = Hello { $name },
label-reference = Reference
label-school = School
label-program = Program
label-agency = Agency
label-site = Site
label-service = Service
label-destination = Destination
label-dates = Dates
label-previous-dates = Previous dates
label-days = Days
label-placement-type = Placement type
label-students = Students
label-hours = Hours
label-reason = Reason
label-actor = By
dates = { $start } to { $end }
students =
    { $count ->
        [one] { $count } student
       *[other] { $count } students
    }
hours =
    { $count ->
        [one] { $count } hour per student
       *[other] { $count } hours per student
    }
action-answer = Answer the request
action-open = Open in Tandem
action-address = If the button does not open, copy this address into your browser:
link-note = This link is yours alone and works once. It expires on { $date }. Do not forward it: whoever opens it answers in your name.
contact = Questions? Write to { $name } by replying to this e-mail.
footer = Tandem writes to you because you have a role in this request. This e-mail holds no information about students.
footer-closure = Tandem writes to you because you have requests at this place. This e-mail holds no information about students.
label-place = Place
closure-outbreak = Outbreak of an infection
closure-construction = Construction or a move
closure-labour-dispute = Labour dispute
closure-security = Danger to people or premises
closure-holidays = Holidays, summer, leave of the staff
closure-other = Other, as the note says
