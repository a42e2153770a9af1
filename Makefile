# Everyday commands. `make` lists them. Needs Python 3.11 or newer, make and git; everything else it fetches itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TEST_ARGS ?= -n auto --dist worksteal
export NO_MKDOCS_2_WARNING = 1

.DEFAULT_GOAL := help
.PHONY: help serve site test check format bench bench-laws bench-browser schema lock screenshot clean

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

serve: $(VENV)/.ready  ## check the library and serve the staff edition on 127.0.0.1:8000, reloading on every change
	@$(BIN)/portal serve

site: $(VENV)/.ready  ## build both editions: site/staff and site/public
	@$(BIN)/portal build --edition staff
	@$(BIN)/portal build --edition public
	@$(BIN)/portal build --edition public --traditional

test: $(VENV)/.ready-dev  ## install what the tests need and run them all
	@sh scripts/browser.sh
	@$(BIN)/python -m pytest $(TEST_ARGS)

check: $(VENV)/.ready-dev  ## format, lint, types, schemas, library
	@$(BIN)/ruff format --check hooks tests bench scripts
	@$(BIN)/ruff check hooks tests bench scripts
	@$(BIN)/mypy hooks/portal hooks/site_hooks.py
	@$(BIN)/portal schema --check
	@$(BIN)/portal check
	@$(BIN)/portal readability

format: $(VENV)/.ready-dev  ## put the Python code into the one format
	@$(BIN)/ruff format hooks tests bench scripts
	@$(BIN)/ruff check --fix hooks tests bench scripts

bench: $(VENV)/.ready-dev  ## measure reading, building and plain MkDocs side by side (several minutes)
	@$(BIN)/python bench/run.py

bench-laws: $(VENV)/.ready-dev  ## measure importing official texts
	@$(BIN)/python bench/official.py

bench-browser: $(VENV)/.ready-dev  ## measure weight and speed of the pages in Chromium
	@sh scripts/browser.sh
	@$(BIN)/python bench/browser.py

schema: $(VENV)/.ready  ## write schemas/ from the models
	@$(BIN)/portal schema

screenshot: $(VENV)/.ready-dev  ## make the pictures of the README
	@sh scripts/browser.sh
	@$(BIN)/python scripts/screenshot.py

lock: $(VENV)/.ready-dev  ## pin the dependencies of pyproject.toml again, with hashes
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --extra dev pyproject.toml -o requirements-dev.txt

clean:  ## remove the environment and everything built
	rm -rf $(VENV) site build hooks/*.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本：make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "建不了虚拟环境。Debian/Ubuntu 上先运行：apt-get install python3-venv"; exit 1; }

$(VENV)/.ready: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "安装依赖（第一次约一分钟）…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	@echo "安装测试工具…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
