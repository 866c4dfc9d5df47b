"""Typed reads of the environment. The only place that looks at `os.environ`."""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from config.private import private_folder

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def secret(name: str, *, default: str | Callable[[], str] | None = None) -> str:
    """The value of `name`, the content of the file that `NAME_FILE` points at, or the default.

    Raises ImproperlyConfigured with what to set when neither is there and there is no default.
    """
    if path := env.str(f"{name}_FILE", default=""):
        return Path(path).read_text(encoding="utf-8").strip()
    if value := env.str(name, default=""):
        return value
    if default is not None:
        return default() if callable(default) else default
    raise ImproperlyConfigured(
        f"{name} is not set. Give it in the environment, or put it in a file and name the file "
        f"in {name}_FILE. deploy/README.md lists every variable."
    )


#: Characters of a secret that cannot be guessed; what is shorter is a mistake.
LEAST_SECRET = 24


def secrets_by_name(text: str) -> dict[str, list[str]]:
    """Secrets written as "name=secret", apart by spaces or lines.

    A name may stand twice while one secret replaces another. Raises ImproperlyConfigured, without
    the secret, where a part is no such pair or its secret is short.
    """
    found: dict[str, list[str]] = {}
    for place, part in enumerate(text.split(), start=1):
        name, _, value = part.partition("=")
        if not name or len(value) < LEAST_SECRET:
            raise ImproperlyConfigured(
                f"Part {place} is not name=secret with {LEAST_SECRET} characters or more."
            )
        found.setdefault(name, []).append(value)
    return found


def kept_secret(path: Path) -> str:
    """A random secret kept in the file `path` (mode 0600), made on first use.

    For one machine only. Several machines share one through SECRET_KEY or SECRET_KEY_FILE.
    """
    if not path.exists():
        private_folder(path.parent)
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="utf-8").strip()
