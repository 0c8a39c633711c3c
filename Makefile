# Every command sets up .venv when it is missing or stale, then runs. Needed: python3 with venv, make, git.
# Another interpreter: make PYTHON=python3.12 test

PYTHON ?= python3
IN := .venv/bin/

# Without bytecode every kernel start takes seconds longer; __pycache__ is ignored by git.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup reproduce verify test faults pages calibrate multiverse paper report lab lock lint types layers licences clean

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F '|' '{ printf "%-16s %s\n", $$1, $$2 }'

# An interpreter that somebody named is used or refused; for the plain python3 another one may stand in.
setup:  ## set up .venv from requirements.lock, if it is missing or stale
	@$(PYTHON) .ci/environment $(if $(filter file,$(origin PYTHON)),,--only-this-python)

reproduce: setup  ## check the evidence, run every study, write figures and values, say what moved
	@$(IN)python -m analysis reproduce $(ARGS)

verify: setup  ## run every study anew, compare with the record and change nothing; reports in build/verify/
	@$(IN)python -m analysis verify $(ARGS)

# In the order of the files: sorted by the number of tests, files of few and long tests would come last and be waited for.
test: setup  ## run the unit tests, then every notebook against its stored output
	$(IN)python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not pages and not faults"
	$(IN)python -m pytest -n 2 --dist loadfile --nbval --nbval-current-env notebooks

faults: setup  ## test what happens when kernels, processes, disks and clusters fail or run at once
	$(IN)python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m faults

pages: setup  ## test the report site and JupyterLab in a real browser (Chromium), the paper kit and journal folders
	$(IN)python -m pytest -n 2 --dist loadfile -m pages

calibrate: setup  ## simulate how often each interval holds the truth (an hour or two; goes on where it stopped)
	@$(IN)python -m analysis calibrate $(ARGS)

multiverse: setup  ## run the studies under every combination of their defensible choices (about 130 runs)
	@$(IN)python -m analysis multiverse $(ARGS)

paper: setup  ## make values, tables, captions and references for a paper, and an example paper, in build/paper/
	@$(IN)python -m analysis paper $(ARGS)

report: setup  ## make the report as a site that is read from the disk, in build/report/
	@$(IN)python -m analysis report $(ARGS)

lab: setup  ## open the notebooks in JupyterLab, on their start page
	$(IN)python -m jupyterlab --LabApp.default_url=/lab/tree/explore/start_here.ipynb notebooks

lock: setup  ## write requirements.lock anew from pyproject.toml (UPGRADE=1: newest versions)
	$(IN)python .ci/lock.py $(if $(UPGRADE),--upgrade)

lint: setup  ## check style and formatting
	$(IN)ruff check
	$(IN)ruff format --check

types: setup  ## check types
	$(IN)mypy

layers: setup  ## check which module may import which
	$(IN)lint-imports --no-logo

licences: setup  ## check that every file states its licence
	$(IN)reuse lint

clean:  ## remove .venv, build/ and caches
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
