"""The codes that indicators of online risk are written in. Stored; never renamed.

What each type is worth, fades by and leads to is data (`risk/indicator_types.yaml`).
"""

from enum import StrEnum

from django.db import models


class IndicatorCode(StrEnum):
    """The 23 coded types. A code that is not here is refused."""

    CTIP = "CTIP"
    P2P = "P2P"
    GROOM = "GROOM"
    MONA = "MONA"
    MONO = "MONO"
    UDEV = "UDEV"
    UACC = "UACC"
    WIPE = "WIPE"
    ANON = "ANON"
    CLOUD = "CLOUD"
    AIGEN = "AIGEN"
    GAME = "GAME"
    NEWREL = "NEWREL"
    DISC = "DISC"
    ANPR = "ANPR"
    CUST = "CUST"
    DA = "DA"
    MISPER = "MISPER"
    NAMECH = "NAMECH"
    TRAV = "TRAV"
    INTEL = "INTEL"
    NONC = "NONC"
    WELF = "WELF"


class Severity(models.TextChoices):
    """How grave one indicator is, gravest first."""

    CRITICAL = "critical", "Critical"
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class HalfLife(models.TextChoices):
    """How soon it says less: after so many days (figures of the rule set) half its points."""

    SHORT = "short", "Short"
    MEDIUM = "medium", "Medium"
    LONG = "long", "Long"


class IndicatorSource(models.TextChoices):
    """Where indicators of a type usually come from."""

    NATIONAL_AGENCY = "national_agency", "National Crime Agency"
    REGIONAL_UNIT = "regional_unit", "Regional organised crime unit"
    PUBLIC_CONTACT = "public_contact", "101 or an online report"
    SCHOOL = "school", "School"
    MONITORING = "monitoring", "Device monitoring"
    VISIT = "visit", "Home visit"
    INTELLIGENCE = "intelligence", "Intelligence"
    EXAMINATION = "examination", "Device examination"
    DISCLOSURE_SCHEME = "disclosure_scheme", "Disclosure scheme"
    ANPR = "anpr", "Number plate recognition"
    CUSTODY = "custody", "Custody"
    COMMAND_AND_CONTROL = "command_and_control", "Command and control"
    MISSING_PERSONS = "missing_persons", "Missing persons system"
    CREDIT_REFERENCE = "credit_reference", "Credit reference"
    PASSPORT_OFFICE = "passport_office", "Passport office"
    BORDER = "border", "Border Force"
    OWN_RECORDS = "own_records", "This service"
    ANY = "any", "Anybody"


class TriageOutcome(models.TextChoices):
    """What an officer may decide about an indicator. A type proposes one; nothing decides it."""

    NO_ACTION = "no_action", "No action"
    INFORMATION_ONLY = "information_only", "Information only"
    LINKED_TO_TASK = "linked_to_task", "Linked to a task"
    VISIT_BROUGHT_FORWARD = "visit_brought_forward", "Visit brought forward"
    REASSESSMENT = "reassessment", "Risk reassessment"
    ENQUIRY = "enquiry", "Enquiry into a breach or an offence"
    SAFEGUARDING_REFERRAL = "safeguarding_referral", "Safeguarding referral"
    TRANSFERRED = "transferred", "Transferred to another force"
    DUPLICATE = "duplicate", "Duplicate"
    NOT_THIS_PERSON = "not_this_person", "Not this person"


#: What no type proposes: a machine suggests nothing that would set an indicator aside.
SETS_ASIDE = frozenset(
    {
        TriageOutcome.NO_ACTION,
        TriageOutcome.INFORMATION_ONLY,
        TriageOutcome.TRANSFERRED,
        TriageOutcome.DUPLICATE,
        TriageOutcome.NOT_THIS_PERSON,
    }
)
