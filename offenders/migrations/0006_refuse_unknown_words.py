"""Refuse words that mean nothing, and the guards of status intervals once more.

On SQLite a constraint rebuilds the table, which drops its triggers (offenders/intervals.py).
"""

from django.conf import settings
from django.db import migrations, models

from offenders import intervals


def guard_again(apps, schema_editor):
    intervals.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("offenders", "0005_numbers_found_by_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="notificationbasis",
            name="disposal",
            field=models.CharField(
                choices=[
                    ("life_or_ipp_or_30m_plus", "Life, IPP, or 30 months and more"),
                    ("order_for_lifelong_restriction", "Order for lifelong restriction"),
                    ("hospital_with_restriction_order", "Hospital with a restriction order"),
                    ("imprisonment_over_6m_under_30m", "More than 6 and less than 30 months"),
                    ("imprisonment_6m_or_less", "6 months or less"),
                    ("hospital_without_restriction_order", "Hospital without a restriction order"),
                    ("caution", "Caution"),
                    ("conditional_discharge", "Conditional discharge"),
                    ("any_other", "Any other"),
                ],
                max_length=40,
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["main_residence", "regularly_found", "other"])),
                name="address_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="identifier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "visor",
                            "pnc",
                            "cro",
                            "custody",
                            "prison",
                            "crn",
                            "urn",
                            "national_insurance",
                            "passport",
                        ],
                    )
                ),
                name="identifier_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="identifier",
            constraint=models.CheckConstraint(
                condition=models.Q(("value", ""), _negated=True), name="identifier_has_a_value"
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["initial", "change", "periodic"])),
                name="notification_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notificationbasis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "disposal__in",
                        [
                            "life_or_ipp_or_30m_plus",
                            "order_for_lifelong_restriction",
                            "hospital_with_restriction_order",
                            "imprisonment_over_6m_under_30m",
                            "imprisonment_6m_or_less",
                            "hospital_without_restriction_order",
                            "caution",
                            "conditional_discharge",
                            "any_other",
                        ],
                    )
                ),
                name="basis_disposal_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notificationbasis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("discharge_months__isnull", True), ("discharge_months__gt", 0), _connector="OR"
                ),
                name="basis_discharge_has_some_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "shpo",
                            "interim_shpo",
                            "sro",
                            "interim_sro",
                            "notification_order",
                            "sopo",
                            "rsho",
                            "fto",
                        ],
                    )
                ),
                name="order_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statusinterval",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("release_expected_on__isnull", True),
                    ("release_expected_on__gte", models.F("from_on")),
                    _connector="OR",
                ),
                name="status_release_expected_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="warningmarker",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "code__in",
                        [
                            "FI",
                            "WE",
                            "XP",
                            "VI",
                            "CO",
                            "ES",
                            "AG",
                            "AT",
                            "SU",
                            "MN",
                            "DR",
                            "IM",
                            "IF",
                            "SH",
                            "OW",
                            "SX",
                            "CN",
                        ],
                    )
                ),
                name="marker_code_known",
            ),
        ),
        migrations.RunPython(guard_again, guard_again),
    ]
