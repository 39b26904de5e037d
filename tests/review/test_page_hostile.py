"""Hostile documents: whatever a text, name or title holds is shown, and nothing of it is run or fetched."""

import pytest
from reviewer import drafted
from selenium.webdriver.common.keys import Keys

from extractor.review import read_corrections

pytestmark = [pytest.mark.browser, pytest.mark.block_network(allowed_hosts=["127.0.0.1", "localhost"])]

SCRIPT = "<script>globalThis.hacked = 1</script>"
TAG = '<img src=x onerror="globalThis.hacked = 2">'
ENDINGS = "</script></style></title></textarea>--><!--<script>]]>"
TEXT = (
    f"Plant {SCRIPT} costs 5 million euros. {TAG} {ENDINGS} makes 30 GWh "
    "of cells\u2028and\u2029lines; \u202e05 GWh\u202c backwards, \u200f7 GWh\u200e beside; "
    "👩‍🔬🔋 emoji before 8 GWh; ${globalThis.hacked = 3} javascript:globalThis.hacked=4 "
    f"{'unbreakable' * 400} 9 GWh \x00\x07 end {{{{script}}}} __proto__ constructor"
)


@pytest.fixture
def hostile():
    result = drafted(
        TEXT,
        doc_id=f'"><svg onload="globalThis.hacked=5">{ENDINGS}',
        facilities=[
            {"name": SCRIPT, "operator": TAG, "place": "__proto__", "investment": "5 million euros"},
            {"name": "constructor", "capacities": [{"figure": "30 GWh", "product": ENDINGS}]},
        ],
    )
    assert result.facilities[0].name == SCRIPT
    assert {problem.rule for problem in result.problems} <= {"unexplained_figures"}  # all of it was drafted
    return result.model_copy(
        update={"title": f"{TAG} {SCRIPT} {ENDINGS}", "source": "javascript:alert(1)", "drafter": TAG}
    )


@pytest.mark.parametrize("folder", [False, True], ids=["file", "folder"])
def test_nothing_of_a_hostile_document_is_run_and_all_of_it_is_shown(page, hostile, folder):
    page.open([hostile], folder=folder)
    page.wait(lambda: page.all("#records .card"))

    assert page.js("return globalThis.hacked") is None
    assert (
        page.js("return document.querySelectorAll('main img, main svg, main script, main style').length") == 0
    )
    assert page.text("#about h2").startswith(TAG)
    assert page.texts("#records .name bdi") == [SCRIPT, "constructor"]
    shown = page.js("return document.getElementById('text').textContent")
    for words in (SCRIPT, TAG, "{{script}}", "${globalThis.hacked = 3}"):
        assert words in shown
    assert page.errors() == []


def test_nothing_is_fetched(page, hostile):
    page.open([hostile])

    assert page.js("return performance.getEntriesByType('resource').map((each) => each.name)") == []


def test_even_a_script_that_got_into_the_page_would_not_run(page, hostile):
    page.open([hostile])
    file = page.folder / "review.html"
    file.write_text(file.read_text().replace("<main>", f"<main>{SCRIPT}{TAG}"))

    page.reload()

    assert page.js("return globalThis.hacked") is None
    assert any("Content Security Policy" in message for message in page.errors())


def test_markup_cannot_be_made_of_a_string(page, hostile):
    page.open([hostile])

    refused = page.js(
        "try { document.body.innerHTML = '<b>x</b>'; return false } catch (error) { return error.name }"
    )

    assert refused == "TypeError"


def test_figures_stand_in_their_place_beside_emoji_and_marks_of_direction(page, hostile):
    page.open([hostile])
    words = {
        each.get_attribute("data-id"): each.get_attribute("textContent")
        for each in page.all("#text mark.figure")
    }

    assert words == {figure.figure: figure.text for figure in hostile.figures}


def test_characters_that_would_turn_a_number_round_are_shown_by_their_number(page, hostile):
    page.open([hostile])

    codes = {each.get_attribute("data-code") for each in page.all("#text .control")}

    assert {"U+202E", "U+202C", "U+200F", "U+200E", "U+2028", "U+2029", "U+0007"} <= codes
    assert page.js("return /[\\u202e\\u200f]/.test(document.body.innerText)") is False


def test_a_word_without_end_does_not_widen_the_page(page, hostile):
    page.open([hostile])
    for size in ((1440, 900), (420, 900)):
        page.look(*size)
        assert page.js("return document.documentElement.scrollWidth - innerWidth") <= 0
        pane = page.js(
            "const text = document.getElementById('text'); return text.scrollWidth - text.clientWidth"
        )
        assert pane <= 0


def test_corrections_of_hostile_slots_are_saved_as_they_are(page, hostile):
    page.open([hostile])
    page.press(Keys.ENTER, "A")

    found = read_corrections(str(page.saved()))

    assert found[0].doc_id == hostile.doc_id
    assert {each.was for each in found if each.slot in {"name", "operator"}} == {SCRIPT, TAG}
    page.reload()
    assert page.text("#save") == f"Save {len(found)} corrections"
    assert page.js("return globalThis.hacked") is None
