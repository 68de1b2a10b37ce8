# Two commands for a machine with Python 3.11+ and make, and nothing else:
#
#   make run     make the environment, install, and serve the sample hotline
#   make test    the same for the test suite
#
# and for those who change the code: make check (ruff, mypy), make lock (renew the pins), make clean.
# Decide by variables, for example: make run PORT=9000 HOST=0.0.0.0    make test TESTS=tests/flow

PYTHON  ?=
HOST    ?= 127.0.0.1
PORT    ?= 8080
DATA    ?= .ivr
HOTLINE ?= flows/telecom
# More for `ivr serve`, for example SERVE="--public-url https://hotline.example.com"
SERVE   ?=
TESTS   ?=
# More for pytest, for example PYTEST="-x -k balance"
PYTEST  ?=

.PHONY: run test check lock clean help
.DEFAULT_GOAL := help
SHELL := /bin/sh

# The first Python of these that is new enough makes the environment.
CANDIDATES = $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python)
define environment
	@for python in $(CANDIDATES); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    exec "$$python" .ci/environment.py $(1); \
	  fi; \
	done; \
	echo "ivr: none of these is Python 3.11 or newer: $(CANDIDATES). Name one: make $@ PYTHON=/path/to/python3" >&2; exit 1
endef

# Voices, ears and models of meanings are extras; which came, and under what licence, is told when they are installed.
run:
	$(call environment,run voices ears meaning)
	@.venv/bin/ivr models make --data $(DATA)
	@exec .venv/bin/ivr serve $(HOTLINE) --host $(HOST) --port $(PORT) --data $(DATA) --local-line --phone --phone-panel $(SERVE)

test:
	$(call environment,test)
	@exec .venv/bin/python -m pytest -n 2 $(PYTEST) $(TESTS)

check:
	$(call environment,test check)
	.venv/bin/ruff check .
	.venv/bin/mypy

# Resolve anew and write down what came out; with the oldest Python we support, so that the pins fit them all.
lock:
	$(call environment,test check)
	.venv/bin/python -m venv --clear build/lock
	build/lock/bin/pip install --quiet --disable-pip-version-check '.[test,check]'
	build/lock/bin/pip freeze --exclude ivr > build/pins
	{ sed '/^[^#]/,$$d' constraints.txt; cat build/pins; } > build/constraints && mv build/constraints constraints.txt

# The data directory stays: it holds calls and records.
clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find ivr tests -name __pycache__ -type d -prune -exec rm -rf {} +

help:
	@sed -n '1,/^$$/s/^# \{0,1\}//p' Makefile
