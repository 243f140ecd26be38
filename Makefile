# Two commands do the work: `make demo` and `make test`. `make help` lists the rest.
# Needed beforehand: Python 3.11 or newer, git, make. Another Python: make PYTHON=python3.12 demo

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
STAMP := $(VENV)/installed
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help install venv demo build-demo serve test lint format bench accuracy coverage templates lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP) ## create .venv and install the exact versions of requirements.lock

$(STAMP): requirements.lock pyproject.toml
	@$(PY) -m pip --version >/dev/null 2>&1 || $(MAKE) --no-print-directory venv
	@echo "installing the versions of requirements.lock into $(VENV) (the first time: about a minute)"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

venv: ## create an empty .venv, or say what is missing for it
	@command -v $(PYTHON) >/dev/null || \
	  { echo "$(PYTHON) is not installed; name a Python 3.11 or newer: make PYTHON=python3.12 install" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$$($(PYTHON) -V) is too old; name a Python 3.11 or newer: make PYTHON=python3.12 install" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) lacks its venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@$(PYTHON) -m venv --clear $(VENV)

demo: $(STAMP) ## build the simulated city in data/local/demo (about two minutes) and open the dashboard
	$(BIN)/disclosure demo

build-demo: $(STAMP) ## build the simulated city without opening the dashboard
	$(BIN)/disclosure demo --build-only

serve: $(STAMP) ## open the dashboard on your own data in data/local
	$(BIN)/disclosure serve

test: lint ## lint, then every test (the browser test is skipped where no browser is installed)
	$(PY) -m pytest -n $(JOBS)

lint: $(STAMP) ## ruff (rules and format), mypy --strict, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## let ruff repair and format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## measure and print the figures the README quotes
	@for file in benchmarks/[a-z]*.py; do echo "== $$file"; $(PY) -m benchmarks.$$(basename $$file .py) || exit; done

accuracy: $(STAMP) ## cases passed of cases tried per reader, beside htmldate; fails below the floors of tests/accuracy/baseline.json
	$(PY) -m tests.accuracy

coverage: $(STAMP) ## write docs/coverage.md anew: obligations by edition, rule, test and simulated defect
	@$(PY) -m tests.project.coverage

templates: $(STAMP) ## write the Word templates of data/templates anew
	@$(PY) -m tests.project.word_templates

lock: ## renew requirements.lock with the newest versions that pyproject.toml admits
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --upgrade setuptools '.[dev]'
	sed '/^[^#]/d' requirements.lock > build/requirements.lock
	{ build/lock/bin/python -m pip freeze --all --exclude pip --exclude disclosure-index; \
	  echo 'colorama==0.4.6 ; sys_platform == "win32"'; } | LC_ALL=C sort -f >> build/requirements.lock
	mv build/requirements.lock requirements.lock

clean: ## remove what was installed and built; data/local (your data) stays
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .import_linter_cache .hypothesis
