"""One way to record and to replay: a cassette for each test, of a real model's answers."""

import os

import pytest
from recorded.book import CASSETTES
from recorded.player import Player
from recorded.scrub import vcr_settings

_NEEDED = ("EXTRACTOR_BASE_URL", "EXTRACTOR_MODEL")


@pytest.fixture(scope="session", autouse=True)
def a_model_to_record(record_mode):
    missing = [name for name in _NEEDED if not os.environ.get(name)]
    if record_mode != "none" and missing:
        pytest.exit(
            f"recording asks a model: set {' and '.join(missing)}, such as http://127.0.0.1:8080/v1 and the "
            "model's name there, and OPENAI_API_KEY where the server wants a key",
            returncode=2,
        )


@pytest.fixture
def server_headers():
    """What the server that is recorded said of itself."""
    return {}


@pytest.fixture
def vcr_config(server_headers):
    return vcr_settings(server_headers.update)


@pytest.fixture(scope="session")
def vcr_cassette_dir():
    return str(CASSETTES)


@pytest.fixture
def default_cassette_name(request):
    case = getattr(request.node, "callspec", None)
    return case.id if case else request.node.name.removeprefix("test_").replace("_", "-")


@pytest.fixture
def model(vcr, record_mode, default_cassette_name, server_headers, monkeypatch):
    """The model of this test's cassette."""
    is_recording = record_mode != "none"
    if not is_recording:
        for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
            monkeypatch.delenv(name, raising=False)
    player = Player(default_cassette_name, vcr, is_recording=is_recording)
    yield player
    player.heard(server_headers)
    player.close()
