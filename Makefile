# Every command of the project. `make` alone lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 3
NODE ?= simulated
MINUTES ?= 10

help:  ## list the commands
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

.venv/ready: requirements.lock pyproject.toml
	@echo "setting up the Python environment in .venv"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: .venv/ready  ## install what the project needs into .venv

bench crowd helm test: NODE = real

programs: setup
	@$(BIN)/python -m tests.cluster --build-only --node $(NODE)

demo: programs  ## show an evening of television on a real control plane
	@$(BIN)/python -m tests.demo

test: programs  ## run every test but the long ones
	$(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal -m "not node and not long"
	$(BIN)/pytest -m "node and not long"

unit: setup  ## run the tests that need no cluster
	$(BIN)/pytest tests/unit

e2e: programs  ## run the tests on the embedded control plane
	$(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal -m "not node" tests/cluster tests/e2e

helm: programs  ## run every test of the chart on the real node, the long ones too
	$(BIN)/pytest tests/chart tests/node

check: setup  ## lint, types, import contracts, generated files
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m onair.generate --check

generate: setup  ## write the CRDs, the RBAC rules and the API reference from the models
	$(BIN)/python -m onair.generate

cluster: programs  ## start a control plane for yourself, until Ctrl-C; NODE=real adds a real node
	@$(BIN)/python -m tests.cluster --node $(NODE)

crowd: programs  ## HPA alone, with cron, with OnAir: the same crowd on real pods
	@$(BIN)/python -m tests.crowd

faults: programs  ## crash, blind and mislead the operator at every write: up to two hours
	@$(BIN)/python -m tests.faults

faults-proof: programs  ## show that the fault suite sees ten seeded defects
	@$(BIN)/python -m tests.faults.proof

soak: programs  ## 1,000 campaigns that come and go for MINUTES=10, one random fault a minute; SEED=7 to repeat
	@$(BIN)/python -m tests.soak --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

record-hpa: programs  ## record the real HPA controller, for the simulation to be compared with
	@$(BIN)/python -m tests.hpa

image: setup  ## write the operator's image to dist/onair.tar
	@$(BIN)/python -m images operator --output dist/onair.tar

prove: programs  ## show that the tests see three seeded defects
	@$(BIN)/python -m tests.prove

mutants: setup  ## try small slips in schedule and plan: which does no test notice? MODULE=plan/ladder for one
	@nice -n 15 $(BIN)/python -m tests.mutants $(MODULE)

bench: programs  ## print every measured figure beside its bound
	@$(BIN)/python -m tests.bench

lock: setup  ## pin every dependency with its hashes
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --quiet --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --constraint requirements.lock --universal --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --quiet --output-file requirements-run.lock

.PHONY: help setup programs demo test unit e2e check generate cluster crowd faults soak faults-proof record-hpa image helm prove mutants bench lock
