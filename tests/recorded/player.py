"""Player: drafts with a model whose answers are on a cassette, or are being recorded onto it."""

import json
import os

import pytest
from recorded import book
from recorded.scrub import neutral_address, neutral_model

from extractor import Extractor, LLMDrafter

REMEDY = "run `make record`, which asks a model anew (fixtures/README.md says how)"
_WAITS = {"timeout": 1800, "deadline": 7200}
"""Seconds that a small model on a busy machine may take while it is recorded."""


class StaleError(Exception):
    """A cassette does not have the answer to what is asked."""


class _Watched(LLMDrafter):
    """Asks only what is on a cassette, so that a question which is not there is told and not retried."""

    def __init__(self, *args, player, **settings):
        super().__init__(*args, **settings)
        self._player = player

    async def send(self, request):
        self._player.expect(json.loads(request.body))
        return await super().send(request)


class Player:
    """One cassette and what drafts with it; `path` is the book of recordings."""

    def __init__(self, name, cassette, *, is_recording, path=book.BOOK):
        self.name, self.is_recording = name, is_recording
        self.server = "unknown"
        """What the server calls itself, as far as it was heard."""
        self._cassette, self._path = cassette, path
        self._recording, self._is_told = None, False
        if is_recording:
            self.model, self.base_url = os.environ["EXTRACTOR_MODEL"], os.environ["EXTRACTOR_BASE_URL"]
        elif recording := book.read(path).get(name):
            self._recording = recording
            self.model, self.base_url = recording.model, recording.base_url

    def drafter(self, **settings):
        """The model, asked with these settings of LLMDrafter."""
        if not self.is_recording and not (self._recording and len(self._cassette)):
            raise StaleError(f"{self.name} is not recorded yet: {REMEDY}")
        if self.is_recording:
            return LLMDrafter(self.model, base_url=self.base_url, **_WAITS, **settings)
        return _Watched(self.model, base_url=self.base_url, api_key="none", player=self, **settings)

    def draft(self, reading, **settings):
        """What the model says of a reading."""
        return self._held(lambda: self.drafter(**settings).draft(reading))

    def extract(self, document, **settings):
        """The result of a document."""
        return self._held(lambda: Extractor(self.drafter(**settings)).extract_document(document))

    @property
    def questions(self):
        """Everything that is asked on the cassette: the bodies of its requests."""
        return [json.loads(request.body) for request in self._cassette.requests]

    def _held(self, work):
        try:
            return work()
        except StaleError as stale:
            self._is_told, why = True, str(stale)
        pytest.fail(why, pytrace=False)

    def expect(self, asked):
        """See that a question is on the cassette; raises StaleError."""
        if asked not in self.questions:
            why = book.why_stale(self._recording)
            raise StaleError(f"{self.name}: {why} since it was recorded: {REMEDY}")

    def heard(self, headers):
        """Note what a server calls itself: the name of a product, without version, path or host."""
        self.server = headers.get("server", self.server).partition("/")[0].partition(" ")[0] or self.server

    def close(self):
        """Enter what was recorded into the book, or see that all of the cassette was used."""
        if not self.is_recording:
            if not (self._cassette.all_played or self._is_told):
                pytest.fail(f"{self.name} holds calls that are no longer made: {REMEDY}", pytrace=False)
        elif len(self._cassette):
            made = book.now(neutral_model(self.model), self.server, neutral_address(self.base_url))
            book.add(self.name, made, self._path)
