# One key per reason code that placement produces; the common texts are the chassis's.
invalid-transition = This action is not possible while the request is { $from ->
        [DRAFT] New
        [HELD] on Hold
        [SENT] Sent
        [SENT_OFFLINE] Sent-P
        [REDIRECTED] Redirected
        [REDIRECTED_OFFLINE] Redirected-P
        [REDIRECTED_AUTOMATICALLY] redirected automatically
        [ACCEPTED_BY_DESTINATION] accepted by the destination
        [DECLINED_BY_DESTINATION] declined by the destination
        [ACCEPTED] Accepted
        [DECLINED] Declined
        [CONFIRMED] Confirmed
        [CANCELLED] Cancelled
       *[DELETED] Deleted
    }.
already-acted-on = The receiving agency has already acted on this request; cancel it instead of deleting it.
not-quick-entry = Only the school can confirm its own request.
placement-over = This placement is over or ends today; the request can no longer be reactivated.
not-yet-due = The release date of this request has not arrived yet.
draft-outdated = Some items in this request have changed since it was written; correct them before you send it.
place-closed = This place is closed from { $first } to { $last } and takes no request for these dates.
does-not-fit = { $misfit ->
        [CLOSED] The destination is closed on some of the requested days.
        [GROUP_SIZE] The group is larger than those that the destination takes.
       *[CAPACITY] There are not enough places left at the destination on these days.
    } Accept it nevertheless, saying so, if that is what you want.
unknown-reference = This item does not exist.
inactive-reference = This item is no longer in use.
mismatched-reference = This item does not match the other choices in the request.
type-not-valid-on-start = This placement type is not offered on the start date.
start-in-past = The start date has already passed.
period-too-long = A placement lasts two years at most.
dates-unchanged = These are the dates that it has already.
reason-to-shorten-required = Say why: what was agreed becomes shorter.
end-in-past = The end date has already passed.
no-such-day = None of these days of the week lies between the dates.
hours-do-not-fit = At most { $most } hours fit into { $days ->
        [one] one day
       *[other] { $days } days
    }.
not-later = The new start date must be later than the previous one.
reason-does-not-fit = This reason does not fit this answer.
school-is-user = This school uses Tandem and sends its own requests.
agency-not-user = This agency does not use Tandem; nobody there would receive the request.
unknown-value = This value does not exist.
unknown-order = This sort order does not exist.
