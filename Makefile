# 安网 anwang — everything starts here: `make demo` to look at it, `make test` to check it, `make help` for the rest.
# Works with /bin/sh = dash and GNU make 4; stamps in .venv, node_modules and the build folder follow the lock files.

PORT     ?= 8000
# More arguments for pytest, e.g. make test ARGS="tests/domain -k grade"
ARGS     ?=
# Parallel test processes
WORKERS  ?= auto

VENV     := .venv
BIN      := $(VENV)/bin
STAMPS   := $(VENV)/.stamps
DIST     := src/anwang/web/static/dist
PO       := $(wildcard src/anwang/locale/*/LC_MESSAGES/*.po)
FRONTEND := $(filter-out frontend/node_modules/%,$(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null))
CODE     := src tests bench scripts

# A mirror in the user's pip configuration is honoured; what would break an install into .venv is not.
export PIP_USER := 0
export PIP_REQUIRE_VIRTUALENV := 0
export PIP_NO_INPUT := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
unexport PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo setup test-setup fonts messages frontend demo-data test test-fast test-postgres races check lint types \
        contracts templates django migrations reference redlines docs bench lock clean distclean

help: ## 列出全部命令 / list the commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | while IFS="$$(printf '\t')" read -r name text; do \
	    printf '  make %-14s %s\n' "$$name" "$$text"; done

demo: demo-data ## 准备全部并打开演示 / prepare everything and serve the demo on loopback
	@$(BIN)/anwang serve --port $(PORT)

# --- what is installed ------------------------------------------------------------------------------------------------

setup: $(STAMPS)/app frontend fonts messages ## 安装运行所需 / install all that running needs

$(STAMPS)/python: scripts/venv.sh
	@sh scripts/venv.sh $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/base: requirements/base.txt $(STAMPS)/python
	@echo '== Python 软件包（锁定版本）/ locked Python packages'
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/base.txt
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/base
	@echo '== 测试与检查工具 / tools for tests and checks'
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	@touch $@

$(STAMPS)/app: pyproject.toml $(STAMPS)/base
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

frontend: $(DIST)/.stamp ## 构建前端 / build the front end

# npm ci never rewrites the lock; Node comes from PATH or, where there is none, from a locked PyPI wheel.
frontend/node_modules/.stamp: frontend/package-lock.json frontend/package.json scripts/node.sh requirements/node.txt | $(STAMPS)/python
	@echo '== 前端软件包 / front-end packages'
	@cd frontend && sh ../scripts/node.sh npm ci --no-audit --no-fund --update-notifier=false --loglevel=error
	@touch $@

$(DIST)/.stamp: frontend/node_modules/.stamp $(FRONTEND)
	@echo '== 构建前端 / building the front end'
	@cd frontend && sh ../scripts/node.sh node build.mjs
	@mkdir -p $(DIST) && touch $@

fonts: $(STAMPS)/app ## 准备公文字体 / prepare the fonts of documents
	@$(BIN)/python -m anwang.adapters.fonts prepare

messages: $(STAMPS)/messages ## 编译译文 / compile the translations

$(STAMPS)/messages: $(PO) scripts/compile_messages.py $(STAMPS)/base
	@$(BIN)/python scripts/compile_messages.py src/anwang/locale
	@touch $@

demo demo-data: export ANWANG_DEMO := 1

demo-data: setup ## 数据库与演示数据 / database and demo data (idempotent)
	@$(BIN)/anwang migrate
	@$(BIN)/anwang demo

# --- tests and checks --------------------------------------------------------------------------------------------------

test-setup: setup $(STAMPS)/dev ## 安装测试所需 / install all that tests need
	@sh scripts/debian.sh tests

test: test-setup ## 全部测试（SQLite 或 DATABASE_URL）/ all tests
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

test-fast: $(STAMPS)/app $(STAMPS)/dev ## 只跑快的测试 / only the fast tests
	@$(BIN)/python -m pytest -q -m 'not slow and not browser and not libreoffice' $(ARGS)

# The domain and the architecture know no database: once is enough for them.
test-postgres: test-setup ## 在一次性 PostgreSQL 上再跑一遍 / again on a throw-away PostgreSQL
	@sh scripts/debian.sh postgres
	@bash scripts/postgres.sh $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal \
	    --ignore tests/domain --ignore tests/architecture $(ARGS)

races: $(STAMPS)/app $(STAMPS)/dev ## 两人同时办理的测试，在磁盘上的 SQLite 上 / the races again, on SQLite in a file
	@TEST_SQLITE=disk $(BIN)/python -m pytest -q -n $(WORKERS) tests/features/*/test_races.py $(ARGS)

check: ## 与持续集成相同的全部检查 / everything that continuous integration runs
	@bash .ci/run

lint: $(STAMPS)/dev
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)

types: $(STAMPS)/dev $(STAMPS)/app
	@$(BIN)/mypy src/anwang

contracts: $(STAMPS)/dev $(STAMPS)/app
	@$(BIN)/lint-imports

templates: $(STAMPS)/dev
	@$(BIN)/djlint --lint --quiet src/anwang

django: $(STAMPS)/app
	@sh scripts/django_checks.sh

migrations: $(STAMPS)/app
	@DJANGO_SETTINGS_MODULE=anwang.config.settings $(BIN)/django-admin makemigrations --check --dry-run

reference: $(STAMPS)/app
	@$(BIN)/python scripts/reference.py --check

# What is kept, asked and logged against the register: clause, use and review day of each, no measure of use.
redlines: $(STAMPS)/app
	@folder=$$(mktemp -d); ANWANG_DATA="$$folder" $(BIN)/anwang redlines; status=$$?; rm -rf "$$folder"; exit $$status

docs: $(STAMPS)/app ## 重新生成参考文档 / generate docs/reference anew
	@$(BIN)/python scripts/reference.py

bench: setup $(STAMPS)/dev ## 基准测试（ARGS="--json"）/ the benchmarks of the README
	@$(BIN)/python -m bench $(ARGS)

# --- upkeep ------------------------------------------------------------------------------------------------------------

lock: ## 重新锁定 Python 软件包 / lock the Python packages anew (needs uv)
	@for name in base dev node; do \
	    uv pip compile --generate-hashes --no-annotate --no-header --python-version 3.11 --quiet \
	        requirements/$$name.in --output-file requirements/$$name.txt; done

clean: ## 只删构建产物，不动数据 / remove what was built; data stays
	@rm -rf $(DIST) frontend/node_modules build staticfiles bench/out tests/browser/out .pytest_cache .mypy_cache .ruff_cache \
	    .hypothesis .import_linter_cache src/*.egg-info
	@find src tests bench scripts -name __pycache__ -type d -prune -exec rm -rf {} +
	@find src/anwang -name '*.mo' -delete
	@rm -f $(STAMPS)/messages $(STAMPS)/app

distclean: clean ## 再删虚拟环境和字体 / also the virtual environment and the fonts; data stays
	@rm -rf $(VENV) .fonts var
