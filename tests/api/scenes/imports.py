"""An extract that was sent."""

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role
from offenders.models import Offender
from tests import make
from tests.api.scenes.scene import Scene
from workflows.actions import imports


def an_import_job(scene: Scene) -> tuple[str, Offender]:
    inspector = make.officer(Role.INSPECTOR, team=scene.team)
    job = imports.request_import(
        by=Actor.of_user(inspector),
        force=scene.team.force,
        content=b"source_ref\n",
        name="test.csv",
        as_of=timezone.localdate(),
        dry_run=True,
    )
    return str(job.public_id), scene.person()
