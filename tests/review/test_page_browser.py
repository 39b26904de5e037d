"""The review page in a browser: marking, queue, filters, keyboard, corrections."""

import json
from pathlib import Path

import pytest
from reviewer import drafted
from selenium.webdriver.common.keys import Keys

from extractor import Extractor
from extractor.input import documents
from extractor.review import apply_corrections, read_corrections
from schemas import Problem

pytestmark = [pytest.mark.browser, pytest.mark.block_network(allowed_hosts=["127.0.0.1", "localhost"])]

ROOT = Path(__file__).parents[2]
CATHODE = (
    "🔋🔋 Lumora builds a cathode plant in Debrecen with an investment of 183 million euros. The plant makes "
    "12,000 tons of cathode a year; 40 million euros are a loan 💶. It opens in May 2026 with six lines."
)
SUM = (
    "Norvik's separator plant costs 5.0 billion yuan. Phase one takes 2 billion yuan, "
    "phase two 4 billion yuan."
)
QUIET = "Demand reaches 300 GWh in 2025."


@pytest.fixture(scope="module")
def cathode():
    return drafted(
        CATHODE,
        doc_id="cathode",
        facilities=[{
            "name": "cathode plant",
            "place": "Debrecen",
            "status": "planned",
            "investment": "183 million euros",
            "capacities": [{"figure": "12,000 tons", "product": "cathode"}],
            "milestones": [{"event": "production_start", "time": "May 2026"}],
        }],
    )  # fmt: skip


@pytest.fixture(scope="module")
def conflict():
    result = drafted(
        SUM,
        doc_id="conflict",
        facilities=[{
            "name": "separator plant",
            "investment": "5.0 billion yuan",
            "metrics": [
                {"name": "phase one", "figure": "2 billion yuan"},
                {"name": "phase two", "figure": "4 billion yuan"},
            ],
        }],
    )  # fmt: skip
    conflict = Problem(
        rule="parts_make_total",
        verdict="conflict",
        severity="warning",
        message="2 billion CNY + 4 billion CNY = 6 billion CNY, but 5 billion CNY is stated",
        figures=[figure.figure for figure in result.figures if figure.kind == "money"],
        records=["facility-1"],
    )
    return result.model_copy(update={"problems": [conflict]})


@pytest.fixture(scope="module")
def quiet():
    return drafted(
        QUIET,
        doc_id="quiet",
        forecasts=[{"metric": "demand", "subject": "Demand", "figure": "300 GWh", "when": "2025"}],
    )


@pytest.fixture
def desk(page, quiet, cathode, conflict):
    """The page of three documents."""
    return page.open([quiet, cathode, conflict])


def slot(page, label):
    """The button of the slot with this name."""
    return page.one(f'#records .slot[aria-label^="{label}:"]')


def to_slot(page, label):
    """Go to a slot by keyboard."""
    page.press(Keys.ESCAPE, Keys.ENTER)
    while not (page.focused() or "").startswith("facility"):
        page.press("k")
    for _ in range(40):
        if (page.focused() or "").startswith(f"{label}:"):
            return
        page.press("j")
    raise AssertionError(f"no slot {label} was reached")


def queue(page):
    return page.texts("#list .meta bdi")


def test_every_figure_of_every_fixture_is_marked_where_it_stands(page):
    folders = [str(ROOT / "fixtures/press" / name) for name in ("development", "heldout")]
    results = [Extractor().extract_document(document) for document in documents(folders)]
    page.open(results)
    assert page.text("#progress") == f"0 of {len(results)} documents reviewed"

    for _ in results:
        shown = page.text("#about .facts bdi")
        [result] = [each for each in results if each.doc_id == shown]
        marks = page.js(
            "return [...document.querySelectorAll('#text mark')].map((m) => [m.dataset.id, m.textContent])"
        )
        words = {}
        for identifier, text in marks:
            words[identifier] = words.get(identifier, "") + text
        read = {figure.figure: figure.text for figure in result.figures}
        assert {i: t.split() for i, t in words.items() if i in read} == {
            i: t.split() for i, t in read.items()
        }
        page.press("n")
    assert len(queue(page)) == len(results)  # all rows, drawn as they were reached
    assert page.errors() == []


def test_the_queue_is_ordered_by_risk_and_says_why(desk):
    assert queue(desk) == ["conflict", "cathode", "quiet"]
    assert desk.text("#about h2").startswith("Norvik's separator plant")
    assert "Risk 15 · 1 × conflict (15)" in desk.text("#about").replace("\n", " ")

    desk.choose("#order", "given")
    assert queue(desk) == ["quiet", "cathode", "conflict"]


def test_a_slot_shows_its_source_whatever_stands_before_it(desk):
    desk.press("n", Keys.ENTER)

    to_slot(desk, "investment")
    assert desk.lit() == "183 million euros"
    assert "facility" not in desk.text("#inspector")
    assert "f1 183 million euros = 183 million EUR" in desk.text("#inspector")

    to_slot(desk, "name")
    assert desk.lit() == "cathode plant"
    to_slot(desk, "milestone when")
    assert desk.lit() == "May 2026"


def test_the_pointer_over_a_slot_shows_its_source_too(desk):
    desk.press("n")

    desk.hover(slot(desk, "capacity quantity"))

    desk.wait(lambda: desk.lit() == "12,000 tons of cathode" or desk.lit().startswith("12,000 tons"))


def test_a_figure_shows_the_slots_that_use_it(desk):
    desk.press("n")

    desk.click('#text mark[data-id="f1"]')

    assert desk.texts("#records .slot.lit") == ["183 million EUR"]
    assert "investment of cathode plant" in desk.text("#inspector")
    desk.press(Keys.ENTER)
    assert desk.focused().startswith("investment:")


def test_marks_tell_record_type_and_state_by_more_than_colour(desk):
    desk.press("n")
    looks = {
        each.get_attribute("data-id"): (each.get_attribute("class"), each.get_attribute("data-glyphs"))
        for each in desk.all("#text mark.figure")
    }

    assert looks["f1"] == ("figure facility", "■")
    assert looks["f3"] == ("figure unexplained", "?")
    desk.press("p")
    assert desk.one("#text mark").get_attribute("data-glyphs") == "■✕"


def test_problems_show_their_arithmetic_and_their_figures(desk, conflict):
    assert desk.text("#problems h2") == "Conflicts (1)"
    assert conflict.problems[0].message in desk.text("#problems .problem")

    desk.click("#problems .problem")

    assert sorted(desk.texts("#text .lit")) == ["2 billion yuan", "4 billion yuan", "5.0 billion yuan"]
    assert len(desk.all("#records .slot.lit")) == 3


def test_the_queue_is_filtered(desk):
    desk.choose("#by-verdict", "conflict")
    assert queue(desk) == ["conflict"]
    desk.choose("#by-verdict", "")
    desk.choose("#by-type", "forecast")
    assert queue(desk) == ["quiet"]
    desk.js("document.querySelector('#clear').click()")
    assert len(queue(desk)) == 3
    desk.choose("#by-rule", "parts_make_total")
    assert queue(desk) == ["conflict"]
    desk.choose("#by-type", "forecast")
    assert desk.one("#none").is_displayed()


def test_the_texts_are_searched_and_the_words_found_are_painted(desk):
    desk.press("/", *"loan lumora", Keys.ENTER)

    desk.wait(lambda: queue(desk) == ["cathode"])
    desk.wait(lambda: desk.text("#about .facts bdi") == "cathode")
    assert desk.js("return CSS.highlights.get('hit').size") == 2


def test_a_document_is_reviewed_with_the_keyboard_alone(desk):
    desk.press(Keys.ENTER, "j", "a")  # the name
    to_slot(desk, "investment")
    desk.press("r")
    desk.press("m")

    assert desk.text("#progress") == "1 of 3 documents reviewed"
    assert desk.text("#about .facts bdi") == "cathode"
    assert desk.text("#save") == "Save 2 corrections"
    desk.choose("#by-state", "open")
    assert queue(desk) == ["cathode", "quiet"]
    found = read_corrections(str(desk.saved()))
    assert [(each.slot, each.action) for each in found] == [("name", "accept"), ("investment", "reject")]


def test_the_tab_key_reaches_queue_text_slots_and_their_buttons(desk):
    reached = set()
    for _ in range(60):
        desk.press(Keys.TAB)
        place = desk.js(
            "const at = document.activeElement;"
            "return at.closest('#list, #text, #problems, .actions, #records, .bar')?.matches('.actions') "
            "? 'actions' : at.closest('#list, #text, #problems, #records, .bar')?.id || at.id"
        )
        reached.add(place)

    assert {"list", "text", "problems", "records", "actions", "words"} <= reached


def test_an_edit_chooses_a_figure_and_its_file_corrects_the_result(desk, cathode):
    desk.press("n", Keys.ENTER)
    to_slot(desk, "investment")
    desk.press("e")
    offered = desk.texts(".editor option")
    assert [words.strip("? ")[:2] for words in offered[1:]] == ["f3", "f1"]  # money only, the open one first

    desk.click('#text mark[data-id="f3"]')
    desk.click('.editor button[type="submit"]')

    assert desk.focused() == "investment: 183 million EUR, edited to 40 million EUR"
    [after] = apply_corrections([cathode], read_corrections(str(desk.saved())))
    assert after.facilities[0].investment.text == "40 million euros"
    assert [problem.verdict for problem in after.problems if problem.rule == "correction"] == ["consistent"]


def test_an_edit_of_words_takes_only_words_of_the_text(desk, cathode):
    desk.press("n", Keys.ENTER)
    to_slot(desk, "place")
    desk.press("e")
    desk.press(*"Szeged", Keys.ENTER)
    assert desk.text(".editor .wrong") == "These words do not stand in the text."

    desk.js("document.querySelector('.editor input').select()")
    desk.press(*"lumora", Keys.ENTER)

    [after] = apply_corrections([cathode], read_corrections(str(desk.saved())))
    assert after.facilities[0].place == "lumora"


def test_a_choice_and_a_new_element_are_set(desk, cathode):
    desk.press("n", Keys.ENTER)
    to_slot(desk, "status")
    desk.press("e")
    desk.choose(".editor select", "operational")
    desk.click('.editor button[type="submit"]')
    labels = desk.texts(".card .add option")
    desk.choose(".card .add", str(labels.index("lines quantity") - 1))
    desk.choose(".editor select", "f4")
    desk.click('.editor button[type="submit"]')

    corrections = read_corrections(str(desk.saved()))
    [after] = apply_corrections([cathode], corrections)
    assert after.facilities[0].status == "operational"
    assert [lines.quantity.text for lines in after.facilities[0].lines] == ["six lines"]

    desk.press(Keys.ESCAPE)
    assert "6 lines" in desk.text("#records .row.gap")


def test_what_was_said_can_be_taken_back(desk):
    desk.press(Keys.ENTER, "j", "a", "k", "u")

    assert not desk.one("#save").is_enabled()


def test_a_whole_record_is_rejected_at_its_heading_and_accepted_at_once(desk, cathode):
    desk.press("n", Keys.ENTER, "A")
    assert desk.text("#save") == "Save 10 corrections"
    desk.press(Keys.ENTER)
    desk.js("document.querySelector('.card header .reject').click()")

    corrections = read_corrections(str(desk.saved()))
    [after] = apply_corrections([cathode], corrections)
    assert after.facilities == []


def test_corrections_outlive_the_page_and_a_rerun_of_the_same_text(desk, cathode, quiet):
    desk.press("n", Keys.ENTER, "j", "r", "m")

    desk.reload()
    assert desk.text("#save") == "Save 1 correction"
    assert desk.text("#progress") == "1 of 3 documents reviewed"

    facility = cathode.facilities[0].model_copy(update={"id": "facility-7", "status": None})
    rerun = cathode.model_copy(update={"facilities": [facility], "drafter": "another"})
    desk.open([rerun, quiet], name="rerun")
    assert desk.texts("#records .rejected s") == ["cathode plant"]
    assert desk.text("#save") == "Save 1 correction"


def test_on_corrected_results_what_was_said_stands_where_it_belongs(desk, cathode):
    desk.press("n", Keys.ENTER, "j", "a")
    to_slot(desk, "investment")
    desk.press("e")
    desk.choose(".editor select", "f3")
    desk.click('.editor button[type="submit"]')
    to_slot(desk, "capacity quantity")
    desk.press("r")
    [after] = apply_corrections([cathode], read_corrections(str(desk.saved())))

    desk.open([after], name="after")

    assert desk.all("#about .strays") == []
    assert desk.texts("#records .accepted bdi") == ["cathode plant"]
    assert desk.text("#save") == "Save 3 corrections"
    to_slot(desk, "name")
    desk.press("r")
    assert desk.text("#save") == "Save 3 corrections"
    [again] = apply_corrections([cathode], read_corrections(str(desk.saved())))
    assert (again.facilities[0].name, again.facilities[0].capacities) == (None, [])
    assert again.facilities[0].investment.text == "40 million euros"


def test_corrections_that_fit_no_slot_any_more_are_kept_and_told(desk, cathode, quiet):
    desk.press("n", Keys.ENTER, "j", "r")

    empty = cathode.model_copy(update={"facilities": []})
    desk.open([empty, quiet], name="rerun")

    assert "1 correction of this text, made on other results, fit no slot here" in desk.text("#about .strays")
    assert len(read_corrections(str(desk.saved()))) == 1
    desk.click("#about .strays button")
    assert not desk.one("#save").is_enabled()


def test_a_file_of_corrections_is_taken_over(desk):
    desk.press("n", Keys.ENTER, "j", "r")
    path = desk.saved()
    line = json.loads(path.read_text())
    other = {**line, "text_sha256": "0" * 64}
    path.with_name("more.jsonl").write_text(f"{json.dumps(line)}\n{json.dumps(other)}\nnonsense\n")
    desk.press("u")

    desk.one("#file").send_keys(str(path.with_name("more.jsonl")))

    desk.wait(lambda: desk.text("#save") == "Save 2 corrections")
    assert desk.text("#notice") == (
        "more.jsonl: 2 corrections taken over; 1 of them of documents that are not on this page; "
        "they are saved with the others; no correction in line 3."
    )
    assert len(read_corrections(str(desk.saved()))) == 2


def test_where_the_browser_keeps_nothing_the_page_says_so_and_works(page, cathode):
    added = page.chrome.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument",
        {"source": "Storage.prototype.setItem = () => { throw new DOMException('full'); }"},
    )
    try:
        page.open([cathode])
        assert "save your corrections before you close it" in page.text("#notice")
        page.press(Keys.ENTER, "j", "a")
        assert len(read_corrections(str(page.saved()))) == 1
    finally:
        page.chrome.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_a_folder_of_data_files_opens_from_the_file_system(page, quiet, cathode):
    results = [quiet.model_copy(update={"doc_id": f"quiet-{number}"}) for number in range(150)]

    page.open([*results, cathode], folder=True)

    page.wait(lambda: page.text("#about .facts bdi") == "cathode")
    page.press("/", *"loan", Keys.ENTER)
    page.wait(lambda: queue(page) == ["cathode"])
    assert page.errors() == []


def test_a_data_file_that_is_missing_is_named(page, quiet):
    page.open([quiet.model_copy(update={"doc_id": f"quiet-{number}"}) for number in range(150)], folder=True)
    (page.folder / "review/data/1.js").unlink()

    page.press("/", *"loan")

    page.wait(lambda: page.text("#notice") == "data/1.js is missing beside this page")


def test_results_without_their_texts_are_shown_and_cannot_be_corrected(page, cathode):
    page.open([cathode.model_copy(update={"text": None})])

    assert "without their texts" in page.text("#text")
    assert "183 million EUR" in page.text("#records")
    assert page.all("#records .actions") == []
    page.press(Keys.ENTER, "a")
    assert not page.one("#save").is_enabled()
    assert page.errors() == []
