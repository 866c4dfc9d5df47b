"""The generated pages of docs/reference: what is true of the code, in words."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from accounts.models import Role
from accounts.policy import RULES, SCOPES, Grant
from config.env import BASE_DIR
from rules.ruleset import load
from workflows.pictures import FLOW_NAMES, flow_bpmn, flow_steps, flow_svg

FOLDER = BASE_DIR / "docs" / "reference"
SHIPPED = BASE_DIR / "rules" / "default.yaml"
NOTE = "<!-- Written by `make docs`. Do not edit. -->\n\n"


def pages() -> Iterator[tuple[Path, str]]:
    """Each generated page and its content."""
    yield FOLDER / "permissions.md", permissions()
    yield FOLDER / "flows.md", flows()
    yield FOLDER / "rules.md", rules()
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


def openapi() -> str:
    """The API as OpenAPI 3.1."""
    out = StringIO()
    call_command("spectacular", stdout=out)
    return out.getvalue()
