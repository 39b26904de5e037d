"""The pages and schemas that are made from the code."""

import json
from pathlib import Path

import pytest

import schemas
from extractor.commands.schema import SchemaName
from extractor.export.docs import page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_the_tables_is_current():
    assert (DOCS / "tables.md").read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", SchemaName)
def test_a_published_schema_is_current(name):
    published = json.loads((DOCS / "schema" / f"{name}.json").read_text(encoding="utf-8"))

    assert published == getattr(schemas, name.capitalize()).model_json_schema(mode="serialization")


def test_every_published_schema_has_a_name():
    assert {path.stem for path in (DOCS / "schema").iterdir()} == set(SchemaName)
