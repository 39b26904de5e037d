"""How the page looks: readable in light and dark, wide and narrow, on paper; named for those who listen."""

from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from extractor import Extractor
from extractor.input import documents

pytestmark = [pytest.mark.browser, pytest.mark.block_network(allowed_hosts=["127.0.0.1", "localhost"])]

ROOT = Path(__file__).parents[2]
# of every text on the page, its contrast with what stands behind it; less than enough is listed
CONTRASTS = """
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const rgba = (colour) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
};
const light = ([r, g, b]) => [r, g, b]
  .map((part) => part / 255)
  .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
const ground = (node) => {
  for (let at = node; at; at = at.parentElement) {
    const colour = rgba(getComputedStyle(at).backgroundColor);
    if (colour[3] > 0.99) return colour;
  }
  return rgba("Canvas");
};
const low = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let text = walker.nextNode(); text; text = walker.nextNode()) {
  const node = text.parentElement;
  if (!text.data.trim() || !node.checkVisibility() || node.closest(":disabled, script")) continue;
  const [a, b] = [light(rgba(getComputedStyle(node).color)), light(ground(node))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${node.className}: ${text.data.trim().slice(0, 30)}`);
}
return low;
"""
UNNAMED = """
const fields = document.querySelectorAll("button, select, input:not([hidden]), [role=button], [role=option]");
return [...fields]
  .filter((each) => !(each.getAttribute("aria-label") || each.textContent.trim() || each.labels?.length))
  .map((each) => each.outerHTML);
"""


@pytest.fixture(scope="module")
def results():
    return [
        Extractor().extract_document(document)
        for document in documents([str(ROOT / "fixtures/press/development")])
    ]


@pytest.fixture
def picture(page, tmp_path):
    """Take a screenshot; it must show something."""

    def take(name):
        path = tmp_path / f"{name}.png"
        assert page.chrome.save_screenshot(str(path))
        assert path.stat().st_size > 20_000

    return take


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (420, 900)], ids=["wide", "narrow"])
def test_every_text_stands_out_from_its_ground(page, results, picture, scheme, size):
    page.look(*size, scheme=scheme)
    page.open(results)
    picture(f"queue-{scheme}-{size[0]}")
    assert page.js(CONTRASTS) == []

    page.press("n", Keys.ENTER, "j", "a", "j", "r", "j", "e")  # lit passages, told slots and the form
    picture(f"slot-{scheme}-{size[0]}")
    assert page.js(CONTRASTS) == []

    page.press(Keys.ESCAPE, "?")
    picture(f"help-{scheme}-{size[0]}")
    assert page.js(CONTRASTS) == []


def test_the_schemes_differ(page, results):
    grounds = set()
    for scheme in ("light", "dark"):
        page.look(1440, 900, scheme=scheme)
        page.open(results[:1])
        grounds.add(page.js("return getComputedStyle(document.body).backgroundColor"))

    assert len(grounds) == 2


def test_every_control_has_a_name(page, results):
    page.open(results[:4])
    page.press(Keys.ENTER, "j", "e")

    assert page.js(UNNAMED) == []


def test_the_focus_is_always_seen(page, results):
    page.open(results[:4])
    for keys in ([Keys.ENTER], ["j"], [Keys.TAB], [Keys.ESCAPE], ["/"]):
        page.press(*keys)
        outline = page.js("return getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", keys


def test_in_a_narrow_window_the_text_stays_in_sight_of_its_slots(page, results):
    page.look(420, 900)
    page.open(results)
    page.press(Keys.ENTER, *"jjjjjjjjjjjj")

    box = page.js(
        "const box = document.getElementById('source').getBoundingClientRect(); return [box.top, box.bottom]"
    )
    focused = page.js("return document.activeElement.getBoundingClientRect().top")
    assert -1 <= box[0] < box[1] <= focused < 900


@pytest.mark.parametrize("size", [(1440, 900), (800, 1100)], ids=["wide", "narrow"])
def test_on_paper_there_are_text_and_records_and_nothing_to_click(page, results, size):
    page.look(*size)
    page.open(results[:1])
    page.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert page.one("#text").is_displayed()
        assert page.one("#records").is_displayed()
        bottom, top = page.js(
            "return [document.getElementById('text').lastChild, document.getElementById('findings')]"
            ".map((each) => each.getBoundingClientRect())"
        )
        assert bottom["bottom"] <= top["top"]
        for gone in ("#queue", ".bar", ".actions", "#reviewed"):
            assert not page.one(gone).is_displayed()
    finally:
        page.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
