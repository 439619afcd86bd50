# Everything that one does with a checkout.  A machine needs Python 3.11 or later with venv and pip,
# and make; all else is installed into .venv, from the lock files, on first use.
#
#   make demo      assess an example form and write its reports
#   make test      every check that a change must pass
#   make coverage  which lines no test reaches   (takes twice as long as the tests alone)
#   make format    put the code into the form that `make test` asks for
#   make lock      write the lock files anew     (UPGRADE=--upgrade takes newer releases)
#   make readme    write what the program prints into the README's console blocks
#   make pictures  every picture of the rule book on one page, to be looked at
#   make languages write texts without a translation into the catalogues   (LANGUAGE=fr begins one)
#   make bench     how long a person waits, and how many forms are scored a second
#   make clean     remove what was made here
#
# Another Python beside the first one:  make test PYTHON=python3.13 VENV=.venv-3.13

PYTHON ?= python3
VENV ?= .venv
UPGRADE ?=
LANGUAGE ?=

bin := $(VENV)/bin
form := examples/forms/textbook_runner.yaml
report := out/textbook_runner

# Only errors are printed.  Nothing is resolved here (--no-deps): a lock file names all that is needed,
# which `pip check` confirms, so that a release of tomorrow changes nothing.  What is built from source
# (frozendict 1.2, and this package) is built with the locked build tools: pip would otherwise fetch
# the newest ones, unlocked, for each build.
pip := $(bin)/python -m pip --disable-pip-version-check --no-input
locked := install -qq --no-deps --require-hashes --no-build-isolation --use-pep517

# Runs a check that has much to say, and lets it speak only where something is wrong.
quietly = @echo '$(1)'; said=$$($(1) 2>&1) || { printf '%s\n' "$$said"; exit 1; }

.PHONY: help demo test coverage format readme pictures languages lock bench clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^#   \(make .*\)/\1/p' Makefile

# --- What the targets below stand on: each stamp says that a step was done after its lock changed. ---

stamps := $(VENV)/.stamps

$(stamps)/build: requirements-build.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, try PYTHON=python3.11; this is " + sys.version)'
	$(PYTHON) -m venv --clear $(VENV)
	$(pip) install -qq --no-deps --require-hashes --only-binary=:all: -r $<
	@mkdir -p $(@D) && touch $@

$(stamps)/runtime: requirements.lock $(stamps)/build
	$(pip) $(locked) -r $<
	$(call quietly,$(pip) check)
	@touch $@

$(stamps)/package: pyproject.toml $(stamps)/runtime
	$(pip) install -qq --no-deps --no-build-isolation -e .
	$(call quietly,$(pip) check)
	@touch $@

$(stamps)/dev: requirements-dev.lock $(stamps)/package
	$(pip) $(locked) -r $<
	$(call quietly,$(pip) check)
	@touch $@

$(stamps)/bench: requirements-bench.lock $(stamps)/package
	$(pip) $(locked) -r $<
	$(call quietly,$(pip) check)
	@touch $@

# --- What people ask for. ---

demo: $(stamps)/package
	@mkdir -p $(dir $(report))
	$(bin)/triage assess $(form)
	$(bin)/triage report $(form) -o $(report).html
	$(bin)/triage report $(form) -o $(report).txt
	@printf '\nThe reports are in:\n  %s\n  %s\n' $(report).html $(report).txt

# Cheap checks first; pytest last, so that what it says is the last thing to be read.
test: $(stamps)/dev
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(bin)/mypy
	$(call quietly,$(bin)/lint-imports --no-cache)
	$(bin)/interrogate triage tools
	$(bin)/yamllint --strict rules examples
	$(bin)/triage lint
	$(bin)/python -m tools.own_words
	$(bin)/pytest --numprocesses=auto

coverage: $(stamps)/dev
	$(bin)/pytest --numprocesses=auto --cov --cov-report=term

format: $(stamps)/dev
	$(bin)/ruff check --fix .
	$(bin)/ruff format .

readme: $(stamps)/dev
	$(bin)/python -m tools.transcripts

pictures: $(stamps)/dev
	$(bin)/python -m tools.contact_sheet out/pictures.html
	$(bin)/python -m tools.contact_sheet out/pictures-grey.html --grey

languages: $(stamps)/dev
	$(bin)/python -m tools.language_files $(LANGUAGE)

bench: $(stamps)/bench
	$(bin)/python bench/startup.py
	$(bin)/python -m bench.batch
	$(bin)/python -m bench.reports

# The lock files hold for every supported Python and name no registry.  uv writes them from a venv of
# its own: nothing here needs it otherwise.  Pins that still fit stay; UPGRADE=--upgrade renews them.
# The build tools are locked first and bind the other files, so that no file undoes another.
# In the end uv looks whether each file names all that its packages need, on every Python and system;
# tests/test_locks.py looks again at whatever is installed for the tests.
pythons = $(shell sed -n 's/.*"Programming Language :: Python :: \(3\.[0-9]*\)".*/\1/p' pyproject.toml)
uv := build/uv
compile := $(uv)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--custom-compile-command 'make lock' $(UPGRADE)

lock:
	$(PYTHON) -m venv $(uv)
	$(uv)/bin/python -m pip install -qq --disable-pip-version-check uv
	$(compile) --group build -o requirements-build.lock
	$(compile) pyproject.toml -c requirements-build.lock -o requirements.lock
	$(compile) pyproject.toml --group dev -c requirements-build.lock -c requirements.lock -o requirements-dev.lock
	$(compile) pyproject.toml --group bench -c requirements-build.lock -c requirements.lock -c requirements-dev.lock -o requirements-bench.lock
	@for lock in requirements*.lock; do for python in $(pythons); do for system in linux macos windows; do \
		$(uv)/bin/uv pip install --quiet --dry-run --require-hashes --target build/none -r $$lock \
			--python-version $$python --python-platform $$system || exit 1; \
	done; done; done

clean:
	rm -rf .venv .venv-* build dist out .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find triage tests tools bench -type d -name __pycache__ -prune -exec rm -rf {} +
