from functools import partial

import pytest
from builders import score


@pytest.fixture
def scored(tmp_path):
    """Scores of one document's results against its gold."""
    return partial(score, tmp_path)
