-- The mails about what was agreed and has changed, and to the unit that has lost a request.
alter table delivery
    drop constraint delivery_template_check,
    add constraint delivery_template_check check (template in (
        'REDIRECTED_LINK', 'REDIRECTED', 'REQUEST_SENT', 'ACCEPTED_BY_DESTINATION', 'DECLINED_BY_DESTINATION',
        'REQUEST_ACCEPTED', 'REQUEST_DECLINED', 'REQUEST_CONFIRMED', 'REQUEST_CANCELLED', 'DATES_CHANGED',
        'DESTINATION_CHANGED', 'WITHDRAWN_FROM_DESTINATION', 'REQUESTS_AFFECTED_BY_CLOSURE'));
