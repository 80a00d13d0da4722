"""What a team would build instead: the accept step and the inbox page in Django REST, on the tables of the fixed limit.

One file: settings, models over tables that are there already, views. `loadtest peer` runs it with gunicorn and asks it what it asks
Tandem. It verifies a signed token, checks the scope, writes history and outbox in one transaction; it sends and relays nothing.
"""

import json
import os
import uuid
from urllib.parse import unquote, urlsplit

import django
from django.conf import settings

DATABASE = urlsplit(os.environ["TWIN_DATABASE_URL"])

settings.configure(
    SECRET_KEY="x" * 50,
    DEBUG=False,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    INSTALLED_APPS=["rest_framework"],
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    },
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": DATABASE.path.removeprefix("/"),
            "USER": unquote(DATABASE.username or ""),
            "PASSWORD": unquote(DATABASE.password or ""),
            "HOST": DATABASE.hostname,
            "PORT": DATABASE.port or 5432,
            "CONN_MAX_AGE": None,
        }
    },
)
django.setup()

import jwt  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models, transaction  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402
from rest_framework import authentication, exceptions, serializers  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402

with open(os.environ["TWIN_PUBLIC_KEY"], encoding="ascii") as file:
    KEY = file.read()


class Person:
    is_authenticated = True

    def __init__(self, claims):
        self.claims = claims


class Bearer(authentication.BaseAuthentication):
    def authenticate(self, request):
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        try:
            return Person(jwt.decode(token, KEY, algorithms=["EdDSA"])), None
        except jwt.PyJWTError as error:
            raise exceptions.AuthenticationFailed(str(error)) from error


class PlacementRequest(models.Model):
    id = models.UUIDField(primary_key=True)
    agency_id = models.UUIDField()
    destination_id = models.UUIDField()
    state = models.TextField()
    version = models.IntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    students = models.IntegerField()
    updated_at = models.DateTimeField()

    class Meta:
        app_label = "twin"
        db_table = "requests"
        managed = False


class History(models.Model):
    id = models.UUIDField(primary_key=True)
    request_id = models.UUIDField()
    actor = models.TextField()
    action = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "twin"
        db_table = "history"
        managed = False


class Outbox(models.Model):
    id = models.BigAutoField(primary_key=True)
    routing_key = models.TextField()
    payload = models.BinaryField()

    class Meta:
        app_label = "twin"
        db_table = "outbox"
        managed = False


class RequestOut(serializers.ModelSerializer):
    class Meta:
        model = PlacementRequest
        fields = "__all__"


class Accept(APIView):
    authentication_classes = [Bearer]

    def post(self, request, id):
        with transaction.atomic():
            try:
                row = PlacementRequest.objects.select_for_update().get(pk=id)
            except PlacementRequest.DoesNotExist:
                raise exceptions.NotFound() from None
            if str(row.agency_id) not in request.user.claims["agencies"]:
                raise exceptions.PermissionDenied()
            # It flips, so that the load can repeat.
            row.state = "ACCEPTED" if row.state != "ACCEPTED" else "SENT"
            row.version += 1
            row.updated_at = timezone.now()
            row.save(update_fields=["state", "version", "updated_at"])
            actor = request.user.claims["sub"]
            History.objects.create(
                id=uuid.uuid4(), request_id=row.id, actor=actor, action=row.state, at=row.updated_at
            )
            payload = json.dumps({"id": str(row.id)}).encode()
            Outbox.objects.create(routing_key="placement.v1.request_accepted", payload=payload)
        return Response(RequestOut(row).data)


class Inbox(APIView):
    authentication_classes = [Bearer]

    def get(self, request):
        agency = request.user.claims["agencies"][0]
        rows = PlacementRequest.objects.filter(agency_id=agency, state="SENT").order_by("starts_on", "id")[:50]
        return Response(RequestOut(rows, many=True).data)


urlpatterns = [path("v1/requests/<uuid:id>/accept", Accept.as_view()), path("v1/inbox", Inbox.as_view())]
application = get_wsgi_application()
