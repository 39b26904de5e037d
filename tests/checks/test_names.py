"""Company names and stock codes of a text."""

from extractor import Extractor
from extractor.checks.case import Case
from extractor.checks.names import coded, names


def test_a_name_is_its_own_words_and_a_word_of_trade():
    (name,) = names("Shares of Chongqing Zhijian Electronics Co., Ltd. rose.")

    assert (name.own, name.trade) == (("Chongqing", "Zhijian"), "Electronics")
    assert name.words == "Chongqing Zhijian Electronics"


def test_words_that_open_a_sentence_are_none_of_it():
    assert [name.words for name in names("The Chinese Atlas Materials and its Battery Group.")] == [
        "Atlas Materials"
    ]


def test_a_code_belongs_to_the_name_right_before_it():
    text = "EVE Energy Co., Ltd. (300014.SZ) and Hymson Laser Technology Group Co., Ltd. [688559] met."
    case = Case.of(Extractor().extract(text))

    assert list(coded(case)) == [("EVE Energy", "300014"), ("Hymson Laser Technology", "688559")]
