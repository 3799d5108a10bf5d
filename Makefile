# Every target explains itself: make help
.DEFAULT_GOAL := help
.PHONY: help setup run test check train bench pictures crash format clean
SHELL := /bin/bash

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

setup: ## Make the two environments from the lock file
	@scripts/setup run

run: setup ## Start everything: web chat, desk, worker, engine, simulated phone
	@.venv/bin/damping run

test: ## The whole suite, from a fresh checkout too
	@scripts/setup test
	@scripts/test

check: ## Fast: style, types, doors between rooms
	@scripts/setup test
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports

train: setup ## Train the assistant's understanding from data/
	@.venv-engine/bin/python -m engine.train

bench: ## Speed and memory against stock Rasa, measured in one run
	@scripts/setup test
	@.venv/bin/python -m tests.bench

pictures: ## Take the screenshots of docs/pictures/ in real Chromium
	@scripts/setup test
	@.venv/bin/python -m tests.browser.pictures

format: ## Put code into the project's form
	@scripts/setup test
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

clean: ## Remove environments and caches; keeps var/ (keys and database) and models/
	rm -rf .venv .venv-engine .uv .pytest_cache .mypy_cache .ruff_cache .hypothesis .rasa
