"""Every night what has ended goes, and what is still good stays."""

import datetime as dt

import pytest
from allauth.idp.oidc.models import Token
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests import make
from workflows.models import Heartbeat
from workflows.tasks import purge_ended_sign_ins

pytestmark = pytest.mark.django_db

A_MINUTE = dt.timedelta(minutes=1)


def session(ends: dt.datetime) -> Session:
    return Session.objects.create(session_key=str(ends), session_data="", expire_date=ends)


def token(ends: dt.datetime) -> Token:
    client = make.integration().client
    made = Token(type=Token.Type.ACCESS_TOKEN, client=client, expires_at=ends, scopes="")
    made.set_value(str(ends))
    made.save()
    return made


def attempt(model: type, at: dt.datetime) -> object:
    needed = {"failures_since_start": 1} if model is AccessAttempt else {}
    made = model.objects.create(username=str(at), ip_address="192.0.2.1", path_info="/", **needed)
    model.objects.filter(pk=made.pk).update(attempt_time=at)
    return made


def test_what_has_ended_goes_and_what_is_good_stays():
    now = timezone.now()
    session(now - A_MINUTE)
    token(now - A_MINUTE)
    kept = [session(now + A_MINUTE), token(now + A_MINUTE)]
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        attempt(model, now - dt.timedelta(days=2))
        kept.append(attempt(model, now - dt.timedelta(hours=1)))

    assert purge_ended_sign_ins() == 5
    assert purge_ended_sign_ins() == 0, "safe to run twice"

    for row in kept:
        assert type(row).objects.get() == row
    assert Heartbeat.objects.filter(job="purge-ended-sign-ins").exists()
