"""Decode: bytes to text, strictly: nothing is replaced in silence, so that digits are the source's own."""

from __future__ import annotations

import codecs
import re

from extractor.errors import InputError

MAX_CHARACTERS = 2_000_000
"""Longest text of one document; a trade weekly has some 20,000 characters, a book half a million."""

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHARSET = re.compile(rb"""<meta[^>]+?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_MARKUP_HEAD = 4096
# Names that pages use for a wider encoding than they say. Source: WHATWG Encoding Standard, names and labels.
_WIDER = {
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
}


def decode_text(data: bytes, where: str) -> str:
    """Decode UTF-8, with or without a byte order mark; raises InputError with the offset of what is not."""
    return _decode(data, "utf-8", where)


def decode_markup(data: bytes, where: str) -> str:
    """Decode HTML as its own <meta charset> says, else as UTF-8; raises InputError as `decode_text` does."""
    named = None if data.startswith(codecs.BOM_UTF8) else _CHARSET.search(data[:_MARKUP_HEAD])
    charset = named[1].decode("ascii").lower() if named else "utf-8"
    charset = _WIDER.get(charset, charset)
    try:
        codecs.lookup(charset)
    except LookupError:
        raise InputError(
            where, f'the page names an encoding "{charset}" that does not exist; save it as UTF-8'
        ) from None
    return _decode(data, charset, where)


def _decode(data: bytes, charset: str, where: str) -> str:
    if data.startswith(_UTF16_MARKS):
        raise InputError(where, "is UTF-16, not UTF-8; save it as UTF-8")
    nul = data.find(b"\0")
    if nul >= 0:
        raise InputError(where, f"has a NUL byte at offset {nul}, so it is not a text file")
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        raise InputError(
            where,
            f"is not {charset.upper()}: byte 0x{data[error.start]:02x} at offset {error.start}; "
            "save it as UTF-8",
        ) from None


def checked(text: str, where: str) -> str:
    r"""Bring a document's text into form: no byte order mark, line breaks as "\n".

    Raises InputError where it is empty, too long or not text.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(where, "is empty: there is no text to read")
    if len(text) > MAX_CHARACTERS:
        raise too_long(where)
    if "\0" in text:
        raise InputError(where, f"has a NUL character at offset {text.index(chr(0))}, so it is not text")
    return text


def too_long(where: str) -> InputError:
    """Make the error for more text than one document may have."""
    return InputError(where, f"has more than {MAX_CHARACTERS:,} characters; split it into its articles")
