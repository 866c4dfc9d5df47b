"""Who gets in, how long they stay, and what is kept of that."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from accounts.models import User
from audit.models import Event, Outcome
from tests import make
from tests.ui.conftest import PASSWORD, Scene, events_of, text_of
from ui.urls import urlpatterns

pytestmark = pytest.mark.django_db

SIGN_IN = "/sign-in"


def try_to_sign_in(client: Client, user: User, password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"username": user.username, "password": password, **more})


@pytest.mark.parametrize("route", urlpatterns, ids=lambda route: route.name)
def test_every_page_but_one_is_closed_to_strangers(route: URLPattern, db):
    one = "00000000-0000-4000-8000-000000000000"
    address = "/" + re.sub(r"<uuid:[^>]+>", one, str(route.pattern))
    address = re.sub(r"<int:[^>]+>", "1", address)
    answer = Client().get(address)
    if route.name == "sign-in":
        assert answer.status_code == 200
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(SIGN_IN)


def test_signing_in_starts_a_new_session_and_leaves_one_event(scene: Scene):
    client = Client()
    client.get(SIGN_IN)
    answer, [event] = events_of(lambda: try_to_sign_in(client, scene.manager))
    assert answer.status_code == 303
    assert (event.action, event.outcome) == ("session.sign_in", Outcome.OK)
    first = client.session.session_key
    client.post("/sign-out")
    try_to_sign_in(client, scene.manager)
    assert client.session.session_key != first


def test_a_wrong_name_and_a_wrong_password_read_alike_and_are_on_record(scene: Scene):
    wrong, [event] = events_of(lambda: try_to_sign_in(Client(), scene.manager, "not it"))
    unknown = Client().post(SIGN_IN, {"username": "nobody", "password": "not it"})
    assert wrong.status_code == unknown.status_code == 400
    said = "The user name or the password is wrong."
    assert said in text_of(wrong)
    assert said in text_of(unknown)
    assert event.action == "session.fail"
    assert "not it" not in wrong.content.decode()


def test_ten_failures_lock_the_name_for_half_an_hour(scene: Scene):
    client = Client()
    for _ in range(9):
        try_to_sign_in(client, scene.manager, "not it")
    locked, [event] = events_of(lambda: try_to_sign_in(client, scene.manager, "not it"))
    assert locked.status_code == 429
    assert event.action == "session.lock_out"
    assert try_to_sign_in(client, scene.manager).status_code == 429


def test_the_way_back_is_a_path_of_ours_or_nothing(scene: Scene):
    kept = try_to_sign_in(Client(), scene.manager, next="/people")
    assert kept.headers["Location"] == "/people"
    for foreign in ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"):
        answer = try_to_sign_in(Client(), scene.manager, next=foreign)
        assert answer.headers["Location"] == "/"


def test_signing_out_takes_a_post(scene: Scene, browse):
    client = browse(scene.manager)
    assert client.get("/sign-out").status_code == 405
    answer, [event] = events_of(lambda: client.post("/sign-out"))
    assert (answer.status_code, event.action) == (303, "session.sign_out")
    assert client.get("/tasks").status_code == 302


def test_lapsed_vetting_ends_the_session_with_the_next_page(scene: Scene, browse):
    client = browse(scene.manager)
    assert client.get("/tasks").status_code == 200
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    make.accounts_actions.change_vetting(by=make.SETUP, officer=scene.manager, expires_on=yesterday)
    answer = client.get("/tasks", follow=True)
    assert answer.redirect_chain[-1][0].startswith(SIGN_IN)
    assert "Your access has ended" in text_of(answer)
    assert Event.objects.latest("pk").action == "session.sign_out"


def test_a_closed_account_ends_the_session_with_the_next_page(scene: Scene, browse):
    client = browse(scene.manager)
    make.accounts_actions.deactivate(by=make.SETUP, officer=scene.manager)
    assert client.get("/tasks").status_code == 302


def test_a_session_ends_after_fifteen_minutes_without_a_page_and_no_sooner(scene: Scene):
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        try_to_sign_in(client, scene.manager)
        for _ in range(3):
            clock.shift(dt.timedelta(minutes=14))
            assert client.get("/tasks").status_code == 200
        clock.shift(dt.timedelta(minutes=16))
        assert client.get("/tasks").status_code == 302


def test_no_session_lasts_longer_than_ten_hours(scene: Scene):
    client = Client()
    begin = timezone.now()
    with time_machine.travel(begin, tick=False) as clock:
        try_to_sign_in(client, scene.manager)
        for _ in range(60):  # a page every ten minutes keeps the idle limit away
            clock.shift(dt.timedelta(minutes=10))
            assert client.get("/tasks").status_code == 200
        clock.shift(dt.timedelta(minutes=1))
        assert client.get("/tasks").status_code == 302


def test_pages_are_kept_by_no_cache_and_framed_by_no_one(scene: Scene, browse):
    answer = browse(scene.manager).get("/tasks")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert re.search(r"script-src [^;]*'nonce-", policy)
