# Haren's commands. `make` lists them. Use another Python with `make PYTHON=python3.12 run`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement
COMPILE = $(VENV)/uv/bin/uv pip compile --quiet pyproject.toml --python-version 3.11 --generate-hashes --no-header $(ARGS)
RUN_LIBRARIES := $(VENV)/run.stamp
DEV_LIBRARIES := $(VENV)/dev.stamp
PACKAGES := app pages components tests bench docs
LOCALES := data/locales
# Languages of all screens, and of the public pages alone
STAFF_LANGUAGES := en sv
PUBLIC_LANGUAGES := fi ar uk so
UPDATE_CATALOGUES := $(BIN)/pybabel update --domain haren --output-dir $(LOCALES) --no-fuzzy-matching --no-wrap

.DEFAULT_GOAL := help
.PHONY: help run test check api-check bench lighthouse crash format locales pictures icons lock clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(RUN_LIBRARIES) ## serve Haren, with the demo if the data folder is empty; reads HOST, PORT, HAREN_DATA and HAREN_URL
	@$(BIN)/python -m app demo --if-empty && exec $(BIN)/python -m app serve

test: $(DEV_LIBRARIES) ## run all tests; installs Chromium and two small tools with apt if they are missing
	@.ci/install-packages chromium chromium-headless-shell zbarimg=zbar-tools pdftotext=poppler-utils
	@$(BIN)/playwright --version >/dev/null 2>&1 || .ci/install-packages libatomic1  # Playwright's own Node.js needs it
	@.ci/test

check: $(DEV_LIBRARIES) ## check lint, formatting, types and the import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict $(PACKAGES)
	$(BIN)/python -m pytest tests/test_imports.py

api-check: $(DEV_LIBRARIES) ## test the API with some 2,800 requests by schemathesis, in minutes; `make test` sends a few of them
	$(BIN)/python -m tests.api.check --max-examples 30

bench: $(RUN_LIBRARIES) ## measure the store beside TinyDB and SQLite, the pages beside bare servers, and memory; writes bench/RESULTS.md
	@.ci/install-packages wrk
	$(BIN)/python -m bench

lighthouse: $(DEV_LIBRARIES) ## score the pages with Lighthouse, as on a phone; needs npm, which installs Lighthouse
	@.ci/install-packages chromium npm
	@cd bench/lighthouse_tool && npm ci --silent --no-audit --no-fund --ignore-scripts
	$(BIN)/python -m bench.lighthouse "$$($(BIN)/python -c 'from playwright._impl._driver import compute_driver_executable as f; print(f()[0])')"

crash: $(DEV_LIBRARIES) ## crash the store in many ways, and send floods, for some minutes; `make test` does a part of it
	HAREN_CRASH=long $(BIN)/python -m pytest tests/crash tests/pages/public/test_flood.py -s
	HAREN_CRASH=long $(BIN)/python -m pytest tests/browser/test_report_offline.py -k storm -s

format: $(DEV_LIBRARIES) ## fix formatting, and what the linter can fix
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

locales: $(RUN_LIBRARIES) ## update the translation catalogues from the code
	@.ci/extract-texts $(LOCALES)/haren.pot && .ci/extract-texts $(LOCALES)/public.pot public
	@for language in $(STAFF_LANGUAGES); do $(UPDATE_CATALOGUES) --input-file $(LOCALES)/haren.pot --locale $$language || exit; done
	@for language in $(PUBLIC_LANGUAGES); do $(UPDATE_CATALOGUES) --input-file $(LOCALES)/public.pot --locale $$language || exit; done
	@rm $(LOCALES)/haren.pot $(LOCALES)/public.pot
	@.ci/fill-english

pictures: $(DEV_LIBRARIES) ## take the README's pictures again from a running demo
	@$(BIN)/python -m docs.scripts.take_screenshots

icons: $(DEV_LIBRARIES) ## draw the app icons again from the logo
	@.ci/install-packages chromium
	@$(BIN)/python -m docs.scripts.draw_icons

lock: | $(BIN)/pip ## pin the libraries of pyproject.toml; newest versions with ARGS=--upgrade
	@$(PYTHON) -m venv $(VENV)/uv
	@$(VENV)/uv/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(COMPILE) -o requirements.lock
	$(COMPILE) -o requirements-dev.lock --group dev -c requirements.lock

clean: ## remove what these commands created, except Haren's data
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/pip:
	@.ci/make-venv $(PYTHON) $(VENV)

$(RUN_LIBRARIES): requirements.lock | $(BIN)/pip
	@echo 'Installing the libraries of $< ...'
	@$(INSTALL) $<
	@touch $@

$(DEV_LIBRARIES): requirements-dev.lock | $(BIN)/pip
	@echo 'Installing the libraries of $< ...'
	@$(INSTALL) $<
	@touch $@
