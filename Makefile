# The commands of the project; `make help` lists them.

PYTHON ?= python3
OUT ?= .
BIN := .venv/bin
INSTALLED := .venv/installed
NODE := $(BIN)/python web/lite/node.py
LINTER := node_modules/.package-lock.json
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
TOC := _toc.yml
# JupyterLab asks for it where root is the only user, as in a container
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1
# else every process compiles what it imports anew
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: book site publish test lint wasm matrix lab outputs pins experiments bench secret release collect mark return rehearse byhand clean help

book: site ## build the book, serve it on this computer and print its address
	@$(BIN)/python web/serve.py $(OUT)/_build/html

site: $(INSTALLED) ## build the site into _build/html (OUT=folder; VENDOR=1: needs no other host)
	@echo "Building the pages; chapters are executed where something has changed"
	@$(BIN)/jupyter-book build . --toc $(TOC) --path-output $(OUT) -q -W -n --keep-going >/dev/null
	@echo "Adding the notebooks that run in the browser"
	@$(BIN)/python web/lite/build.py $(OUT)/_build/html $(if $(VENDOR),--vendor)

publish: site ## build the site, run all of it in a browser, and put it on the branch gh-pages of origin
	@echo "Running every chapter of this site in the browser"
	@CI=1 SITE=$(OUT)/_build/html $(BIN)/pytest -q --online tests/lite tests/site
	@web/publish.sh $(OUT)/_build/html

test: lint ## run every check (ONLINE=1: with each chapter run whole in the browser)
	@echo "Tests: the script of the explorables"
	@$(NODE) node --test --test-reporter=dot tests/explore/*.test.js
	@echo "Tests: the package, the chapters, the homework, and the site in a browser"
	@$(BIN)/pytest --nbval --cov --numprocesses auto --maxprocesses 4 $(if $(ONLINE),--online)

lint: $(INSTALLED) $(LINTER) ## check style and types, as before each commit
	@echo "Style: ruff"
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet .
	@echo "Style of scripts: Biome"
	@$(NODE) node node_modules/@biomejs/biome/bin/biome ci
	@echo "Types: mypy"
	@$(BIN)/mypy

wasm: $(INSTALLED) ## run every chapter and sheet in the Pyodide, with NumPy, that a folder holds (FOLDER=path ONLY=errata)
	@$(NODE) node tests/lite/wasm.mjs "$(FOLDER)" $(ONLY)

matrix: $(INSTALLED) ## test the package on each Python, with its oldest and newest packages (ONLY=3.13)
	@$(BIN)/python tests/matrix.py $(ONLY)

lab: $(INSTALLED) ## open the chapters in JupyterLab (SOURCES=1: as they are written, to change them)
	@PYTHONPATH=web $(BIN)/python -m notebooks _build/notebooks
	$(BIN)/jupyter lab $(if $(SOURCES),chapters,_build/notebooks) $(AS_ROOT)

outputs: $(INSTALLED) ## run the chapters and store their text outputs
	$(BIN)/python tests/store_outputs.py chapters/*.ipynb

pins: $(INSTALLED) ## renew requirements.txt after pyproject.toml (UPGRADE=1: newest versions)
	$(BIN)/python web/pins.py $(if $(UPGRADE),--upgrade)

experiments: $(INSTALLED) ## compute stored runs anew, drawn at random (SAMPLE=20, SEED=0)
	$(BIN)/python experiments/check.py $(or $(SAMPLE),20) $(or $(SEED),0)

bench: $(INSTALLED) ## measure: one question per script in benchmarks/
	for script in benchmarks/*.py; do echo; $(BIN)/python $$script || exit 1; done

release: $(INSTALLED) ## homework: strip the solutions from the sheets (SHEET=name: from one)
	$(BIN)/python -m coursework release $(SHEET)

collect: $(INSTALLED) ## homework: sort what students handed in (SHEET=name FROM=export.zip; ROSTER, ID, DEADLINE, TAKE: see its --help)
	$(BIN)/python -m coursework collect "$(SHEET)" $(if $(FROM),"$(FROM)") $(if $(ROSTER),--roster "$(ROSTER)") $(if $(ID),--id-column "$(ID)") $(if $(DEADLINE),--deadline "$(DEADLINE)") $(if $(TAKE),--take $(TAKE))

secret: $(INSTALLED) ## homework: make the secret that hidden checks draw their cases from
	$(BIN)/python -m coursework secret

mark: $(INSTALLED) ## homework: mark it in a sandbox (SHEET=name; JOBS=n, SCHEDULER=address)
	$(BIN)/python -m coursework mark "$(SHEET)" $(if $(JOBS),--jobs $(JOBS)) $(if $(SCHEDULER),--scheduler "$(SCHEDULER)")

byhand: $(INSTALLED) ## homework: open the answers that a person marks, in nbgrader's formgrader
	cd homework && ../$(BIN)/jupyter lab $(AS_ROOT)

return: $(INSTALLED) ## homework: write feedback, and what the platform takes back (SHEET=name)
	$(BIN)/python -m coursework return "$(SHEET)" $(if $(ROSTER),--roster "$(ROSTER)") $(if $(ID),--id-column "$(ID)")

rehearse: $(INSTALLED) ## homework: all of it with a class of eight that never was (SHEET=name, PLATFORM=Moodle)
	$(BIN)/python -m coursework rehearse "$(SHEET)" $(if $(PLATFORM),--platform "$(PLATFORM)")

clean: ## remove what was built (in OUT, if it is given) or cached, and the environment
	rm -rf $(OUT)/_build .venv node_modules .coverage .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -path ./.git -prune -o -name __pycache__ -prune -exec rm -rf {} +

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(INSTALLED): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@echo "Installing the pinned packages into .venv"
	@$(PYTHON) -m venv .venv
	@$(PIP) $$(grep '^uv==' requirements.txt)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.txt || \
		$(PIP) -r requirements.txt  # knows pip's own settings, where a network needs them
	@touch $@

$(LINTER): package-lock.json | $(INSTALLED)
	@echo "Installing the pinned linter of scripts into node_modules"
	@$(NODE) npm ci --silent --no-audit --no-fund
	@touch $@
