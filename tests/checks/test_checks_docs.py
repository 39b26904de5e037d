"""The page that is built from the checks' docstrings."""

from pathlib import Path

import pytest

from extractor.checks import RULES
from extractor.checks.docs import page

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", RULES)
def test_every_check_shows_what_agrees_and_what_does_not(name):
    section = page().split(f"## {name}\n")[1].split("\n## ")[0]

    assert "**Agrees:**" in section
    assert "**Disagrees:**" in section
