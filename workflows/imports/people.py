"""A row of an extract in the words of the rooms that keep its facts."""

from offenders.intake import CourtOrder, Home, Intake, Registered, Whereabouts
from offenders.models import Identifier, ManagementLevel, ManagementMode
from workflows.imports.directory import Directory
from workflows.imports.row import Row


def intake_of(row: Row, directory: Directory) -> Intake:
    """What a row says of a person. Visits and assessments are not part of it."""
    return Intake(
        source_ref=row.source_ref,
        forename=row.forename,
        surname=row.surname,
        date_of_birth=row.date_of_birth,
        sex=row.sex,
        ethnicity_self_defined=row.ethnicity_self_defined,
        ethnicity_officer_defined=row.ethnicity_officer_defined,
        mappa_category=row.mappa_category,
        mappa_level=row.mappa_level,
        team_id=directory.team_id(row),
        offender_manager_id=directory.officer_id(row),
        management_level=ManagementLevel(row.management_level),
        management_mode=ManagementMode(row.management_mode),
        aliases=row.aliases,
        identifiers=_identifiers(row),
        home=Home(
            row.address_kind,
            row.address_line_1,
            row.town,
            row.postcode,
            row.easting,
            row.northing,
        ),
        registered=Registered(row.basis, row.relevant_date),
        whereabouts=Whereabouts(row.status, row.status_since, row.released_on),
        order=_order(row),
        markers=row.warning_markers,
        notified_on=row.last_notification_on,
    )


def _identifiers(row: Row) -> dict[Identifier.Kind, str]:
    stated = {Identifier.Kind.VISOR: row.visor_ref, Identifier.Kind.PNC: row.pnc_id}
    return {kind: value for kind, value in stated.items() if value}


def _order(row: Row) -> CourtOrder | None:
    if row.order_made_on is None:
        return None
    return CourtOrder(row.order_kind, row.order_made_on, row.order_ends_on)
