"""LLMDrafter: a language model says what each figure is."""

from __future__ import annotations

import os
import re
from copy import copy
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args
from urllib.parse import urlsplit

from extractor import loop
from extractor.draft.asking import Reply, conclude
from extractor.draft.llm.by_document import ByDocument
from extractor.draft.llm.by_figure import ByFigure
from extractor.draft.llm.cache import AnswerCache, default_folder
from extractor.draft.llm.calls import CallLog
from extractor.draft.llm.dialogue import Account
from extractor.draft.llm.providers import provider_of
from extractor.draft.model import Drafted
from extractor.errors import ModelSetupError

if TYPE_CHECKING:
    from extractor.draft.asking import Conversation, Request
    from extractor.draft.llm.batches import BatchClient
    from extractor.draft.llm.transport import Transport
    from extractor.ledger import Reading

OPENAI = "https://api.openai.com/v1"
Strategy: TypeAlias = Literal["auto", "document", "figures", "together"]
"""How a model is asked, see LLMDrafter."""
SMALLEST_WINDOW = 200
"""Characters; less than a sentence tells nobody what it is about."""
_SMALL = 8e9
"""Parameters below which a model is small."""
_SIZE = re.compile(r"(?<![\w.])(?:(\d+)x)?(\d+(?:\.\d+)?)b(?![\w.])", re.IGNORECASE)
"""The parameters that a model's name tells, in billions: "qwen2.5-1.5b", "mixtral:8x7b"."""


class LLMDrafter:
    """Drafts with a language model behind any OpenAI-compatible endpoint, or of a provider by its own API.

    The model sees the text with its figures and times marked and answers with their ids, so it cannot change
    a number. An answer with faults goes back with a sentence for each; what is still wrong after `reasks`
    more answers is left for `validate.faults` to take out. A text longer than `window` is asked about in
    parts, and a part whose answer is cut off, or which the model says is too long, in smaller ones.

    `strategy`: "document" asks for the records of a whole text. "figures" asks, paragraph by paragraph, what
    each figure is, and finds the records to it by rules; "together" asks so only of figures of which the
    rules say nothing. "auto" is "together" for a model whose name tells fewer than 8 billion parameters
    ("qwen2.5-1.5b"), else "document".

    `model`: its name there; where no endpoint is given, also one such as "anthropic/claude-sonnet-4-5".
    `base_url`: the endpoint; OPENAI_BASE_URL or else OpenAI's own where none is given.
    `api_key`: OPENAI_API_KEY where none is given; a server of one's own may need none.
    `enum_ids`: offer each slot only the ids that fit it, by a schema of its own for every document. Free on
    servers that constrain decoding, slow on OpenAI's; on by default for every endpoint but that one.
    `window`: characters of marked text that are asked about at once, for models with a short context and
    answers that reach the token limit; a sentence or two of what comes before go with each part.
    `timeout`, `deadline`: seconds of the server's longest silence, and for a document with all its tries.
    `patience`: seconds that a server which has answered before, and is gone, is waited for.
    `backoff`: scale of the growing waits between tries, in seconds.
    `rpm`, `tpm`: requests and tokens a minute; without them, what the server's headers say is kept to.
    `cache`: keep answers on disk, in this folder or where the system has such files, and ask nothing twice.
    `log_calls`: a file for every request and what came of it, without keys.
    `temperature`: 0 by default; left to the server on OpenAI's own, where reasoning models refuse it.
    """

    def __init__(  # noqa: PLR0913  each is a setting of its own
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        strategy: Strategy = "auto",
        enum_ids: bool | None = None,
        reasks: int = 2,
        window: int = 12_000,
        timeout: float = 300,
        deadline: float = 900,
        patience: float = 120,
        backoff: float = 1,
        rpm: float | None = None,
        tpm: float | None = None,
        max_answer_tokens: int = 8192,
        temperature: float | None = None,
        cache: bool | str | Path = True,
        log_calls: str | Path | None = None,
    ) -> None:
        self.name = model
        base_url = base_url or os.environ.get("OPENAI_BASE_URL")
        self._provider = None if base_url else provider_of(model)
        key_name = self._provider.key_name if self._provider else "OPENAI_API_KEY"
        base_url = base_url or (self._provider.base_url if self._provider else OPENAI)
        # a line break often comes with a key out of a file
        api_key = (api_key or os.environ.get(key_name) or "").strip()
        custom = not self._provider and _host(base_url) != _host(OPENAI)
        if not api_key and not custom:
            raise ModelSetupError(
                f"a language model needs a key: set {key_name}, or pass base_url for a server of your own"
            )
        self._model = model.partition("/")[2] if self._provider else model
        self._keep = default_folder() if cache is True else Path(cache) if cache else None
        self._log = CallLog(Path(log_calls)) if log_calls else None
        self.base_url = base_url
        if not (api_key.isascii() and api_key.isprintable()):
            raise ModelSetupError(
                f"the API key has a character that no key has; correct {key_name} or api_key"
            )
        self._api_key = api_key or "none"
        self._deadline = deadline
        if window < SMALLEST_WINDOW:
            raise ModelSetupError(
                f"a window of {window} characters is too small; make it {SMALLEST_WINDOW} or more"
            )
        self._wire: dict[str, Any] = {
            "timeout": timeout,
            "patience": patience,
            "backoff": backoff,
            "rpm": rpm,
            "tpm": tpm,
        }
        request: dict[str, Any] = {
            "model": self._model,
            "max_tokens" if custom else "max_completion_tokens": max_answer_tokens,
        }
        if temperature is not None or custom:
            request["temperature"] = temperature or 0.0
        enum_ids = custom if enum_ids is None else enum_ids
        self._strategy: ByDocument | ByFigure
        match _chosen(strategy, model):
            case "document":
                self._strategy = ByDocument(request, reasks, enum_ids, window)
            case told:
                self._strategy = ByFigure(request, reasks, enum_ids, window, rules_first=told == "together")

    def shared_by(self, processes: int) -> LLMDrafter:
        """A copy for each of so many processes, which together keep to `rpm` and `tpm`."""
        part = copy(self)  # by __getstate__, so without the connection
        limits = {name: self._wire[name] and self._wire[name] / processes for name in ("rpm", "tpm")}
        part._wire = {**self._wire, **limits}  # noqa: SLF001  its own class
        return part

    @property
    def settings(self) -> dict[str, Any]:
        """What its drafts depend on beside the reading; no key."""
        asked = asdict(self._strategy)
        return {
            "base_url": self.base_url,
            "prompt": self._strategy.prompt_hash,
            "strategy": type(self._strategy).__name__,
            **asked.pop("request"),
            **asked,
        }

    def draft(self, reading: Reading) -> Drafted:
        """Ask the model what each figure and time of the reading is.

        Raises ModelSetupError where a setting is wrong, ModelAnswerError where no answer is usable.
        """
        return conclude(self.dialogue(reading), lambda request: loop.run(self.send(request)))

    def dialogue(self, reading: Reading) -> Conversation[Drafted]:
        """As `draft`, with the requests to be carried to the model by the caller."""
        account = Account(self._model, self.base_url, self._deadline)
        draft, problems = yield from self._strategy.ask(reading, account)
        return Drafted(draft=draft, problems=problems, usage=account.usage(self._strategy.prompt_hash))

    def get_ready(self) -> None:
        """Open the way to the model, without a request."""
        self._transport  # noqa: B018  made here

    async def send(self, request: Request) -> Reply:
        """Carry one request to the model, with every try that the wire needs."""
        reply = self.known(request)
        if reply is None:
            reply = await self._transport.send(request)
            self.keep(request, reply)
        if self._log:
            self._log.write(request, reply)
        return reply

    def known(self, request: Request) -> Reply | None:
        """The answer to a request that was asked before, if it is kept."""
        completion = self._cache and self._cache.get(self.base_url, request.body)
        return Reply(completion, price=0.0, is_known=True) if completion else None

    def keep(self, request: Request, reply: Reply) -> None:
        """Keep what came of a request, where that is an answer."""
        if self._cache and reply.completion:
            self._cache.put(self.base_url, request.body, reply.completion)

    @cached_property
    def _cache(self) -> AnswerCache | None:
        return AnswerCache(self._keep) if self._keep else None

    @cached_property
    def _transport(self) -> Transport:
        if self._provider:
            from extractor.draft.llm.instructor_transport import InstructorTransport  # noqa: PLC0415  as below

            wire = {**self._wire, "key_name": self._provider.key_name}
            return InstructorTransport(self.base_url, self._api_key, self._model, **wire)
        from extractor.draft.llm.transport import Transport  # noqa: PLC0415  openai takes most of a second

        return Transport(self.base_url, self._api_key, self.name, **self._wire)

    def batches(self) -> BatchClient:
        """The Batch API of its server; raises ModelSetupError where that is not OpenAI's."""
        if self._provider:
            raise ModelSetupError(
                f"{self._provider.name} has no Batch API that is known here; use extractor run"
            )
        from extractor.draft.llm.batches import BatchClient  # noqa: PLC0415  as above

        return BatchClient(self.base_url, self._api_key, self.name)

    def __getstate__(self) -> dict[str, Any]:
        """Everything but what is open here, so that other processes can have it."""
        kept = {name: value for name, value in self.__dict__.items() if name not in {"_transport", "_cache"}}
        return {**kept, "_log": None}


def _chosen(strategy: str, model: str) -> str:
    """The way in which a model is asked; raises ModelSetupError where there is no such way."""
    if strategy not in get_args(Strategy):
        raise ModelSetupError(
            f'there is no strategy "{strategy}"; use one of {", ".join(get_args(Strategy))}'
        )
    if strategy != "auto":
        return strategy
    size = _SIZE.search(model)
    is_small = size is not None and int(size[1] or 1) * float(size[2]) * 1e9 < _SMALL
    return "together" if is_small else "document"


def _host(base_url: str) -> str:
    """The server's name; raises ModelSetupError where it is no address of one."""
    try:
        parts = urlsplit(base_url)
        host = parts.hostname if parts.scheme in {"http", "https"} and parts.port != 0 else None
    except ValueError:
        host = None
    if not host:
        raise ModelSetupError(
            f'"{base_url}" is no address of a server; base_url is one such as http://127.0.0.1:8080/v1'
        )
    return host
