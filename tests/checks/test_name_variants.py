"""Spellings of one company, and stock codes."""

import pytest

RULE = "name_variants"


def test_two_spellings_of_one_name_may_be_one_company(found):
    text = (
        "ZHUJIAN Electronics showed a cell. Chongqing Zhijian Electronics Co., Ltd. [301121] said that it "
        "holds a patent."
    )

    (problem,) = found(RULE, text)

    assert (problem.verdict, problem.severity) == ("underdetermined", "warning")
    assert problem.message == (
        '"ZHUJIAN Electronics" and "Chongqing Zhijian Electronics" may be one company: '
        "ZHUJIAN and Zhijian differ by a letter or two"
    )


def test_the_records_that_name_it_are_told(found):
    text = (
        "Norvolt Materials will build a cathode plant in Turku for 80 million euros.\n\n"
        "Norwolt Materials is based in Oslo."
    )

    (problem,) = found(RULE, text)

    assert problem.records == ["facility-1"]


@pytest.mark.parametrize(
    "text",
    [
        "Hunan Changyuan Lithium and Henan Changyuan Lithium are two companies.",
        "Atlas Materials met Altos Power.",
        "Sunrise Materials and Sunrise Material are one.",
        "Guangdong Brunp Energy met Shandong Brunn Energy.",
        "LG Energy met LS Energy.",
    ],
)
def test_names_that_differ_for_a_reason_are_passed_over(found, text):
    assert found(RULE, text) == []


def test_one_company_with_two_codes_of_one_exchange_is_a_conflict(found):
    text = "Yinglian Co., Ltd. (002846) signed a contract. Shares of Yinglian Co., Ltd. (002864) rose."

    (problem,) = found(RULE, text)

    assert problem.verdict == "conflict"
    assert problem.message == "Yinglian stands with the stock codes 002846 and 002864"


def test_one_code_with_two_names_is_left_open(found):
    text = "Yinglian Co., Ltd. (002846) signed a contract. Shares of Huabao Corp. (002846) rose."

    (problem,) = found(RULE, text)

    assert problem.verdict == "underdetermined"
    assert problem.message == "the stock code 002846 stands with Yinglian and with Huabao"


def test_a_longer_form_of_a_name_may_have_its_code(found):
    text = "Do-Fluoride New Materials Co., Ltd. (002407.SZ) said so. Do-Fluoride (002407.SZ) rose."

    assert found(RULE, text) == []


def test_one_code_with_two_spellings_is_a_conflict(found):
    text = "Kesheng Technology (688911.SH) won an order. Kecheng Technology (688911.SH) rose 6 percent."

    verdicts = [problem.verdict for problem in found(RULE, text)]

    assert "conflict" in verdicts
