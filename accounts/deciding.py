"""Two people: what the database asks of a row in which one decides on what another wrote."""

from django.db.models import F, Q


def decided_for_another(decider: str, decided_for: str, author: str) -> Q:
    """The condition for the column `decided_for`: whom the decider acted for, under a delegation.

    It is never the author, whose own delegate would then decide on their work, nor the decider;
    and nobody is acted for where nobody decided. Beside it stands that author and decider differ.
    """
    another = ~Q(**{decided_for: F(author)}) & ~Q(**{decided_for: F(decider)})
    decided = Q(**{f"{decider}__isnull": False})
    return Q(**{f"{decided_for}__isnull": True}) | (another & decided)
