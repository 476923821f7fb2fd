# Every target can be run again at any time; each says what it does. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LAB_ARGS ?=
PYTEST_ARGS ?=
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet
STAMP := $(VENV)/.kdebate
TESTSTAMP := $(VENV)/.kdebate-test
NOTEBOOKS := $(wildcard notebooks/*.ipynb)
# The Node of the tests is the environment's own, whatever else is installed.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --silent
# Everything started here writes its byte code and settings inside the checkout's own folders.
.DEFAULT_GOAL := help
.PHONY: help install lab edit test check format proofs faults bench soak lock plot notebooks links browser
.SUFFIXES:

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP) ## the environment in .venv, from the lock

lab: $(STAMP) ## open the chapters in JupyterLab (LAB_ARGS="--no-browser --port 18900" passes options on)
	$(BIN)/kdebate lab my-notebooks $(LAB_ARGS)

edit: $(STAMP) ## open the originals for authors: nothing runs by itself, code shown
	JUPYTER_CONFIG_PATH=$(CURDIR)/kdebate/lab/still $(BIN)/jupyter lab --ServerApp.root_dir=notebooks $(LAB_ARGS)

test: $(TESTSTAMP) browser ## everything CI runs
	@$(MAKE) --no-print-directory lint
	$(BIN)/pytest -n 2 --dist loadfile --notebooks-required $(PYTEST_ARGS)

check: $(TESTSTAMP) lint ## lint, types, data, lock and notebook rules
	$(BIN)/pytest -q tests/test_house.py tests/test_notebooks.py tests/test_links.py tests/test_register.py tests/test_reviewed.py

format: $(TESTSTAMP) ## lay out Python, JavaScript and style sheets as the linters want them
	$(BIN)/ruff format
	$(NPM) run format

proofs: $(TESTSTAMP) ## numbers, findings, answers and chapters that nothing proves yet, with the entry to add
	-$(BIN)/python -m tools.register
	$(BIN)/python -m tools.review

faults: $(TESTSTAMP) ## seed faults into a copy, one at a time: each must turn its test red (ten minutes)
	$(BIN)/python -m tools.seed_faults

bench: $(TESTSTAMP) browser ## side-by-side figures as a table, and in build/bench.json
	$(BIN)/python -m benchmarks

soak: $(TESTSTAMP) browser ## the long versions of the tests (an hour)
	$(BIN)/pytest -m soak $(PYTEST_ARGS)

lock: $(TESTSTAMP) ## the lock files anew, with the newest versions pyproject.toml allows
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --extra test -c requirements.lock -o requirements-test.lock
	$(NPM) update --package-lock-only --no-audit --no-fund
	$(BIN)/python -m tools.npm_lock

plot: $(TESTSTAMP) ## the charts' library anew, bundled from the packages of package-lock.json
	$(BIN)/node tools/plot.mjs

notebooks: $(TESTSTAMP) ## run the notebooks and store them in the clean form
	$(BIN)/python -m tools.store_notebooks $(NOTEBOOKS)

links: $(TESTSTAMP) ## write the launch links into README.md from the setting in pyproject.toml
	$(BIN)/python -m tools.links --write

.PHONY: lint
lint: $(TESTSTAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NPM) run lint
	$(NPM) test
	$(BIN)/kdebate check

browser: $(TESTSTAMP)
	@$(BIN)/python -m tools.chromium

# Universal: one file for every platform. No index address: the file must work on any mirror.
LOCK = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header

$(BIN)/python:
	@echo "Making the environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python cannot make environments here. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }

# pip refuses the package itself in the same command as hashes, hence two steps.
$(STAMP): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what requirements.lock lists (about a minute)"
	@$(PIP) --no-deps --require-hashes -r requirements.lock
	@$(PIP) --no-deps -e .
	@touch $@

$(TESTSTAMP): requirements-test.lock package-lock.json $(STAMP)
	@echo "Installing what the tests need (a few minutes the first time)"
	@$(PIP) --no-deps --require-hashes -r requirements-test.lock
	@$(NPM) ci --no-audit --no-fund
	@touch $@
