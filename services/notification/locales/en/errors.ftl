# The texts of errors: one key per reason code.
link-altered = This link is incomplete or has been changed. Open it from the e-mail, or copy all of it.
link-unknown = This link does not exist. Ask the coordinator to write to you again.
link-expired = This link has expired. Ask the coordinator to write to you again.
link-used = This link has already been used: { $answer ->
        [ACCEPT] you have accepted the request
       *[DECLINE] you have declined the request
    }. To change your answer, speak to the coordinator.
link-closed = This answer is no longer awaited: the request was redirected, cancelled or dealt with otherwise.
unknown-reason = This reason does not exist or does not fit this answer.
delivery-pending = This e-mail is still on its way; wait until it has been sent or refused.
answer-not-awaited = The destination is no longer asked to answer this request; there is no link to send.
does-not-fit = The request does not fit your unit. Say that you accept it nevertheless, or decline it.
request-changed = The request has changed since you opened it. Read it again, then answer.
