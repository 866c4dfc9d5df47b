"""A burst of indicators as a loop over rows: a serializer each, `get_or_create`, a query for each
name and number, `create` for each part and each suggestion, one event for each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Lower, Replace, Upper
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.policy import Action
from audit.models import Operation
from offenders.models import Address, Alias, Device, Identifier, Offender, OnlineAccount
from risk.models import Indicator, Match
from workflows.actions.indicators.deadlines import Deadlines
from workflows.actions.indicators.reading import Incoming, incoming_of
from workflows.matching import Named, beginnings
from workflows.steps.indicators import SendIndicator


def receive(items: Iterable[Mapping[str, Any]], *, by: Actor) -> int:
    """Take them in one after another. Returns how many were new."""
    return sum(_receive(item, by) for item in items)


@transaction.atomic
def _receive(item: Mapping[str, Any], by: Actor) -> bool:
    form = SendIndicator(data=item)
    form.is_valid(raise_exception=True)
    now = timezone.now()
    one = incoming_of(form.validated_data, now=now)
    merged_into = Indicator.objects.filter(
        ~Q(fingerprint="") & ~Q(source=one.source),
        force_id=by.force_id,
        fingerprint=one.fingerprint,
        state__in=["unmatched", "untriaged"],
    ).first()
    row, is_new = Indicator.objects.get_or_create(
        force_id=by.force_id,
        source=one.source,
        external_id=one.external_id,
        defaults={
            "code": one.code,
            "severity": one.severity,
            "source_grade": one.grading.source,
            "assessment_grade": one.grading.assessment,
            "handling": one.grading.handling,
            "handling_conditions": one.grading.conditions,
            "sanitised": one.grading.is_sanitised,
            "occurred_at": one.occurred_at,
            "text": one.text,
            "fingerprint": one.fingerprint,
            "content_digest": one.digest,
            "triage_by": Deadlines(now).by(one.severity),
            "recorded_by_id": by.user_id,
            "state": "merged" if merged_into else "unmatched",
            "merged_into": merged_into,
        },
    )
    if not is_new:
        return False
    for each in one.subjects:
        row.subjects.create(
            surname=each.surname,
            forename=each.forename,
            search_key=each.key,
            born_on=each.born_on,
            postcode=each.postcode,
        )
    for number in one.numbers:
        row.identifiers.create(
            kind=number.kind, service=number.service, value=number.value, key=number.key
        )
    for evidence in one.references:
        row.references.create(kind=evidence.kind, value=evidence.value)
    for person, reasons in _candidates(one, by.force_id).items():
        Match.objects.create(indicator=row, offender_id=person, reasons=reasons)
    audit.record(
        by=by,
        action=Action.INDICATOR_SEND,
        operation=Operation.COLLECTION,
        subject=f"indicator:{row.public_id}",
    )
    return True


def _candidates(one: Incoming, force_id: int | None) -> dict[int, list[str]]:
    """Whom it may be about, by a query for each thing that it says."""
    said: dict[int, set[str]] = defaultdict(set)
    for each in one.sought.people:
        _by_name(each, force_id, said)
    _by_number(one, force_id, said)
    _by_account(one, force_id, said)
    for person in Offender.objects.filter(pk__in=said):
        if any(person.date_of_birth == each.born_on for each in one.sought.people):
            said[person.pk].add("date_of_birth")
    return {person: sorted(reasons) for person, reasons in said.items()}


def _by_name(each: Named, force_id: int | None, said: dict[int, set[str]]) -> None:
    people = Offender.objects.filter(force_id=force_id)
    for person in people.filter(search_key=each.search_key):
        said[person.pk].add("name")
    for alias in Alias.objects.filter(offender__force_id=force_id, search_key=each.search_key):
        said[alias.offender_id].add("alias")
    for person in people.filter(
        date_of_birth=each.born_on, search_key__startswith=each.surname_key
    ):
        if each.surname_key in beginnings(person.search_key):
            said[person.pk] |= {"surname", "date_of_birth"}
    if each.postcode:
        plain = Upper(Replace("postcode", Value(" ")))
        homes = Address.objects.alias(key=plain).filter(until_on=None, offender__force_id=force_id)
        for address in homes.filter(key=each.postcode):
            said[address.offender_id].add("address")


def _by_number(one: Incoming, force_id: int | None, said: dict[int, set[str]]) -> None:
    for number in one.sought.references:
        for known in Identifier.objects.filter(value=number, offender__force_id=force_id):
            said[known.offender_id].add("identifier")
        for person in Offender.objects.filter(force_id=force_id, source_ref__iexact=number):
            said[person.pk].add("identifier")
    for number in one.sought.devices:
        plain = Lower(Replace(Replace("identifier", Value(" ")), Value("-")))
        devices = Device.objects.alias(key=plain).filter(offender__force_id=force_id)
        for found in devices.filter(key=number):
            said[found.offender_id].add("device")


def _by_account(one: Incoming, force_id: int | None, said: dict[int, set[str]]) -> None:
    for key in one.sought.accounts:
        service, _, name = key.partition(":")
        accounts = OnlineAccount.objects.filter(offender__force_id=force_id)
        for account in accounts.filter(user_name__iexact=name, service__iexact=service):
            said[account.offender_id].add("account")
