"""What every test stands on.

Tests marked `django_db(transaction=True)` really commit, and Django empties every table after
each of them. Two things stand in the way here, both on purpose: the audit record, the versions of
the rules, assessments and indicators refuse DELETE and TRUNCATE, and the rows that migrations made
(rules, bank holidays, tools) must be there for the next test. So the emptying is wrapped, for
tests alone: triggers off, empty, triggers on, and what the migrations had put there is put back.
"""

from collections.abc import Iterator

import hypothesis
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker, Settings

from audit import triggers
from risk import as_received, frozen, frozen_scores, kept_decisions, kept_triages
from rules import guards
from workflows import insert_only, kept_starts

# How long one example takes tells of the machine and what else it does, not of the code.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")

# As many secrets are hashed here as a service hashes in a year: the same way, with less work.
Argon2PasswordHasher.time_cost = 1
Argon2PasswordHasher.memory_cost = 8
Argon2PasswordHasher.parallelism = 1


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, with an emptying that leaves it as the migrations did."""
    with django_db_blocker.unblock():
        as_migrated = connection.creation.serialize_db_to_string()
    empty = TransactionTestCase._fixture_teardown

    def empty_and_refill(case: TransactionTestCase) -> None:
        # Content types are refilled too, not made anew. Set each time: beside the event loop of a
        # browser test Django has another connection than before it.
        case.serialized_rollback = True
        connection._test_serialized_contents = as_migrated
        triggers.drop(connection)
        guards.drop(connection)
        frozen.drop(connection)
        frozen_scores.drop(connection)
        as_received.drop(connection)
        insert_only.drop(connection)
        kept_starts.drop(connection)
        kept_decisions.drop(connection)
        kept_triages.drop(connection)
        empty(case)
        triggers.create(connection)
        guards.create(connection)
        frozen.create(connection)
        frozen_scores.create(connection)
        as_received.create(connection)
        insert_only.create(connection)
        kept_starts.create(connection)
        kept_decisions.create(connection)
        kept_triages.create(connection)
        connection.creation.deserialize_db_from_string(as_migrated)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_and_refill)
        yield


@pytest.fixture(autouse=True)
def _static_files_where_they_lie(settings: Settings) -> None:
    """Serve static files from their sources: no test needs `collectstatic` to have run."""
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
