# Every target explains itself: make help
.DEFAULT_GOAL := help
.PHONY: help setup run demo test check lint-wording train encoder evaluate benchmark-nlu data-report bench pictures crash format clean
SHELL := /bin/bash

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

setup: ## Make the two environments from the lock file
	@scripts/setup run

run: setup ## Start everything: web chat, desk, worker, engine, simulated phone
	@.venv/bin/damping run

demo: setup ## The same on an invented, lively day: nothing of the office's own is touched
	@.venv/bin/damping demo

test: ## The whole suite, from a fresh checkout too
	@scripts/setup test
	@scripts/test

check: ## Fast: style, types, doors between rooms
	@scripts/setup test
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports
	@$(MAKE) --no-print-directory lint-wording

lint-wording: ## Every sentence that a person may read against the office's rules of wording (rules/wording.py)
	@scripts/setup test
	@.venv/bin/python scripts/lint_wording.py

train: setup ## Train the assistant's understanding from data/
	@.venv-engine/bin/python -m engine.train

evaluate: setup ## Measure the understanding; writes var/evaluation/report.html
	@.venv/bin/damping evaluate

benchmark-nlu: setup ## This pipeline against stock Rasa's, by cross-validation on the measuring set (minutes)
	@.venv/bin/damping benchmark-nlu --train tests/nlu/dev.yml --folds 5 --against stock

data-report: setup ## Check the examples in data/nlu: copies, contradictions, balance, personal data
	@.venv/bin/damping data-report

encoder: ## Teach the sentence encoder anew (half an hour; only after much new data)
	@uv run --script scripts/encoder/make.py

bench: ## Speed and memory against stock Rasa, measured in one run
	@scripts/setup test
	@.venv/bin/python -m tests.bench

crash: ## A night in which everything fails (200 kills, locked database, full disk, a flood), and its counts; about ten minutes
	@scripts/setup test
	@.venv/bin/python -m tests.crash
	@DAMPING_TEST_STEPS=10000 .venv/bin/python -m pytest -q tests/contracts/test_machine.py

pictures: ## Take the screenshots of docs/pictures/ in real Chromium
	@scripts/setup test
	@.venv/bin/python -m tests.browser.pictures

format: ## Put code into the project's form
	@scripts/setup test
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

clean: ## Remove environments and caches; keeps var/ (keys and database) and models/
	rm -rf .venv .venv-engine .uv .pytest_cache .mypy_cache .ruff_cache .hypothesis .rasa
