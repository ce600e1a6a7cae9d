# Đối Thoại. Needs Python 3.11 or newer with venv, git and make; everything else is set up here.
# GNU Make 3.81 and a plain POSIX shell are enough.

PYTHON ?= python3
BIN = .venv/bin
RUN = $(BIN)/python
OUT ?= build/dien-tap
PLAN ?=
export PYTHONDONTWRITEBYTECODE = 1

.PHONY: setup rehearse test check bench shots clean

setup: .venv/ready

# uv comes by pip into the environment it then fills; what it installs is locked in uv.lock.
.venv/ready: pyproject.toml uv.lock src/doithoai/locale/en/LC_MESSAGES/django.po
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Cần Python 3.11 trở lên, đang có " + sys.version.split()[0])'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(BIN)/uv || $(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv sync --frozen --quiet
	$(RUN) -m doithoai.web.fonts
	$(RUN) -m doithoai.adapters.places_table
	$(RUN) -m doithoai.ops.catalogue compile
	touch .venv/ready

rehearse: setup
	$(BIN)/doithoai rehearse $(PLAN) --out $(OUT)

# All tests; the last ones drive a browser, which is looked for and, as root on Debian, installed.
test: setup
	$(RUN) -m pytest -q -n auto --dist loadfile -m "not browser"
	$(RUN) -m tests.browser.find
	$(RUN) -m pytest -q -n auto --dist loadfile -m browser

check: export DOITHOAI_SECRET_KEY = only-for-checks
check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(RUN) -m doithoai.ops.docs --check
	$(RUN) -m doithoai.ops.catalogue check

bench: setup
	$(RUN) -m benchmarks

shots: setup
	$(RUN) -m tests.browser.find
	$(RUN) -m tests.browser.shots shots

clean:
	rm -rf .venv build shots .mypy_cache .ruff_cache .pytest_cache .hypothesis
