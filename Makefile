# Whence: `make run` starts the bot, `make test` proves it. Everything else is listed by `make help`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run setup test check lint format lock train bench report clean

run: $(VENV)/.ready  ## start the bot (in the terminal where DISCORD_TOKEN is not set)
	@exec $(BIN)/python -m bot

setup: $(VENV)/.ready  ## put your bot's token into .env, and get the link that invites it
	@exec $(BIN)/python -m bot --setup

test: lint  ## lint, types and every test
	$(BIN)/python -m pytest -q -n 2 --dist worksteal

check: lint  ## lint, types and the quick tests
	$(BIN)/python -m pytest -q -m "not slow" -n 2 --dist worksteal

lint: $(VENV)/.ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

report: $(VENV)/.ready  ## draw the report of a training: make report DIR=runs/latest
	$(BIN)/python -m model.report $(DIR)

format: $(VENV)/.ready-dev  ## put the code into the house's form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.ready-dev  ## take the newest versions of all that is installed, with their hashes
	$(BIN)/python install/lock.py --upgrade

bench: $(VENV)/.ready-dev  ## measure both sides of every claim (an hour: trains with teachers, three times)
	@$(BIN)/python -c 'import fasttext' 2>/dev/null || $(BIN)/pip install -q fasttext >/dev/null 2>&1 </dev/null || echo "fastText does not install here."
	nice $(BIN)/python -m benchmarks

train: $(VENV)/.ready  ## train the checkpoint that ships (half an hour; full names need a package, 26 MB)
	-@$(BIN)/python -c 'from model.names import name2nat, options; name2nat.fetch(options.data_folder())' 2>/dev/null
	$(BIN)/python -m model.train --languages all --distil --everything --out model/pretrained

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

clean:  ## remove the virtual environment
	rm -rf $(VENV)

# pip reads no standard input, so that `printf '!lang Rodrigo\n' | make run` reaches the bot.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Whence needs Python 3.11 or newer: try make PYTHON=python3.12")' </dev/null
	@$(PYTHON) -m venv $(VENV) </dev/null

$(VENV)/.ready: $(VENV)/bin/python pyproject.toml install/packages.py install/run.lock install/torch.txt
	@echo "Setting up .venv (once; PyTorch takes a minute)..." >&2
	@$(BIN)/python install/packages.py run
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready install/dev.lock
	@$(BIN)/python install/packages.py dev
	@touch $@
