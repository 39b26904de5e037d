"""What holds for all tests."""

import pytest
from hypothesis import settings

# the same examples every time: a run fails for a change, and not by chance
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def no_answers_from_before(tmp_path, monkeypatch):
    monkeypatch.setenv("PRESSLEDGER_CACHE", str(tmp_path / "answers"))
