## The history of a request
history-title = History
history-system = Tandem
history-reason = Reason
history-on-behalf = On behalf of the other party
## The mails
history-mails = E-mails
history-mails-none = No e-mail has been sent for this request.
history-mails-unknown = The list of e-mails is not available right now.
history-mail-nobody = Nobody to reach
history-mail-sent = Sent
history-mail-failed = Not delivered
history-mail-pending = Being sent
history-mail-resend = Send again
history-mail-redirected-link = Answer link to the destination
history-mail-redirected = Request to the destination
history-mail-request-sent = New request
history-mail-accepted-by-destination = Acceptance to ratify
history-mail-declined-by-destination = Refusal to ratify
history-mail-request-accepted = Acceptance to the school
history-mail-request-declined = Refusal to the school
history-mail-request-confirmed = Confirmation of the placement
history-mail-request-cancelled = Cancellation
done-request-resent = E-mail sent again: { $subject }.
