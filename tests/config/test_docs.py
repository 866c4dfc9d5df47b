"""The pages people read agree with the code and with one another."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("config", "ui", "api", "workflows", "risk", "offenders", "rules", "accounts", "audit")
GLOSSARY = (ROOT / "docs/glossary.md").read_text().split("## Words we do not use")[0]
PRACTICE = (ROOT / "docs/practice.md").read_text()
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))


def code_names() -> list[str]:
    """Every name of the glossary's last column."""
    last_columns = re.findall(r"\| ([^|]*) \|$", GLOSSARY, re.MULTILINE)
    return sorted({name for cell in last_columns for name in re.findall(r"`([^`]+)`", cell)})


def test_every_code_name_of_the_glossary_is_in_the_code():
    words = set()
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            words |= set(re.findall(r"\w+", file.read_text()))
    assert len(code_names()) > 40
    unknown = {name for name in code_names() if not set(name.split(".")) <= words}
    assert unknown == set()


def test_every_decision_is_in_the_index_and_no_other():
    index = (ROOT / "docs/decisions/README.md").read_text()
    assert re.findall(r"\((\d{4}-[\w-]+\.md)\)", index) == [file.name for file in DECISIONS]


def test_every_decision_of_practice_that_is_cited_is_there():
    there = [number for number, _ in practice()]
    assert there == [str(number) for number in range(1, len(there) + 1)]
    files = [file for room in (*ROOMS, "tests") for file in (ROOT / room).rglob("*.py")]
    said = " ".join(re.sub(r"\s*\n\s*#?\s*", " ", file.read_text()) for file in files)
    cited = {
        number
        for run in re.findall(r"PRACTICE ([\d, and]+)", said)
        for number in re.findall(r"\d+", run)
    }
    assert len(cited) > 10
    assert cited <= set(there)


def test_every_sentence_of_practice_names_tests_that_are_there():
    """All of its words, in order, save those of 14 and 18."""
    said = dict(practice())
    rows = re.findall(r"^\| (\d+) \| (.*) \| (.*) \|$", PRACTICE, re.MULTILINE)
    held: dict[str, list[str]] = {}
    for number, words, _ in rows:
        held.setdefault(number, []).append(words)
    assert {number: " ".join(words) for number, words in held.items()} == said
    named = {name for *_, names in rows for name in re.findall(r"`([^`]+)`", names)}
    gone = [name for name in sorted(named) if not is_test(*name.split("::"))]
    assert gone == []


def practice() -> list[tuple[str, str]]:
    """The number of each decision, and its words on one line."""
    found = re.findall(r"^(\d+)\. (.*(?:\n {3,}.*)*)", PRACTICE, re.MULTILINE)
    return [(number, " ".join(words.split())) for number, words in found]


def is_test(file: str, name: str) -> bool:
    """Whether a file of the tests has a test of that name."""
    return (
        re.search(rf"^def {name}\(", (ROOT / "tests" / file).read_text(), re.MULTILINE) is not None
    )


@pytest.mark.parametrize("file", DECISIONS, ids=lambda file: file.name)
def test_a_decision_has_its_four_parts_on_one_page(file: Path):
    text = file.read_text()
    parts = re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE)
    assert parts == ["Context", "Decision", "Consequences", "Evidence"]
    assert len(text.splitlines()) <= 60


def test_the_licence_is_the_plain_text_of_version_3():
    text = (ROOT / "LICENSE").read_text()
    assert text.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE")
    assert "13. Remote Network Interaction" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_notice_names_every_locked_package():
    notice = re.split(r"[\s,()]+", (ROOT / "NOTICE").read_text())
    locked = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert [name for name in locked if name not in [*notice, "django-viewflow"]] == []


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "requirements-uv.txt"]
)
def test_a_lock_is_hashed_and_names_no_package_index(name: str):
    text = (ROOT / name).read_text()
    assert "://" not in text
    pinned = re.findall(
        r"^[a-z0-9-]+(?:\[[a-z,]+\])?==[^\n]*\n    --hash=sha256:", text, re.MULTILINE
    )
    assert len(pinned) == len(re.findall(r"^\w", text, re.MULTILINE))
