"""The book of recordings, recorded.toml: what each cassette was recorded with, and when."""

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from extractor.draft.llm.answer import static_schema

CASSETTES = Path(__file__).parents[2] / "fixtures" / "cassettes"
BOOK = CASSETTES / "recorded.toml"
_HEAD = "# Written by make record: what the cassettes beside it were recorded with.\n"


@dataclass(frozen=True, order=True)
class Recording:
    """What a cassette was recorded with."""

    date: date
    model: str
    server: str
    base_url: str
    """Whose way of asking it is; the address of a server of one's own is not kept."""
    schema: str
    """Identifies the schema of an answer."""
    prompts: tuple[tuple[str, str], ...]
    """Every prompt file, with what identifies its text."""


def now(model, server, base_url):
    """A recording of this day, with the prompts and the schema as they are."""
    return Recording(datetime.now(UTC).date(), model, server, base_url, schema_now(), prompts_now())


def prompts_now():
    """Every prompt file, with what identifies its text."""
    folder = files("extractor.draft.llm") / "prompts"
    return tuple(sorted((file.name, _hash(file.read_bytes())) for file in folder.iterdir() if file.is_file()))


def schema_now():
    """What identifies the schema of an answer."""
    return _hash(json.dumps(static_schema()).encode())


def _hash(content):
    return hashlib.sha256(content).hexdigest()[:12]


def read(path=BOOK):
    """The recordings by the names of their cassettes."""
    book = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    found = {}
    for told in book.get("recording", ()):
        names = told.pop("cassettes")
        prompts = tuple(sorted(told.pop("prompts").items()))
        found |= dict.fromkeys(names, Recording(**told, prompts=prompts))
    return found


def add(name, recording, path=BOOK):
    """Enter a cassette that has just been recorded."""
    recordings = read(path) | {name: recording}
    pieces = [_HEAD]
    names = sorted(recordings, key=lambda each: (recordings[each], each))
    for each, members in groupby(names, key=recordings.get):
        told = asdict(each) | {"date": None, "prompts": None}
        pieces += ["\n[[recording]]", f"date = {each.date}"]
        pieces += [f"{key} = {_quoted(value)}" for key, value in told.items() if value]
        hashes = ", ".join(f"{_quoted(file)} = {_quoted(text)}" for file, text in each.prompts)
        pieces += [f"prompts = {{ {hashes} }}", "cassettes = ["]
        pieces += [f"    {_quoted(member)}," for member in members]
        pieces += ["]"]
    path.write_text("\n".join(pieces) + "\n", "utf-8")


def _quoted(words):
    return json.dumps(words, ensure_ascii=False)  # a TOML string is one of JSON


def why_stale(recording):
    """What is not as it was when a cassette was recorded, as the beginning of a sentence."""
    before, after = dict(recording.prompts), dict(prompts_now())
    changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    if changed:
        return f"the prompt {' and the prompt '.join(changed)} changed"
    if recording.schema != schema_now():
        return "the schema of an answer changed"
    return "what is asked changed (the marks in the text, a parameter, the order of questions)"
