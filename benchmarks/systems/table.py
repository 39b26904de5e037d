"""Table: the systems that are compared, by name, in the order in which they are asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from systems import contract, ours, plain_instructor, plain_langextract

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.document import Document


class System(NamedTuple):
    """Something that turns a document into records."""

    name: str
    start: Callable[[str, str, int], Callable[[Document], Any]]
    """What answers a document, from model, address and most tokens of an answer."""
    records: Callable[[Any, Document], dict[str, Any]]
    """Records of the contract from what it answered."""
    of_content: Callable[[Any], Any] | None = None
    """What it would have answered, from as much as the model wrote; None where it copes with that itself."""


def _own(answer: Any, _: Document) -> dict[str, Any]:  # noqa: ANN401  JSON
    told: dict[str, Any] = answer
    return told


def _of_words(answer: Any, document: Document) -> dict[str, Any]:  # noqa: ANN401  JSON
    return contract.records(answer, document)


SYSTEMS = {
    system.name: system
    for system in (
        System("plain instructor", plain_instructor.start, _of_words, lambda told: told),
        System(
            "instructor with example",
            partial(plain_instructor.start, has_example=True),
            _of_words,
            lambda told: told,
        ),
        System(
            "langextract",
            plain_langextract.start,
            lambda answer, document: _of_words(plain_langextract.records(answer), document),
            plain_langextract.of_content,
        ),
        System("rules", ours.rules, _own),
        *(System(name, ours.asking(name), _own) for name in ours.STRATEGIES),
    )
}
