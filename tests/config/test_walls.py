"""Whatever in the database refuses or keeps something by itself is looked for before a start."""

import pytest
from django.db import connection, transaction

from audit.errors import WallLost
from config.celery import refuse_without_triggers
from config.walls import require_each, require_walls
from risk.score_tables import TablesWrong

pytestmark = pytest.mark.django_db

ON_SQLITE = "SELECT name, 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'"
ON_POSTGRESQL = """
SELECT tgname, format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass)
  FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT conname, format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
  FROM pg_constraint WHERE contype = 'x'"""


def guards() -> list[tuple[str, str]]:
    """Each trigger and each exclusion that the migrations made, and how the database loses it."""
    with connection.cursor() as cursor:
        cursor.execute(ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL)
        return list(cursor.fetchall())


def test_with_everything_in_place_it_starts():
    require_each()


def test_whichever_the_database_loses_no_process_starts_and_is_told_which():
    found = guards()
    assert len(found) > 20
    assert [name for name, loses in found if name not in told_without(loses)] == []


def told_without(loses: str) -> str:
    """What a process that starts then is told; empty where it would start. Nothing stays lost."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(loses)
        try:
            require_each()
        except WallLost as error:
            return str(error)
        finally:
            transaction.set_rollback(True)
    return ""


def test_no_server_process_starts_with_tables_of_the_static_scores_that_cannot_be_read(
    settings, tmp_path
):
    settings.STATIC_SCORE_VERSIONS = str(tmp_path / "gone.yaml")

    with pytest.raises(TablesWrong, match="No static score can be calculated"):
        require_walls()
    with pytest.raises(SystemExit, match=r"Not started\. No static score can be calculated"):
        refuse_without_triggers()
