# Every command of the project. `make` alone lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 4

help:  ## list the commands
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

.venv/ready: requirements.lock pyproject.toml
	@echo "setting up the Python environment in .venv"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: .venv/ready  ## install what the project needs into .venv

programs: setup
	@$(BIN)/python -m tests.cluster --build-only

demo: programs  ## show an evening of television on a real control plane
	@$(BIN)/python -m tests.demo

test: programs  ## run every test
	$(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal

unit: setup  ## run the tests that need no cluster
	$(BIN)/pytest tests/unit

e2e: programs  ## run the tests on the embedded control plane
	$(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal tests/cluster tests/e2e

check: setup  ## lint, types, import contracts, generated files
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m onair.generate --check

generate: setup  ## write the CRDs and the RBAC rules from the models
	$(BIN)/python -m onair.generate

cluster: programs  ## start a control plane for yourself, until Ctrl-C
	@$(BIN)/python -m tests.cluster

prove: programs  ## show that the tests see three seeded defects
	@$(BIN)/python -m tests.prove

bench: programs  ## print every measured figure beside its bound
	@$(BIN)/python -m tests.bench

lock: setup  ## pin every dependency with its hashes
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --quiet --output-file requirements.lock

.PHONY: help setup programs demo test unit e2e check generate cluster prove bench lock
