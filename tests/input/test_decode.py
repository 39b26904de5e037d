"""Bytes to text, strictly: seen through the documents that come of files."""

import pytest

from extractor.errors import InputError
from extractor.input import MAX_CHARACTERS, documents

SENTENCE = "Lumora invests 420 million euros."


@pytest.fixture
def read(tmp_path):
    """What becomes of one file with these bytes."""

    def read_bytes(data, name="press.txt"):
        (tmp_path / name).write_bytes(data)
        [found] = documents([tmp_path / name])
        return found

    return read_bytes


def test_a_byte_order_mark_is_no_part_of_the_text(read):
    assert read(b"\xef\xbb\xbf" + SENTENCE.encode()).text == SENTENCE


@pytest.mark.parametrize("line_break", ["\r\n", "\r"])
def test_line_breaks_become_line_feeds_so_that_offsets_are_those_of_the_result(read, line_break):
    assert read(f"One.{line_break}Two.".encode()).text == "One.\nTwo."


def test_broken_utf8_is_refused_with_the_offset_of_the_byte(read):
    error = read(b"It cost 5 million \xe9uros.")

    assert isinstance(error, InputError)
    assert error.what == "is not UTF-8: byte 0xe9 at offset 18; save it as UTF-8"


def test_the_offset_counts_a_byte_order_mark(read):
    assert "at offset 5" in read(b"\xef\xbb\xbfab\xff").what


def test_utf16_is_named_as_such(read):
    assert read(SENTENCE.encode("utf-16")).what == "is UTF-16, not UTF-8; save it as UTF-8"


def test_a_nul_byte_is_refused(read):
    assert read(b"abc\0def").what == "has a NUL byte at offset 3, so it is not a text file"


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_a_file_without_text_is_refused(read, data):
    assert "is empty" in read(data).what


def test_the_longest_text_is_read(read):
    assert len(read(b"a" * MAX_CHARACTERS).text) == MAX_CHARACTERS


@pytest.mark.parametrize("size", [MAX_CHARACTERS + 1, 10_000_000, 20_000_000])
def test_a_longer_one_is_refused(read, size):
    assert read(b"a" * size).what == "has more than 2,000,000 characters; split it into its articles"


def test_a_page_is_read_in_the_encoding_that_it_names(read):
    page = f'<html><head><meta charset="gb2312"></head><body><p>{SENTENCE} 投资</p></body></html>'

    assert read(page.encode("gbk"), "press.html").text == f"{SENTENCE} 投资"


def test_a_page_that_names_no_encoding_is_utf8(read):
    assert read(f"<html><body><p>{SENTENCE} 投资</p></body></html>".encode(), "press.html").text.endswith(
        "投资"
    )


def test_a_page_in_another_encoding_than_it_names_is_refused(read):
    page = b'<html><head><meta charset="utf-8"></head><body><p>caf\xe9</p></body></html>'

    assert "is not UTF-8: byte 0xe9 at offset 53" in read(page, "press.html").what


def test_a_page_that_names_an_unknown_encoding_is_refused(read):
    assert 'names an encoding "klingon"' in read(b'<html><meta charset="klingon"><p>a</p>', "press.html").what
