# Every command of the project. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
MUTUAL ?= mese
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
RUN_STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
MESSAGES := $(wildcard src/entraide/portal/locale/*/LC_MESSAGES/*.po)

.PHONY: help run test lint fix bench lock messages clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: $(RUN_STAMP) $(MESSAGES:.po=.mo) ## demo of a mutual: make run [MUTUAL=mieux-etre] [PORT=8001] [FRESH=1]
	@$(VENV)/bin/entraide start --mutual $(MUTUAL) --port $(PORT) $(if $(FRESH),--fresh)

test: $(DEV_STAMP) $(MESSAGES:.po=.mo) ## everything that must hold, on SQLite, PostgreSQL and in Chromium
	@$(PY) -m tests.run

lint: $(DEV_STAMP) ## format, lint, types, import contracts
	@$(PY) -m tests.run lint

fix: $(DEV_STAMP) ## format and repair what can be repaired
	@$(VENV)/bin/ruff check --fix -q . ; $(VENV)/bin/ruff format -q .

bench: $(DEV_STAMP) $(MESSAGES:.po=.mo) ## the measurements that the README quotes
	@$(PY) -m bench

lock: ## lock the dependencies anew, with hashes (needs uv)
	@for name in base dev peers; do uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements/$$name.in -o requirements/$$name.txt; done

messages: $(DEV_STAMP) ## find the sentences to translate and update the English catalogue
	@$(PY) -m tests.messages update

clean: ## forget the environment and the demo's data
	@rm -rf $(VENV) var build

%.mo: %.po $(RUN_STAMP)
	@$(VENV)/bin/pybabel -q compile -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $@)))

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Entraide needs Python 3.11 or newer: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Creating $(VENV) failed. On Debian or Ubuntu: apt install python3-venv"; exit 1; }

$(RUN_STAMP): requirements/base.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing the pinned dependencies…"
	@$(call install,base)
	@$(call link)
	@touch $@

$(DEV_STAMP): requirements/dev.txt $(RUN_STAMP)
	@echo "Installing what the tests need…"
	@$(call install,dev)
	@touch $@

# uv is used when it is there (faster); pip always works.
define install
if command -v uv >/dev/null; then uv pip install -q --python $(PY) --require-hashes -r requirements/$(1).txt; \
else $(PY) -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: --no-compile -r requirements/$(1).txt; fi
endef

define link
$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
endef
