## Reports
reports-title = Report on requests
reports-period = All dates
reports-sums = In short
reports-requests = Requests
reports-median = Median answer delay
reports-by-state = By state
reports-sent = Sent on
reports-answer = Answer delay
reports-confirmation = Confirmation delay
reports-days-open = { $count ->
    [one] none yet, after { $count } day
   *[other] none yet, after { $count } days
}
reports-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
