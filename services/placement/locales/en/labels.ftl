# The labels of states, by the column of whoever looks.
state-new = New
state-held = Hold
state-sent = Sent
state-sent-offline = Sent-P
state-pending = Pend
state-redirected = Redir
state-redirected-offline = Redir-P
state-redirected-automatically = ARedir
state-accepted-to-ratify = AccD, to be AccA
state-declined-to-ratify = DecD, to be DecA
state-accepted = Acc
state-declined = Dec
state-accepted-by-agency = AccA
state-declined-by-agency = DecA
state-confirmed = Conf
state-cancelled = Canc
state-deleted = Del
