# journeymap: what people and CI type. `make help` lists it.
#
# Everything is made in .venv, from nothing but Python 3.11 or later, pip and make. Only the installing needs a network.

PYTHON ?= python3
OLDEST := import sys; sys.exit(sys.version_info < (3, 11))
FOUND := $(firstword $(foreach p,$(PYTHON) python3.14 python3.13 python3.12 python3.11,$(shell $(p) -c '$(OLDEST)' 2>/dev/null && echo $(p))))

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check
WORKERS ?= 2

# matplotlib keeps its list of fonts here instead of in the home folder, and reads no settings from there.
export MPLCONFIGDIR := $(CURDIR)/$(VENV)/matplotlib
# The theme of the docs greets with a note on stderr that says nothing about these docs.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help demo test lint types layers unit docs bench pictures trust browser clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.package ## draw the example maps into demo/
	$(BIN)/journeymap demo --output demo

test: browser lint types layers docs unit ## all that CI checks, the tests last

lint: $(VENV)/.dev ## style and format of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## what the two type checkers say
	$(BIN)/mypy
	$(BIN)/pyrefly check

layers: $(VENV)/.dev ## who may import whom
	$(BIN)/lint-imports --no-logo

unit: $(VENV)/.dev ## the tests and every example in the docs; T="-k curve" chooses
	$(BIN)/pytest -n $(WORKERS) --dist loadfile $(if $(shell command -v chromium),,-m "not browser") $(T)

docs: $(VENV)/.dev ## the documentation, into site/
	$(BIN)/mkdocs build --strict --quiet

bench: $(VENV)/.dev ## how fast it draws (see benchmarks/)
	@for each in benchmarks/*.py; do echo "$$each"; $(BIN)/python "$$each" || exit 1; done

pictures: $(VENV)/.dev ## every renderer, example and theme, checked; CHECKER=program.py checks each svg besides
	$(BIN)/python tests/pictures.py $(if $(CHECKER),--checker $(CHECKER))

trust: $(VENV)/.dev browser ## are the tests any good? mutants of the model, and the pictures in a browser
	$(BIN)/mutmut run
	$(BIN)/mutmut results
	$(BIN)/pytest -m browser

browser: # Debian's chromium, where it is missing and we may install it
	@if command -v chromium >/dev/null || ! command -v apt-get >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then may=; elif sudo -n true 2>/dev/null; then may="sudo -n"; else \
	echo "chromium is missing, so the browser tests are left out; apt-get install chromium brings it"; exit 0; fi; \
	$$may apt-get -qq update && DEBIAN_FRONTEND=noninteractive $$may apt-get -qq install -y --no-install-recommends chromium >/dev/null

clean: ## remove what was made, but for .venv
	rm -rf demo pictures site dist mutants src/journeymap/fonts .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	rm -f $(VENV)/.package
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# Debian's own Python makes no environment with pip in it unless python3-venv is installed; pip itself can put itself there.
$(VENV)/.made:
	@test -n "$(FOUND)" || { echo "journeymap needs Python 3.11 or later; say which: make PYTHON=/path/to/python3.12 ..."; exit 1; }
	$(FOUND) -m venv $(VENV) || { $(FOUND) -m venv --clear --without-pip $(VENV) && $(FOUND) -m pip --python $(VENV) install --quiet pip; }
	$(INSTALL) --upgrade "pip>=25.1"
	@touch $@

$(VENV)/.package: $(VENV)/.made pyproject.toml build_fonts.py
	$(INSTALL) --editable ".[all]"
	@touch $@

$(VENV)/.dev: $(VENV)/.package
	$(INSTALL) --group dev
	@touch $@
