"""What somebody does who has made a client of the OpenAPI document, and has read nothing else. Whatever answer the document does
not describe, the client refuses with an error."""

import os
from uuid import uuid4

import pytest
from tandem_client import AuthenticatedClient, Client
from tandem_client.api.placement_request_service import (
    placement_request_service_add_comment as add_comment,
    placement_request_service_get_request as get_request,
    placement_request_service_list_history as list_history,
    placement_request_service_list_inbox as list_inbox,
    placement_request_service_redirect_request as redirect_request,
)
from tandem_client.api.report_service import report_service_export_request_report as export_report
from tandem_client.api.session_service import session_service_sign_in as sign_in
from tandem_client.models import (
    Action,
    AddCommentRequest,
    AddCommentResponse,
    RedirectRequestRequest,
    Refusal,
    SignInRequest,
    State,
)

BASE = os.environ["TANDEM_URL"]
PASSWORD = "Demonstration-2026!"
IN_ENGLISH = {"accept-language": "en"}


def asked_to_sign_in(login):
    client = Client(base_url=BASE, headers=IN_ENGLISH, raise_on_unexpected_status=True)
    return sign_in.sync(client=client, body=SignInRequest(login=login, password=PASSWORD))


def signed_in(login):
    token = asked_to_sign_in(login).tokens.access_token
    return AuthenticatedClient(base_url=BASE, token=token, headers=IN_ENGLISH, raise_on_unexpected_status=True)


def reason_of(refusal):
    """The stable reason of a refusal, by its type in the client."""
    assert isinstance(refusal, Refusal), refusal
    assert refusal.message
    (info,) = [detail for detail in refusal.details if detail.type_.endswith("google.rpc.ErrorInfo")]
    return info.reason


@pytest.fixture(name="hospital", scope="module")
def hospital_of_the_demonstration():
    return signed_in("hopital")


@pytest.fixture(name="request_read")
def sent_request_of_the_inbox(hospital):
    inbox = list_inbox.sync(client=hospital, states=[State.STATE_SENT], page_size=1)
    (request,) = inbox.requests
    return get_request.sync(request.id, client=hospital).request


def test_a_request_of_the_inbox_is_read_and_commented(hospital, request_read):
    assert request_read.state is State.STATE_SENT and Action.ACTION_REDIRECT in request_read.actions
    words = f"Written by a generated client: {uuid4()}"
    body = AddCommentRequest(comment=words, etag=request_read.etag, request_id=str(uuid4()))
    answer = add_comment.sync(request_read.id, client=hospital, body=body)
    assert isinstance(answer, AddCommentResponse), answer
    again = add_comment.sync(request_read.id, client=hospital, body=body)
    assert again == answer
    entries = list_history.sync(request_read.id, client=hospital).entries
    assert [entry.comment for entry in entries].count(words) == 1


def test_refusals_are_of_their_type(hospital, request_read):
    empty = add_comment.sync(request_read.id, client=hospital, body=AddCommentRequest(comment=""))
    assert reason_of(empty) == "INVALID_FIELDS"
    (fields,) = [detail.field_violations for detail in empty.details if detail.type_.endswith("google.rpc.BadRequest")]
    assert [(violation.field, violation.reason) for violation in fields] == [("comment", "REQUIRED")]
    in_time = AddCommentRequest(comment="In time.", etag=request_read.etag)
    assert isinstance(add_comment.sync(request_read.id, client=hospital, body=in_time), AddCommentResponse)
    stale = add_comment.sync(request_read.id, client=hospital, body=in_time)
    assert (stale.error, reason_of(stale)) == ("ABORTED", "STALE_ETAG")
    unknown = get_request.sync(str(uuid4()), client=hospital)
    assert (unknown.error, reason_of(unknown)) == ("NOT_FOUND", "NOT_FOUND")
    stranger = AuthenticatedClient(base_url=BASE, token="e30.e30.e30", raise_on_unexpected_status=True)
    assert reason_of(get_request.sync(request_read.id, client=stranger)) == "UNAUTHENTICATED"
    not_hers = redirect_request.sync(request_read.id, client=signed_in("ecole"), body=RedirectRequestRequest())
    assert (not_hers.error, reason_of(not_hers)) == ("PERMISSION_DENIED", "ROLE_NOT_ALLOWED")
    assert reason_of(asked_to_sign_in("nobody")) == "SIGN_IN_REFUSED"


def test_a_file_is_a_file(hospital):
    answer = export_report.sync_detailed(client=hospital)
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.parsed == answer.content.decode() and len(answer.parsed.splitlines()) > 1
