"""The built files match their sources, and the templates keep to the content security policy."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DIST = ROOT / "ui" / "static" / "ui" / "dist"
TEMPLATES = sorted((ROOT / "ui" / "templates").rglob("*.html"))


def test_the_built_files_are_not_older_than_their_sources():
    frontend = ROOT / "frontend"
    built = json.loads((DIST / "BUILD.json").read_text())["sources"]
    folders = ("images", "js", "licences", "scss")
    names = {
        f"{folder}/{path.name}" for folder in folders for path in (frontend / folder).iterdir()
    }
    assert names <= built.keys(), "run `npm run build` in frontend/"
    for name, digest in built.items():
        found = hashlib.sha256((frontend / name).read_bytes()).hexdigest()
        assert found == digest, f"{name} changed: run `npm run build` in frontend/"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_inline_style_or_script_or_unescaped_text(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|\|safe\b|autoescape off", text)
    assert all("nonce=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_the_style_sheet_has_no_foreign_address_and_no_licensed_font():
    css = (DIST / "app.css").read_text()
    assert set(re.findall(r"url\(([^)]*)\)", css)) == {'"fonts/inter.woff2"'}
    assert "GDS Transport" not in css


def test_the_lock_of_the_frontend_names_no_registry():
    assert '"resolved"' not in (ROOT / "frontend" / "package-lock.json").read_text()
