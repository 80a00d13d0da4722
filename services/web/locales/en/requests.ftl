## Outbox and inbox
requests-found = { $count ->
    [one] request
   *[other] requests
}
requests-file = Export (CSV)
requests-filters = Filter the requests
requests-query = Search
requests-query-hint = Reference, school, program, place
requests-period-label = Period
requests-period = Today and to come
requests-period-coming = Terms
requests-period-ended = Past terms
requests-period-past = Past
requests-period-custom = Other dates…
requests-from = From
requests-to = To
requests-order = Sort by
requests-order-updated = Last change
requests-order-start = Start date
requests-order-reference = Reference
requests-only-overdue = Overdue
requests-only-changed = Changed by others
requests-only-closure = Touched by a closure
requests-the-closure = The closure
requests-states = States
requests-more = Place and program…
requests-more-legend = Place and program
requests-all = All
requests-chosen = Choice of the address
requests-apply = Apply
requests-clear = Clear the filters
requests-filter-errors = The list cannot be shown like this; correct the filters.
requests-who = Who
requests-where = Where
requests-when = Dates
requests-changed = changed
requests-closed = closed
requests-overdue = overdue
requests-by = by
requests-waiting-mine = You
requests-waiting-placing-agency = School
requests-waiting-receiving-agency = Agency
requests-waiting-destination = Destination
requests-pages = Pages of the list
requests-first = First page
requests-previous = Previous
requests-next = Next
requests-rows = Rows per page:
requests-none-fit = No request fits these filters
requests-none-fit-next = Widen the period or remove a filter.
requests-none-sent = No requests yet
requests-none-sent-next = Create your first request: Tandem shows where there is room.
requests-none-received = No requests yet
requests-none-received-next = Requests appear here as soon as a school sends one or one is redirected to you.
requests-see-past = See the past
## Several requests at once
requests-pick = Select { $subject }
requests-pick-all = Select all requests of the page
requests-picked = Selected:
requests-bulk = Act on the selected requests
requests-bulk-title = Several requests:
requests-bulk-send = Send
requests-bulk-confirm = Confirm
requests-bulk-delete = Delete drafts
requests-bulk-cancel = Cancel
requests-bulk-accept = Accept
requests-bulk-decline = Decline
requests-bulk-redirect = Redirect
requests-will-send = { $count ->
    [one] { $count } request will be sent
   *[other] { $count } requests will be sent
}
requests-will-confirm = { $count ->
    [one] { $count } request will be confirmed
   *[other] { $count } requests will be confirmed
}
requests-will-delete = { $count ->
    [one] { $count } draft will be deleted
   *[other] { $count } drafts will be deleted
}
requests-will-cancel = { $count ->
    [one] { $count } request will be cancelled
   *[other] { $count } requests will be cancelled
}
requests-will-accept = { $count ->
    [one] { $count } request will be accepted
   *[other] { $count } requests will be accepted
}
requests-will-decline = { $count ->
    [one] { $count } request will be declined
   *[other] { $count } requests will be declined
}
requests-will-redirect = { $count ->
    [one] { $count } request will be redirected
   *[other] { $count } requests will be redirected
}
requests-then-send = Each request goes to the agency’s coordinator, or waits for its common release date if you chose that.
requests-then-confirm = Your school commits; the agency then sees the names of students and instructors.
requests-then-delete = The drafts disappear for good.
requests-then-cancel = The agency is told and the students are freed. A cancelled request can be reactivated before the placement ends.
requests-then-accept = Whoever is next is told: the coordinator for a destination, the school for an agency.
requests-then-decline = The reason is told to whoever is next.
requests-then-redirect = Each request goes to the destination that it names; without an active account, the destination receives an answer link by e-mail.
requests-go-send = { $count ->
    [one] Send the request
   *[other] Send the { $count } requests
}
requests-go-confirm = { $count ->
    [one] Confirm the request
   *[other] Confirm the { $count } requests
}
requests-go-delete = { $count ->
    [one] Delete the draft
   *[other] Delete the { $count } drafts
}
requests-go-cancel = { $count ->
    [one] Cancel the request
   *[other] Cancel the { $count } requests
}
requests-go-accept = { $count ->
    [one] Accept the request
   *[other] Accept the { $count } requests
}
requests-go-decline = { $count ->
    [one] Decline the request
   *[other] Decline the { $count } requests
}
requests-go-redirect = { $count ->
    [one] Redirect the request
   *[other] Redirect the { $count } requests
}
requests-not = Do nothing
requests-parts = Requests concerned
requests-misfits = { $count ->
    [one] { $count } request does not fit
   *[other] { $count } requests do not fit
}
requests-misfits-tick = Tick those that you accept nevertheless; the others stay as they are.
requests-left = { $count ->
    [one] { $count } request left as it is
   *[other] { $count } requests left as they are
}
requests-left-state = This action is not possible in the request’s present state.
requests-left-unit = The request names no destination: redirect it from its own page.
requests-why = Why
requests-reason = Reason
requests-reason-choose = Choose a reason
requests-reason-missing = Choose a reason.
requests-comment = Comment
requests-comment-hint = The same for all requests.
requests-none-picked = No request selected
requests-none-picked-next = Tick at least one request in the list, then choose an action.
requests-none-possible = None of the selected requests allows this action.
requests-back = Back to the list
requests-done = { $count ->
    [one] { $count } request: done.
   *[other] { $count } requests: done.
}
requests-refused = { $count ->
    [one] { $count } request did not go through.
   *[other] { $count } requests did not go through.
}
requests-refused-next = The others are not affected.
requests-results = Result of each request
requests-result = Result
requests-progress = { $over } of { $all }: under way…
requests-progress-leave = You can leave this page: the work goes on, and the results stay at this address.
requests-result-waiting = to do
requests-result-done = done
requests-result-refused = refused
requests-again = Try the refused ones again
## Columns
requests-column-reference = Reference
requests-column-state = State
requests-column-school = School
requests-column-program = Program
requests-column-course = Course
requests-column-agency = Agency
requests-column-site = Site
requests-column-service = Service
requests-column-destination = Destination
requests-column-start = Start
requests-column-end = End
requests-column-students = Students
requests-column-hours = Hours per student
requests-column-days = Days and shift
requests-column-kind = Kind of placement
requests-column-type = Placement type
requests-column-comment = Comment of the school
requests-column-reason = Reason of the answer
requests-column-answer = Comment of the answer
requests-column-placing-coordinator = Placing coordinator
requests-column-receiving-coordinator = Receiving coordinator
requests-column-destination-coordinator = Destination coordinator
requests-column-waiting = Whose turn
requests-column-due = Due
requests-column-overdue = Overdue
requests-column-changed = Changed by others
requests-column-id = Identifier
requests-yes = yes
