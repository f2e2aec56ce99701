# The commands of this project. `make` alone lists them.

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3 python,$(shell command -v $(name) 2>/dev/null)))
PORT ?= 8000
PYTEST_OPTIONS ?=
ALL_CORES := -n auto --dist loadfile
BIN := .venv/bin
LAUNCH := PYTHONPATH=site $(PYTHON) -m launch

.DEFAULT_GOAL := help
.PHONY: help run install test test-all lint format messages bench

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' Makefile

run: python ## Bring the site up with sample content on 127.0.0.1:8000 (PORT=8001 changes it)
	@$(LAUNCH) run --port "$(PORT)"

install: python ## Install the pinned packages and tools into .venv
	@$(LAUNCH) install

test: install ## Run the tests that need nothing but Python
	$(BIN)/python -m pytest -m "not server" $(ALL_CORES) $(PYTEST_OPTIONS)

test-all: test ## Run all tests, also those with Chromium, PostgreSQL, Redis and Elasticsearch
	$(BIN)/python -m pytest -m server --ignore=tests/search $(PYTEST_OPTIONS)
	$(BIN)/python -m pytest -m server tests/search $(PYTEST_OPTIONS)

lint: install ## Check style, types and templates
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python -m djlint --lint --quiet site/templates branches stories home search

format: install ## Put the code into the common form
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

messages: install ## Bring the message files in step with code and templates
	@PYTHONPATH=site DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python -m translations

bench: install ## Measure the speed of pages and of making branches
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/branches.py

.PHONY: python
python:
	@test -n "$(PYTHON)" || { echo "No Python was found. Install Python 3.11 or later, or name one: make run PYTHON=/path/to/python3.11" >&2; exit 1; }
