# Everything runs in .venv, made once from the pinned requirements. On Windows use the make and
# the shell that come with Git.
ifeq ($(OS),Windows_NT)
PYTHON ?= py -3
BIN := .venv/Scripts
else
PYTHON ?= python3
BIN := .venv/bin
endif
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

help: ## show what there is to make
	@$(PYTHON) -c "import pathlib, re; print(*('%-9s %s' % target for target in re.findall('(?m)^([a-z]+):.*?## (.*)', pathlib.Path('Makefile').read_text('utf-8'))), sep='\n')"

drafts: .venv/ready ## file drafts from the newest release, or from the built-in sample
	$(BIN)/newscopy run

test: .venv/ready ## run every check: style, types, imports between stages, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses auto

bench: .venv/ready ## measure speed and memory, and write docs/benchmarks.md; ONLY="warm text" measures those anew
	PYTHONPATH=tests $(BIN)/python -m benchmarks $(ONLY)

calibrate: .venv/ready ## measure the rule for doubts on the real counts, and write its tables into docs/doubts.md
	PYTHONPATH=tests $(BIN)/python -m calibration

golden: .venv/ready ## write the golden drafts anew; read the difference before you commit it
	$(BIN)/pytest --update-golden tests/test_golden.py tests/test_a_week.py

docs: .venv/ready ## write docs/commands.md from the commands' own help
	$(BIN)/python -m docs.write_commands

lock: .venv/ready ## choose new versions of what newscopy depends on, and pin them
	$(PIP) install uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade --group dev pyproject.toml --output-file requirements.txt

clean: ## remove the environment and what tools leave behind
	$(PYTHON) -c "import shutil; [shutil.rmtree(folder, ignore_errors=True) for folder in ('.venv', 'dist', '.mypy_cache', '.ruff_cache', '.pytest_cache', '.hypothesis')]"

.venv/ready: pyproject.toml requirements.txt
	$(PYTHON) -c "import sys; sys.exit(None if sys.version_info >= (3, 11) else 'newscopy needs Python 3.11 or newer, and this is ' + sys.version.split()[0] + ': make PYTHON=python3.11')"
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes --requirement requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(BIN)/python -c "import pathlib; pathlib.Path('.venv/ready').touch()"

.PHONY: help drafts test bench calibrate golden docs lock clean
.DEFAULT_GOAL := help
