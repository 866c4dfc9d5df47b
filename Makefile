# Everything a newcomer needs. The machine must have only Python 3.11 or later, and make.
.DEFAULT_GOAL := help
.PHONY: help setup run test test-postgresql machine check fix bench bench-smoke docs assets lock clean

PY := .venv/bin/python
STAMP := .venv/installed
PYTHONS := python3.13 python3.12 python3.11 python3
POSTGRESQL ?= postgres://postgres@127.0.0.1:5432/test
# Processes that share the tests: one for each core, unless told otherwise.
JOBS ?= auto
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
# Browser tests run where there is a browser. BROWSER= leaves them out: CI has a stage for them.
BROWSER ?= $(CHROMIUM)

# uv uses the Python it is given and trusts the certificates this machine trusts, as pip does.
export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := 1
# Warnings are errors in the tests; a run that finds no test has failed too, and says so.
PYTEST = run_tests() { $(PY) -m pytest -q "$$@" || { rc=$$?; \
	[ $$rc -ne 5 ] || echo "No tests were found, which is a failure."; exit $$rc; }; }; run_tests

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## make the environment in .venv (does nothing when the lock has not changed)

$(STAMP): requirements-dev.txt requirements-uv.txt
	@set -e; \
	if ! $(PY) -c '' 2>/dev/null; then \
	  for name in $(PYTHONS); do \
	    if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	      python=$$name; break; fi; done; \
	  if [ -z "$$python" ]; then \
	    echo "Python 3.11 or later is needed; found: $$(python3 --version 2>&1 || echo none)."; \
	    exit 1; fi; \
	  echo "Making .venv with $$($$python --version) ..."; \
	  $$python -m venv --clear .venv || { \
	    echo "Python's venv module is missing (on Debian: apt install python3-venv)."; exit 1; }; \
	fi; \
	echo "Installing the locked packages (under a minute with uv, about a minute with pip) ..."; \
	if $(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.txt \
	  && .venv/bin/uv pip install --python $(PY) --require-hashes -q -r requirements-dev.txt; \
	then :; else \
	  echo "uv could not install them; using pip ..."; \
	  $(PY) -m pip install --disable-pip-version-check --require-hashes --progress-bar off -q \
	    -r requirements-dev.txt; \
	fi; \
	touch $@; echo "Ready: .venv"

run: $(STAMP) ## the whole service on this machine with a fictitious force (PORT=8000)
	@exec $(PY) manage.py serve

test: $(STAMP) ## every test that needs no server, on SQLite
	@$(if $(BROWSER),,echo "Skipped: the browser tests ($(if $(CHROMIUM),BROWSER is empty,no Chromium on this machine)).";) \
	$(PYTEST) -n $(JOBS) -m "not postgresql and not faults$(if $(BROWSER),, and not browser)"

test-postgresql: $(STAMP) ## the same on PostgreSQL, then races with real row locks (POSTGRESQL=url)
	@export DATABASE_URL=$(POSTGRESQL); \
	$(PYTEST) -n $(JOBS) -m "not postgresql and not faults and not browser" && \
	$(PYTEST) -n 0 -m postgresql

# Steps of the long run, and its seed: a run that failed is made again with SEED=...
STEPS ?= 20000
SEED := $(shell date +%s)
machine: $(STAMP) ## years in the life of a force at random (STEPS=20000, SEED, DATABASE_URL), long
	@echo "make machine STEPS=$(STEPS) SEED=$(SEED)"; \
	MACHINE_STEPS=$(STEPS) MACHINE_SEED=$(SEED) \
	$(PYTEST) -n 0 -p no:randomly tests/workflows/machine

check: $(STAMP) ## lint, types, import contracts, migrations and generated pages up to date
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy .
	.venv/bin/lint-imports
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check --database default --fail-level WARNING
	$(PY) manage.py reference --check

fix: $(STAMP) ## put lint and format right
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: $(STAMP) ## the benchmarks, beside raw SQL and the idiomatic peer, into docs/performance.md (long)
	$(PY) -m bench --write

bench-smoke: $(STAMP) ## the benchmarks once, small, to see that they still run
	$(PY) -m bench --smoke

docs: $(STAMP) ## write the generated pages of docs/reference
	$(PY) manage.py reference

assets: ## build the style sheets and scripts of the pages (needs Node)
	cd frontend && npm ci --no-audit --no-fund && npm run build

lock: $(STAMP) ## write the hashed requirements from pyproject.toml (needs a package index)
	.venv/bin/uv lock
	.venv/bin/uv export -q --no-emit-project --no-header --no-dev \
	  --format requirements-txt -o requirements.txt
	.venv/bin/uv export -q --no-emit-project --no-header \
	  --format requirements-txt -o requirements-dev.txt
	@! grep -n 'https\?:' requirements.txt requirements-dev.txt requirements-uv.txt

clean: ## remove the environment, caches and the local database with its sign-ins
	rm -rf .venv var static/collected .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './frontend/*' -prune -exec rm -rf {} +
