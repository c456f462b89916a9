# Golden Thread: every command a person or CI gives. `make` alone lists them.
# Works with GNU make 3.81, which macOS ships. A stamp file marks each step done; what is done costs nothing again.

HOST  ?= 127.0.0.1
PORT  ?= 8000
STORE ?= .goldenthread
ARGS  ?=

# Whole files of tests go to as many processes as there are cores, at most four, for each may hold a browser and a graph.
AT_ONCE ?= --numprocesses auto --maxprocesses 4 --dist loadfile

VENV := .venv
BIN  := $(VENV)/bin
PY   := $(BIN)/python
UI   := webapp/frontend
DIST := webapp/static/dist

# Sources of the steps whose results are files.
ui_sources    := $(wildcard $(UI)/*.mjs) $(shell find $(UI)/src -type f 2>/dev/null)
graph_sources := $(shell find graph ontology queries -type f ! -name '*.pyc' ! -name '*.md' 2>/dev/null)

.PHONY: help run test check lint types pitfalls golden proofs evaluate conformance stores crash soak fuzz bench assets markup screenshots lighthouse audit sbom lock clean setup FORCE
.DELETE_ON_ERROR:

help: ## List these commands
	@echo "Golden Thread. Start with: make run"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "HOST, PORT and STORE say where to serve and keep the graph: make run PORT=9000"

run: $(VENV)/.run $(DIST)/.built $(STORE)/.built ## Set everything up, build the graph from the sample, serve it
	@exec $(PY) -m graph serve --store "$(STORE)" --host "$(HOST)" --port "$(PORT)"

test: $(VENV)/.dev $(DIST)/.built ## Set up what tests need and run them (ARGS="-k words" chooses)
	$(PY) -m pytest $(AT_ONCE) $(ARGS)

check: lint types pitfalls test ## Lint, types, pitfalls of the ontology, and tests

lint: $(VENV)/.dev ## Style and common mistakes
	$(PY) -m ruff check .

types: $(VENV)/.dev ## Types, strictly
	$(PY) -m mypy

pitfalls: $(VENV)/.dev ## Common mistakes of ontologies, looked for in ours
	$(PY) -m graph.pitfalls

golden: $(VENV)/.dev $(DIST)/.built ## Rewrite the expected results of tests; read the diff afterwards
	$(PY) -m pytest --golden $(ARGS)
	@git --no-pager diff --stat -- tests

proofs: $(VENV)/.dev ## Prove the evidence of every row of every question, and write docs/proofs.md (ARGS="REPORT")
	$(PY) -m tests.proofs $(ARGS)

evaluate: $(VENV)/.dev ## Measure how well reports are read, and write the tables that say so
	$(PY) -m tests.evaluate

conformance: $(VENV)/.dev $(DIST)/.built ## Run the W3C's SPARQL test suites against a server, and write what they find
	$(PY) -m tests.conformance

stores: $(VENV)/.dev ## Ask every question of every kind of store, and write docs/stores.md
	@.ci/servers.sh >/dev/null
	$(PY) -m tests.compare_stores $(ARGS)

crash: $(VENV)/.dev $(DIST)/.built ## Kill writers and web processes a hundred times, and write docs/crash.md
	$(PY) -m tests.crash

soak: $(VENV)/.dev $(DIST)/.built ## SOAK_USERS (200) for SOAK_MINUTES (10) while reports come and workers die; write docs/soak.md
	SOAK_USERS=$(SOAK_USERS) SOAK_MINUTES=$(SOAK_MINUTES) $(PY) -m tests.soak

fuzz: $(VENV)/.dev $(DIST)/.built ## Feed spoilt documents, queries, values and addresses for FUZZ_MINUTES (10); what falls is kept
	FUZZ_MINUTES=$(FUZZ_MINUTES) $(PY) -m tests.fuzzing $(ARGS)

bench: $(VENV)/.dev $(DIST)/.built ## Measure ours beside others, and write docs/benchmarks.md and docs/sizing.md (ARGS="--sizes 1 16")
	@.ci/servers.sh >/dev/null
	$(PY) -m tests.bench $(ARGS)
	$(PY) -m tests.bench_pages

markup: tests/markup/node_modules/.installed ## Install what checks the pages' HTML; tests use it where it is

assets: $(DIST)/.built ## Build style sheets and scripts

screenshots: $(VENV)/.dev $(DIST)/.built $(STORE)/.built ## Pictures of the pages, in build/screenshots
	$(PY) -m tests.screenshots --store "$(STORE)" $(if $(CHOSEN),--chosen) $(or $(CHOSEN),build/screenshots)

lighthouse: $(VENV)/.dev $(DIST)/.built $(STORE)/.built ## Lighthouse's scores of three pages, in build/lighthouse
	$(PY) -m tests.lighthouse --store "$(STORE)" build/lighthouse

audit: $(VENV)/.dev ## Hold the packages of the product against the published advisories
	@.ci/audit.sh $(VENV) requirements.lock

sbom: $(VENV)/.dev ## What the product is made of, as CycloneDX, in build/sbom.json
	@mkdir -p build
	$(PY) -W ignore -m cyclonedx_py requirements requirements.lock --pyproject pyproject.toml --mc-type application \
	    --output-reproducible --of JSON --output-file build/sbom.json

lock: $(VENV)/.dev ## Write the lock files anew (UPGRADE=1 takes newer versions)
	@.ci/lock.sh $(VENV) $(if $(UPGRADE),--upgrade)

clean: ## Remove what these commands installed and built; the graph stays
	rm -rf $(VENV) $(DIST) $(UI)/node_modules tests/clients/node_modules tests/markup/node_modules build .mypy_cache .pytest_cache .ruff_cache

setup: $(VENV)/.dev $(DIST)/.built ## All that run, test and check need, without doing them

# The steps, each a stamp.

$(VENV)/.place: $(if $(shell .ci/venv.sh state $(VENV)),FORCE)
	@.ci/venv.sh create $(VENV)

$(VENV)/.run: $(VENV)/.place requirements.lock requirements-build.lock pyproject.toml
	@.ci/install.sh $(VENV) requirements-build.lock
	@.ci/install.sh $(VENV) requirements.lock
	@$(PY) -m pip --disable-pip-version-check install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@.ci/install.sh $(VENV) requirements-dev.lock
	@touch $@

# The wheel's node and npm, found first on the path; nothing is asked of the system's.
$(UI)/node_modules/.installed: $(VENV)/.run $(UI)/package.json $(UI)/package-lock.json $(UI)/.npmrc
	@echo "==> Installing what the pages are built with" >&2
	@cd $(UI) && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci || { printf '%s\n' '' \
	    'Golden Thread cannot be set up: npm could not install its packages (its own words stand above).' \
	    '  No network:    it is needed this once; check the connection and run the same command again.' \
	    '  Behind a proxy or with a mirror:  export HTTPS_PROXY=..., or npm_config_registry=...' >&2; exit 1; }
	@touch $@

$(DIST)/.built: $(UI)/node_modules/.installed $(ui_sources)
	@echo "==> Building style sheets and scripts" >&2
	@cd $(UI) && PATH="$(CURDIR)/$(BIN):$$PATH" node build.mjs
	@touch $@

tests/markup/node_modules/.installed: $(VENV)/.run tests/markup/package.json tests/markup/package-lock.json tests/markup/.npmrc
	@cd tests/markup && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci
	@touch $@

$(STORE)/.built: $(VENV)/.run $(graph_sources)
	@.ci/sample.sh $(PY) "$(STORE)"
