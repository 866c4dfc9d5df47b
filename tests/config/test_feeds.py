"""Feeds are set up from the command line, and their secrets come from the environment."""

import io

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from audit.models import Event
from config.env import secrets_by_name
from risk.models import IndicatorFeed
from tests import make

SECRET = "x" * 24
OPTIONS = {"source": "rocu", "schema_version": "2026-11", "daily_limit": 50}


def set_up(name: str = "monitor-1", **changes: object) -> str:
    out = io.StringIO()
    call_command("set_up_feed", name, **OPTIONS | changes, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_feed_is_set_up_changed_and_closed_and_each_is_on_the_record():
    code = make.force().code
    assert "no secret yet" in set_up(force=code)
    set_up(force=code, daily_limit=70)
    set_up(force=code, close=True)
    feed = IndicatorFeed.objects.get()
    assert (feed.name, feed.daily_limit, feed.is_active) == ("monitor-1", 50, False)
    assert Event.objects.filter(action="feed.set_up").count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Monitor", "a b", "a/b", "", "x" * 41])
def test_a_name_that_is_no_name_is_refused(name):
    with pytest.raises(CommandError):
        set_up(name, force=make.force().code)
    assert not IndicatorFeed.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"force": "NONE"}, {"daily_limit": 0}])
def test_what_cannot_be_is_refused(changes):
    with pytest.raises(CommandError):
        set_up(**{"force": make.force().code} | changes)


def test_secrets_are_written_by_name_and_one_may_replace_another():
    text = f"monitor={SECRET}\nrocu={SECRET}1 rocu={SECRET}2"
    assert secrets_by_name(text) == {
        "monitor": [SECRET],
        "rocu": [f"{SECRET}1", f"{SECRET}2"],
    }
    assert secrets_by_name("") == {}


@pytest.mark.parametrize("text", ["monitor", f"={SECRET}", "monitor=short", f"monitor {SECRET}"])
def test_what_is_no_secret_stops_the_start_and_is_not_said(text):
    with pytest.raises(ImproperlyConfigured) as caught:
        secrets_by_name(text)
    assert "short" not in str(caught.value)
    assert SECRET not in str(caught.value)
