-- Deliveries that are settled go after a while: the log is for finding out what became of a mail, not for keeping addresses.
create index delivery_settled on delivery (settled_at) where state <> 'PENDING';
create index delivery_resent on delivery (resend_of) where resend_of is not null;
create index delivery_of_link on delivery (answer_link_id) where answer_link_id is not null;
