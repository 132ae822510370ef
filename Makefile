# `make run` opens the dashboard on the demo centre, `make test` runs lint, types and tests; both set up what they need.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STORE ?= data/store

.PHONY: run demo test lint faults clean

run: $(VENV)/.run demo
	$(BIN)/streamlit run app.py

demo: $(VENV)/.run
	@test -d $(STORE)/snapshots || $(BIN)/python -m care_metrics demo --store $(STORE)

test: $(VENV)/.dev lint
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/browser
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/browser

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/ty check

faults: $(VENV)/.dev
	for script in tests/faults/*.py; do $(BIN)/python $$script || exit 1; done

$(VENV)/.run: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) data/store
