"""`manage.py grant_service`: what the service's own role may do on PostgreSQL."""

import argparse
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import connection, transaction

#: The record: the service looks and inserts. Erasure is the owner's, by hand.
INSERT_ONLY = ("audit_event", "audit_payload")


class Command(BaseCommand):
    """Grants a role every table but no change to the record. Run as the owner after `migrate`."""

    help = "Let the service's PostgreSQL role work, without changing the audit record."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which role."""
        parser.add_argument("role")

    def handle(self, *, role: str, **options: Any) -> None:
        """Grant and revoke. Safe to run twice. Raises CommandError where it makes no sense."""
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles.")
        name = connection.ops.quote_name(role)
        record = ", ".join(INSERT_ONLY)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
            found = cursor.fetchone()
            if found is None or found[0]:
                raise CommandError("There is no such role, or it is a superuser: nothing binds it.")
            cursor.execute(
                "SELECT tableowner, pg_has_role(CURRENT_USER, tableowner, 'USAGE') FROM pg_tables"
                " WHERE tablename = 'audit_event'"
            )
            owner, is_ours = cursor.fetchone()
            if owner == role or not is_ours:
                raise CommandError("Only the owner of the tables grants, and to another role.")
            for statement in (
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
                f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
                f"REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON {record} FROM {name}",
            ):
                cursor.execute(statement)
        self.stdout.write(f"{role} can work, and can change nothing of the record.")
