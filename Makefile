# 对口一本账 duikou. `make` alone lists what can be done here.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.NOTPARALLEL:  # all targets share one .venv
.PHONY: help demo test lint prove bench lock clean

PORT ?= 8000
SERVE ?= 1
SOURCE ?=
export PORT SERVE SOURCE

help: ## 列出各项 · list these lines
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS=$$'\t' read -r name line; do printf 'make %-6s %s\n' "$$name" "$$line"; done

demo: .venv/.run-stamp ## 装好并演示 · set up and serve the demonstration (PORT=8000, SERVE=0, SOURCE=report.txt)
	@options=(--port "$$PORT")
	if [ "$$SERVE" = 0 ]; then options+=(--no-serve); fi
	if [ -n "$$SOURCE" ]; then options+=(--source "$$SOURCE"); fi
	exec .venv/bin/duikou demo "$${options[@]}"

# A file of tests stays on one worker, where what it sets up for all its tests is set up once; the many short ones of web come last.
PYTEST = .venv/bin/pytest -n 2 --dist loadfile --no-loadscope-reorder

# Every check runs even where an earlier one objects: one run shows everything there is to mend.
# Spark is large and comes while the code is looked at; what cannot be had is named by the tests that miss it.
test: .venv/.test-stamp .venv/.parts-stamp ## 全部检查和测试 · all checks and tests
	@status=0
	$(MAKE) --no-print-directory .venv/.spark-stamp & spark=$$!
	$(MAKE) --no-print-directory lint || status=1
	wait $$spark || echo 'Spark 未能装上 · not installed'
	$(PYTEST) || status=1
	exit $$status

lint: .venv/.test-stamp ## 只查代码 · style, types and the direction of imports
	@status=0
	.venv/bin/ruff check || status=1
	.venv/bin/ruff format --check || status=1
	.venv/bin/mypy || status=1
	.venv/bin/lint-imports --no-logo || status=1
	exit $$status

prove: .venv/.test-stamp .venv/.parts-stamp .venv/.spark-stamp ## 加上耗时的验证 · the tests with the long proofs
	@DUIKOU_PROVE=1 $(PYTEST)
	.venv/bin/python -m benchmarks --one national 50000000  # on DuckDB and Spark

bench: .venv/.test-stamp ## 测速 · measure
	@.venv/bin/python -m benchmarks

# A lock must read the same wherever it is made: settings of the machine stay out, and no address may stand in it.
lock: ## 重算依赖锁 · recompile the locks (UPGRADE=--upgrade takes newer versions)
	@unset UV_DEFAULT_INDEX UV_INDEX UV_INDEX_URL UV_EXTRA_INDEX_URL UV_FIND_LINKS $${!PIP_*}
	form=(--universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url)
	compile=(uv pip compile --quiet --no-config "$${form[@]}" $(UPGRADE) pyproject.toml)
	"$${compile[@]}" --output-file requirements.lock
	"$${compile[@]}" --extra test --constraint requirements.lock --output-file requirements-test.lock
	"$${compile[@]}" --extra spark --constraint requirements-test.lock --output-file requirements-spark.lock
	if grep -n '://' requirements.lock requirements-test.lock requirements-spark.lock; then echo 'An address stands in a lock.' >&2; exit 1; fi

clean: ## 删去环境和产物，账本 var/ 留下 · remove .venv and out; the book in var/ stays
	rm -rf .venv out

# The environment. A stamp is younger than lock and pyproject.toml when all is in place; then nothing asks the network.
.venv/.run-stamp: requirements.lock pyproject.toml
	$(call install,requirements.lock)

.venv/.test-stamp: requirements-test.lock requirements-iati.lock pyproject.toml
	$(call install,requirements-test.lock)
	"$${install[@]}" --no-deps --no-build-isolation --require-hashes --requirement requirements-iati.lock
	touch .venv/.run-stamp  # the test lock holds the running one

# On top of the test lock, with which it agrees; duikou itself stays as it is, since the code is being looked at meanwhile.
.venv/.spark-stamp: requirements-spark.lock | .venv/.test-stamp
	@install=(.venv/bin/python -m pip install --quiet --disable-pip-version-check)
	if command -v uv >/dev/null; then install=(uv pip install --quiet --python .venv/bin/python); fi
	"$${install[@]}" --require-hashes --requirement requirements-spark.lock
	touch $@

define install
	@echo '安装依赖 · installing from $(1) into .venv'
	$(find-python)
	if command -v uv >/dev/null; then
	  [ -x .venv/bin/python ] || uv venv --quiet --clear --no-python-downloads --python "$$python" .venv
	  install=(uv pip install --quiet --python .venv/bin/python)
	  offline=--offline
	else
	  # An environment made by uv holds no pip; it is made anew where uv is not at hand (under sudo, for instance).
	  if ! .venv/bin/python -m pip --version &>/dev/null; then
	    $(need-ensurepip)
	    "$$python" -m venv --clear .venv
	  fi
	  install=(.venv/bin/python -m pip install --quiet --disable-pip-version-check)
	  offline=--no-index
	fi
	"$${install[@]}" --require-hashes --requirement $(1)
	"$${install[@]}" $$offline --no-deps --no-build-isolation --editable .
	touch $@
endef

# The first that is new enough; outside any environment that happens to be active.
define find-python
python= found=
for name in python3 python3.14 python3.13 python3.12 python3.11; do
  version=$$("$$name" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
  found+=" $$version"
  if [ "$${version#3.}" -ge 11 ]; then python=$$("$$name" -c 'import sys; print(sys._base_executable)'); break; fi
done
if [ -z "$$python" ]; then
  echo "需要 Python 3.11 或更新 · Python 3.11 or newer is needed; found:$${found:- none}" >&2
  exit 1
fi
endef

# Debian's and Ubuntu's own python3 comes without ensurepip; the package that brings it is named after the command.
define need-ensurepip
if ! "$$python" -c 'import ensurepip' 2>/dev/null; then
  if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "请先运行 · first run:  sudo apt-get install -y $$name-venv" >&2
    exit 1
  fi
  $(APT) update
  $(APT) install "$$name-venv" >/dev/null
fi
endef

# What only the tests use: a browser, an office to read our papers, a Chinese font, a PDF reader, a database server, Java.
# Tried once, as root; what cannot be had is named by the tests that miss it.
PARTS := chromium libreoffice-writer-nogui fonts-noto-cjk poppler-utils postgresql openjdk-17-jre-headless
APT := DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3

.venv/.parts-stamp: | .venv/.test-stamp
	@missing=()
	for part in $(PARTS); do
	  [ "$$(dpkg-query -W -f '$${db:Status-Status}' $$part 2>/dev/null)" = installed ] || missing+=($$part)
	done
	if [ $${#missing[@]} -gt 0 ] && [ "$$(id -u)" != 0 ]; then
	  echo "测试还用到 · the tests also use:  sudo apt-get install -y $${missing[*]}"
	  exit 0
	fi
	if [ $${#missing[@]} -gt 0 ]; then
	  echo "安装测试用的软件 · installing for the tests: $${missing[*]}"
	  $(APT) update || true
	  # One by one, since one that a distribution lacks would keep out the others.
	  for part in "$${missing[@]}"; do $(APT) install $$part >/dev/null || echo "未能安装 · not installed: $$part"; done
	fi
	touch $@
