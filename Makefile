# What the README, contributors and CI call. Needs Python 3.11+, make and git, nothing else:
# everything is installed into .venv/, hashed and pinned. Another interpreter: make test PYTHON=python3.12
PYTHON ?= python3
WORKERS ?= auto
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PEERS := $(VENV)/.peers
RECIPROCITY := $(BIN)/reciprocity
DEMO := build/demo.db
LARGE ?= 1000000
PYTEST := $(BIN)/python -m pytest -n $(WORKERS)
CODE := $(wildcard domain ledger cli tests scripts benchmarks)

.PHONY: help env demo test slow postgres soak bench bench-large lint types contracts check format hooks pins \
	clean
.DEFAULT_GOAL := help

help:
	@echo "make demo       build the example ledger, print initiators and tally, replay and verify"
	@echo "make test       every fast test"
	@echo "make slow       the tests marked slow, with more examples"
	@echo "make postgres   the tests that need the programs of a PostgreSQL server"
	@echo "make check      lint, types, contracts, then the fast tests: before each commit"
	@echo "make soak       every test with thousands of examples: hours"
	@echo "make bench      measure with 100,000 actions, and write docs/benchmarks.md: minutes"
	@echo "make bench-large  the same with 1,000,000; or: make bench-large LARGE=10000000"
	@echo "make format     let ruff lay out the code"
	@echo "make hooks      run lint before each git commit"
	@echo "make pins       compute requirements*.txt anew from pyproject.toml (needs uv)"
	@echo "make clean      remove what was made, the environment included"

env: $(READY)

# pip refuses to install a folder under --require-hashes; its dependencies are there by then.
$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed, such as: make PYTHON=python3.12" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check \
		--require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check \
		--no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)
	@mkdir -p build
	@rm -f $(DEMO) $(DEMO)-wal $(DEMO)-shm
	$(RECIPROCITY) init --example --store $(DEMO)
	$(RECIPROCITY) initiators --dispute us-russia --store $(DEMO)
	$(RECIPROCITY) tally --dispute us-russia --account USA --account RUS --store $(DEMO)
	$(RECIPROCITY) replay --verify --store $(DEMO)
	@echo "Verified: every stored number is what the history comes to, from the first event."
	@echo 'Go on with: export RECIPROCITY_STORE=$(DEMO) PATH="$$PWD/$(BIN):$$PATH"; reciprocity --help'

test: $(READY)
	$(PYTEST)

slow: $(READY)
	HYPOTHESIS_PROFILE=slow $(PYTEST) -m "slow and not postgres"

# Starts servers of its own on loopback, one a worker; nothing of an installed one is touched.
postgres: $(READY)
	$(PYTEST) -m postgres

soak: $(READY)
	HYPOTHESIS_PROFILE=soak $(PYTEST) -m "slow or postgres or not slow"

$(PEERS): $(READY) requirements-bench.txt
	$(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check \
		--require-hashes -r requirements-bench.txt
	@touch $@

bench: $(PEERS)
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.claims
	$(BIN)/python -m benchmarks.stored_verdicts
	$(BIN)/python -m benchmarks.stores --actions 100000
	$(BIN)/python -m benchmarks.bulk --actions 100000
	$(BIN)/python -m benchmarks.engines --actions 100000

bench-large: $(PEERS)
	$(BIN)/python -m benchmarks.stores --actions $(LARGE)
	$(BIN)/python -m benchmarks.bulk --actions $(LARGE)
	$(BIN)/python -m benchmarks.engines --actions $(LARGE)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy $(CODE)

contracts: $(READY)
	$(BIN)/lint-imports --no-logo

check: lint types contracts test

format: $(READY)
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

hooks: $(READY)
	$(BIN)/pre-commit install

PIN := uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header \
	--python-version 3.11 --extra postgres pyproject.toml

pins:
	$(PIN) --output-file requirements.txt
	$(PIN) --group dev --output-file requirements-dev.txt
	$(PIN) --group dev --group bench --output-file requirements-bench.txt

clean:
	rm -rf $(VENV) build .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
