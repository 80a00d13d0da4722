reference = Reference
answer-title = Placement request
answer-asks = requests a placement at
answer-program = Program
answer-dates = Dates
answer-days = Days
answer-students = Students
answer-coordinator = Coordinator
answer-comment = Comment
answer-accept = Accept
answer-or-decline = Or decline
answer-fault = { $field }: { $error }
answer-reason = Reason for declining
answer-choose = Choose a reason
answer-decline = Decline
answer-once = This link works once. Your answer goes to the facility's coordinator, who replies to the school.
answered-title = Thank you, your answer is recorded
answered-accepted = You accepted the request. The facility's coordinator will reply to the school.
answered-declined = You declined the request. The facility's coordinator has been told.
answered-close = You may close this page.
students = { $count ->
    [one] { $count } student
   *[other] { $count } students
}
hours-each = { $count ->
    [one] { $count } hour each
   *[other] { $count } hours each
}
