# The commands of PbR Workbench. `make` alone lists them.

.DEFAULT_GOAL := help
.PHONY: help run test lint types imports settings-check tests lock bench load promises assure
SHELL := /bin/bash
PYTHON := .venv/bin/python

help:  ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | \
	  while IFS='|' read -r name text; do printf 'make %-10s %s\n' "$$name" "$$text"; done

run:  ## Start the worked example at http://localhost:8000/ (another port: PORT=8001 make run)
	@.ci/environment run
	@PBR_DEMO=1 exec $(PYTHON) manage.py serve

test:  ## Prove everything: lint, import contracts, types, settings, all tests, browser journeys
	@.ci/environment test
	@$(MAKE) --no-print-directory lint imports types settings-check tests

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m djlint --quiet --lint templates

imports:
	.venv/bin/lint-imports

types:
	$(PYTHON) -m mypy

settings-check:
	$(PYTHON) manage.py check --fail-level WARNING
	SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(60))') ALLOWED_HOSTS=pbr.example.org \
	  env -u PBR_DEMO $(PYTHON) manage.py check --deploy --fail-level WARNING

tests:
	$(PYTHON) -m coverage erase
	$(PYTHON) -m coverage run -m pytest -n 2 --dist worksteal -m 'not long'
	$(PYTHON) -m coverage combine --quiet
	$(PYTHON) -m coverage report --fail-under=95
	$(PYTHON) -m coverage report --fail-under=100 --include='commissioning/core/*,tariffs/core/*,markets/core/*'

lock:  ## Compile the hash locks from requirements.in and requirements-dev.in
	@.ci/environment test
	for name in requirements requirements-dev; do \
	  .venv/bin/uv pip compile --quiet --system-certs --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
	    --no-emit-find-links $$name.in -o $$name.txt || exit 1; done

bench:  ## Measure speed and memory: the engine, then the pages
	@.ci/environment test
	@DJANGO_SETTINGS_MODULE=commissioning.settings $(PYTHON) -m tests.benchmarks

load:  ## The minute before a consultation closes, and the morning of a publication, on one machine
	@.ci/environment test
	@DJANGO_SETTINGS_MODULE=commissioning.settings $(PYTHON) -m tests.load

promises:  ## List the promises of the assurance list with the tests of each, and those without
	@.ci/environment test
	@$(PYTHON) -m pytest --collect-only --quiet --promises

assure:  ## Run the long tests too: real kills, load, large numbers of random cases
	@.ci/environment test
	$(PYTHON) -m pytest -m 'long or fault' --hypothesis-profile=ranging
