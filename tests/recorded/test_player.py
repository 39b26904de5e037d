"""Replaying: what is on a cassette is answered, and for all else it says what to do."""

from dataclasses import replace

import pytest
import vcr
from chat_server import Server, answer
from readings import PLANTS, STORAGE
from recorded import book
from recorded.player import Player
from recorded.scrub import vcr_settings

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])


class Tape:
    """A cassette and a book in a folder of their own."""

    def __init__(self, folder):
        self.file, self.book = folder / "plants.yaml", folder / "recorded.toml"

    def record(self, reading, monkeypatch, **settings):
        with Server() as server:
            server.replies = [(200, {}, answer('{"facilities": [{"investment": "f1"}]}'))]
            monkeypatch.setenv("EXTRACTOR_BASE_URL", server.url)
            monkeypatch.setenv("EXTRACTOR_MODEL", "/models/small.gguf")
            heard = {}
            with self._cassette("all", heard.update) as cassette:
                player = Player("plants", cassette, is_recording=True, path=self.book)
                player.draft(reading, **settings)
                player.heard(heard)
                player.close()

    def play(self, *readings, cache=False, **settings):
        with self._cassette("none") as cassette:
            player = Player("plants", cassette, is_recording=False, path=self.book)
            drafted = [player.draft(reading, cache=cache, **settings) for reading in readings]
            player.close()
        return drafted

    def _cassette(self, mode, heard=lambda _: None):
        return vcr.use_cassette(str(self.file), record_mode=mode, **vcr_settings(heard))


@pytest.fixture
def tape(tmp_path, monkeypatch):
    tape = Tape(tmp_path)
    tape.record(PLANTS, monkeypatch)
    return tape


def fails(sentence):
    return pytest.raises(pytest.fail.Exception, match=sentence)


def test_the_same_question_has_the_recorded_answer(tape):
    (drafted,) = tape.play(PLANTS)

    assert drafted.draft.facilities[0].investment == "f1"


def test_the_book_says_what_was_asked_and_with_which_prompts(tape):
    recording = book.read(tape.book)["plants"]

    assert (recording.model, recording.server) == ("small", "BaseHTTP")
    assert recording.base_url == "http://localhost/v1"
    assert recording.prompts == book.prompts_now()


def test_the_environment_does_not_matter(tape, monkeypatch):
    monkeypatch.setenv("EXTRACTOR_MODEL", "another")
    monkeypatch.setenv("EXTRACTOR_BASE_URL", "http://elsewhere.example/v1")

    assert tape.play(PLANTS)[0].draft.facilities


def test_another_text_is_to_be_recorded(tape):
    with fails(r"^plants: what is asked changed .* since it was recorded: run `make record`"):
        tape.play(STORAGE)


def test_another_setting_is_to_be_recorded(tape):
    with fails(r"what is asked changed .* run `make record`"):
        tape.play(PLANTS, max_answer_tokens=7)


def test_a_changed_prompt_is_named(tape):
    before = book.read(tape.book)["plants"]
    book.add(
        "plants",
        replace(
            before,
            prompts=tuple(
                (name, "of another text" if name == "draft-1.md" else text)
                for name, text in book.prompts_now()
            ),
        ),
        tape.book,
    )

    with fails(r"^plants: the prompt draft-1\.md changed since it was recorded: run `make record`"):
        tape.play(PLANTS, max_answer_tokens=7)


def test_a_changed_schema_is_named(tape):
    before = book.read(tape.book)["plants"]
    book.add("plants", replace(before, schema="another"), tape.book)

    with fails(r"^plants: the schema of an answer changed since it was recorded: run `make record`"):
        tape.play(PLANTS, enum_ids=False)


def test_a_prompt_that_was_not_asked_with_does_not_matter(tape):
    before = book.read(tape.book)["plants"]
    book.add("plants", replace(before, prompts=(*before.prompts, ("other-1.md", "gone"))), tape.book)

    assert tape.play(PLANTS)[0].draft.facilities


@pytest.mark.parametrize("missing", ["file", "book"])
def test_what_is_not_there_is_to_be_recorded(tape, missing):
    getattr(tape, missing).unlink()

    with fails("^plants is not recorded yet: run `make record`"):
        tape.play(PLANTS)


def test_an_answer_that_nobody_asks_for_fails(tape, monkeypatch):
    tape.record(STORAGE, monkeypatch)

    with fails("^plants holds calls that are no longer made: run `make record`"):
        tape.play(PLANTS)
