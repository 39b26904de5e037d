"""Work: one command's part of a job: documents taken in, batches made, answers fetched, lines written."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from extractor.batch import Failure, document_key, run
from extractor.batch_api.answers import take_in
from extractor.batch_api.replay import Replayer
from extractor.batch_api.requests import RequestFile, custom_id
from extractor.batch_api.standing import ENDED
from extractor.draft.asking import Request
from extractor.errors import InputError, ModelSetupError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from extractor.batch import DocumentExtractor, Output, Tally
    from extractor.batch.desk import Outcome
    from extractor.batch_api.drafter import BatchDrafter
    from extractor.batch_api.state import Held, Planned, State
    from extractor.document import Document
    from extractor.draft.llm.batches import BatchClient, RemoteBatch

_FULL = "token_limit_exceeded"
"""The server's code for a batch that it has no room for now."""
_SMALLEST = 100
"""Requests of a batch that is not made smaller, however little room there is."""
_EVERY = 500  # documents between two commits


@dataclass(slots=True)
class Work:
    """What a command has in hand; `state` and `output` are entered."""

    extractor: DocumentExtractor
    drafter: BatchDrafter
    client: BatchClient
    state: State
    output: Output
    settings: str
    text: bool
    tally: Tally
    progress: Callable[[int], None]
    on_failure: Callable[[Failure], None]
    stopped: Callable[[], bool]
    limit: int | None = None
    """Requests in a batch, where the server had no room for more."""
    seen: dict[int, RemoteBatch] = field(default_factory=dict)
    """What the server said last, by the numbers of batches."""

    def begin(self) -> None:
        """Put right what an earlier command left in the middle of something."""
        self.state.put_right(self.output.is_finished)
        for planned in self.state.batches():
            if planned.batch_id is None and planned.told is None:
                self._send(planned, is_new=False)

    def take(self, found: Iterable[Document | InputError]) -> None:
        """Take documents in that are not known yet, or have failed."""
        for number, document in enumerate(found, start=1):
            if isinstance(document, InputError):
                self._settle(Failure(document.where, document.what))
            else:
                self.state.add(document, document_key(document))
            if number % _EVERY == 0:
                self.state.commit()
            if self.stopped():
                break
        self.state.commit()

    def fetch(self) -> ModelSetupError | None:
        """Note the answers of the batches that have ended; gives the error if the server has refused one."""
        refused: ModelSetupError | None = None
        under_way = [each for each in self.state.batches() if each.batch_id and each.told is None]
        asked = [(each, self.client.retrieve(str(each.batch_id))) for each in under_way]
        alone = len(asked) == 1
        for planned, remote in asked:
            self.seen[planned.number] = remote
            if remote.status not in ENDED or self.stopped():
                continue
            if remote.status != "failed":
                take_in(self.state, planned, remote, self.client)
            elif any(code == _FULL for code, _ in remote.faults):
                self._wait_for_room(planned, alone=alone)
                continue
            else:
                self.state.release(planned.number)
                refused = self._refused(remote)
            self.state.note(planned.number, told=json.dumps(asdict(remote)))
        return refused

    def ask_now(self, concurrency: int) -> None:
        """Go on with the documents that have been answered, asking the model at once where there is more."""
        settled: deque[tuple[str, Failure | None]] = deque()  # lines are written in another thread than ours

        def write(line: str, key: str) -> None:
            self.output.write(line, key)
            settled.append((key, None))

        def fail(failure: Failure) -> None:
            self._tell(failure)
            settled.append((failure.key, failure))

        def note() -> None:
            while settled:
                self._note(*settled.popleft())

        def held() -> Iterator[Held]:
            for each in self.state.held(answered=True):
                if self.stopped():
                    return
                note()
                yield each

        replayer = Replayer(self.extractor, self.drafter.keep)
        try:
            run(
                replayer,
                replayer.documents(held()),
                write,
                fail=fail,
                settings=self.settings,
                tally=self.tally,
                progress=self.progress,
                concurrency=concurrency,
                text=self.text,
            )
        finally:
            note()
            self.state.commit()

    def go_on(self, *, asking: bool = True) -> None:
        """Go on with all open documents: to a line, a failure, or a request that goes into a batch.

        With `asking` off, no batch is made, and documents that have more to ask stay open.
        """
        replayer = Replayer(self.extractor, self.drafter.keep)
        while asking and not self.stopped() and (batch := self._fill(replayer)) is not None:
            self._send(batch)
        for each in () if asking else self.state.held():
            if self.stopped():
                break
            self._settle(self._step(replayer, each))
        self.state.commit()

    def _fill(self, replayer: Replayer) -> Planned | None:
        """Fill a batch with the requests of the documents that come next, None where there are no more.

        The batch and its documents are noted together, and after its file is safe on the disk.
        """
        number = self.state.plan()
        with RequestFile(self._path(number), self.limit) as requests:
            for each in self.state.held():
                step = self._step(replayer, each)
                if not isinstance(step, Request):
                    self._settle(step)
                elif requests.add(custom_id(each.key, each.round + 1), step.body):
                    self.state.enlist(each.number, number)
                else:
                    break
                if self.stopped():
                    break
            requests.close()
        if not requests.count:
            self.state.drop(number)
            return None
        self.state.note(number, requests=requests.count)
        return self.state.batch(number)

    def _step(self, replayer: Replayer, held: Held) -> Request | Outcome:
        """Go on with a document up to a request whose answer nobody knows."""
        step = replayer.step(held, settings=self.settings, text=self.text)
        while isinstance(step, Request) and (reply := self.drafter.known(step)):
            self.state.answer(held.number, completion=reply.completion, price=reply.price)
            held = replace(held, replies=(*held.replies, reply))
            step = replayer.step(held, settings=self.settings, text=self.text)
        return step

    def _send(self, planned: Planned, *, is_new: bool = True) -> None:
        """Upload the file of a planned batch and have the batch made, each unless it was done before."""
        path, file_id = self._path(planned.number), planned.file_id
        if file_id is None:
            if not path.is_file():  # somebody has taken it away
                self.state.release(planned.number)
                self.state.drop(planned.number)
                self.state.commit()
                return
            file_id = self.client.upload(path, f"{planned.token}.jsonl")
            self.state.note(planned.number, file_id=file_id)
        since = planned.planned_at
        remote = None if is_new else self.client.find(file_id, planned.token, since)
        remote = remote or self.client.create(file_id, planned.token, since)
        self.state.note(planned.number, batch_id=remote.id)
        self.seen[planned.number] = remote
        path.unlink(missing_ok=True)

    def _path(self, number: int) -> Path:
        return self.state.folder / f"requests-{number}"

    def _settle(self, step: Request | Outcome) -> None:
        """Write what has come to its end."""
        if isinstance(step, Request):
            return
        if isinstance(step, ModelSetupError):
            raise step
        if isinstance(step, Failure):
            self.tally.failures += 1
            self._tell(step)
            self._note(step.key, step)
        else:
            self.output.write(step.line, step.key)
            self.tally.merge(step.counts)
            self._note(step.key, None)
        self.progress(0)

    def _tell(self, failure: Failure) -> None:
        self.output.fail(failure)
        self.on_failure(failure)

    def _note(self, key: str, failure: Failure | None) -> None:
        if failure is None:
            self.state.finish(key)
        else:
            self.state.fail(key, failure.error)

    def _wait_for_room(self, planned: Planned, *, alone: bool) -> None:
        """Have a batch made again that the server had no room for; where it was alone, smaller ones."""
        if alone and planned.requests >= 2 * _SMALLEST:
            self.limit = planned.requests // 2
            self.state.release(planned.number)
            self.state.note(planned.number, told=json.dumps(asdict(self.seen[planned.number])))
        else:
            self.state.note(planned.number, batch_id=None)

    def _refused(self, remote: RemoteBatch) -> ModelSetupError:
        """One sentence on why a batch came to nothing."""
        reasons = list(dict.fromkeys(f"{said} ({code})" if code else said for code, said in remote.faults))
        more = f" and {len(reasons) - 1} more reasons" if len(reasons) > 1 else ""
        reason = f": {reasons[0]}{more}" if reasons else ", without a reason"
        return ModelSetupError(f"{self.client.base_url} has refused the batch {remote.id}{reason}")
