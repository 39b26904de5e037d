# make demo   from a fresh machine to the demo documents' records and problems on the screen
# make test   the tests, from nothing
# make test-ray   the tests of extractor/scale, with Ray, which the others leave out
# make record   new answers of a model for the tests in tests/recorded, from the server and model that
#               EXTRACTOR_BASE_URL and EXTRACTOR_MODEL name; ONLY=04_us_brief for some of them
# make lint   ruff and mypy
# make accuracy   the README's table: the rules on the documents set aside
# make bench-figures      the reader of figures beside published ones, in an environment of its own
# make bench-throughput   extractor run beside other toolkits against one server, in the same environment
# make bench-accuracy MODEL=NAME BASE_URL=URL   this toolkit, instructor and langextract with one model; hours
# make docs   the pages and schemas in docs/ that are made from the code
# All of them make their own environment in .venv; Python 3.11 or later with pip and venv is all they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SCHEMAS := facility deal forecast quantity when problem coverage result

.PHONY: demo test test-ray record lint accuracy docs bench-figures bench-throughput bench-accuracy clean

$(VENV)/user: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/developer: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ $(VENV)/user

$(VENV)/ray: $(VENV)/developer
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,ray]'
	touch $@

demo: $(VENV)/user
	$(BIN)/extractor run fixtures/demo.jsonl --out demo.jsonl --force
	$(BIN)/extractor show demo.jsonl

test: $(VENV)/developer
	$(BIN)/python -m pytest

test-ray: $(VENV)/ray
	$(BIN)/python -m pytest tests/scale

record: $(VENV)/developer
	$(BIN)/python -m pytest tests/recorded --record-mode=rewrite $(if $(ONLY),-k '$(ONLY)')

lint: $(VENV)/developer
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

accuracy: $(VENV)/user
	$(BIN)/extractor run fixtures/press/heldout --out accuracy.jsonl --force --quiet
	$(BIN)/extractor evaluate fixtures/press/heldout accuracy.jsonl --markdown

docs: $(VENV)/user
	$(BIN)/python -m extractor.checks.docs > docs/checks.md
	$(BIN)/python -m extractor.export.docs > docs/tables.md
	for name in $(SCHEMAS); do $(BIN)/extractor schema $$name > docs/schema/$$name.json; done

.venv-peers/bin/activate: benchmarks/requirements.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --editable . -r benchmarks/requirements.txt

bench-figures bench-throughput bench-accuracy: bench-%: .venv-peers/bin/activate
	.venv-peers/bin/python benchmarks/$*.py $(OPTIONS)

bench-accuracy: OPTIONS = --model "$(MODEL)" --base-url "$(BASE_URL)"

clean:
	rm -rf $(VENV) .venv-peers demo.jsonl accuracy.jsonl accuracy-run .mypy_cache .ruff_cache .pytest_cache .hypothesis
