"""Everything that the toolkit raises on purpose.

ExtractorError
├── InputError            a file, line or document that cannot be read; says what, where and what to do
├── OutputError           an output that cannot be written
└── ModelError            a language model that cannot be used
    ├── ModelSetupError   wrong key, unknown model, wrong address: trying again is useless
    └── ModelAnswerError  no usable answer after all re-asks
        └── TooLongError  the text, or what there is to say of it, does not fit the model
"""

from __future__ import annotations


class ExtractorError(Exception):
    """Root of all errors; its message is one sentence for the user."""


class InputError(ExtractorError):
    """A file, line or document that cannot be read.

    `where` is "file" or "file:line"; the message starts with it.
    """

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        return type(self), (self.where, self.what)  # an exception is copied by its message otherwise


class OutputError(ExtractorError):
    """An output that exists already or cannot be written."""


class ModelError(ExtractorError):
    """A language model that cannot be used."""


class ModelSetupError(ModelError):
    """A setting is wrong (key, model name, address); repeating the call is useless."""


class ModelAnswerError(ModelError):
    """The model gave no usable answer."""


class TooLongError(ModelAnswerError):
    """A text, or what there is to say of it, does not fit the model; a part of it may."""
