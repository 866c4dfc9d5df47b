"""The files of deploy/ agree with the code. Nothing here starts a container or a unit."""

import ast
import configparser
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.celery import Queue, app

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
ROOMS = ("config", "ui", "api", "workflows", "risk", "offenders", "rules", "accounts", "audit")
OURS = ("migrate", "web", "worker", "worker-imports", "beat")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def variables_read() -> Iterator[tuple[str, ast.expr | None]]:
    """(name, default) of every environment variable that the code reads through config/env.py."""
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    for file in [*files, DEPLOY / "gunicorn.conf.py"]:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] in (
                "env",
                "secret",
            ):
                name = node.args[0]
                if isinstance(name, ast.Constant):
                    default = [word.value for word in node.keywords if word.arg == "default"]
                    yield str(name.value), default[0] if default else None


def documented() -> dict[str, str]:
    """Name and default of every row of the table in deploy/README.md."""
    text = (DEPLOY / "README.md").read_text()
    table = text.split("## Environment variables")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) ?\|", table, re.MULTILINE))


def unit(file: Path) -> dict[str, list[str]]:
    """Every setting of a unit's [Service] section; systemd allows a key to be repeated."""
    settings: dict[str, list[str]] = {}
    section = file.read_text().split("[Service]")[1].split("[Install]")[0]
    for line in section.splitlines():
        if "=" in line and not line.startswith("#"):
            key, value = line.split("=", 1)
            settings.setdefault(key, []).append(value)
    return settings


def test_every_variable_the_code_reads_is_documented_and_no_other():
    assert set(documented()) == {name for name, _ in variables_read()}


def test_a_documented_default_is_the_default_in_the_code():
    table = documented()
    compared = 0
    for name, default in variables_read():
        if default is None or any(isinstance(n, ast.Name) for n in ast.walk(default)):
            continue  # worked out when the service starts
        value = eval(compile(ast.Expression(default), name, "eval"))  # noqa: S307 (our own source)
        words = ",".join(value) if isinstance(value, list) else str(value)
        words = words.lower() if isinstance(value, bool) else words
        assert table[name] == (f"`{words}`" if words else ""), name
        compared += 1
    assert compared >= 12


def test_only_config_env_looks_at_the_environment():
    elsewhere = [
        str(file.relative_to(ROOT))
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        if re.search(r"os\.(environ\[\"|environ\.get|getenv)", file.read_text())
        and file.relative_to(ROOT).as_posix() not in ("config/env.py",)
        and 'os.environ["PORT"] = ' not in file.read_text()  # serve hands its option on
    ]
    assert elsewhere == []


@pytest.mark.parametrize("queue", list(Queue))
def test_every_queue_has_a_worker_in_compose_and_in_systemd(queue: Queue):
    consumed = [
        name
        for service in COMPOSE["services"].values()
        if "worker" in (command := service.get("command", []))
        for name in command[command.index("-Q") + 1].split(",")
    ]
    assert queue.value in consumed
    target = (DEPLOY / "systemd" / "mosovo.target").read_text()
    assert f"mosovo-worker@{queue.value}.service" in target


@pytest.mark.parametrize("queue", list(Queue))
def test_a_queue_gets_its_own_messages_and_no_others(queue: Queue):
    bound = app.amqp.queues[queue.value]
    assert (bound.exchange.name, bound.routing_key) == (queue.value, queue.value)


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_every_container_is_hardened_and_bounded(name: str):
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"].split(":")[0] not in ("0", "root")
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert re.fullmatch(r".+:\d+\.\d+\.?\d*(-\w+)?", service["image"]), "a pinned tag"


@pytest.mark.parametrize("name", [name for name in COMPOSE["services"] if name != "migrate"])
def test_every_container_that_stays_has_a_health_check(name: str):
    assert COMPOSE["services"][name]["healthcheck"]


def test_only_the_web_is_published_and_only_on_the_loopback_address():
    published = {
        name: service["ports"]
        for name, service in COMPOSE["services"].items()
        if "ports" in service
    }
    assert list(published) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in published["web"])
    assert COMPOSE["networks"]["inside"]["internal"] is True


@pytest.mark.parametrize("name", OURS)
def test_secrets_come_from_files(name: str):
    environment = COMPOSE["services"][name]["environment"]
    assert {"SECRET_KEY_FILE", "DATABASE_URL_FILE", "CELERY_BROKER_URL_FILE"} <= set(environment)
    known = set(documented()) | {f"{variable}_FILE" for variable in documented()}
    assert set(environment) <= known


def test_only_migrate_is_the_owner_and_nobody_the_superuser():
    services = COMPOSE["services"]
    urls = {name: services[name]["environment"]["DATABASE_URL_FILE"] for name in OURS}
    owners = {name for name, url in urls.items() if url == "/run/secrets/owner_url"}
    assert owners == {"migrate"}
    for name in OURS:
        given = {"owner_url" if name == "migrate" else "database_url", "broker_url", "secret_key"}
        assert set(services[name]["secrets"]) == given
    assert "grant_service mosovo" in " ".join(services["migrate"]["command"])
    assert "POSTGRES_USER" not in services["postgres"]["environment"]
    roles = (DEPLOY / "postgres-roles.sql").read_text()
    assert re.findall(r"^CREATE ROLE (\w+) LOGIN PASSWORD :'\w+';$", roles, re.MULTILINE) == [
        "mosovo_owner",
        "mosovo",
    ]
    assert "./postgres-roles.sql:" in str(services["postgres"]["volumes"])
    migrate = unit(DEPLOY / "systemd" / "mosovo-migrate.service")
    assert any("grant_service mosovo" in line for line in migrate["ExecStart"])
    for file in UNITS:
        is_owner = "owner_url" in file.read_text()
        assert is_owner is (file.name == "mosovo-migrate.service")


def test_every_secret_of_compose_is_made_by_the_readme():
    made = (DEPLOY / "README.md").read_text().split("## Containers")[1].split("\n## ")[0]
    for secret in COMPOSE["secrets"].values():
        name = Path(secret["file"]).name
        looped = name.removesuffix("_password") in ("database", "owner", "service")
        assert f"secrets/{name}" in made or looped, name


def test_imports_run_one_at_a_time_everywhere():
    command = COMPOSE["services"]["worker-imports"]["command"]
    assert command[command.index("-c") + 1] == "1"
    worker = unit(DEPLOY / "systemd" / "mosovo-worker@.service")
    assert "-c ${CONCURRENCY} " in worker["ExecStart"][0]
    dropped_in = DEPLOY / "systemd" / "mosovo-worker@imports.service.d" / "one-at-a-time.conf"
    assert "Environment=CONCURRENCY=1" in dropped_in.read_text()


def test_compose_checks_the_web_itself():
    # podman ignores what the image says.
    assert "/healthz" in str(COMPOSE["services"]["web"]["healthcheck"]["test"])


def test_the_image_holds_named_parts_of_the_code_alone():
    copied = re.findall(
        r"^COPY (?!--from)(.+)$", (DEPLOY / "Containerfile").read_text(), re.MULTILINE
    )
    sources = {source for line in copied for source in line.split()[:-1]}
    assert sources >= {*ROOMS, "manage.py", "deploy/gunicorn.conf.py"}
    assert not sources & {".", "./", "*", "deploy", "var"}
    for source in sources:
        assert (ROOT / source).exists(), source


def test_both_kinds_of_engine_ignore_the_same_files():
    ignored = (ROOT / ".containerignore").read_text()
    assert (ROOT / ".dockerignore").read_text() == ignored
    assert {"deploy/secrets", "var", ".git", "*.sqlite3"} <= set(ignored.splitlines())


def test_the_image_is_not_root_and_installs_only_the_hashed_runtime_lock():
    lines = (DEPLOY / "Containerfile").read_text()
    assert re.findall(r"^USER (.+)$", lines, re.MULTILINE)[-1] == "10001:10001"
    assert "--require-hashes" in lines
    assert "requirements-dev" not in lines
    assert "HEALTHCHECK" in lines
    bases = re.findall(r"^FROM (\S+)", lines, re.MULTILINE)
    assert all(re.search(r":\d+\.\d+\.\d+-slim", base) for base in bases), bases


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_every_unit_is_hardened(file: Path):
    parser = configparser.RawConfigParser(strict=False)
    parser.read_string(file.read_text())
    assert parser.sections() == ["Unit", "Service", "Install"]
    service = unit(file)
    assert service["User"] == ["mosovo"]
    assert service["NoNewPrivileges"] == ["yes"]
    assert service["ProtectSystem"] == ["strict"]
    assert service["CapabilityBoundingSet"] == [""]
    assert service["ExecStart"][0].startswith("/opt/mosovo/.venv/bin/")


def test_the_units_are_there():
    assert {file.name for file in UNITS} == {
        "mosovo-beat.service",
        "mosovo-migrate.service",
        "mosovo-web.service",
        "mosovo-worker@.service",
    }
