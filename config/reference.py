"""The generated pages of docs/reference: what is true of the code, in words."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from accounts.in_person import IN_PERSON
from accounts.models import Role
from accounts.policy import RULES, SCOPES, Grant
from config.env import BASE_DIR
from offenders.models.condition import ConditionCategory
from risk.grading import AssessmentGrade, Handling, SourceGrade
from risk.indicator_codes import HalfLife, Severity
from risk.indicator_types import IndicatorType, indicator_types
from rules.ruleset import RuleSet, load
from workflows.pictures import FLOW_NAMES, flow_bpmn, flow_steps, flow_svg

FOLDER = BASE_DIR / "docs" / "reference"
SHIPPED = BASE_DIR / "rules" / "default.yaml"
NOTE = "<!-- Written by `make docs`. Do not edit. -->\n\n"


def pages() -> Iterator[tuple[Path, str]]:
    """Each generated page and its content."""
    yield FOLDER / "permissions.md", permissions()
    yield FOLDER / "flows.md", flows()
    yield FOLDER / "rules.md", rules()
    yield FOLDER / "indicators.md", indicators()
    yield FOLDER / "openapi.yaml", openapi()
    for name in FLOW_NAMES:
        yield FOLDER / "flows" / f"{name}.svg", flow_svg(name)
        yield FOLDER / "flows" / f"{name}.bpmn", flow_bpmn(name)


def permissions() -> str:
    """`accounts.policy` as a table: action by role."""
    roles = list(Role)
    lines = [
        NOTE + "# Who may do what\n",
        "An empty cell is refused. *reason*: a typed reason is needed. *2*: a second person.",
        "A declared conflict of interest and lapsed vetting beat every cell.\n",
        "| action | " + " | ".join(role.label for role in roles) + " | scope of a client |",
        "|---" * (len(roles) + 2) + "|",
    ]
    for action, grants in RULES.items():
        cells = [_cell(grants.get(role)) for role in roles]
        lines.append(f"| `{action}` | " + " | ".join(cells) + f" | {SCOPES.get(action, '')} |")
    lines += [
        "\n## Done in person\n",
        "A delegation gives away every other decision of a supervisor or an inspector.\n",
        "| action | why nobody does it for another |",
        "|---|---|",
    ]
    lines += [f"| `{action}` | {why} |" for action, why in IN_PERSON.items()]
    return "\n".join(lines) + "\n"


def _cell(grant: Grant | None) -> str:
    if grant is None:
        return ""
    words = [grant.reach.value]
    if grant.reason:
        words.append("reason")
    if grant.reason_beyond is not None:
        words.append(f"reason beyond {grant.reason_beyond.value}")
    if grant.second_person:
        words.append("2")
    if grant.redaction.value != "none":
        words.append(grant.redaction.value.replace("_", " "))
    return ", ".join(words)


def flows() -> str:
    """Every flow with its steps, who may do them, and its picture."""
    lines = [
        NOTE + "# Flows\n",
        "Each picture is there as BPMN 2.0 too. The JSON beside it is the flow as the last release",
        "had it (`manage.py rehearse_flows --keep`), against which `manage.py rehearse_flows` says",
        "what a release would do to running work.\n",
    ]
    for name in FLOW_NAMES:
        title, steps = flow_steps(name)
        lines += [f"## {title}\n", f"![{title}](flows/{name}.svg)\n"]
        lines += [f"[BPMN](flows/{name}.bpmn)\n"]
        lines += ["| step | title | permission |", "|---|---|---|"]
        lines += [f"| `{step}` | {said} | `{action}` |" for step, said, action in steps]
        lines.append("")
    return "\n".join(lines)


def rules() -> str:
    """The shipped rule set with its sources."""
    lines = [
        NOTE + "# Rules\n",
        "V source text seen, P partly seen, M from memory, D our default. A force edits them as",
        "data; nothing that is not in statute is a constant.\n",
        "| rule | period | counted | days | in force | evidence | source |",
        "|---|---|---|---|---|---|---|",
    ]
    shipped = load(SHIPPED.read_text(encoding="utf-8"))
    for rule in shipped.rules:
        lines.append(
            f"| `{rule.id}` | {rule.period} | {rule.count} | {rule.days or ''} "
            f"| {'yes' if rule.enabled else 'no'} | {rule.evidence} | {rule.source} |"
        )
    lines += [
        "\n## Figures\n",
        "| figure | value | unit | evidence | source |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| `{figure.id}` | {figure.value} | {figure.unit} | {figure.evidence} | {figure.source} |"
        for figure in shipped.figures
    ]
    return "\n".join(lines) + "\n"


def indicators() -> str:
    """The coded types of indicators, and the shipped figures that they are weighed by."""
    shipped = load(SHIPPED.read_text(encoding="utf-8"))
    lines = [
        NOTE + "# Indicators of online risk\n",
        "Points order the work and decide nothing about anybody (docs/decisions/0024). The types",
        "are `risk/indicator_types.yaml`; every number here is a figure of the rule set as shipped",
        "(rules.md), which a force changes.\n",
        "| code | type | severity | half-life | usually from | proposed | may breach |",
        "|---|---|---|---|---|---|---|",
        *(_indicator_row(one) for one in indicator_types().values()),
        "\n## Where the grade says the severity\n",
        "| type | severity | grades |",
        "|---|---|---|",
        *_severities_by_grade(),
        *_indicator_figures(shipped),
    ]
    return "\n".join(lines) + "\n"


def _indicator_row(one: IndicatorType) -> str:
    proposed = f"{one.leads_to.label}; {one.note}" if one.note else one.leads_to.label
    conditions = [category.label for category in ConditionCategory if category in one.engages]
    cells = (
        f"`{one.code}`",
        one.name,
        one.severity.replace("_", " "),
        one.half_life.value,
        ", ".join(source.label for source in one.sources),
        proposed,
        ", ".join(conditions),
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def _severities_by_grade() -> Iterator[str]:
    for one in indicator_types().values():
        for severity in Severity if one.by_grade else ():
            grades = [grade for grade, found in one.by_grade.items() if found == severity]
            if grades:
                yield f"| `{one.code}` | {severity.value} | {', '.join(grades)} |"


def _indicator_figures(shipped: RuleSet) -> list[str]:
    """Points by severity, days by half-life, and the share that each grade leaves of them."""
    figure = shipped.figure
    return [
        "\n## What one is worth\n",
        "Points = severity x reliability x what its age leaves x the order's factor. An indicator",
        "does not fade before triage and its action are closed; before triage a critical one",
        "counts in full, whatever its grade. Where it may breach a live condition of an order:",
        f"times {figure('indicator.order.factor')}. All of one code together: at most "
        f"{figure('indicator.cap')}.\n",
        "| severity | points |",
        "|---|---|",
        *(f"| {one.label} | {figure(f'indicator.points.{one.value}')} |" for one in Severity),
        "\n| half-life | days |",
        "|---|---|",
        *(f"| {one.label} | {figure(f'indicator.half_life.{one.value}')} |" for one in HalfLife),
        "\n## Grading 3x5x2\n",
        "How much of the points a grade leaves.\n",
        "| | " + " | ".join(f"{one.value} {one.label}" for one in SourceGrade) + " |",
        "|---" * (len(SourceGrade) + 1) + "|",
        *(_reliabilities(shipped, one) for one in AssessmentGrade),
        "\nHandling: " + "; ".join(f"{one.value} {one.label.lower()}" for one in Handling) + ".",
    ]


def _reliabilities(shipped: RuleSet, assessment: AssessmentGrade) -> str:
    cells = [
        str(shipped.figure(f"indicator.reliability.{source.value}{assessment.value.lower()}"))
        for source in SourceGrade
    ]
    return f"| {assessment.value} {assessment.label} | " + " | ".join(cells) + " |"


def openapi() -> str:
    """The API as OpenAPI 3.1."""
    out = StringIO()
    call_command("spectacular", stdout=out)
    return out.getvalue()
