"""Page: results as one HTML file, or as a folder with its data beside it; both open without a network."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any

from extractor.errors import OutputError
from extractor.review.model import document_model, queue_model, slot_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from schemas import Result

_SCRIPTS = [
    "dom",
    "offsets",
    "library",
    "store",
    "match",
    "text",
    "records",
    "problems",
    "edit",
    "queue",
    "keys",
    "desk",
]
"""In the order in which they are read; together they are one script."""
_CHUNK = 100
"""Documents in a data file of a folder."""
# what ends a script element or a line of a script, and half characters that no file can hold
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def write_page(results: Iterable[Result], path: Path, *, folder: bool = False, force: bool = False) -> int:
    """Write the review page of some results and return how many documents it holds; of none there is no page.

    With `folder`, `path` becomes a folder with index.html and data files of 100 documents each, which are
    read as they are looked at. Raises OutputError where something is there already and `force` is not given,
    or where it cannot be written.
    """
    if path.exists() and not force:
        raise OutputError(f"{path} exists already; choose another name, or replace it with --force")
    try:
        return _write_folder(results, path) if folder else _write_file(results, path)
    except FileNotFoundError:
        raise OutputError(f"{path} cannot be written: there is no such folder") from None
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None


def _write_file(results: Iterable[Result], path: Path) -> int:
    queue, blocks = [], []
    for number, result in enumerate(results):
        document = document_model(result)
        queue.append(queue_model(result, document))
        blocks.append(_block(f"document-{number}", document))
    if queue:
        path.write_text(_assembled(queue, "\n".join(blocks)), encoding="utf-8")
    return len(queue)


def _write_folder(results: Iterable[Result], path: Path) -> int:
    queue: list[dict[str, Any]] = []
    for number, chunk in enumerate(_chunks(results)):
        if not number:
            _empty(path / "data")
        models = [document_model(result) for result in chunk]
        queue += map(queue_model, chunk, models)
        # a string that the page parses: as an object literal, "__proto__" would be more than a name
        script = f"library.receive({number}, {_safe(_safe(models))});\n"
        (path / "data" / f"{number}.js").write_text(script, encoding="utf-8")
    if queue:
        (path / "index.html").write_text(_assembled(queue, "", chunk=_CHUNK), encoding="utf-8")
    return len(queue)


def _chunks(results: Iterable[Result]) -> Iterator[list[Result]]:
    following = iter(results)
    while chunk := list(islice(following, _CHUNK)):
        yield chunk


def _empty(folder: Path) -> None:
    """Make a folder, without the data files that a larger set has left in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.js"):
        old.unlink()


def _assembled(queue: list[dict[str, Any]], blocks: str, *, chunk: int = 0) -> str:
    style = _static("page.css")
    script = '"use strict";\n' + "\n".join(_static(f"{name}.js") for name in _SCRIPTS)
    # data files are scripts beside the page; without them nothing but the page's own script may run
    scripts = f"'sha256-{_hash(script)}'" + (" 'self' file:" if chunk else "")
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src 'sha256-{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    if not chunk:
        policy += "; require-trusted-types-for 'script'"
    settings = {"queue": queue, "slots": slot_model(), "chunk": chunk}
    parts = {
        "policy": policy,
        "style": style,
        "script": script,
        "data": f"{_block('settings', settings)}\n{blocks}",
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], _static("page.html"))


def _block(identifier: str, value: object) -> str:
    return f'<script type="application/json" id="{identifier}">{_safe(value)}</script>'


def _safe(value: object) -> str:
    """JSON that can stand in a script element: nothing in it ends one, or opens a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _static(name: str) -> str:
    return (files("extractor.review") / "static" / name).read_text(encoding="utf-8")
