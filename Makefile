# Chora: everything a fresh machine with Python >= 3.11, Node >= 20 and make needs.
# `make` lists the targets.

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-long check bench lock clean philadelphia pawnshop ranking oracles docs

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV ?= uv
JOBS ?= 2
SERVE ?= 1
DEBTORS ?= 3000
BIN := .venv/bin
ROOMS := registers law features models explain pipelines serving ledger nation chora
DATA ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export PYTHONUTF8 := 1
# LightGBM's threads sleep while they wait: spinning ones cost ten times the work on a busy machine.
export OMP_WAIT_POLICY := passive
# No library calls home.
export MLFLOW_DISABLE_TELEMETRY := true
export DO_NOT_TRACK := true
export GX_ANALYTICS_ENABLED := false

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ---- setting up -----------------------------------------------------------------------------

setup: .venv/.installed node_modules/.installed .venv/.machine ## install everything that is missing

.venv/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, then run make again."; exit 1; }
	@sh scripts/prepare_machine.sh venv "$(PYTHON)"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.made requirements.lock pyproject.toml
	@echo "Installing the locked Python packages into .venv (a few minutes the first time)"
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation -e .
	@touch $@

# The pages work without these files, only plainer: a machine without Node's registry still serves.
node_modules/.installed: package-lock.json package.json .venv/.installed
	@if npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && $(BIN)/python -m serving.assets; \
	then touch $@; \
	else echo "The page's assets could not be installed; the pages work without them, only plainer."; fi

.venv/.machine: .venv/.made scripts/prepare_machine.sh
	@sh scripts/prepare_machine.sh browser
	@sh scripts/prepare_machine.sh postgres
	@touch $@

# ---- the main job ---------------------------------------------------------------------------

demo: setup ## the whole job on an invented nation, then serve it (SERVE=0 stops before serving)
	@DEBTORS="$(DEBTORS)" sh scripts/demo.sh "$(SERVE)"

philadelphia: setup ## the results page of a real trial: make philadelphia DATA=owners.csv.gz
	@test -n "$(DATA)" || { echo "Name the file: make philadelphia DATA=path/to/owners.csv.gz"; exit 2; }
	@$(BIN)/chora results philadelphia --data "$(DATA)" --out docs/results/philadelphia.md

pawnshop: setup ## the results page of another: make pawnshop DATA=pawn_loans.csv.gz
	@test -n "$(DATA)" || { echo "Name the file: make pawnshop DATA=path/to/pawn_loans.csv.gz"; exit 2; }
	@$(BIN)/chora results pawnshop --data "$(DATA)" --out docs/results/pawnshop.md

ranking: oracles ## the results page of the ranking on ten invented nations (hours)
	@$(BIN)/chora results ranking --out docs/results/ranking.md

oracles: setup ## install EconML, with which the ranking is compared
	@$(BIN)/python -m pip install -qq --no-deps --require-hashes -r requirements-oracles.lock

# ---- keeping the house ----------------------------------------------------------------------

test: setup ## all tests but the long ones
	@sh scripts/timed.sh "make test" $(BIN)/python -m pytest -m "not long" -n $(JOBS) --dist loadfile -q

test-long: setup ## the tests that take more than half a minute
	@sh scripts/timed.sh "make test-long" $(BIN)/python -m pytest -m long -n $(JOBS) --dist loadfile -q

check: setup ## format, lint, types, layers, spelling, generated docs
	@sh scripts/timed.sh "make check" sh scripts/check.sh

docs: setup ## write the generated pages of docs/ anew
	@$(BIN)/python scripts/generate_docs.py
	@$(BIN)/python -m features.document

bench: setup ## measure speed and print ratios
	@$(BIN)/python scripts/bench.py
	@$(BIN)/python scripts/bench_ranking.py
	@$(BIN)/python scripts/bench_shap.py
	@$(BIN)/python scripts/bench_registers.py
	@$(BIN)/python scripts/bench_postgres.py
	@$(BIN)/python scripts/bench_nation.py

lock: ## write both locks anew: versions and hashes, no addresses
	@command -v $(UV) >/dev/null || { echo "uv is needed for locking: pip install uv, or UV=path"; exit 1; }
	@$(UV) pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet -o requirements.lock
	@$(UV) pip compile --group oracles --no-deps --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet \
		-o requirements-oracles.lock
	@npm install --package-lock-only --ignore-scripts --loglevel=error
	@$(PYTHON) scripts/strip_addresses.py package-lock.json requirements.lock requirements-oracles.lock

clean: ## remove what was made: demo, build, caches (not .venv and node_modules)
	@rm -rf demo build serving/static/vendor node_modules/.installed
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find $(ROOMS) tests scripts notebooks -name __pycache__ -type d -prune -exec rm -rf {} +
