# Convolution by Hand. `make help` lists what there is; a stamp in build/stamps says a step is done.

PYTHON ?= python3
PY := .venv/bin/python
STEP := $(PYTHON) tools/step.py
STAMPS := build/stamps
OFFLINE := "A machine without a network cannot fetch packages. Connect it, or fill pip's and npm's caches, and run make again."
export PATH := $(CURDIR)/.venv/bin:$(PATH)

LIBRARY := $(shell find convlib convviz convcheck -name '*.py' -o -name '*.css' -o -name '*.mjs')
PAGES := $(shell find index.md chapters _config.yml _toc.yml _static -type f -not -path '*/.ipynb_checkpoints/*')
BINDING := tools/book.py $(shell find tools/pages -type f -not -name '*.pyc')
SETS := $(wildcard solutions/*.md)
GRADER := $(shell find autograder -type f -not -name '*.pyc') tools/sample_class.py nbgrader_config.py

.PHONY: help course test serve book draft print weigh exercises grade bench lint format lock clean
.DEFAULT_GOAL := help

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

course: book exercises grade ## everything from a fresh clone: environment, book, problem sets, a graded sample class
	@$(PY) tools/welcome.py

book: $(STAMPS)/book ## build the book into _build/html
exercises: $(STAMPS)/exercises ## write exercises/ from solutions/
grade: $(STAMPS)/class ## grade the sample class in build/class with nbgrader

$(STAMPS)/environment: requirements.lock pyproject.toml tools/setup.py
	@$(PYTHON) tools/setup.py python
	@$(STEP) "Making the environment in .venv" --hint $(OFFLINE) -- $(PYTHON) tools/setup.py environment
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/web: package-lock.json tools/web.py | $(STAMPS)/environment
	@$(PYTHON) tools/setup.py npm
	@$(STEP) "Fetching formulas and fonts for the book" --hint $(OFFLINE) -- npm ci --no-audit --no-fund
	@$(PY) tools/web.py && touch $@

$(STAMPS)/exercises: $(SETS) $(LIBRARY) tools/exercises.py $(STAMPS)/environment
	@$(STEP) "Writing the problem sets from solutions/" -- $(PY) tools/exercises.py
	@touch $@

$(STAMPS)/book: $(PAGES) $(LIBRARY) $(BINDING) $(STAMPS)/exercises $(STAMPS)/web
	@$(STEP) "Building the book" -- $(PY) tools/book.py
	@touch $@

$(STAMPS)/class: $(GRADER) $(STAMPS)/exercises
	@$(STEP) "Grading the sample class with nbgrader" -- $(PY) tools/sample_class.py
	@touch $@

draft: $(STAMPS)/exercises $(STAMPS)/web ## build only the pages that changed, warnings shown and not fatal
	@$(PY) tools/book.py --draft

print: $(STAMPS)/book ## the whole book as one PDF, _build/print/convolution-by-hand.pdf
	@$(PYTHON) tools/setup.py browser
	@$(STEP) "Printing the book" -- $(PY) -m tools.print

weigh: $(STAMPS)/book ## kilobytes and time to the first paint of the heaviest page
	@$(PYTHON) tools/setup.py browser
	@$(PY) -m tools.weigh

serve: $(STAMPS)/book $(STAMPS)/exercises ## open the book and JupyterLab on localhost
	@$(PY) tools/serve.py

bench: $(STAMPS)/environment ## time convlib against torch on this machine, layer by layer
	@$(PY) -m benchmarks.cpu

lint: $(STAMPS)/environment ## ruff and mypy
	@ruff check --quiet . && ruff format --check --quiet . && mypy --no-error-summary

format: $(STAMPS)/environment ## let ruff mend what it can
	@ruff check --fix . && ruff format .

test: $(STAMPS)/environment $(STAMPS)/web ## the whole gate
	@$(PYTHON) tools/setup.py browser
	@$(STEP) "Lint and types" -- $(MAKE) --no-print-directory lint
	@$(STEP) "Comparing exercises/ with solutions/" -- $(PY) tools/exercises.py --check
	@$(PY) tools/exercises.py stage
	@$(STEP) "Building the book from scratch" -- $(PY) tools/book.py --fresh
	@$(STEP) "Weighing the heaviest pages, with nothing else at work" -- $(PY) -m pytest -m alone tests
	@$(PY) -m pytest -n 2 --dist loadgroup -m "not alone"

lock: ## write requirements.lock anew from the ranges in pyproject.toml
	@rm -rf build/lock && $(PYTHON) -m venv build/lock && build/lock/bin/pip install -q torch==2.13.0 '.[course,dev]'
	@build/lock/bin/pip freeze --exclude convolution-by-hand | sed -E 's/[+]cpu//; s/^(triton==.*)/\1 ; sys_platform == "linux"/' > build/lock/frozen
	@(sed -n '/^#/p' requirements.lock; cat build/lock/frozen) > build/lock/whole && mv build/lock/whole requirements.lock

clean: ## delete everything that the other commands made
	rm -rf build _build .venv node_modules
