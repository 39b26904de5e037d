"""Stream: paths to documents, one at a time; in the place of one that cannot be read stands its error."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.document import Document
from extractor.errors import InputError
from extractor.input.dateline import publication_date
from extractor.input.decode import checked, decode_markup, decode_text, too_long
from extractor.input.files import STDIN, STDIN_NAME, format_of, is_too_long, named, opened, walk, whole
from extractor.input.html import Page, read_page
from extractor.input.ids import Ids
from extractor.input.records import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from extractor.input.position import Position


@dataclass(frozen=True, slots=True)
class _Given:
    """What is known of a document before its page is read; `origin` is the file that it stands in."""

    doc_id: str
    origin: str | None
    published: date | None = None
    title: str | None = None
    source: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)


def documents(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    exclude: Collection[Path] = (),
    position: Position | None = None,
) -> Iterator[Document | InputError]:
    """Read text, HTML and JSONL files, directories and standard input ("-"), lazily and in order.

    A document that cannot be read is yielded as an InputError, and the others go on. `published` is the
    publication date of documents that were given none: it stands behind a record's own and before what page
    or text say. Files in `exclude` are left out of directories. Memory holds one document; `position` is told
    how far the files are read.
    """
    with closing(Ids()) as ids:
        for path in paths:
            for where, found in _of_path(Path(path), published, exclude, position):
                if isinstance(found, Document) and (owner := ids.take(found.doc_id, where)):
                    yield InputError(
                        where, f'the id "{found.doc_id}" is taken by {owner}; every document needs its own'
                    )
                else:
                    yield found


def _of_path(
    path: Path, published: date | None, exclude: Collection[Path], position: Position | None
) -> Iterator[tuple[str, Document | InputError]]:
    """Yield the documents of one argument, each with its place."""
    if str(path) == STDIN:
        yield from _of_file(STDIN, STDIN_NAME, published, position)
    elif not path.is_dir():
        yield from _of_file(str(path), named(path.name), published, position)
    else:
        excluded = {each.resolve() for each in exclude}
        for found in walk(path):
            if isinstance(found, InputError):
                yield found.where, found
            elif found.resolve() not in excluded:
                name = named(found.relative_to(path).as_posix())
                yield from _of_file(str(found), name, published, position)


def _of_file(
    path: str, name: str, published: date | None, position: Position | None
) -> Iterator[tuple[str, Document | InputError]]:
    """Yield the documents of one file or of standard input; `name` is what ids are made from."""
    where, origin = (name, None) if path == STDIN else (named(path), named(path))
    try:
        with opened(path, position) as opened_lines:
            form, lines = format_of(path, opened_lines)
            if form == "jsonl":
                yield from _of_records(lines, name, origin, published)
            else:
                page = _page(form, whole(lines, where), where)
                yield where, _document(page, where, _Given(name, origin, published))
    except InputError as error:
        yield where, error


def _of_records(
    lines: Iterable[bytes], name: str, origin: str | None, published: date | None
) -> Iterator[tuple[str, Document | InputError]]:
    """Yield the documents of a JSONL file."""
    file = origin or name
    empty = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        empty = False
        where = f"{file}:{number}"
        try:
            if is_too_long(line):
                raise too_long(where)
            yield where, of_record(Record.of_line(line, where), f"{name}:{number}", origin, published)
        except InputError as error:
            yield where, error
    if empty:
        yield file, InputError(file, "is empty: there is no record to read")


def of_record(record: Record, name: str, origin: str | None, published: date | None) -> Document:
    """Make the document of one record; `name` is its id where it has none.

    A path in it is relative to the folder of its file, `origin`. Raises InputError.
    """
    key, value = record.content
    if key == "text":
        page = Page(value)
    elif key == "html":
        page = _read_page(value, record.where)
    else:
        origin = str(Path(origin or "").parent / value)
        try:
            page = _page_at(origin)
        except InputError as error:
            raise InputError(record.where, f'"path" {error}') from None
    given = _Given(
        record.doc_id or name,
        origin,
        record.published or published,
        record.title,
        record.source,
        record.extra,
    )
    return _document(page, record.where, given)


def _page_at(path: str) -> Page:
    """Read the text or HTML file that a record points to."""
    with opened(path) as opened_lines:
        form, lines = format_of(path, opened_lines)
        if form == "jsonl":
            raise InputError(path, "is JSONL; a record can point to a text or an HTML file")
        return _page(form, whole(lines, path), path)


def _page(form: str, data: bytes, where: str) -> Page:
    if form == "html":
        return _read_page(decode_markup(data, where), where)
    return Page(decode_text(data, where))


def _read_page(markup: str, where: str) -> Page:
    try:
        page = read_page(markup)
    except Exception as error:  # noqa: BLE001  whatever the HTML library meets, the other documents go on
        raise InputError(where, f"cannot be read as HTML: {error}") from None
    if not page.text:
        raise InputError(where, "has no main text, only navigation and notices")
    return page


def _document(page: Page, where: str, given: _Given) -> Document:
    """Make the document of a page; what was given for it goes before what the page says of itself."""
    text = checked(page.text, where)
    return Document(
        text,
        given.doc_id,
        given.published or page.published or publication_date(text),
        given.title or page.title,
        given.source or page.address or given.origin,
        given.extra,
    )
