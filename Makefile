# Haren's commands: `make` lists them. Name another Python with `make PYTHON=python3.12 run`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement
PIN = $(VENV)/uv/bin/uv pip compile --quiet pyproject.toml --python-version 3.11 --generate-hashes --no-header $(ARGS)
RUN := $(VENV)/run.stamp
DEV := $(VENV)/dev.stamp
PACKAGES := app pages components tests bench docs
LOCALES := data/locales
# The languages that public pages alone speak
PUBLIC := fi ar uk so
UPDATE := $(BIN)/pybabel update --domain haren --output-dir $(LOCALES) --no-fuzzy-matching --no-wrap

.DEFAULT_GOAL := help
.PHONY: help run test check api-check bench lighthouse crash format locales pictures icons lock clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(RUN) ## serve Haren, filled with the demo when its data directory is empty; reads HOST, PORT and HAREN_DATA
	@$(BIN)/python -m app demo --if-empty && exec $(BIN)/python -m app serve

test: $(DEV) ## run all tests; has apt install Chromium and two small tools when they are missing
	@.ci/install-packages chromium chromium-headless-shell zbarimg=zbar-tools pdftotext=poppler-utils
	@$(BIN)/playwright --version >/dev/null 2>&1 || .ci/install-packages libatomic1  # Playwright's own Node.js links to it
	@.ci/test

check: $(DEV) ## lint, formatting, types and the import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict $(PACKAGES)
	$(BIN)/python -m pytest tests/test_imports.py

api-check: $(DEV) ## ask the API some 2,800 things with schemathesis, for some minutes; `make test` asks a few of them
	$(BIN)/python -m tests.api.check --max-examples 30

bench: $(RUN) ## measure the store beside TinyDB and SQLite and the answers beside bare servers, and write bench/RESULTS.md
	@.ci/install-packages wrk
	$(BIN)/python -m bench

lighthouse: $(DEV) ## let Lighthouse judge the public pages on a phone; needs npm, and installs Lighthouse with it
	@.ci/install-packages chromium npm
	@cd bench/lighthouse_tool && npm ci --silent --no-audit --no-fund --ignore-scripts
	$(BIN)/python -m bench.lighthouse "$$($(BIN)/python -c 'from playwright._impl._driver import compute_driver_executable as f; print(f()[0])')"

crash: $(DEV) ## crash the store in every way at hand, for some minutes; `make test` does a little of it
	HAREN_CRASH=long $(BIN)/python -m pytest tests/crash -s

format: $(DEV) ## mend formatting and what lint can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

locales: $(RUN) ## gather the texts of the code into the catalogues
	@.ci/extract-texts $(LOCALES)/haren.pot && .ci/extract-texts $(LOCALES)/public.pot public
	$(UPDATE) --input-file $(LOCALES)/haren.pot --locale sv
	@for language in $(PUBLIC); do $(UPDATE) --input-file $(LOCALES)/public.pot --locale $$language || exit; done
	@rm $(LOCALES)/haren.pot $(LOCALES)/public.pot

pictures: $(DEV) ## take the README's pictures anew from a running demo
	@$(BIN)/python -m docs.scripts.take_screenshots

icons: $(DEV) ## draw the pictures of Haren for home screens anew from the mark
	@.ci/install-packages chromium
	@$(BIN)/python -m docs.scripts.draw_icons

lock: | $(BIN)/pip ## pin the libraries of pyproject.toml; newest versions: make lock ARGS=--upgrade
	@$(PYTHON) -m venv $(VENV)/uv
	@$(VENV)/uv/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(PIN) -o requirements.lock
	$(PIN) -o requirements-dev.lock --group dev -c requirements.lock

clean: ## remove what these commands made, except Haren's data
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/pip:
	@.ci/make-venv $(PYTHON) $(VENV)

$(RUN): requirements.lock | $(BIN)/pip
	@echo 'Installing the libraries of $< ...'
	@$(INSTALL) $<
	@touch $@

$(DEV): requirements-dev.lock | $(BIN)/pip
	@echo 'Installing the libraries of $< ...'
	@$(INSTALL) $<
	@touch $@
