"""`manage.py reference`: write the generated pages of docs/reference, or check them."""

import argparse
from typing import Any

from django.core.management import BaseCommand, CommandError

from config.reference import pages


class Command(BaseCommand):
    """Writes permissions, flows, rules and the API as pages; `--check` fails where one is stale."""

    help = "Write the generated pages of docs/reference."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """`--check` writes nothing."""
        parser.add_argument("--check", action="store_true", help="only say what is stale")

    def handle(self, *, check: bool, **options: Any) -> None:
        """Write or compare each page. Raises CommandError naming the stale ones."""
        stale = []
        for path, content in pages():
            if path.exists() and path.read_text(encoding="utf-8") == content:
                continue
            stale.append(path.name)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, encoding="utf-8")
        if check and stale:
            raise CommandError(f"Run `make docs`: {', '.join(stale)} are stale.")
        self.stdout.write(f"{len(stale)} pages written." if stale else "All pages are up to date.")
